"""Timers in a house whose only speaker is a real MPD, with no page open: it rings, fades, stops."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from knowledge.catalog_writer import CatalogWriter, FileStamp, TrackDraft
from knowledge.database import Database
from player_mpd import RealMpd, pitches, real_mpd
from player_sounds import write_tone
from server.settings import Settings, load_settings
from server_running import RunningServer, running_server

pytestmark = pytest.mark.integration

PITCH = 400.0


@dataclass
class Flat:
    server: RunningServer
    mpd: RealMpd

    def room(self) -> dict[str, Any]:
        with self.server.client() as client:
            rooms = client.get("/api/rooms").json()["rooms"]
        return next(dict(one) for one in rooms if one["name"] == "bedroom")

    def set(self, **timer: object) -> dict[str, Any]:
        with self.server.client() as client:
            made = client.post("/api/timers", json=timer)
        assert made.status_code == 201, made.text
        return dict(made.json())

    def news(self) -> list[dict[str, Any]]:
        with self.server.client() as client:
            return list(client.get("/api/timers").json()["news"])


def eventually(found: Callable[[], Any], timeout_s: float = 30.0) -> Any:
    deadline = time.monotonic() + timeout_s
    while not (answer := found()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return answer


def add_song(settings: Settings, folder: Path) -> None:
    folder.mkdir()
    settings.data.mkdir(parents=True, exist_ok=True)
    path = write_tone(folder / "Low Tide.wav", 60.0, PITCH)
    status = path.stat()
    stamp = FileStamp(str(path), status.st_size, status.st_mtime_ns)
    draft = TrackDraft(
        audio_hash=f"{1:064x}",
        title="Low Tide",
        artists=("Tones",),
        duration_s=60.0,
        codec="pcm",
        file=stamp,
    )
    database = Database.at(settings.database_path)
    CatalogWriter(database).add([draft])
    database.close()


@pytest.fixture
def flat(tmp_path: Path) -> Iterator[Flat]:
    with real_mpd(tmp_path / "mpd") as mpd:
        settings = load_settings(
            tmp_path / "data",
            {
                "library": {"watch": False},
                "voice": {"enabled": False},
                "recognition": {"enabled": False},
                "player": {"kind": "browser"},
                "players": {"mpd": [{"room": "bedroom", "port": mpd.port}]},
            },
        )
        add_song(settings, tmp_path / "music")
        with running_server(settings) as server:
            server.services.addresses.listening_at(server.url)
            home = Flat(server, mpd)
            eventually(lambda: home.room()["connected"])
            yield home


def test_an_alarm_rings_where_there_is_a_speaker_and_a_timer_there_stops_it(flat: Flat) -> None:
    soon = (datetime.now().astimezone() + timedelta(seconds=2)).isoformat()
    flat.set(kind="alarm", when=soon, volume=40, fade_s=2)
    eventually(lambda: flat.room()["status"] == "playing")
    [rang] = eventually(flat.news)
    assert rang["kind"] == "rang"
    assert "bedroom" in rang["reason"]
    eventually(lambda: flat.room()["volume"] == 40)

    shown = flat.set(kind="sleep", when="in 3 seconds", fade_s=2, room="bedroom")
    assert [one["room"] for one in shown["timers"]] == ["bedroom"]
    eventually(lambda: flat.room()["volume"] < 20)
    eventually(lambda: flat.room()["status"] == "idle")
    eventually(lambda: flat.room()["volume"] == 40)
    assert eventually(lambda: [one for one in flat.news() if one["kind"] == "stopped"])
    flat.mpd.stop()
    assert PITCH in pitches(*flat.mpd.recorded())


def test_an_alarm_of_a_room_rings_when_its_speaker_returns(flat: Flat) -> None:
    flat.mpd.kill()
    eventually(lambda: not flat.room()["connected"])
    soon = (datetime.now().astimezone() + timedelta(seconds=1)).isoformat()
    with flat.server.client() as client:
        client.post(
            "/api/timers", json={"kind": "alarm", "when": soon, "room": "bedroom"}
        ).raise_for_status()
    [failing] = eventually(flat.news)
    assert failing["kind"] == "failing"
    flat.mpd.start()
    eventually(lambda: flat.room()["status"] == "playing", 60.0)
    eventually(lambda: "rang" in {one["kind"] for one in flat.news()})
