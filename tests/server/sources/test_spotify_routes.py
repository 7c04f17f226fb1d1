"""Spotify over HTTP: a login that comes back to this server, devices, and what is kept there."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from auth_rig import Home, home_with_people
from spotify_stub import ALBUM, SAVED, URI, Account, device, spotify_account

pytestmark = pytest.mark.integration


@pytest.fixture
def account() -> Iterator[Account]:
    with spotify_account() as account:
        yield account


@pytest.fixture
def home(account: Account, tmp_path: Path) -> Iterator[Home]:
    sources = {
        "spotify_client_id": "client",
        "spotify_url": account.url,
        "spotify_accounts_url": account.url,
        "timeout_s": 2.0,
    }
    with home_with_people(tmp_path, flags={"sources": sources}) as made:
        yield made


def sent_back(home: Home, browser: httpx.Client) -> str:
    """Begin a login, let Refrain in at Spotify, and say where on this server that leads."""
    begun = browser.post("/api/spotify/login").json()["url"]
    back = httpx.get(begun).headers["location"]
    assert back.startswith("http://127.0.0.1:8765/spotify/callback?code=")
    page = home.get(back.removeprefix("http://127.0.0.1:8765"))
    assert page.status_code == 200, "a strict cookie does not come along from another site"
    there = page.headers["refresh"].removeprefix("0;url=")
    assert there in unescape(page.text)
    return there


def log_in(home: Home, browser: httpx.Client) -> None:
    assert browser.get(sent_back(home, browser)).status_code == 200


def spotify_of(browser: httpx.Client) -> dict[str, Any]:
    found = browser.get("/api/services").json()["items"]
    return next(dict(one) for one in found if one["name"] == "spotify")


def test_a_login_comes_back_to_who_began_it(home: Home, account: Account) -> None:
    with home.browser("Anna") as anna, home.browser("Ben") as ben:
        assert spotify_of(anna)["account"]["connected"] is False
        there = sent_back(home, anna)
        refused = ben.get(there)
        assert refused.status_code == 409
        assert "Spotify is not connected" in refused.text
        done = anna.get(there)
        assert done.status_code == 200
        assert "Spotify is connected" in done.text
        assert spotify_of(anna)["account"] == {
            "connected": True, "user": "Ann", "waiting": 0, "sent": 0, "refused": 0,
        }  # fmt: skip
        assert spotify_of(ben)["account"]["connected"] is False
        assert anna.get(there).status_code == 409, "an answer counts once"
    assert account.tokens == 1


def test_strangers_end_no_login_and_learn_nothing(home: Home) -> None:
    with home.browser("Anna") as anna:
        there = sent_back(home, anna)
    stranger = home.get(there, headers={"accept": "text/html"}, follow_redirects=False)
    assert stranger.status_code == 303
    assert stranger.headers["location"].startswith("/login?next=")
    tricked = home.get('/spotify/callback?code="><script>alert(1)</script>&evil=https://evil.test')
    assert "<script>" not in tricked.text
    assert "evil" not in tricked.headers["refresh"]


def test_a_refusal_at_spotify_is_told(home: Home) -> None:
    with home.browser("Anna") as anna:
        there = sent_back(home, anna)
        state = there.split("state=")[1]
        told = anna.get("/spotify/connect", params={"error": "access_denied", "state": state})
        assert told.status_code == 409
        assert "not let in" in told.text
        assert "Begin again" in told.text


def test_nothing_secret_is_shown(home: Home, account: Account) -> None:
    with home.browser("Anna") as anna:
        log_in(home, anna)
        shown = "".join(
            anna.get(path).text
            for path in ("/api/services", "/api/spotify/devices", "/api/spotify/playback")
        )
        log_in(home, anna)
    assert account.tokens == 2
    assert "token" not in shown.casefold()
    assert "refresh" not in shown.casefold()


def test_what_one_keeps_there_is_listed_by_the_page(home: Home, account: Account) -> None:
    account.playlists = 60
    with home.browser("Anna") as anna:
        log_in(home, anna)

        def library(kind: str, offset: int = 0) -> Any:
            where: dict[str, str | int] = {"kind": kind, "offset": offset}
            return anna.get("/api/spotify/library", params=where).json()

        saved = library("tracks")
        assert [one["uri"] for one in saved["items"]] == [SAVED["uri"]]
        assert saved["next_offset"] is None, "one of two is gone from Spotify"
        assert library("albums")["items"][0]["title"] == ALBUM["name"]
        assert (len(library("playlists")["items"]), library("playlists")["total"]) == (50, 60)
        assert library("playlists")["next_offset"] == 50
        assert len(library("playlists", 50)["items"]) == 10
        assert anna.get("/api/spotify/library", params={"kind": "shows"}).status_code == 422


def test_a_device_is_chosen_and_played_on(home: Home, account: Account) -> None:
    with home.browser("Anna") as anna:
        log_in(home, anna)
        found = anna.get("/api/spotify/devices").json()["items"]
        assert [(one["name"], one["active"]) for one in found] == [
            ("Kitchen", True),
            ("Ann's phone", False),
        ]
        moved = anna.post("/api/spotify/device", json={"id": "phone"}).json()["items"]
        assert [one["name"] for one in moved if one["active"]] == ["Ann's phone"]
        played = anna.post("/api/spotify/play", json={"uri": URI, "device": "kitchen"}).json()
        assert (played["playing"], played["device"]) == (True, "Kitchen")
        assert anna.post("/api/spotify/pause").json()["playing"] is False
        assert anna.post("/api/spotify/resume").json()["playing"] is True
        gone = anna.post("/api/spotify/device", json={"id": "attic"})
        assert gone.json()["error"]["code"] == "spotify_plays_nowhere"


def test_the_only_device_is_taken_when_none_is_active(home: Home, account: Account) -> None:
    account.devices = [device(1)]
    with home.browser("Anna") as anna:
        log_in(home, anna)
        played = anna.post("/api/spotify/play", json={"uri": URI}).json()
        assert played["device"] == "Ann's phone"
        account.devices = [device(0), device(1)]
        told = anna.post("/api/spotify/play", json={"uri": URI})
        assert told.status_code == 409
        assert told.json()["error"]["code"] == "spotify_plays_nowhere"
        assert "speaker" in told.json()["error"]["next_step"]


def test_the_last_error_stands_beside_the_service(home: Home, account: Account) -> None:
    with home.browser("Anna") as anna:
        log_in(home, anna)
        assert spotify_of(anna)["state"] == "answers"
        account.bad = [(429, {"error": {"status": 429, "message": "x"}}, {"Retry-After": "9"})]
        assert anna.get("/api/spotify/playback").status_code == 502
        shown = spotify_of(anna)
        assert (shown["state"], shown["problem"]) == ("busy", "Spotify's quota is used up.")
        assert "Wait" in shown["next_step"]
        anna.get("/api/spotify/playback")
        assert spotify_of(anna)["problem"] == ""
        assert anna.delete("/api/spotify/account").status_code == 204
        shown = spotify_of(anna)
        assert (shown["state"], shown["account"]["connected"]) == ("off", False)
        told = anna.get("/api/spotify/playback").json()["error"]
        assert told["code"] == "spotify_login_needed"
        assert "Settings, Services" in told["next_step"]
