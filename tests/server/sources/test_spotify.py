"""Spotify as a remote control: its login, and nothing said that it did not report."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from knowledge.errors import (
    SourceRefused,
    SourceUnreachable,
    SpotifyLoginNeeded,
    SpotifyPlaysNowhere,
)
from knowledge.people.current import HOUSEHOLD
from server.errors import BadRequest
from server.settings_sources import SourcesSettings
from server.sources.keys import KeyRing
from server.sources.spotify_remote import SpotifyRemote
from spotify_stub import CODE, URI, Account, spotify_account
from tools.errors import PlayerNotResponding

pytestmark = pytest.mark.integration


@pytest.fixture
def account() -> Iterator[Account]:
    with spotify_account() as account:
        yield account


@pytest.fixture
def remote(account: Account, tmp_path: Path) -> SpotifyRemote:
    wanted = SourcesSettings(
        spotify_client_id="client",
        spotify_url=account.url,
        spotify_accounts_url=account.url,
        timeout_s=2.0,
    )
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    return SpotifyRemote(wanted, KeyRing(tmp_path / "keys"), sleep=sleep, clock=lambda: now[0])


def _log_in(remote: SpotifyRemote, account: Account) -> None:
    asked = parse_qs(urlsplit(remote.begin(HOUSEHOLD)).query)
    assert asked["code_challenge_method"] == ["S256"]
    account.challenge = asked["code_challenge"][0]
    remote.finish(
        HOUSEHOLD, f"http://127.0.0.1:8766/callback?code={CODE}&state={asked['state'][0]}"
    )


def test_a_login_keeps_the_token_in_a_private_file(
    remote: SpotifyRemote, account: Account, tmp_path: Path
) -> None:
    _log_in(remote, account)
    assert remote.connected(HOUSEHOLD)
    key = tmp_path / "keys" / "spotify-1.json"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert remote.disconnect(HOUSEHOLD)
    assert not key.exists()


def test_a_login_of_somebody_else_is_not_taken(remote: SpotifyRemote, account: Account) -> None:
    with pytest.raises(BadRequest):
        remote.finish(HOUSEHOLD, f"http://127.0.0.1/callback?code={CODE}&state=guessed")
    remote.begin(HOUSEHOLD)
    with pytest.raises(BadRequest):
        remote.finish(HOUSEHOLD, f"http://127.0.0.1/callback?code={CODE}&state=guessed")
    assert account.tokens == 0


def test_search_asks_for_ten_and_gives_names_of_its_own_kind(
    remote: SpotifyRemote, account: Account
) -> None:
    _log_in(remote, account)
    found = remote.account(HOUSEHOLD).search("sinnerman")
    assert [(one.uri, one.title, one.artists) for one in found] == [
        (URI, "Sinnerman", ("Nina Simone",))
    ]
    assert "limit=10" in account.asked[-1]


def test_it_plays_only_when_spotify_says_so(remote: SpotifyRemote, account: Account) -> None:
    _log_in(remote, account)
    now = remote.play(HOUSEHOLD, URI)
    assert (now.playing, now.device, now.position_s) == (True, "Kitchen", 1.5)
    assert not remote.pause(HOUSEHOLD).playing
    account.obeys = False
    with pytest.raises(PlayerNotResponding, match="does not report"):
        remote.play(HOUSEHOLD, URI)


@pytest.mark.parametrize(
    ("status", "said", "headers", "kind", "words"),
    [
        (429, {"error": {"status": 429, "message": "no"}}, {"Retry-After": "7"},
         SourceUnreachable, "quota"),
        (404, {"error": {"status": 404, "message": "x", "reason": "NO_ACTIVE_DEVICE"}}, {},
         SpotifyPlaysNowhere, "open it on a device"),
        (401, {"error": {"status": 401, "message": "x"}}, {}, SpotifyLoginNeeded, "log in again"),
        (403, {"error": {"status": 403, "message": "x", "reason": "PREMIUM_REQUIRED"}}, {},
         SourceRefused, "PREMIUM_REQUIRED"),
        (503, {"error": {"status": 503, "message": "x"}}, {}, SourceUnreachable, "503"),
        (200, [1], {}, SourceUnreachable, "makes no sense"),
    ],
)  # fmt: skip
def test_bad_days_are_errors_with_a_name(
    remote: SpotifyRemote,
    account: Account,
    status: int,
    said: Any,
    headers: dict[str, str],
    kind: type[Exception],
    words: str,
) -> None:
    _log_in(remote, account)
    account.bad = [(status, said, headers)]
    with pytest.raises(kind, match=words):
        remote.account(HOUSEHOLD).search("sinnerman")


def test_without_an_account_nobody_is_asked(remote: SpotifyRemote, account: Account) -> None:
    with pytest.raises(SpotifyLoginNeeded, match="not connected"):
        remote.account(HOUSEHOLD).playback()
    assert account.asked == []
