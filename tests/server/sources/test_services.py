"""The services of a running server: what they bring, whose accounts they are, and that none of
them ever holds the conversation up."""

import stat
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from knowledge.database import Database
from knowledge.people.current import HOUSEHOLD, PersonId
from knowledge.people.erasure import Erasure
from music_services import (
    KEY,
    SECRET,
    TOKEN,
    Mishap,
    MusicServices,
    a_lyrics_entry,
    a_picture,
    a_recording,
    music_services,
)
from player_fake import FakePlayer
from server.settings import Settings, load_settings
from server.sources.keys import KeyRing
from server_library import add_tracks
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns

pytestmark = pytest.mark.integration
WORDS = "[00:00.10]Still water runs\n[00:00.60]deep and slow"


@dataclass
class Connected:
    """A server with its services, which are here."""

    server: RunningServer
    services: MusicServices

    def get(self, path: str) -> Any:
        with self.server.client() as client:
            answer = client.get(path)
            assert answer.status_code == 200, answer.text
            return answer.json()

    def until(self, ready: Callable[[], Any]) -> Any:
        """Wait for the background."""
        for _ in range(400):
            if found := ready():
                return found
            time.sleep(0.05)
        raise AssertionError("it never happened")

    def service(self, name: str) -> dict[str, Any]:
        found = self.get("/api/services")["items"]
        return next(dict(one) for one in found if one["name"] == name)


def _settings(folder: Path, url: str, **sources: Any) -> Settings:
    at_home = {
        f"{name}_url": url
        for name in (
            "musicbrainz", "cover_art", "lrclib", "lastfm", "listenbrainz",
            "listenbrainz_labs", "discogs", "acoustid",
        )
    }  # fmt: skip
    wanted = {"musicbrainz_every_s": 0.0, "lastfm_key": KEY, "lastfm_secret": SECRET}
    settings = load_settings(
        folder / "data",
        {
            "library": {"watch": False},
            "voice": {"enabled": False},
            "sources": {**at_home, **wanted, **sources},
        },
    )
    add_tracks(settings)
    return settings


@pytest.fixture
def services() -> Iterator[MusicServices]:
    with music_services() as services:
        yield services


@pytest.fixture
def connected(tmp_path: Path, services: MusicServices) -> Iterator[Connected]:
    """Everything is switched on."""
    services.lyrics = [a_lyrics_entry("Still Water", "Artist 2", 1, syncedLyrics=WORDS)]
    services.recordings = [a_recording("Still Water", "Artist 2", 1_000, ("First Light", "1959"))]
    services.cover = a_picture()
    settings = _settings(tmp_path, services.url, musicbrainz=True, lrclib=True, similar=True)
    with running_server(settings, turns=ScriptedTurns(), players=(FakePlayer(),)) as server:
        yield Connected(server, services)


def test_words_and_facts_arrive_in_the_background(connected: Connected) -> None:
    words = connected.until(lambda: connected.get("/api/tracks/1/lyrics?empty=true")["lines"])
    assert [one["text"] for one in words] == ["Still water runs", "deep and slow"]
    shown = connected.get("/api/tracks/1/lyrics")
    assert (shown["source"], shown["fetched"], shown["synced"]) == ("lrclib", True, True)
    assert connected.get("/api/lyrics/search?q=water runs deep")["items"][0]["track"]["id"] == 1
    facts = connected.until(lambda: connected.get("/api/tracks/1/facts")["items"])
    year = next(one for one in facts if one["field"] == "year")
    assert (year["value"], year["own"], year["in_use"]) == ("1959", "1961", False)
    assert connected.get("/api/tracks/1")["year"] == 1961
    done = connected.until(
        lambda: [one for one in [connected.service("lrclib")] if one["done"] == one["total"] == 5]
    )
    assert done[0]["state"] == "answers"
    assert done[0]["knows"] == "words of 1 song, none for 4"


def test_words_can_be_refused_in_the_page(connected: Connected) -> None:
    connected.until(lambda: connected.get("/api/tracks/1/lyrics?empty=true")["lines"])
    with connected.server.client() as client:
        path = "/api/tracks/1/lyrics/fetched"
        assert client.put(path, json={"refused": True}).json()["lines"] == []
        assert client.get("/api/tracks/1/lyrics").status_code == 404
        assert client.put(path, json={"refused": False}).json()["lines"]
        assert client.put("/api/tracks/2/lyrics/fetched", json={"refused": True}).status_code == 404


def test_facts_can_be_refused_in_the_page(connected: Connected) -> None:
    connected.until(lambda: connected.get("/api/tracks/1/facts")["items"])
    with connected.server.client() as client:
        path = "/api/tracks/1/facts/musicbrainz/year"
        items = client.put(path, json={"refused": True}).json()["items"]
        assert next(one for one in items if one["field"] == "year")["refused"]
        nowhere = "/api/tracks/1/facts/musicbrainz/%2e%2e"
        assert client.put(nowhere, json={"refused": True}).status_code == 404


def test_an_account_is_connected_and_told_what_is_played(connected: Connected) -> None:
    with connected.server.client() as client:
        refused = client.post("/api/services/listenbrainz/account", json={"token": "wrong"})
        assert refused.json()["error"]["code"] == "source_refused"
        done = client.post("/api/services/listenbrainz/account", json={"token": TOKEN})
        assert done.status_code == 200
    account = connected.service("listenbrainz")["account"]
    assert (account["connected"], account["user"]) == (True, "ann")
    key = connected.server.services.settings.data / "keys" / "listenbrainz-1.json"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert TOKEN not in repr(connected.get("/api/services"))
    with connected.server.client() as client:
        assert client.delete("/api/services/listenbrainz/account").status_code == 204
        assert client.delete("/api/services/listenbrainz/account").status_code == 404
    assert not key.exists()


def test_the_keys_of_somebody_who_is_erased_are_gone(tmp_path: Path) -> None:
    settings = _settings(tmp_path, "http://127.0.0.1:9")
    keys = KeyRing(settings.data / "keys")
    for person in (HOUSEHOLD, PersonId(11)):
        keys.write("lastfm", person, {"session": "secret", "user": "ann"})
    database = Database.at(settings.database_path)
    Erasure(database, settings.data).erase(HOUSEHOLD)
    database.close()
    assert keys.all() == (("lastfm", PersonId(11)),)


def test_a_login_at_lastfm(connected: Connected) -> None:
    with connected.server.client() as client:
        begun = client.post("/api/services/lastfm/login").json()
        assert begun["url"].startswith("https://www.last.fm/api/auth/")
        early = client.post("/api/services/lastfm/account", json={"token": begun["token"]})
        assert early.json()["error"]["code"] == "source_refused"
        connected.services.more["let in"] = True
        client.post("/api/services/lastfm/account", json={"token": begun["token"]})
    assert connected.service("lastfm")["account"]["user"] == "ann"


def test_nothing_is_asked_unless_it_is_switched_on(tmp_path: Path, services: MusicServices) -> None:
    settings = _settings(tmp_path, services.url)
    with running_server(settings, turns=ScriptedTurns(), players=(FakePlayer(),)) as server:
        shown = Connected(server, services).get("/api/services")["items"]
        assert {one["state"] for one in shown} == {"off"}
        assert all(one["next_step"] for one in shown)
    assert services.asked == []


def test_services_that_never_answer_hold_no_turn_up(
    tmp_path: Path, services: MusicServices
) -> None:
    """Every service hangs, and is asked by the background and by people; a turn is answered."""
    hold = threading.Event()
    services.mishaps[""] = [Mishap(hold=hold, then_good=True)] * 200
    settings = _settings(
        tmp_path, services.url, musicbrainz=True, lrclib=True, similar=True, timeout_s=30.0
    )
    player = FakePlayer()
    with running_server(settings, players=(player,)) as server, server.client() as client:

        def connect() -> None:
            with server.client(timeout=60.0) as other:
                other.post("/api/services/listenbrainz/account", json={"token": TOKEN})

        waiting = [threading.Thread(target=connect) for _ in range(30)]
        for thread in waiting:
            thread.start()
        try:
            connected = Connected(server, services)
            connected.until(lambda: len(services.asked) >= 5)
            said = client.post(
                "/v1/chat/completions",
                json={
                    "model": "refrain",
                    "messages": [{"role": "user", "content": "play Still Water"}],
                },
                timeout=60.0,
            ).json()
            assert "Still Water" in said["choices"][0]["message"]["content"]
            assert client.get("/api/tracks/1").status_code == 200
            assert client.get("/api/services").status_code == 200
            assert not hold.is_set()  # nobody was answered before
        finally:
            hold.set()
            for thread in waiting:
                thread.join(60)
