"""Typed requests that end in sound: real MPD and Snapcast, through the agent and the server."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import connect

from knowledge.catalog_writer import CatalogWriter, FileStamp, TrackDraft
from knowledge.database import Database
from player_mpd import RealMpd, pitches, real_mpd
from player_snapcast import BUFFER_MS, RealSnapcast, real_snapcast
from player_sounds import write_tone
from server.settings import Settings
from server.settings_players import RemotePlayersSettings
from server_running import RunningServer, running_server

pytestmark = pytest.mark.integration

ROOMS = ("bedroom", "kitchen")
SONGS = {"Low Tide": 200.0, "High Noon": 800.0}


@dataclass
class Home:
    server: RunningServer
    mpd: RealMpd
    snapcast: RealSnapcast

    def say(self, text: str, *, room: str = "", session: str = "test") -> str:
        """A typed request as the page makes it; returns the reply."""
        address = f"{self.server.socket_url}?session={session}&modalities=text&room={room}"
        content = [{"type": "input_text", "text": text}]
        item = {"type": "message", "role": "user", "content": content}
        reply = ""
        with connect(address, open_timeout=30, max_size=None, proxy=None) as socket:
            socket.send(json.dumps({"type": "conversation.item.create", "item": item}))
            socket.send(json.dumps({"type": "response.create"}))
            while True:
                event = json.loads(socket.recv(timeout=60))
                if event["type"] == "response.output_text.delta":
                    reply += event["delta"]
                if event["type"] == "response.done":
                    return reply.strip()

    def rooms(self) -> dict[str, Any]:
        with self.server.client() as client:
            return {one["name"]: one for one in client.get("/api/rooms").json()["rooms"]}


def eventually(found: Callable[[], Any], timeout_s: float = 20.0) -> Any:
    deadline = time.monotonic() + timeout_s
    while not (answer := found()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return answer


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Iterator[Home]:
    add_songs(settings, tmp_path / "music")
    (tmp_path / "snap").mkdir()
    with real_mpd(tmp_path / "mpd") as mpd, real_snapcast(tmp_path / "snap", "pantry") as snapcast:
        players = RemotePlayersSettings.model_validate(
            {
                "mpd": [{"room": "bedroom", "port": mpd.port}],
                "snapcast": [
                    {
                        "port": snapcast.control,
                        "source": f"tcp://127.0.0.1:{snapcast.source}",
                        "buffer_ms": BUFFER_MS,
                        "rooms": {"pantry": "kitchen"},
                    }
                ],
            }
        )
        with running_server(settings.model_copy(update={"players": players})) as server:
            home = Home(server, mpd, snapcast)
            eventually(
                lambda: all(home.rooms()[one]["connected"] for one in ("bedroom", "kitchen"))
            )
            yield home


def add_songs(settings: Settings, folder: Path) -> None:
    folder.mkdir(parents=True)
    settings.data.mkdir(parents=True, exist_ok=True)
    database = Database.at(settings.database_path)
    drafts = []
    for number, (title, hertz) in enumerate(SONGS.items(), start=100):
        path = write_tone(folder / f"{title}.wav", 30.0, hertz)
        status = path.stat()
        drafts.append(
            TrackDraft(
                audio_hash=f"{number:064x}",
                title=title,
                artists=("Tones",),
                album="Pitches",
                duration_s=30.0,
                codec="pcm",
                file=FileStamp(str(path), status.st_size, status.st_mtime_ns),
            )
        )
    CatalogWriter(database).add(drafts)
    database.close()


def test_each_room_plays_what_is_asked_for_there(home: Home) -> None:
    assert "Bedroom: Playing Low Tide" in home.say("play Low Tide in the bedroom")
    assert "Kitchen: " in home.say("play High Noon in the kitchen", session="other")
    rooms = home.rooms()
    assert (rooms["bedroom"]["status"], rooms["bedroom"]["title"]) == ("playing", "Low Tide")
    assert (rooms["kitchen"]["status"], rooms["kitchen"]["title"]) == ("playing", "High Noon")

    assert home.say("skip to 12 seconds in the bedroom")
    with home.server.client() as client:
        bedroom = client.get("/api/player", params={"room": "bedroom"}).json()
        assert bedroom["position_s"] == pytest.approx(13.0, abs=2.0)
        queue = client.get("/api/queue", params={"room": "bedroom"}).json()
        assert [item["track"]["title"] for item in queue["items"]] == ["Low Tide"]
        assert client.get("/api/queue").json()["items"] == []
        assert client.get("/api/player", params={"room": "sauna"}).status_code == 404
    assert home.say("pause the bedroom") == "Bedroom: Paused."
    assert home.rooms()["bedroom"]["status"] == "paused"

    eventually(lambda: 800.0 in pitches(*home.snapcast.heard("pantry")))
    assert "Stopped" in home.say("stop it everywhere")
    assert {one["status"] for one in home.rooms().values()} == {"idle"}
    home.mpd.stop()
    assert 200.0 in pitches(*home.mpd.recorded())


def test_music_moves_to_the_room_of_who_asks(home: Home) -> None:
    home.say("play Low Tide in the bedroom")
    assert "goes on there" in home.say("move it here", room="kitchen", session="panel")
    rooms = home.rooms()
    assert (rooms["kitchen"]["title"], rooms["bedroom"]["status"]) == ("Low Tide", "idle")
    assert home.say("turn it down to 30 percent", room="kitchen", session="panel")
    assert home.rooms()["kitchen"]["volume"] == 30
    with home.server.client() as client:
        moved = client.post("/api/rooms/move", json={"source": "kitchen", "to": "bedroom"})
        assert moved.json()["status"] == "playing"
        assert client.post("/api/rooms/stop").json()["sounding"] is False
        gone = client.post("/api/rooms/move", json={"source": "kitchen", "to": "bedroom"})
        assert (gone.status_code, gone.json()["error"]["code"]) == (409, "nothing_playing")
