"""Our voice on a satellite: clause by clause, and never far ahead of what it plays.

A satellite cannot be told to forget sound, so little is sent ahead: who cuts in is not talked over
for longer than that.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Final

from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event

from server.voice.own_voice import OwnVoice
from server.voice.speech import Speech
from voice.audio import SPEAKING_RATE_HZ, Samples
from voice.pcm import AudioFormat, Encoding, SoundEncoder
from voice.speakable import SpokenForm
from voice.speaking import Speaker, SpokenChunk, SpokenLedger

_AHEAD_S: Final = 0.7
_PIECE: Final = SPEAKING_RATE_HZ // 10
_WIDTH: Final = 2


class SatelliteVoice:
    """Speaks one reply. For one event loop."""

    def __init__(
        self,
        speech: Speech,
        write: Callable[[Event], Awaitable[None]],
        *,
        rate_hz: int,
        own: OwnVoice,
        begins: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Be silent until `say`.

        Args:
            speech: makes the sound.
            write: sends an event to the satellite.
            rate_hz: what its speaker wants.
            own: told what sounds, so that the microphone does not take it for somebody.
            begins: called before the first sound.
            clock: seconds that never go backwards.
        """
        self._speech = speech
        self._write = write
        self._rate_hz = rate_hz
        self._encoder = SoundEncoder(AudioFormat(Encoding.PCM, rate_hz))
        self._own = own
        self._begins = begins
        self._clock = clock
        self._ledger = SpokenLedger()
        self._ends = 0.0

    @property
    def heard(self) -> str:
        """The words that have sounded by now, as far as we can know."""
        left_ms = max(self._ends - self._clock(), 0.0) * 1_000
        return self._ledger.text_until(self._ledger.total_ms - left_ms)

    async def say(self, pieces: AsyncIterator[tuple[str, str]]) -> None:
        """Speak a reply that still arrives, each piece with its language; until it has sounded.

        Raises:
            SpeakingFailed: the voice broke.
            OSError, TimeoutError: the satellite is gone.
        """
        speaker = Speaker(self._speech.synthesizer, "en", self._speech.settings.speed)
        async with aclosing(speaker.speak(_said(pieces, speaker))) as chunks:
            async for chunk in chunks:
                await self._send(chunk)
        if self._ledger.total_ms:
            await self._write(AudioStop().event())
            await asyncio.sleep(max(self._ends - self._clock(), 0.0))

    async def stop(self) -> str:
        """Say no more; returns the words that have sounded."""
        heard = self.heard
        self._own.stopped()
        if self._ledger.total_ms:
            await self._write(AudioStop().event())
        return heard

    async def _send(self, chunk: SpokenChunk) -> None:
        if not self._ledger.total_ms:
            self._begins()
            self._ends = self._clock()
            form = {"rate": self._rate_hz, "width": _WIDTH, "channels": 1}
            await self._write(AudioStart(**form).event())
        self._ledger.add(chunk)
        for first in range(0, len(chunk.samples), _PIECE):
            await self._send_piece(chunk.samples[first : first + _PIECE])

    async def _send_piece(self, samples: Samples) -> None:
        now = self._clock()
        await asyncio.sleep(max(self._ends - now - _AHEAD_S, 0.0))
        self._ends = max(self._ends, self._clock()) + len(samples) / SPEAKING_RATE_HZ
        self._own.sent(samples, self._ends - self._clock())
        data = self._encoder.encode(samples)
        if data:
            form = {"rate": self._rate_hz, "width": _WIDTH, "channels": 1}
            await self._write(AudioChunk(**form, audio=data).event())


async def _said(pieces: AsyncIterator[tuple[str, str]], speaker: Speaker) -> AsyncIterator[str]:
    form = SpokenForm()
    async for text, language in pieces:
        speaker.speak_in(language)
        if words := form.feed(text):
            yield words
    if words := form.finish():
        yield words
