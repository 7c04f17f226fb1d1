"""The server's side of a spoken conversation, played by the test: takes messages, tells events."""

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any

import numpy as np

from server.commands.talking.spoken_turn import SpokenTurn

VOICE = np.full(2_400, 0.25, np.float32)
"""100 ms of our voice."""


def sound_event(response_id: str = "r1", item_id: str = "i1") -> dict[str, Any]:
    """100 ms of our voice as the server sends it."""
    delta = base64.b64encode(np.rint(VOICE * 32_768).astype("<i2").tobytes()).decode()
    place = {"response_id": response_id, "item_id": item_id}
    return {"type": "response.output_audio.delta", "delta": delta, **place}


def heard(text: str) -> dict[str, Any]:
    """What the user said, as the server understood it."""
    kind = "conversation.item.input_audio_transcription.completed"
    return {"type": kind, "item_id": "u1", "transcript": text}


def done(response_id: str = "r1", status: str = "completed") -> dict[str, Any]:
    """The end of an answer."""
    response = {"id": response_id, "status": status, "metadata": {"model": "m", "cpu_ms": "2.5"}}
    return {"type": "response.done", "response": response}


def created(response_id: str = "r1") -> dict[str, Any]:
    """The beginning of an answer."""
    return {"type": "response.created", "response": {"id": response_id}}


def answer(text: str, *, said: str = "play some jazz", number: int = 1) -> list[dict[str, Any]]:
    """All events of a spoken answer to `said`."""
    name, item = f"r{number}", f"i{number}"
    place = {"response_id": name, "item_id": item}
    words = {"type": "response.output_audio_transcript.delta", "delta": text, **place}
    timing = {"type": "refrain.timing", "stages": {"transcript": 140.0}, **place}
    return [heard(said), created(name), words, sound_event(name, item), timing, done(name)]


async def until(condition: Callable[[], object]) -> None:
    """Wait for something that others bring about."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110  a test may poll
            await asyncio.sleep(0.005)


class PretendSocket:
    """A WebSocket whose other end is the test."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        """Every JSON message, in order."""
        self.sound = np.zeros(0, np.float32)
        """All that was said."""
        self.answers: dict[str, list[list[dict[str, Any]]]] = {}
        """By type of message: what the server tells at the first, second and so on."""
        self._events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    @property
    def kinds(self) -> list[str]:
        """The types of what was sent."""
        return [message["type"] for message in self.sent]

    def tell(self, *events: dict[str, Any]) -> None:
        """The server says something."""
        for event in events:
            self._events.put_nowait(event)

    async def send(self, message: str | bytes) -> None:
        if isinstance(message, bytes):
            pcm = np.frombuffer(message, "<i2").astype(np.float32) / np.float32(32_767)
            self.sound = np.concatenate([self.sound, pcm])
            return
        self.sent.append(event := json.loads(message))
        if waiting := self.answers.get(event["type"]):
            self.tell(*waiting.pop(0))

    async def recv(self) -> str:
        return json.dumps(await self._events.get())


class NotedScreen:
    """Remembers what it is shown."""

    def __init__(self) -> None:
        self.states: list[str] = []
        self.partials: list[str] = []
        self.turns: list[SpokenTurn] = []
        self.notes: list[str] = []
        self.levels: list[float] = []

    def state(self, name: str) -> None:
        self.states.append(name)

    def partial(self, text: str) -> None:
        self.partials.append(text)

    def turn(self, turn: SpokenTurn) -> None:
        self.turns.append(turn)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def level(self, loudness: float) -> None:
        self.levels.append(loudness)
