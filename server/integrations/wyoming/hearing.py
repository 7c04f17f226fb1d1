"""Speech to text for one client: sound comes in, a transcript goes out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from typing import Final

import numpy as np

from server.integrations.wyoming.sound import ChunkReader, SoundFormat
from server.integrations.wyoming.wire import WireBroken
from server.voice.dictation import dictated
from server.voice.speech import Speech
from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import HearingFailed
from voice.events import HearingBroke, NothingHeard, TurnHeard, VoiceEvent
from voice.listening import Listener

_ONE_TURN_S: Final = 28.0
"""Longer ones are cut where nobody speaks; a transcriber hears 30 s at once."""


class Dictation:
    """One stream of sound from its start to its end. For one event loop.

    While it comes, pauses are transcribed already, as a client waits for silence before it says
    that this is all: most transcripts are then there at once.
    """

    def __init__(self, speech: Speech, sound: SoundFormat, *, who: str, most_s: float) -> None:
        """Take what follows.

        Args:
            speech: hears.
            sound: how it comes.
            who: the client, for fairness.
            most_s: longer sound is refused.

        Raises:
            WireBroken: a rate that cannot be converted.
        """
        self._speech = speech
        self._reader = ChunkReader(sound)
        self._who = who
        self._most = round(most_s * HEARING_RATE_HZ)
        self._parts: list[Samples] = []
        self._length = 0
        self._listener: Listener | None = None
        self._told: list[VoiceEvent] = []
        self._held = ExitStack()

    @property
    def sound(self) -> SoundFormat:
        """How it comes."""
        return self._reader.sound

    async def begin(self, language: str) -> None:
        """Listen.

        Args:
            language: ISO 639-1 code, or "" to find out.

        Raises:
            VoiceOff: nobody can be heard here.
            HearingBusy: as many talk as may.
        """
        self._speech.require()
        self._held.enter_context(self._speech.admitted())
        self._language = language
        languages = (language,) if language else self._speech.settings.languages
        options = self._speech.listen_options(
            mode="push_to_talk", partials=False, languages=languages
        )
        self._listener = await self._speech.listener(self._told.append, options, who=self._who)

    def hear(self, data: bytes) -> None:
        """Take more.

        Raises:
            WireBroken: it is too long.
        """
        samples = self._reader.read(data)
        self._length += len(samples)
        if self._length > self._most:
            raise WireBroken(f"More than {self._most // HEARING_RATE_HZ} s of sound came.")
        self._parts.append(samples)
        if self._listener is not None and self._length <= _ONE_TURN_S * HEARING_RATE_HZ:
            self._listener.feed(samples)

    async def texts(self) -> AsyncIterator[tuple[str, str]]:
        """What was said, part by part, and the language of each; nothing when nothing was.

        Raises:
            HearingFailed, HearingBusy: as the transcriber.
        """
        if self._length <= _ONE_TURN_S * HEARING_RATE_HZ:
            if (turn := await self._turn()) is not None:
                yield turn
            return
        async for part in dictated(
            await asyncio.to_thread(np.concatenate, self._parts),
            self._speech.transcriber,
            vad=self._speech.vad,
            language=self._language or None,
            who=self._who,
        ):
            yield part.text, part.transcript.language

    async def close(self) -> None:
        """Forget it."""
        self._held.close()
        self._parts.clear()
        listener, self._listener = self._listener, None
        if listener is not None:
            await listener.close()

    async def _turn(self) -> tuple[str, str] | None:
        if self._listener is None:
            return None
        self._listener.commit()
        await self._listener.drained()
        for event in self._told:
            match event:
                case TurnHeard(transcript=transcript):
                    return transcript.text, transcript.language
                case HearingBroke(message=message):
                    raise HearingFailed(message)
                case NothingHeard():
                    return None
        return None
