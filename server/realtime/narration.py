"""A reply with our voice: clause by clause to the client, never far ahead of what it plays."""

import asyncio
import base64
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass

from server.realtime.playback_clock import PlaybackClock, Sounding
from server.realtime.response import ResponseStream
from server.voice.own_voice import OwnVoice
from voice.audio import SPEAKING_RATE_HZ
from voice.earcons import Earcon, earcon
from voice.pcm import AudioFormat, SoundEncoder
from voice.speakable import SpokenForm
from voice.speaking import Speaker, SpokenChunk, SpokenLedger
from voice.timing import Stage, TurnTiming

_AHEAD_MS = 10_000.0
"""So much may wait at the client: what is cut in on was then not made in vain."""
_PIECE_S = 0.2
"""Sound of one event, so that none is large and the first one leaves early."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one reply is to be spoken."""

    speaker: Speaker
    format: AudioFormat
    """Of the client."""
    sounding: Sounding
    timing: TurnTiming
    earcon: Callable[[], bool] = lambda: False
    """Whether a short sound will do in place of the words; asked when they are there."""
    own: OwnVoice | None = None
    """Told what sounds, so that the client's microphone does not take it for its user."""


class Narration:
    """Speaks one reply while it still arrives. For one event loop."""

    def __init__(
        self, stream: ResponseStream, delivery: Delivery, *, begun: Callable[[], None]
    ) -> None:
        """Be silent until `run`.

        Args:
            stream: tells the client.
            delivery: how it is to sound.
            begun: called when the first sound is on its way.
        """
        self.ledger = SpokenLedger()
        """What was sent, and when its words sound."""
        self.clock = PlaybackClock()
        self._stream = stream
        self._begun = begun
        self._how = delivery
        self._encoder = SoundEncoder(delivery.format)
        self._texts: asyncio.Queue[str | None] = asyncio.Queue()
        self._written: list[str] = []
        self._spoken_form = SpokenForm()
        self._spoken: list[str] = []
        """What is to be said of it, as far as it was looked through."""

    @property
    def written(self) -> str:
        """The whole reply so far, as it was written."""
        return "".join(self._written)

    @property
    def heard(self) -> str:
        """The words that have sounded by now, as far as we can know."""
        return self.ledger.text_until(self.clock.played_ms)

    def feed(self, text: str, language: str = "") -> None:
        """More of the reply, which is in `language` where that is known."""
        if text:
            if language:
                self._how.speaker.speak_in(language)
            self._written.append(text)
            self._texts.put_nowait(text)

    def end(self) -> None:
        """The reply is complete."""
        self._texts.put_nowait(None)

    async def run(self) -> None:
        """Speak until everything that is said has been sent.

        Raises:
            SpeakingFailed: the voice broke.
            ServerError: there is no voice.
        """
        async with aclosing(self._chunks()) as chunks:
            async for chunk in chunks:
                await asyncio.sleep(max(0.0, self.clock.left_ms - _AHEAD_MS) / 1000.0)
                self._send(chunk)
        if self.ledger.total_ms:
            self._stream.speak("", tuple(_pieces(self._encoder.finish(), self._how.format)))

    def tell_unsaid(self) -> None:
        """Give as text what could not be said."""
        while not self._texts.empty():
            if (text := self._texts.get_nowait()) is not None:
                self._spoken.append(self._spoken_form.feed(text))
        self._spoken.append(self._spoken_form.finish())
        # What is said is shorter than what was written: lists are cut, addresses left out.
        if rest := "".join(self._spoken)[len(self.ledger.text) :].strip():
            self._stream.speak(f" {rest}" if self.ledger.text else rest, ())

    def stop(self) -> str:
        """Our voice is silent from now on; returns the words that had sounded."""
        self.clock.stop()
        self._how.sounding.until(0.0)
        if self._how.own is not None:
            self._how.own.stopped()
        return self.heard

    async def _chunks(self) -> AsyncGenerator[SpokenChunk, None]:
        first = await self._texts.get()
        if first is not None and self._how.earcon():
            while await self._texts.get() is not None:
                pass
            sound = earcon(Earcon.DONE)
            ms = round(len(sound) * 1000 / SPEAKING_RATE_HZ)
            yield SpokenChunk(sound, self.written, 0, ms)
            return
        async with aclosing(self._how.speaker.speak(self._said(first))) as chunks:
            async for chunk in chunks:
                yield chunk

    async def _said(self, first: str | None) -> AsyncIterator[str]:
        text = first
        while text is not None:
            if said := self._spoken_form.feed(text):
                self._spoken.append(said)
                yield said
            text = await self._texts.get()
        if said := self._spoken_form.finish():
            self._spoken.append(said)
            yield said

    def _send(self, chunk: SpokenChunk) -> None:
        self.ledger.add(chunk)
        self.clock.sent(chunk.duration_ms)
        sound = self._encoder.encode(chunk.samples)
        self._stream.speak(chunk.text, tuple(_pieces(sound, self._how.format)))
        if self.ledger.total_ms == chunk.duration_ms:
            self._begun()
        self._how.timing.mark(Stage.FIRST_AUDIO)
        self._how.sounding.until(self.clock.left_ms)
        if self._how.own is not None:
            self._how.own.sent(chunk.samples, self.clock.left_ms / 1000.0)


def _pieces(sound: bytes, audio: AudioFormat) -> Iterator[str]:
    """`sound` in base64, cut between samples."""
    size = round(_PIECE_S * audio.rate_hz) * audio.bytes_per_sample
    for first in range(0, len(sound), size):
        yield base64.b64encode(sound[first : first + size]).decode("ascii")
