"""A client with a microphone that is always on: sound leaves it as fast as it is spoken."""

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from evals.latency.serving import Served
from evals.recognition.resampling import resampled, to_pcm
from voice.audio import HEARING_RATE_HZ, SPEAKING_RATE_HZ, Samples

CHUNK_S = 0.04
_LOUD = 0.1
"""Share of a clip's peak from which its words are taken to have begun."""
_HISS = 0.0004
_MAX_MESSAGE = 16_000_000

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """When the words of a clip left the microphone, `time.perf_counter` seconds."""

    onset_s: float
    end_s: float


@dataclass(slots=True)
class Talker:
    """One connection: what it hears, and when."""

    socket: ClientConnection
    events: list[tuple[float, Event]] = field(default_factory=list)
    """Everything the server said, with the time at which it came."""
    lost: str = ""
    """Why the connection ended, when we did not end it."""
    _saying: asyncio.Queue[tuple[Samples, asyncio.Future[Said]]] = field(
        default_factory=asyncio.Queue
    )
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def say(self, samples: Samples) -> Said:
        """Speak 16 kHz samples; returns when the last of them has left.

        Raises:
            ConnectionError: there is nobody any more to speak to.
        """
        done: asyncio.Future[Said] = asyncio.get_running_loop().create_future()
        self._saying.put_nowait((samples, done))
        while not done.done():
            if self.lost:
                raise ConnectionError(self.lost)
            await asyncio.wait({done}, timeout=1.0)
        return done.result()

    async def send(self, event: Event) -> None:
        """Send one event of the protocol."""
        await self.socket.send(json.dumps(event))

    async def until(
        self, wanted: Callable[[Event], bool], *, since: int, timeout_s: float
    ) -> tuple[float, Event] | None:
        """The first wanted event behind the first `since`; None when none comes in time."""
        end = time.perf_counter() + timeout_s
        place = since
        while True:
            while place < len(self.events):
                if wanted(self.events[place][1]):
                    return self.events[place]
                place += 1
            left = end - time.perf_counter()
            if left <= 0 or self.lost:
                return None
            self._news.clear()
            try:
                async with asyncio.timeout(left):
                    await self._news.wait()
            except TimeoutError:
                continue

    def spoken_s(self, since: int) -> float:
        """How long our voice in the events behind the first `since` is, seconds."""
        sizes = (
            len(event["delta"]) * 3 // 4
            for _, event in self.events[since:]
            if event["type"] == "response.output_audio.delta"
        )
        return sum(sizes) / 2 / SPEAKING_RATE_HZ

    async def _hear(self) -> None:
        try:
            async for message in self.socket:
                event = json.loads(message)
                if event["type"] == "response.output_audio.delta" or not _is_bulky(event):
                    self.events.append((time.perf_counter(), event))
                    self._news.set()
        except (WebSocketException, OSError) as error:
            self.lost = str(error) or type(error).__name__
        finally:
            self.lost = self.lost or "the server ended the connection"
            self._news.set()

    async def _speak(self) -> None:
        """Send sound at the pace of the clock: what is to be said, else near-silence."""
        random = np.random.default_rng(0)
        size = round(CHUNK_S * SPEAKING_RATE_HZ)
        start, sent = time.perf_counter(), 0
        clip, at, bounds, done = np.zeros(0, np.float32), 0, (0, 0), None
        onset_s = end_s = 0.0
        while True:
            if done is None and not self._saying.empty():
                samples, done = self._saying.get_nowait()
                clip = resampled(samples, HEARING_RATE_HZ, SPEAKING_RATE_HZ)
                at, bounds = 0, voiced_bounds(clip)
            chunk = (_HISS * random.standard_normal(size)).astype(np.float32)
            part = clip[at : at + size] if done is not None else clip[:0]
            chunk[: len(part)] += part
            # A microphone has a chunk when its last sample was spoken, not before.
            sent += 1
            await asyncio.sleep(max(0.0, start + sent * CHUNK_S - time.perf_counter()))
            data = base64.b64encode(to_pcm(chunk).tobytes()).decode("ascii")
            await self.send({"type": "input_audio_buffer.append", "audio": data})
            now = time.perf_counter()
            if done is not None:
                onset_s = now if at <= bounds[0] < at + size else onset_s
                end_s = now if at <= bounds[1] < at + size else end_s
                at += size
                if at >= len(clip):
                    if not done.done():
                        done.set_result(Said(onset_s, end_s))
                    done = None


def voiced_bounds(samples: Samples) -> tuple[int, int]:
    """The first and the last sample that are clearly words."""
    loud = np.flatnonzero(np.abs(samples) > _LOUD * float(np.abs(samples).max(initial=0.0)))
    return (int(loud[0]), int(loud[-1])) if len(loud) else (0, 0)


def _is_bulky(event: Event) -> bool:
    """Pictures of the whole state, which nobody looks at here."""
    return event["type"] in {"refrain.queue", "refrain.player", "refrain.index"}


@asynccontextmanager
async def talking(served: Served, session: str = "") -> AsyncIterator[Talker]:
    """Connect, and switch the microphone on.

    Raises:
        WebSocketException: the server does not let us in.
    """
    # With our own events: stages of a turn and ducking are told only to who asks for them.
    address = f"{served.socket_url}?events=all" + (f"&session={session}" if session else "")
    headers = {"Authorization": f"Bearer {served.control}"}
    socket = await connect(
        address, additional_headers=headers, max_size=_MAX_MESSAGE, max_queue=None, proxy=None
    )
    async with socket:
        talker = Talker(socket)
        tasks = [asyncio.create_task(talker._hear()), asyncio.create_task(talker._speak())]  # noqa: SLF001
        try:
            yield talker
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def is_type(*types: str) -> Callable[[Event], bool]:
    """Whether an event is one of these."""
    return lambda event: event["type"] in types
