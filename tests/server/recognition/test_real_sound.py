"""The whole way: real sound, the real engine, index, log and assistant, behind a real server."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import numpy as np
import pytest
from websockets.sync.client import connect
from websockets.sync.connection import Connection

from knowledge.fingerprint.models import RATE_HZ, Samples
from player_fake import FakePlayer
from recognition_library import RecognitionLibrary, clip, piece
from recognition_radio import answer, stub_site
from recognition_sounds import CODECS, encoded
from server.settings import Settings, load_settings
from server_running import RunningServer, running_server

pytestmark = pytest.mark.integration
TITLES = ("Sinnerman", "Feeling Good", "Wild Is the Wind")
PATIENCE_S = 60.0

Running = Callable[[], AbstractContextManager[RunningServer]]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    flags = {
        "library": {"watch": False},
        "recognition": {"allowed_url_hosts": ["127.0.0.1"], "monitors_max": 1},
    }
    made = load_settings(tmp_path_factory.mktemp("data"), flags)
    RecognitionLibrary(made.data, *TITLES).close()
    return made


@pytest.fixture(scope="module")
def player() -> FakePlayer:
    return FakePlayer()


@pytest.fixture(scope="module")
def server(settings: Settings, player: FakePlayer) -> Iterator[RunningServer]:
    with running_server(settings, players=(player,)) as running:
        yield running


@pytest.fixture
def client(server: RunningServer) -> Iterator[httpx.Client]:
    with server.client(timeout=PATIENCE_S) as opened:
        yield opened


def upload(client: httpx.Client, samples: Samples, kind: str = "flac", **params: Any) -> Any:
    answered = client.post("/api/recognise", content=encoded(samples, kind), params=params)
    assert answered.status_code == 200, answered.text
    return answered.json()


def eventually(found: Callable[[], Any]) -> Any:
    """What `found` gives once it gives something."""
    deadline = time.monotonic() + PATIENCE_S
    while not (value := found()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)
    return value


def strangers(seconds: float) -> Samples:
    """Something that is no music of the library."""
    return clip("Unheard", 2.0, seconds)


@pytest.mark.parametrize("kind", CODECS)
def test_a_clip_in_any_codec_is_named_with_its_position(client: httpx.Client, kind: str) -> None:
    match = upload(client, clip("Sinnerman", 12.0, 6.0), kind, log=False)
    assert (match["title"], match["certainty"]) == ("Sinnerman", "certain")
    assert match["offset_s"] == pytest.approx(12.0, abs=0.5)
    assert any(match["picture"]["matched"])


def test_what_is_not_in_the_library_is_unknown_until_somebody_names_it(
    client: httpx.Client,
) -> None:
    match = upload(client, strangers(8.0), place="bar")
    assert (match["certainty"], match["track"], match["title"]) == ("unknown", None, "")
    (tune,) = client.get("/api/unknown").json()
    assert (tune["id"], tune["title"], tune["has_audio"]) == (match["tune_id"], "", False)
    assert client.post(f"/api/unknown/{tune['id']}", json={}).status_code == 400
    named = client.post(
        f"/api/unknown/{tune['id']}", json={"title": "Elevator Song", "artist": "Nobody"}
    ).json()
    assert named["title"] == "Elevator Song"
    again = upload(client, strangers(8.0), log=False)
    assert (again["track"], again["title"], again["artist"]) == (None, "Elevator Song", "Nobody")
    assert client.get("/api/unknown").json() == []
    assert client.delete(f"/api/unknown/{tune['id']}").status_code == 204
    assert client.delete(f"/api/unknown/{tune['id']}").status_code == 404


def test_what_was_heard_can_be_searched_corrected_and_forgotten(client: httpx.Client) -> None:
    match = upload(client, clip("Feeling Good"), device="phone", place="garden")
    found = client.get("/api/heard", params={"about": "feeling", "when": "today"}).json()
    event = next(one for one in found["items"] if one["id"] == match["heard_id"])
    assert (event["source"], event["place"], event["title"]) == ("upload", "garden", "Feeling Good")
    by_place = client.get("/api/heard", params={"about": "garden"}).json()["items"]
    assert [one["id"] for one in by_place] == [event["id"]]
    assert client.get("/api/heard", params={"when": "blue"}).status_code == 400
    assert client.get("/api/heard", params={"about": "Nothing Such"}).json()["items"] == []
    corrected = client.post(f"/api/heard/{event['id']}/correct", json={"track_id": None}).json()
    assert corrected["id"] == event["id"]
    assert corrected["title"] != "Feeling Good"
    assert client.delete(f"/api/heard/{event['id']}").status_code == 204
    assert client.delete(f"/api/heard/{event['id']}").status_code == 404
    assert client.post("/api/heard/99999/correct", json={"track_id": 1}).status_code == 404


def dial(server: RunningServer, session: str) -> Connection:
    return connect(
        f"{server.socket_url}?session={session}", proxy=None, max_size=None, max_queue=None
    )


def until(socket: Connection, kind: str) -> dict[str, Any]:
    while True:
        event: dict[str, Any] = json.loads(socket.recv(PATIENCE_S))
        if event["type"] == kind:
            return event


def say(socket: Connection, text: str) -> str:
    item = {
        "type": "message",
        "role": "user",
        "content": [{"type": "input_text", "text": text}],
    }
    socket.send(json.dumps({"type": "conversation.item.create", "item": item}))
    socket.send(json.dumps({"type": "response.create"}))
    return spoken(until(socket, "response.done"))


def spoken(done: dict[str, Any]) -> str:
    items = done["response"]["output"]
    return " ".join(part["text"] for item in items for part in item.get("content", ()))


def play(socket: Connection, samples: Samples) -> None:
    pcm = (samples * 32_767).astype("<i2")
    for start in range(0, pcm.size, RATE_HZ // 10):
        socket.send(pcm[start : start + RATE_HZ // 10].tobytes())


def test_what_sounded_half_a_minute_ago_is_asked_for_in_words(server: RunningServer) -> None:
    with dial(server, "kitchen") as socket:
        start = {
            "type": "refrain.listen.start",
            "purpose": "ring",
            "sample_rate": RATE_HZ,
            "place": "kitchen",
            "seconds": 60,
        }
        socket.send(json.dumps(start))
        # The ring takes in no more than a burst at once.
        play(socket, clip("Sinnerman", 5.0, 9.0))
        noise = 0.1 * np.random.default_rng(1).standard_normal(9 * RATE_HZ)
        play(socket, noise.astype(np.float32))
        eventually(lambda: server.services.microphones.held_s("kitchen") > 17.5)
        assert "Sinnerman" in say(socket, "what was playing 12 seconds ago?")
        socket.send(json.dumps({"type": "refrain.listen.stop"}))
        eventually(lambda: server.services.microphones.held_s("kitchen") == 0.0)
        assert "Sinnerman" not in say(socket, "what was playing 12 seconds ago?")


def test_what_the_microphone_hears_is_named_and_play_it_plays_it(
    server: RunningServer, player: FakePlayer
) -> None:
    with dial(server, "living-room") as socket:
        start = {"type": "refrain.listen.start", "purpose": "identify", "sample_rate": RATE_HZ}
        socket.send(json.dumps(start))
        play(socket, clip("Wild Is the Wind", 8.0, 8.0))
        done = until(socket, "refrain.recognition.done")["answer"]
        assert (done["title"], done["certainty"]) == ("Wild Is the Wind", "certain")
        results = until(socket, "refrain.results")["items"]
        assert (results[0]["number"], results[0]["title"]) == (1, "Wild Is the Wind")
        assert "Wild Is the Wind" in spoken(until(socket, "response.done"))
        assert "Wild Is the Wind" in say(socket, "play it")
        assert player.playing is not None
        assert player.playing.track.title == "Wild Is the Wind"


def test_a_long_recording_becomes_a_timeline(client: httpx.Client, settings: Settings) -> None:
    parts = (piece("Sinnerman")[: 30 * RATE_HZ], strangers(25.0), piece("Feeling Good"))
    body = encoded(np.concatenate(parts), "mp3")
    started = client.post("/api/timeline", params={"name": "My mix"}, content=body)
    assert started.status_code == 202
    address = f"/api/timeline/{started.json()['id']}"

    def finished() -> Any:
        job = client.get(address).json()
        return job if job["state"] not in {"waiting", "running"} else None

    job = eventually(finished)
    assert (job["state"], job["name"], job["problem"]) == ("done", "My mix", "")
    assert job["total_s"] == pytest.approx(95.0, abs=1.0)
    known = [one for one in job["entries"] if one["track"]]
    assert [one["title"] for one in known] == ["Sinnerman", "Feeling Good"]
    assert known[1]["start_s"] == pytest.approx(55.0, abs=3.0)
    assert list(settings.incoming.iterdir()) == []
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


def test_a_timeline_of_nonsense_fails_in_words(client: httpx.Client, settings: Settings) -> None:
    started = client.post("/api/timeline", content=b"nonsense" * 1_000)
    address = f"/api/timeline/{started.json()['id']}"
    job = eventually(
        lambda: next(
            (one for one in client.get("/api/timeline").json() if one["state"] == "failed"), None
        )
    )
    assert job["problem"]
    assert "Traceback" not in job["problem"]
    assert list(settings.incoming.iterdir()) == []
    client.delete(address)


async def test_a_radio_station_is_followed_into_what_was_heard(
    server: RunningServer, settings: Settings
) -> None:
    sound = encoded(np.concatenate((piece("Feeling Good"), strangers(20.0))), "mp3")
    head = answer(b"", "Content-Type: audio/mpeg", "icy-name: Station", length=False)
    pieces: list[bytes | float] = [head]
    for start in range(0, len(sound), 16_000):
        pieces += [sound[start : start + 16_000], 0.02]
    async with stub_site({"/live": [*pieces, 600.0]}) as site:
        url = site.url("/live", "127.0.0.1")

        def follow() -> None:
            with server.client() as client:
                made = client.post("/api/monitors", json={"url": url, "name": "kitchen radio"})
                assert made.status_code == 201, made.text
                full = client.post("/api/monitors", json={"url": url, "name": "another"})
                assert full.json()["error"]["code"] == "monitors_full"

                def heard() -> Any:
                    found = client.get("/api/heard", params={"place": "kitchen radio"}).json()
                    return found["items"]

                event = eventually(heard)[0]
                assert (event["source"], event["device"]) == ("stream", "kitchen radio")
                assert event["title"] == "Feeling Good"
                assert client.get("/api/monitors").json()[0]["state"] == "listening"
                assert url in settings.monitors_file.read_text("utf-8")
                address = f"/api/monitors/{made.json()['id']}"
                assert client.delete(address).status_code == 204
                assert client.get("/api/monitors").json() == []
                assert client.delete(address).status_code == 404
                assert url not in settings.monitors_file.read_text("utf-8")

        await asyncio.to_thread(follow)


def test_a_radio_station_of_the_own_network_is_refused(client: httpx.Client) -> None:
    for url in ("http://10.1.2.3:8000/live", "file:///dev/zero"):
        refused = client.post("/api/monitors", json={"url": url, "name": "x"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, "url_not_allowed")


def test_fingerprints_travel_between_installations(
    client: httpx.Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    exported = client.get("/api/packs/export", params={"name": "Anna's"})
    assert exported.status_code == 200
    assert client.post("/api/packs", content=b"nonsense").status_code in {400, 409, 415}
    other = load_settings(tmp_path_factory.mktemp("other"), {"library": {"watch": False}})
    with (
        running_server(other, players=(FakePlayer(),)) as running,
        running.client(timeout=PATIENCE_S) as there,
    ):
        assert upload(there, clip("Sinnerman"), log=False)["title"] == ""
        pack = there.post("/api/packs", content=exported.content).json()
        assert (pack["name"], pack["recordings"]) == ("Anna's", len(TITLES))
        named = upload(there, clip("Sinnerman"), log=False)
        assert (named["title"], named["track"]) == ("Sinnerman", None)
        assert [one["id"] for one in there.get("/api/packs").json()] == [pack["id"]]
        assert there.delete(f"/api/packs/{pack['id']}").status_code == 204
        assert upload(there, clip("Sinnerman"), log=False)["title"] == ""
