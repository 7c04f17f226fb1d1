"""A browser whose microphone hears a file, and a server side of listening that follows a script."""

import json
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from playwright.async_api import Browser, Page, WebSocketRoute, async_playwright

RATE_HZ = 48_000

WATCH_MICROPHONES = """
(() => {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.microphones = [];
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    window.microphones.push({ wanted, stream });
    return stream;
  };
})()
"""
"""Remembers every microphone that the page opened."""

OPEN_MICROPHONES = (
    "microphones.filter(({ stream }) => stream.getTracks()"
    ".some((track) => track.readyState === 'live')).length"
)


def write_wav(path: Path, samples: NDArray[np.float32]) -> Path:
    """Write mono samples, -1 to 1, at `RATE_HZ`: what Chromium takes for a microphone."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return path


@asynccontextmanager
async def browser_hearing(chromium: str, sound: Path) -> AsyncIterator[Browser]:
    """A browser that asks nobody, and hears `sound` again and again."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--autoplay-policy=no-user-gesture-required",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                f"--use-file-for-fake-audio-capture={sound}",
            ],
        )
        try:
            yield opened
        finally:
            await opened.close()


@dataclass(slots=True)
class Ears:
    """Plays the server's part in listening; everything else goes to the real server."""

    answer: dict[str, Any] | None = None
    """Told after `answer_after` frames; None is never."""
    answer_after: int = 12
    maybe: dict[str, Any] | None = None
    said: list[dict[str, Any]] = field(default_factory=list)
    """Every message of the page about listening."""
    frames: list[bytes] = field(default_factory=list)
    socket: WebSocketRoute | None = None

    async def attach(self, page: Page) -> None:
        """Stand between `page` and its server. Call it before the page is opened."""
        await page.route_web_socket("**/v1/realtime*", lambda socket: self._connect(socket))  # noqa: PLW0108  a slotted method cannot be wrapped

    def tell(self, **message: Any) -> None:
        """Say something in the server's name."""
        assert self.socket is not None
        self.socket.send(json.dumps(message))

    async def hang_up(self) -> None:
        assert self.socket is not None
        await self.socket.close()

    def last(self, kind: str) -> dict[str, Any] | None:
        """The newest message of that type."""
        return next((one for one in reversed(self.said) if one["type"] == kind), None)

    def _connect(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        server = socket.connect_to_server()

        def from_page(message: str | bytes) -> None:
            if isinstance(message, bytes):
                self._hear(message)
            elif (event := json.loads(message))["type"].startswith("refrain.listen"):
                self._note(event)
            else:
                server.send(message)

        socket.on_message(from_page)

    def _note(self, event: dict[str, Any]) -> None:
        self.said.append(event)
        starts = event["type"] == "refrain.listen.start"
        if event.get("purpose") == "identify" and starts:
            self.frames.clear()
        if event.get("purpose") == "ring":
            self.tell(**ring_state(on=starts, place=event.get("place", "")))

    def _hear(self, frame: bytes) -> None:
        self.frames.append(frame)
        count = len(self.frames)
        if self.maybe is not None and count == 5:
            self.tell(
                type="refrain.recognition.progress",
                seconds=0.5,
                best=self.maybe,
                peaks=[[0.1, 440.0], [0.3, 1_000.0]],
            )
        if self.answer is not None and count == self.answer_after:
            self.tell(type="refrain.recognition.done", purpose="identify", answer=self.answer)


def ring_state(*, on: bool, place: str = "", seconds: float = 75.0) -> dict[str, Any]:
    """What the server tells every page about microphones."""
    source = {
        "session": "s",
        "device": "Chrome",
        "place": place,
        "purpose": "ring",
        "seconds": seconds,
    }
    return {
        "type": "refrain.listen.state",
        "listening": on,
        "ring": on,
        "ring_seconds": 120.0 if on else 0.0,
        "seconds": seconds if on else 0.0,
        "sources": [source] if on else [],
    }


def match(track: dict[str, Any] | None, **changes: Any) -> dict[str, Any]:
    """An answer as the server gives it; certain unless `changes` say otherwise."""
    return {
        "track": track,
        "title": track["title"] if track else "",
        "artist": track["artist"] if track else "",
        "certainty": "certain" if track else "unknown",
        "probability": 0.998 if track else 0.1,
        "score": 30.0,
        "offset_s": 2.4,
        "clip_s": 3.0,
        "speed": 1.0,
        "pitch": 0.0,
        "start_s": 0.0,
        "end_s": 3.0,
        "alternatives": [],
        "version_of": None,
        "tune_id": None,
        "heard_before": 0,
        "reason": "",
        "heard_id": 7,
        "picture": {
            "seconds": 3.0,
            "peaks": [[0.1, 440.0], [0.4, 660.0], [0.9, 3_000.0]],
            "matched": [True, True, False],
        },
        **changes,
    }


async def answering(page: Page, pattern: str, reply: Callable[[Any], Any] | Any) -> list[Any]:
    """Answer requests to `pattern` with JSON; returns the requests that come, as they come."""
    asked: list[Any] = []

    async def handle(route: Any) -> None:
        asked.append(route.request)
        found = reply(route.request) if callable(reply) else reply
        await route.fulfill(json=found)

    await page.route(pattern, handle)
    return asked
