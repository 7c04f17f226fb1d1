"""A radio station on a real Snapcast client: asked for in words, fetched from this server."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from player_mpd import pitches
from player_snapcast import BUFFER_MS, RealSnapcast, real_snapcast
from radio_station import a_station
from server.settings import load_settings
from server_library import add_tracks
from server_running import RunningServer, running_server

pytestmark = pytest.mark.integration

PITCH = 330.0
"""What the station plays, in hertz."""


@pytest.fixture
def snapcast(tmp_path: Path) -> Iterator[RealSnapcast]:
    (tmp_path / "snap").mkdir()
    with real_snapcast(tmp_path / "snap", "pantry") as running:
        yield running


@pytest.fixture
def server(tmp_path: Path, snapcast: RealSnapcast) -> Iterator[RunningServer]:
    settings = load_settings(
        tmp_path / "data",
        {
            "library": {"watch": False},
            "voice": {"enabled": False},
            "recognition": {"allowed_url_hosts": ("127.0.0.1",)},
            "players": {
                "snapcast": [
                    {
                        "port": snapcast.control,
                        "source": f"tcp://127.0.0.1:{snapcast.source}",
                        "buffer_ms": BUFFER_MS,
                        "rooms": {"pantry": "kitchen"},
                    }
                ]
            },
        },
    )
    add_tracks(settings)
    with running_server(settings) as running:
        running.services.addresses.listening_at(running.url)
        yield running


def until(holds: Callable[[], bool], timeout_s: float = 20.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def status(client: httpx.Client) -> str:
    rooms = client.get("/api/rooms").json()["rooms"]
    kitchen = next(one for one in rooms if one["name"] == "kitchen")
    return str(kitchen["status"]) if kitchen["connected"] else "gone"


def say(client: httpx.Client, text: str) -> str:
    asked = {"model": "refrain", "messages": [{"role": "user", "content": text}]}
    answer = client.post("/v1/chat/completions", json=asked).json()
    return str(answer["choices"][0]["message"]["content"])


def test_a_station_sounds_in_a_room(server: RunningServer, snapcast: RealSnapcast) -> None:
    def last(pieces: int) -> list[float]:
        return pitches(*snapcast.heard("pantry"))[-pieces:]

    with a_station() as url, server.client() as client:
        until(lambda: status(client) == "idle")
        client.post("/api/stations", json={"url": url}).raise_for_status()
        assert "Quiet FM" in say(client, "play Quiet FM in the kitchen")
        assert status(client) == "playing"
        until(lambda: last(5) == [PITCH] * 5)

        assert say(client, "pause the kitchen") == "Kitchen: Paused."
        until(lambda: last(3) == [0.0] * 3)
        assert status(client) == "paused"
        assert say(client, "resume in the kitchen")
        assert status(client) == "playing"
        until(lambda: last(5) == [PITCH] * 5)

        say(client, "stop the music in the kitchen")
        assert status(client) == "idle"
        until(lambda: not server.services.radio.title(1) and not listeners(server))


def listeners(server: RunningServer) -> int:
    """How many hear a station through this server."""
    on_air = server.services.radio._on_air
    return sum(one.listeners for one in on_air.values())


def test_a_station_that_sends_no_sound_is_refused(
    server: RunningServer, snapcast: RealSnapcast
) -> None:
    assert snapcast.clients
    with a_station() as url, server.client() as client:
        until(lambda: status(client) == "idle")
        client.post("/api/stations", json={"url": url, "name": "Gone FM"}).raise_for_status()
    with server.client() as client:
        answer = say(client, "play Gone FM in the kitchen")
        assert "Playing" not in answer
        assert status(client) == "idle"
