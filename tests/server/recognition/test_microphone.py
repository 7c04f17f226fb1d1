"""A microphone on the WebSocket: early answers, the last minutes, clients that misbehave."""

import base64
import json
import time
from typing import Any

import numpy as np
import pytest
from websockets.sync.client import connect
from websockets.sync.connection import Connection

from recognition_fake import FakeRecognition
from recognition_sounds import encoded
from server_running import RunningServer
from server_turns import ScriptedTurns

pytestmark = pytest.mark.integration
RATE = 16_000


def dial(server: RunningServer, session: str = "kitchen") -> Connection:
    return connect(
        f"{server.socket_url}?session={session}", proxy=None, max_size=None, max_queue=None
    )


def send(socket: Connection, kind: str, **event: Any) -> None:
    socket.send(json.dumps({"type": kind, **event}))


def until(socket: Connection, kind: str, seen: list[str] | None = None) -> dict[str, Any]:
    """The first event of this type."""
    while True:
        event: dict[str, Any] = json.loads(socket.recv(20))
        if seen is not None:
            seen.append(event["type"])
        if event["type"] == kind:
            return event


def pcm(seconds: float, level: float = 0.3) -> bytes:
    rng = np.random.default_rng(3)
    samples = rng.standard_normal(int(seconds * RATE)) * level * 32_767
    return samples.clip(-32_768, 32_767).astype("<i2").tobytes()


def play(socket: Connection, sound: bytes, *, frame_s: float = 0.1) -> None:
    size = int(frame_s * RATE) * 2
    for start in range(0, len(sound), size):
        socket.send(sound[start : start + size])


def listen(socket: Connection, purpose: str = "identify", **event: Any) -> None:
    send(socket, "refrain.listen.start", purpose=purpose, sample_rate=RATE, **event)


def state(socket: Connection, **wanted: Any) -> dict[str, Any]:
    """The first state of listening in which all of this is so."""
    while True:
        found = until(socket, "refrain.listen.state")
        if all(found[key] == value for key, value in wanted.items()):
            return found


def test_a_clip_is_named_as_soon_as_it_is_certain_and_the_assistant_answers(
    server: RunningServer, known: FakeRecognition, turns: ScriptedTurns
) -> None:
    with dial(server) as socket, dial(server, "elsewhere") as other:
        assert state(socket)["listening"] is False
        listen(socket, device="phone", place="kitchen")
        shown = state(other, listening=True)
        assert shown["sources"][0] | {"seconds": 0} == {
            "session": "kitchen",
            "device": "phone",
            "place": "kitchen",
            "purpose": "identify",
            "seconds": 0,
        }
        play(socket, pcm(3.0))
        seen: list[str] = []
        progress = until(socket, "refrain.recognition.progress", seen)
        assert progress["seconds"] > 0
        assert all(0 <= at < 5 and 100 < hertz < 5_600 for at, hertz in progress["peaks"])
        done = until(socket, "refrain.recognition.done", seen)
        assert done["answer"]["certainty"] == "certain"
        assert done["answer"]["track"]["title"] == done["answer"]["title"]
        assert done["answer"]["picture"]["peaks"]
        said = until(socket, "conversation.item.added")["item"]["content"][0]["text"]
        assert said == "What is this?"
        assert until(socket, "response.done")["response"]["status"] == "completed"
        assert state(other, listening=False)["sources"] == []
    assert turns.heard == [("kitchen", "What is this?")]
    assert [one["log"] for one in known.asked] == [False] * (len(known.asked) - 1) + [True]
    last = known.asked[-1]
    assert (last["source"], last["device"], last["place"]) == ("microphone", "phone", "kitchen")


def test_the_turn_is_about_the_clip_and_only_that_turn(
    server: RunningServer, turns: ScriptedTurns
) -> None:
    microphones = server.services.microphones
    with dial(server) as socket:
        listen(socket)
        play(socket, pcm(2.5))
        until(socket, "response.created")
        reference = microphones.given("kitchen")
        until(socket, "response.done")
        assert microphones.answer("kitchen", reference) is None
        assert microphones.given("kitchen") == ""


def test_an_upload_is_told_in_the_conversation_it_belongs_to(
    server: RunningServer, turns: ScriptedTurns
) -> None:
    heard = np.frombuffer(pcm(3.0), "<i2").astype(np.float32) / np.float32(32_768)
    sound = encoded(heard, "wav")
    with dial(server) as socket, server.client() as client:
        until(socket, "session.created")
        client.post("/api/recognise", params={"session": "kitchen"}, content=sound)
        assert until(socket, "response.done")["response"]["status"] == "completed"
        # Nobody is connected there: it waits for the next thing that is said.
        client.post("/api/recognise", params={"session": "garage"}, content=sound)
        assert server.services.microphones.given("garage") != ""
        bad = client.post("/api/recognise", params={"session": "a/b"}, content=sound)
        assert bad.status_code == 422
    assert turns.heard == [("kitchen", "What is this?")]


def test_a_question_that_is_taken_back_gets_no_answer(
    server: RunningServer, known: FakeRecognition, turns: ScriptedTurns
) -> None:
    known._certain_after_s = 99
    with dial(server) as socket:
        listen(socket)
        play(socket, pcm(2.5))
        until(socket, "refrain.recognition.progress")
        send(socket, "refrain.listen.stop", purpose="identify", cancel=True)
        listen(socket, respond=False)
        play(socket, pcm(0.5))
        send(socket, "refrain.listen.stop")
        done = until(socket, "refrain.recognition.done")
        assert done["answer"]["clip_s"] < 1.0
    assert turns.heard == []


def test_what_is_never_certain_is_decided_after_ten_seconds(
    server: RunningServer, known: FakeRecognition
) -> None:
    known._certain_after_s = 99
    with dial(server) as socket:
        listen(socket, respond=False)
        play(socket, pcm(12.0))
        done = until(socket, "refrain.recognition.done")
        assert (done["answer"]["certainty"], done["answer"]["track"]) == ("unknown", None)
    assert [one["seconds"] for one in known.asked] == [2.0, 3.0, 5.0, 8.0, 10.0, 10.0]


def test_stopping_decides_with_what_there_is(
    server: RunningServer, known: FakeRecognition, turns: ScriptedTurns
) -> None:
    known._certain_after_s = 99
    with dial(server) as socket:
        listen(socket, respond=False)
        play(socket, pcm(1.0))
        send(socket, "refrain.listen.stop")
        assert until(socket, "refrain.recognition.done")["answer"]["clip_s"] < 1.1
        # What was on its way is passed over without a word.
        play(socket, pcm(0.5))
        send(socket, "conversation.item.delete", item_id="none")
        assert until(socket, "error")["error"]["code"] == "item_not_found"
    assert turns.heard == []


def test_sound_may_come_as_openai_sends_it(server: RunningServer) -> None:
    with dial(server) as socket:
        listen(socket, respond=False)
        sound = pcm(2.2)
        for start in range(0, len(sound), 6_400):
            part = base64.b64encode(sound[start : start + 6_400]).decode()
            send(socket, "input_audio_buffer.append", audio=part)
        assert until(socket, "refrain.recognition.done")["answer"]["certainty"] == "certain"


def test_the_last_minutes_are_kept_only_when_that_is_switched_on_and_then_wiped(
    server: RunningServer, known: FakeRecognition
) -> None:
    with dial(server) as socket, server.client() as client:
        nothing = client.post("/api/listening/answer", json={})
        assert (nothing.status_code, nothing.json()["error"]["code"]) == (409, "not_listening")
        assert client.get("/api/listening").json()["ring"] is False
        listen(socket, "ring", device="tablet", place="kitchen", seconds=60)
        assert state(socket, ring=True)["ring_seconds"] == 60
        play(socket, pcm(4.0))
        play(socket, pcm(4.0, level=0.0001))
        held(server, 7.9)
        now = client.post("/api/listening/answer", json={"seconds": 3}).json()
        assert now["certainty"] == "unknown"
        before = client.post(
            "/api/listening/answer", json={"ending_s_ago": 4.5, "seconds": 3}
        ).json()
        assert before["certainty"] == "certain"
        asked = known.asked[-1]
        assert (asked["source"], asked["place"], asked["device"]) == ("ring", "kitchen", "tablet")
        assert asked["at"] is not None
        too_early = client.post("/api/listening/answer", json={"ending_s_ago": 300})
        assert too_early.json()["error"]["code"] == "not_listening"
        wiped = client.delete("/api/listening").json()
        assert (wiped["ring"], wiped["seconds"], wiped["sources"]) == (False, 0, [])
        assert until(socket, "refrain.listen.request")["on"] is False
        assert state(socket, ring=False)["sources"] == []
        gone = client.post("/api/listening/answer", json={})
        assert gone.json()["error"]["code"] == "not_listening"


def test_a_client_that_goes_away_takes_what_was_kept_with_it(server: RunningServer) -> None:
    with dial(server) as socket:
        listen(socket, "ring")
        play(socket, pcm(2.0))
        held(server, 1.9)
    with dial(server, "other") as other, server.client() as client:
        deadline = time.monotonic() + 20
        while client.get("/api/listening").json()["sources"] and time.monotonic() < deadline:
            time.sleep(0.05)
        assert state(other)["sources"] == []
        assert client.post("/api/listening/answer", json={}).status_code == 409


def test_a_clip_can_be_named_while_the_last_minutes_are_kept(server: RunningServer) -> None:
    with dial(server) as socket:
        listen(socket, "ring")
        play(socket, pcm(1.0))
        listen(socket, respond=False)
        play(socket, pcm(2.5))
        until(socket, "refrain.recognition.done")
        assert held(server, 3.3) < 3.7


def test_a_page_can_be_asked_to_listen(server: RunningServer) -> None:
    with dial(server) as socket, server.client() as client:
        send(socket, "refrain.listen.offer", can_listen=True, device="phone")
        state(socket)
        client.post("/api/listening", json={"seconds": 30})
        request = until(socket, "refrain.listen.request")
        assert (request["purpose"], request["on"], request["seconds"]) == ("ring", True, 30)
        listen(socket, "ring")
        assert state(socket, listening=True)["ring_seconds"] == 30


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({"purpose": "spy"}, "invalid_value"),
        ({"purpose": "identify", "sample_rate": 96_000}, "invalid_value"),
        ({"purpose": "identify", "sample_rate": 0}, "invalid_value"),
        ({"purpose": "ring", "seconds": 100_000}, "invalid_value"),
        ({"purpose": "identify", "place": "x" * 1_000}, "invalid_value"),
    ],
)
def test_nonsense_about_listening_is_answered(
    server: RunningServer, event: dict[str, Any], code: str
) -> None:
    with dial(server) as socket:
        send(socket, "refrain.listen.start", **event)
        assert until(socket, "error")["error"]["code"] == code


def test_one_microphone_for_each_connection(server: RunningServer) -> None:
    with dial(server) as socket:
        listen(socket)
        listen(socket)
        assert until(socket, "error")["error"]["code"] == "already_listening"
        send(socket, "refrain.listen.start", purpose="ring", sample_rate=48_000)
        assert until(socket, "error")["error"]["code"] == "already_listening"


def test_sound_in_too_large_pieces_or_too_fast_is_refused(
    server: RunningServer, known: FakeRecognition
) -> None:
    with dial(server) as socket:
        listen(socket, "ring", seconds=600)
        socket.send(pcm(1.5))
        assert until(socket, "error")["error"]["code"] == "too_large"
        socket.send(b"\x01")  # half a sample is no harm
        play(socket, pcm(60.0), frame_s=1.0)
        assert until(socket, "error")["error"]["code"] == "rate_limited"
        send(socket, "input_audio_buffer.append", audio="not base64!")
        while (found := until(socket, "error")["error"]["code"]) == "rate_limited":
            pass
        assert found == "invalid_value"
        assert server.services.microphones.held_s("kitchen") < 40


def test_a_client_that_leaves_while_it_is_listened_to_ends_it(
    server: RunningServer, known: FakeRecognition
) -> None:
    known._certain_after_s = 99
    with dial(server) as socket:
        listen(socket)
        play(socket, pcm(2.5))
        until(socket, "refrain.recognition.progress")
    with server.client() as client:
        deadline = time.monotonic() + 20
        while client.get("/api/listening").json()["listening"] and time.monotonic() < deadline:
            time.sleep(0.05)
        assert client.get("/api/listening").json()["listening"] is False


def held(server: RunningServer, seconds: float) -> float:
    """Wait until so much is kept, and give how much it is."""
    deadline = time.monotonic() + 20
    while (now := server.services.microphones.held_s("kitchen")) < seconds:
        assert time.monotonic() < deadline, now
        time.sleep(0.02)
    return now
