"""Clients that send sound too much, too fast, of the wrong kind, or leave in the middle of it."""

import asyncio
import base64
import contextlib
import json
import random
import threading
import time
from collections.abc import Callable
from typing import Any, Self

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from realtime_client import pieces
from realtime_talking import Talking
from server.realtime.connection import MAX_MESSAGE_BYTES
from voice.audio import HEARING_RATE_HZ
from voice.errors import HearingFailed
from voice.pcm import AudioFormat, SoundEncoder
from voice_speech import tone, with_silences

pytestmark = pytest.mark.integration
SAID = with_silences(0.0, 0.3, 1.2, 2.5)
PUSH_TO_TALK = {"audio": {"input": {"turn_detection": None}}}


class Client:
    """A raw connection."""

    def __init__(self, talking: Talking, query: str = "?events=all") -> None:
        self.socket = connect(
            talking.server.socket_url + query, proxy=None, max_size=None, max_queue=None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, kind: str, **event: Any) -> None:
        self.socket.send(json.dumps({"type": kind, **event}))

    def until(self, kind: str, timeout_s: float = 30) -> dict[str, Any]:
        deadline = time.monotonic() + timeout_s
        while True:
            event: dict[str, Any] = json.loads(self.socket.recv(deadline - time.monotonic()))
            if event["type"] == kind:
                return event

    def error(self) -> str:
        return str(self.until("error")["error"]["code"])

    def speak(self) -> None:
        for piece in pieces(SAID, HEARING_RATE_HZ):
            self.send("input_audio_buffer.append", audio=piece)

    def works(self) -> bool:
        self.speak()
        return bool(self.until("response.done")["response"]["status"] == "completed")


def pcm(seconds: float, rate_hz: int = 24_000) -> bytes:
    encoder = SoundEncoder(AudioFormat.named("audio/pcm", rate_hz), from_hz=HEARING_RATE_HZ)
    return encoder.encode(tone(seconds)) + encoder.finish()


def eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


@pytest.mark.parametrize("audio", ["%%%%", "AAA", "é" * 10, "A" * 5, "=AAA"])
def test_what_is_no_base64_is_refused(talking: Talking, audio: str) -> None:
    with Client(talking) as client:
        client.send("input_audio_buffer.append", audio=audio)
        assert client.error() == "invalid_value"
        assert client.works()


@pytest.mark.parametrize(
    "event",
    [
        {"type": "input_audio_buffer.append"},
        {"type": "input_audio_buffer.append", "audio": 7},
        {"type": "input_audio_buffer.append", "audio": None},
        {"type": "conversation.item.truncate", "item_id": "a", "audio_end_ms": -1},
        {"type": "conversation.item.truncate", "item_id": "a", "audio_end_ms": 1e300},
        {"type": "refrain.talk.start", "sample_rate": 1},
        {"type": "refrain.talk.start", "sample_rate": "x"},
        {"type": "refrain.playback", "item_id": "a", "played_ms": -5, "playing": True},
        {"type": "session.update", "session": {"audio": {"input": {"format": {"type": "mp3"}}}}},
        {"type": "session.update", "session": {"audio": {"output": {"speed": -1}}}},
        {"type": "session.update", "session": {"refrain": {"wake_word": "x"}}},
        {"type": "session.update", "session": {"tools": [{"type": "function"}]}},
    ],
)
def test_events_that_make_no_sense_are_refused(talking: Talking, event: dict[str, Any]) -> None:
    with Client(talking) as client:
        client.socket.send(json.dumps(event))
        assert client.error() == "invalid_value"
        client.send("input_audio_buffer.clear")
        client.until("input_audio_buffer.cleared")


def test_samples_cut_in_two_and_empty_pieces_are_put_together(talking: Talking) -> None:
    encoder = SoundEncoder(AudioFormat(), from_hz=HEARING_RATE_HZ)
    data = encoder.encode(SAID) + encoder.finish()
    with Client(talking) as client:
        client.send("input_audio_buffer.append", audio="")
        for first in range(0, len(data), 4_801):
            piece = base64.b64encode(data[first : first + 4_801]).decode()
            client.send("input_audio_buffer.append", audio=piece)
        assert client.until("response.done")["response"]["status"] == "completed"
        samples = talking.ears.heard[-1][0]
        assert 0.2 < np.abs(samples).max() < 0.4  # no noise from samples read askew


def test_sound_far_faster_than_it_sounds_is_refused_and_the_rest_is_heard(
    talking: Talking,
) -> None:
    quiet = base64.b64encode(bytes(480_000)).decode()  # ten seconds
    with Client(talking) as client:
        for _ in range(9):
            client.send("input_audio_buffer.append", audio=quiet)
        assert client.error() == "rate_limited"
        time.sleep(2.0)  # four times as fast is allowed
        assert client.works()


def test_who_sends_sound_without_a_word_for_too_long_is_hung_up_on(talking: Talking) -> None:
    quiet = base64.b64encode(bytes(480_000)).decode()
    with Client(talking) as client:
        for _ in range(6):
            client.send("input_audio_buffer.append", audio=quiet)
        time.sleep(2.0)
        for _ in range(6):
            client.send("input_audio_buffer.append", audio=quiet[:64_000])
        assert client.error() == "idle_timeout"
        with pytest.raises(ConnectionClosed):
            client.until("response.done")


def test_a_giant_piece_ends_its_connection_and_no_other(talking: Talking) -> None:
    with Client(talking) as bystander:
        with Client(talking) as client:
            with contextlib.suppress(ConnectionClosed):  # it may hang up while we are still sending
                client.send("input_audio_buffer.append", audio="A" * 3 * MAX_MESSAGE_BYTES)
            with pytest.raises(ConnectionClosed):
                client.until("response.done")
        assert bystander.works()


def test_a_flood_of_tiny_pieces_is_cut_off(talking: Talking) -> None:
    codes = set()
    with Client(talking) as client:
        with contextlib.suppress(ConnectionClosed):
            for _ in range(6_000):
                client.send("input_audio_buffer.append", audio="AAAA")
        # What it said before it hung up is still there to be read.
        with contextlib.suppress(ConnectionClosed, TimeoutError):
            while True:
                event = json.loads(client.socket.recv(5))
                if event["type"] == "error":
                    codes.add(event["error"]["code"])
    assert "rate_limited" in codes
    with Client(talking) as other:
        assert other.works()


def test_only_so_many_may_talk_at_once(talking: Talking) -> None:
    clients = [Client(talking) for _ in range(5)]
    try:
        for client in clients[:4]:
            client.send("refrain.talk.start")
            assert client.until("refrain.speech.state")["state"] == "listening"
        assert eventually(lambda: talking.server.services.speech.talking == 4)
        clients[4].send("refrain.talk.start")
        assert clients[4].error() == "hearing_busy"
    finally:
        for client in clients:
            client.socket.close()
    assert eventually(lambda: talking.server.services.speech.talking == 0)


def test_binary_frames_are_the_users_voice(talking: Talking) -> None:
    encoder = SoundEncoder(AudioFormat.named("audio/pcm", 48_000), from_hz=HEARING_RATE_HZ)
    data = encoder.encode(SAID) + encoder.finish()
    with Client(talking) as client:
        client.send("refrain.talk.start", sample_rate=48_000)
        for first in range(0, len(data), 9_601):
            client.socket.send(data[first : first + 9_601])
        assert client.until("response.done")["response"]["status"] == "completed"
        client.send("refrain.talk.stop")
        client.socket.send(bytes(960))
        assert client.error() == "invalid_message"


def test_talk_stop_may_commit_what_was_said(talking: Talking) -> None:
    with Client(talking) as client:
        client.send("session.update", session=PUSH_TO_TALK)
        client.send("refrain.talk.start", sample_rate=24_000)
        client.socket.send(pcm(0.9))
        client.send("refrain.talk.stop", commit=True)
        client.send("response.create")
        assert client.until("response.done")["response"]["status"] == "completed"
        assert talking.turns.heard[-1][1] == "Play something calm."


def test_a_frame_that_is_too_long_is_refused(talking: Talking) -> None:
    with Client(talking) as client:
        client.send("refrain.talk.start", sample_rate=8_000)
        client.socket.send(bytes(17_000))
        assert client.error() == "too_large"
        assert client.works()


def test_one_microphone_has_one_rate(talking: Talking) -> None:
    with Client(talking) as client:
        client.send("refrain.talk.start", sample_rate=48_000)
        client.send("refrain.listen.start", purpose="ring", sample_rate=24_000)
        assert client.error() == "already_listening"
        client.send("refrain.talk.stop")
        client.send("refrain.listen.start", purpose="ring", sample_rate=24_000)
        client.send("refrain.talk.start", sample_rate=48_000)
        assert client.error() == "already_listening"


def test_what_is_recognised_is_not_taken_as_speech(talking: Talking) -> None:
    with Client(talking) as client:
        client.send("refrain.talk.start", sample_rate=24_000)
        client.send("refrain.listen.start", purpose="identify", sample_rate=24_000, respond=False)
        for _ in range(3):
            client.socket.send(pcm(1.0))
        client.send("refrain.listen.stop", purpose="identify", cancel=True)
        assert talking.turns.heard == []
        encoder = SoundEncoder(AudioFormat(), from_hz=HEARING_RATE_HZ)
        said = encoder.encode(SAID)
        for first in range(0, len(said), 24_000):
            client.socket.send(said[first : first + 24_000])
        assert client.until("response.done")["response"]["status"] == "completed"
        assert len(talking.turns.heard) == 1


def test_speech_that_cannot_be_transcribed_is_told(talking: Talking) -> None:
    talking.ears.error = HearingFailed("It broke.")
    try:
        with Client(talking) as client:
            client.speak()
            failed = client.until("conversation.item.input_audio_transcription.failed")
            assert failed["error"]["code"] == "hearing_failed"
            assert failed["item_id"]
            talking.ears.error = None
            assert client.works()
    finally:
        talking.ears.error = None


def test_a_voice_that_breaks_leaves_the_words(talking: Talking) -> None:
    talking.mouth.fails_at = 0
    try:
        with Client(talking) as client:
            client.speak()
            assert client.error() == "speaking_failed"
            done = client.until("response.done")["response"]
            assert done["status"] == "completed"
            assert done["output"][-1]["content"][0]["transcript"] == "Playing Still Water."
            talking.mouth.fails_at = None
            assert client.works()
    finally:
        talking.mouth.fails_at = None


def test_leaving_in_the_middle_of_an_answer_ends_it(talking: Talking) -> None:
    talking.will_hear("Tell me a story.")
    with Client(talking) as client:
        client.speak()
        client.until("response.output_audio.delta")
        assert talking.is_ducked
    assert eventually(lambda: bool(talking.turns.amended))
    assert eventually(lambda: not talking.is_ducked)
    assert eventually(lambda: talking.server.services.speech.talking == 0)


def test_nothing_is_left_of_clients_that_come_and_go(talking: Talking) -> None:
    def tasks() -> int:
        found: list[int] = []
        ready = threading.Event()

        def count() -> None:
            found.append(len(asyncio.all_tasks(talking.server.loop)))
            ready.set()

        talking.server.loop.call_soon_threadsafe(count)
        assert ready.wait(10)
        return found[0]

    with Client(talking) as client:
        assert client.works()
    assert eventually(lambda: talking.server.services.speech.talking == 0)
    before = tasks()
    for number in range(6):
        with Client(talking) as client:
            client.speak()
            if number % 2:
                client.until("response.created")
    assert eventually(lambda: tasks() <= before)


def test_random_events_never_end_in_an_internal_error(talking: Talking) -> None:
    dice = random.Random(5)
    sound = list(pieces(SAID, HEARING_RATE_HZ))
    made: list[Callable[[], dict[str, Any]]] = [
        lambda: {"type": "input_audio_buffer.append", "audio": dice.choice(sound)},
        lambda: {"type": "input_audio_buffer.commit"},
        lambda: {"type": "input_audio_buffer.clear"},
        lambda: {"type": "output_audio_buffer.clear"},
        lambda: {"type": "response.create"},
        lambda: {"type": "response.cancel"},
        lambda: {"type": "refrain.talk.start", "sample_rate": dice.choice([8_000, 24_000])},
        lambda: {"type": "refrain.talk.stop", "commit": dice.random() < 0.5},
        lambda: {"type": "session.update", "session": dice.choice([PUSH_TO_TALK, {}])},
        lambda: {
            "type": "session.update",
            "session": {"audio": {"input": {"turn_detection": {"type": "server_vad"}}}},
        },
        lambda: {
            "type": "session.update",
            "session": {"output_modalities": [dice.choice(["text", "audio"])]},
        },
        lambda: {
            "type": "session.update",
            "session": {"audio": {"input": {"format": {"type": dice.choice(FORMATS)}}}},
        },
        lambda: {
            "type": "conversation.item.create",
            "item": {
                "type": "message",
                "role": "user",
                "content": [{"type": "input_text", "text": "play something"}],
            },
        },
        lambda: {
            "type": "conversation.item.truncate",
            "item_id": dice.choice(items),
            "audio_end_ms": dice.randrange(3_000),
        },
        lambda: {"type": "conversation.item.delete", "item_id": dice.choice(items)},
    ]
    items = ["nobody"]
    codes: set[str] = set()
    with Client(talking) as client:
        for _ in range(400):
            client.socket.send(json.dumps(dice.choice(made)()))
            if dice.random() < 0.1:
                client.socket.send(dice.randbytes(dice.randrange(2_000)))
            time.sleep(0.01)
            try:
                while True:
                    event = json.loads(client.socket.recv(0.001))
                    if event["type"] == "error":
                        codes.add(event["error"]["code"])
                    elif event["type"] == "conversation.item.added":
                        items.append(event["item"]["id"])
            except TimeoutError:
                pass
    assert "internal_error" not in codes
    with Client(talking) as client:
        assert client.works()


FORMATS = ["audio/pcm", "audio/pcmu", "audio/pcma"]
