"""Host names against DNS rebinding, origins against foreign pages."""

import pytest

from server.auth.hosts import KnownHosts, host_name, same_origin
from server.settings import ServerSettings

pytestmark = pytest.mark.unit
ANYWHERE = "0.0.0.0"  # noqa: S104  only named, never bound


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST", "[::1]:8765", "localhost.:80"]
)
def test_loopback_answers_to_its_own_names(host: str) -> None:
    assert KnownHosts(ServerSettings()).knows(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8765",
        "192.168.1.7:8765",
        "127.0.0.1@evil.example",
        "evil.example/127.0.0.1",
        "",
        None,
    ],
)
def test_loopback_answers_to_no_other_name(host: str | None) -> None:
    assert not KnownHosts(ServerSettings()).knows(host)


def test_on_a_lan_any_bare_address_will_do_but_foreign_names_will_not() -> None:
    hosts = KnownHosts(ServerSettings(host=ANYWHERE, allowed_hosts=("Music.Local",)))
    assert hosts.knows("192.168.1.7:8765")
    assert hosts.knows("[fe80::1]:8765")
    assert hosts.knows("music.local")
    assert not hosts.knows("evil.example:8765")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("a.example:80", "a.example"),
        ("[::1]:80", "[::1]"),
        ("A", "a"),
        ("[::1", None),
        (":80", None),
    ],
)
def test_the_name_in_a_host_header(header: str, name: str | None) -> None:
    assert host_name(header) == name


@pytest.mark.parametrize(
    ("origin", "same"),
    [
        ("http://127.0.0.1:8765", True),
        ("https://127.0.0.1:8765", True),
        ("http://127.0.0.1:9999", False),
        ("http://localhost:8765", False),
        ("http://evil.example", False),
        ("null", False),
        ("file://", False),
        ("http://[", False),
        ("chrome-extension://127.0.0.1:8765", False),
    ],
)
def test_only_our_own_page_has_our_origin(origin: str, same: bool) -> None:
    assert same_origin(origin, "127.0.0.1:8765") is same
