"""The token: when there is one, where it is kept, how it is compared."""

from pathlib import Path

import pytest

from server.auth.tokens import is_loopback, open_token
from server.errors import BadSettings
from server.settings import Settings, load_settings

pytestmark = pytest.mark.unit
ANYWHERE = "0.0.0.0"  # noqa: S104  only named, never bound


def on(tmp_path: Path, host: str) -> Settings:
    return load_settings(tmp_path, {"server": {"host": host}})


def test_loopback_needs_no_token(tmp_path: Path) -> None:
    token = open_token(on(tmp_path, "127.0.0.1"))
    assert not token.required
    assert not (tmp_path / "token").exists()


def test_any_other_address_gets_a_private_token_that_stays(tmp_path: Path) -> None:
    first = open_token(on(tmp_path, ANYWHERE))
    assert first.required
    assert first.is_new
    assert len(first.value or "") >= 32
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600
    second = open_token(on(tmp_path, ANYWHERE))
    assert second.value == first.value
    assert not second.is_new


def test_a_token_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    open_token(on(tmp_path, ANYWHERE))
    (tmp_path / "token").chmod(0o644)
    with pytest.raises(BadSettings, match="other users"):
        open_token(on(tmp_path, ANYWHERE))


def test_a_configured_token_is_required_on_loopback_too(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {"server": {"token": "a-long-enough-token"}})
    token = open_token(settings)
    assert token.required
    assert token.accepts("a-long-enough-token")
    assert not token.accepts("a-long-enough-tokeN")
    assert not token.accepts("")
    assert not token.accepts(None)


def test_the_control_secret_lets_our_own_command_line_in(tmp_path: Path) -> None:
    token = open_token(on(tmp_path, ANYWHERE))
    assert token.accepts(token.control)
    assert open_token(on(tmp_path, ANYWHERE)).control != token.control


def test_the_cookie_is_not_the_token(tmp_path: Path) -> None:
    token = open_token(on(tmp_path, ANYWHERE))
    assert token.value not in {token.cookie, None}
    assert token.accepts_cookie(token.cookie)
    assert not token.accepts_cookie(token.value)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("localhost", True),
        (ANYWHERE, False),
        ("192.168.1.5", False),
        ("::", False),
        ("localhost.evil.example", False),
    ],
)
def test_what_counts_as_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
