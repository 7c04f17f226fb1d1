"""Somebody hums to a real server: over HTTP, into the microphone, in the conversation."""

import json
import wave
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import httpx
import numpy as np
import pytest
from websockets.sync.client import connect
from websockets.sync.connection import Connection

from knowledge.fingerprint.models import Samples
from melody_hums import TuneLibrary, random_tune
from melody_voices import RATE_HZ as VOICE_HZ
from melody_voices import talked
from player_fake import FakePlayer
from server.settings import Settings, load_settings
from server_running import RunningServer, running_server
from web_hum import hum_sound, tune_notes

pytestmark = pytest.mark.integration
RATE = 16_000
TUNES = {
    "greensleeves": "Greensleeves",
    "odetojoy": "Ode to Joy",
    "amazinggrace": "Amazing Grace",
}
PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A library of made-up tunes, and some of the demo library's."""
    flags = {"library": {"watch": False}, "recognition": {"max_upload_mb": 2}}
    made = load_settings(tmp_path_factory.mktemp("data"), flags)
    made.data.mkdir(parents=True, exist_ok=True)
    library = TuneLibrary(made.data)
    for seed in range(30):
        library.add(f"Other {seed}", random_tune(seed), "Somebody")
    for name, title in TUNES.items():
        library.add(title, whole_tune(name), "Nobody")
    library.add("Not heard yet", None)
    library.close()
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


def whole_tune(name: str) -> list[tuple[float, float]]:
    """Pitches and lengths."""
    notes = tune_notes(name, bpm=100, most_s=60)
    ends = [*(note.onset_s for note in notes[1:]), notes[-1].onset_s + notes[-1].duration_s]
    return [(note.pitch, end - note.onset_s) for note, end in zip(notes, ends, strict=True)]


def somebody_hums(name: str = "greensleeves") -> Samples:
    return hum_sound(tune_notes(name, higher=-3), RATE)


def encoded(samples: Samples, rate_hz: int = RATE) -> bytes:
    """A WAV file, mono, 16 bit."""
    held = BytesIO()
    with wave.open(held, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate_hz)
        out.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return held.getvalue()


def ask(client: httpx.Client, sound: bytes, route: str = "/api/hum", **params: Any) -> Any:
    answered = client.post(route, content=sound, params=params)
    assert answered.status_code == 200, answered.text
    return answered.json()


# Over HTTP


def test_a_hum_is_named_with_its_picture(client: httpx.Client) -> None:
    told = ask(client, encoded(somebody_hums()))
    assert told["outcome"] == "found"
    assert told["message"] == "That sounds like Greensleeves by Nobody."
    assert (told["offered"], len(told["hits"]), told["problem"]) == (1, 1, None)
    hit = told["hits"][0]
    assert hit["track"]["title"] == hit["title"] == "Greensleeves"
    assert 0.5 < hit["probability"] <= 1
    assert told["searched"] == 33
    assert told["waiting"] >= 1
    pitches = [one for one in told["contour"]["pitch"] if one is not None]
    assert len(told["contour"]["pitch"]) * told["contour"]["frame_s"] == pytest.approx(9.5, abs=1)
    assert 40 < min(pitches) < max(pitches) < 90
    assert len(told["notes"]) > 8


def test_it_is_learned_which_tune_was_meant(client: httpx.Client) -> None:
    told = ask(client, encoded(somebody_hums()))
    (ode,) = (one for one in client.get("/api/tracks").json()["items"] if "Ode" in one["title"])
    path = f"/api/hum/{told['hum_id']}/pick"
    assert client.post(path, json={"track_id": ode["id"]}).status_code == 204
    assert client.post("/api/hum/999999/pick", json={"track_id": ode["id"]}).status_code == 404
    assert client.post(path, json={"track_id": 999_999}).status_code == 404
    assert client.post(path, json={"track_id": "x"}).status_code == 422
    again = told["hits"][0]["track"]["id"]
    assert client.post(path, json={"track_id": again}).status_code == 204  # take it back


@pytest.mark.parametrize(
    ("sound", "problem"),
    [
        (np.zeros(5 * RATE, np.float32), "silent"),
        (somebody_hums()[: 1 * RATE], "too_short"),
    ],
)
def test_what_is_no_tune_says_why_and_what_to_do(
    client: httpx.Client, sound: Samples, problem: str
) -> None:
    told = ask(client, encoded(sound))
    assert (told["outcome"], told["problem"], told["hits"]) == ("again", problem, [])
    assert told["message"].startswith("I cannot name that tune: ")
    assert told["next_step"].startswith("Hum ")


def test_talk_is_no_tune(client: httpx.Client) -> None:
    told = ask(client, encoded(talked(8.0), VOICE_HZ))
    assert (told["outcome"], told["hits"]) == ("again", [])


def test_what_is_no_sound_is_refused(client: httpx.Client) -> None:
    for body in (b"", b"RIFF" + b"no sound" * 100):
        assert client.post("/api/hum", content=body).status_code == 415
    assert client.post("/api/hum", content=b"x" * 3_000_000).status_code == 413
    assert client.post("/api/hum", params={"session": "../x"}, content=b"x").status_code == 422


def test_recognise_takes_a_hum_for_a_hum_and_keeps_no_unknown_tune(client: httpx.Client) -> None:
    match = ask(client, encoded(somebody_hums()), "/api/recognise")
    assert (match["track"], match["certainty"], match["heard_id"]) == (None, "unknown", None)
    assert match["hum"]["hits"][0]["title"] == "Greensleeves"
    assert client.get("/api/unknown").json() == []
    assert client.get("/api/heard").json()["items"] == []


def test_how_far_the_melodies_are(client: httpx.Client) -> None:
    told = client.get("/api/melodies").json()
    assert (told["indexed"], told["failed"], told["written"]) == (33, 0, 0)
    assert told["waiting"] >= 1


# Into the microphone, and what is said afterwards


def dial(server: RunningServer, session: str) -> Connection:
    return connect(
        f"{server.socket_url}?session={session}", proxy=None, max_size=None, max_queue=None
    )


def send(socket: Connection, type_: str, **event: Any) -> None:
    socket.send(json.dumps({"type": type_, **event}))


def until(socket: Connection, kind: str) -> dict[str, Any]:
    """The first event of this type."""
    while True:
        event: dict[str, Any] = json.loads(socket.recv(PATIENCE_S))
        if event["type"] == kind:
            return event


def say(socket: Connection, text: str) -> str:
    item = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}
    send(socket, "conversation.item.create", item=item)
    send(socket, "response.create")
    return str(until(socket, "response.output_text.done")["text"])


def play(socket: Connection, sound: Samples) -> None:
    pcm = (np.clip(sound, -1, 1) * 32_767).astype("<i2").tobytes()
    for start in range(0, len(pcm), RATE // 5):
        socket.send(pcm[start : start + RATE // 5])


@pytest.mark.parametrize("kind", ["any", "hum"])
def test_the_microphone_hears_a_hum_and_play_it_plays(
    server: RunningServer, player: FakePlayer, kind: str
) -> None:
    with dial(server, f"hums-{kind}") as socket:
        send(socket, "refrain.listen.start", purpose="identify", sample_rate=RATE, kind=kind)
        play(socket, somebody_hums())
        send(socket, "refrain.listen.stop", purpose="identify")
        done = until(socket, "refrain.recognition.done")["answer"]
        assert done["track"] is None
        assert done["hum"]["outcome"] == "found"
        assert done["hum"]["hits"][0]["title"] == "Greensleeves"
        reply = str(until(socket, "response.output_text.done")["text"])
        assert "sounds like Greensleeves by Nobody" in reply
        say(socket, "play it")
        assert player.playing is not None
        assert player.playing.track.title == "Greensleeves"


def test_a_hum_that_was_uploaded_is_told_in_the_conversation(
    server: RunningServer, client: httpx.Client
) -> None:
    with dial(server, "upload") as socket:
        ask(client, encoded(somebody_hums("amazinggrace")), session="upload")
        reply = str(until(socket, "response.output_text.done")["text"])
        assert "sounds like Amazing Grace by Nobody" in reply
        assert say(socket, "who sings that?") == "Probably Nobody."
        reply = say(socket, "no, it's Greensleeves")
        assert (
            reply
            == "Thank you: it was Greensleeves by Nobody, not Amazing Grace. I will remember that."
        )


def test_the_assistant_asks_for_the_microphone(server: RunningServer) -> None:
    with dial(server, "asked") as socket:
        send(socket, "refrain.listen.offer", can_listen=True)
        item = {
            "type": "message",
            "role": "user",
            "content": [{"type": "input_text", "text": "I'll hum it"}],
        }
        send(socket, "conversation.item.create", item=item)
        send(socket, "response.create")
        request = until(socket, "refrain.listen.request")
        assert (request["purpose"], request["seconds"]) == ("clip", 10.0)
        send(
            socket,
            "refrain.listen.start",
            purpose="clip",
            sample_rate=RATE,
            request_id=request["request_id"],
        )
        play(socket, somebody_hums("odetojoy"))
        send(socket, "refrain.listen.stop", purpose="clip")
        reply = str(until(socket, "response.output_text.done")["text"])
        assert "sounds like Ode to Joy" in reply
