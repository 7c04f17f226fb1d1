"""Timers over HTTP and the WebSocket, with the silent player and the clock of this machine."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from knowledge.catalog import Catalog
from knowledge.database import Database
from server.settings import Settings
from server_cli import refrain
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns
from tools.players.silent import SilentPlayer

pytestmark = pytest.mark.integration


@pytest.fixture
def home(settings: Settings) -> Iterator[RunningServer]:
    """A server whose player decodes the recordings and sounds nowhere."""
    database = Database.at(settings.database_path)
    catalog = Catalog(database, settings.covers)
    player = SilentPlayer(catalog.path_of)
    with running_server(settings, turns=ScriptedTurns(), players=(player,)) as running:
        yield running
    database.close()


def eventually(found: Callable[[], Any], timeout_s: float = 20.0) -> Any:
    deadline = time.monotonic() + timeout_s
    while not (answer := found()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return answer


def test_an_alarm_is_set_listed_and_cancelled(home: RunningServer) -> None:
    with home.client() as client:
        made = client.post(
            "/api/timers",
            json={"kind": "alarm", "when": "every weekday at 6:45", "music": "Night Train"},
        )
        assert made.status_code == 201
        [alarm] = made.json()["timers"]
        assert (alarm["clock"], alarm["weekdays"]) == ("06:45", [0, 1, 2, 3, 4])
        assert alarm["music"].startswith("Night Train")
        assert client.get("/api/timers").json()["timers"][0]["id"] == alarm["id"]
        assert client.delete(f"/api/timers/{alarm['id']}").status_code == 204
        assert client.delete(f"/api/timers/{alarm['id']}").status_code == 404
        assert client.get("/api/timers").json()["timers"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "alarm", "when": "at 7", "music": "Xyzzyx Qwv"},
        {"kind": "alarm"},
        {"kind": "sleep", "after": "song"},
        {"kind": "sleep", "when": "yesterday"},
        {"kind": "alarm", "when": "at 7", "player": "moon"},
    ],
)
def test_what_cannot_be_set_is_refused_in_words(home: RunningServer, body: dict[str, Any]) -> None:
    with home.client() as client:
        answer = client.post("/api/timers", json=body)
        assert answer.status_code == 400
        assert len(answer.json()["error"]["message"]) > 10
        assert client.post("/api/timers", json={"kind": "egg"}).status_code == 422
        assert client.get("/api/timers").json()["timers"] == []


def test_an_alarm_rings_and_a_sleep_timer_stops_it(home: RunningServer) -> None:
    soon = (datetime.now().astimezone() + timedelta(seconds=2)).isoformat()
    with home.client() as client:
        alarm = {"kind": "alarm", "when": soon, "playlist": "", "volume": 30, "fade_s": 0}
        assert client.post("/api/timers", json=alarm).status_code == 201
        eventually(lambda: client.get("/api/player").json()["status"] == "playing")
        [news] = eventually(lambda: client.get("/api/timers").json()["news"])
        assert news["kind"] == "rang"
        eventually(lambda: client.get("/api/player").json()["volume"] == 30)
        end = {"kind": "sleep", "when": "in 1 seconds", "fade_s": 0.5}
        assert client.post("/api/timers", json=end).status_code == 201
        eventually(lambda: client.get("/api/player").json()["status"] == "idle")
        kinds = eventually(
            lambda: [
                one["kind"]
                for one in client.get("/api/timers").json()["news"]
                if one["kind"] == "stopped"
            ]
        )
        assert kinds == ["stopped"]


def test_after_this_song_the_next_one_stays_silent(home: RunningServer) -> None:
    with home.client() as client:
        tracks = client.get("/api/tracks").json()["items"]
        client.post("/api/queue/play", json={"track_ids": [one["id"] for one in tracks[:3]]})
        assert client.post("/api/timers", json={"kind": "sleep", "after": "song"}).is_success
        eventually(lambda: client.get("/api/queue").json()["position"] == 1)
        eventually(lambda: client.get("/api/player").json()["status"] == "idle")
        assert client.get("/api/timers").json()["timers"] == []


def test_the_command_lists_and_cancels(settings: Settings, home: RunningServer) -> None:
    with home.client() as client:
        client.post("/api/timers", json={"kind": "alarm", "when": "every sunday at 9"})
    folder = ("--data", settings.data)
    listed = refrain("timers", *folder)
    assert "09:00 every Sunday: music that you like" in listed.stdout
    [timer] = home.services.timers.all()
    assert "Cancelled" in refrain("timers", "--cancel", str(timer.id), *folder).stdout
    assert home.services.timers.all() == ()
    assert refrain("timers", "--cancel", "all", *folder).returncode == 1
