"""Text to speech for one client: at once, or while the text still arrives."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Final

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event

from server.voice.speech import Speech
from voice.audio import SPEAKING_RATE_HZ, Samples
from voice.pcm import to_int16
from voice.speaking import Speaker

_PIECE: Final = SPEAKING_RATE_HZ // 5
"""Samples of one chunk: 200 ms, so that the first leaves early."""
_WIDTH: Final = 2

Write = Callable[[Event], Awaitable[None]]


async def say(speech: Speech, deltas: AsyncIterator[str], *, language: str, write: Write) -> None:
    """Speak a text that may still arrive, as one audio-start, chunks and audio-stop.

    Raises:
        SpeakingFailed: the voice broke.
    """
    speaker = Speaker(speech.synthesizer, language, speech.settings.speed)
    await write(AudioStart(rate=SPEAKING_RATE_HZ, width=_WIDTH, channels=1, timestamp=0).event())
    sent = 0
    async with aclosing(speaker.speak(deltas)) as chunks:
        async for chunk in chunks:
            for piece in _pieces(chunk.samples):
                await write(
                    AudioChunk(
                        rate=SPEAKING_RATE_HZ,
                        width=_WIDTH,
                        channels=1,
                        audio=to_int16(piece).astype("<i2", copy=False).tobytes(),
                        timestamp=sent * 1000 // SPEAKING_RATE_HZ,
                    ).event()
                )
                sent += len(piece)
    await write(AudioStop(timestamp=sent * 1000 // SPEAKING_RATE_HZ).event())


async def whole(text: str) -> AsyncGenerator[str, None]:
    """A text that is there already."""
    yield text


class Script:
    """A text whose pieces arrive one by one. For one event loop."""

    def __init__(self, most: int) -> None:
        """Wait for the first piece; of the whole at most `most` characters are taken."""
        self._most = most
        self._taken = 0
        self._pieces: asyncio.Queue[str | None] = asyncio.Queue()

    def add(self, piece: str) -> None:
        """More of it."""
        piece = piece[: max(self._most - self._taken, 0)]
        self._taken += len(piece)
        if piece:
            self._pieces.put_nowait(piece)

    def end(self) -> None:
        """That is all."""
        self._pieces.put_nowait(None)

    async def read(self) -> AsyncGenerator[str, None]:
        """Every piece, until the end."""
        while (piece := await self._pieces.get()) is not None:
            yield piece


def _pieces(samples: Samples) -> list[Samples]:
    return [samples[first : first + _PIECE] for first in range(0, len(samples), _PIECE)]
