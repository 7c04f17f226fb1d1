"""A microphone made of tones, each of which stands for words, and ears that understand them."""

import asyncio
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import VoiceError
from voice.events import VoiceEvent
from voice.listening import Listener, ListenOptions
from voice.stt.transcriber import Transcript, Urgency
from voice.vad import FRAME

_FIRST_HZ = 700
_STEP_HZ = 125
_Event = TypeVar("_Event")


class ToneVad:
    """Whoever sounds, speaks."""

    def probability(self, frame: Samples) -> float:
        return 0.95 if float(np.sqrt(np.mean(frame**2))) > 0.02 else 0.02

    def reset(self) -> None:
        pass


@dataclass(slots=True)
class ToneTranscriber:
    """Reads each tone as the words that it stands for."""

    words: dict[int, str] = field(default_factory=dict)
    asked: list[tuple[Urgency, float]] = field(default_factory=list)
    """How urgent each question was, and how many seconds it held."""
    gate: asyncio.Event | None = None
    """Answers wait for it, if there is one."""
    broken: VoiceError | None = None
    confidence: float = 0.9
    no_speech: float = 0.0
    name: str = "tones"
    always: str | None = None
    """What every sound is heard as, if not by its tones."""

    def sound_of(self, words: str, ms: int = 480) -> Samples:
        """A tone that stands for `words`."""
        hz = _FIRST_HZ + _STEP_HZ * len(self.words)
        self.words[hz] = words
        angles = 2 * np.pi * hz * np.arange(ms * 16) / HEARING_RATE_HZ
        return (0.3 * np.sin(angles)).astype(np.float32)

    async def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None = None,
        prompt: str = "",
        urgency: Urgency = Urgency.FINAL,
        who: str = "",
    ) -> Transcript:
        self.asked.append((urgency, len(samples) / HEARING_RATE_HZ))
        if self.gate is not None:
            await self.gate.wait()
        if self.broken is not None:
            raise self.broken
        if self.always is not None:
            seconds = len(samples) / HEARING_RATE_HZ
            return Transcript(self.always, "en", self.confidence, self.no_speech, seconds)
        heard: list[int] = []
        for first in range(0, len(samples) - FRAME + 1, FRAME):
            frame = samples[first : first + FRAME]
            if float(np.sqrt(np.mean(frame**2))) <= 0.15:
                continue
            peak = int(np.argmax(np.abs(np.fft.rfft(frame, 4 * FRAME)))) * HEARING_RATE_HZ / 2_048
            hz = _FIRST_HZ + _STEP_HZ * round((peak - _FIRST_HZ) / _STEP_HZ)
            if hz in self.words and hz not in heard:
                heard.append(hz)
        text = " ".join(self.words[hz] for hz in heard)
        seconds = len(samples) / HEARING_RATE_HZ
        return Transcript(text, language or "en", self.confidence, self.no_speech, seconds)

    async def close(self) -> None:
        pass


def silence(ms: int) -> Samples:
    return np.zeros(ms * HEARING_RATE_HZ // 1_000, np.float32)


class Room:
    """One listener and everything that it told."""

    def __init__(self, options: ListenOptions | None = None, **others: object) -> None:
        self.ears = ToneTranscriber()
        self.events: list[VoiceEvent] = []
        self._noted = asyncio.Event()
        self.listener = Listener(
            self.ears,
            ToneVad(),
            options=options or ListenOptions(),
            on_event=self._note,
            **others,  # type: ignore[arg-type]
        )

    async def waits_for(self, kind: type[VoiceEvent]) -> None:
        """Until the next event, if none of this kind has come."""
        while not self.told(kind):
            self._noted.clear()
            await self._noted.wait()

    async def hear(self, *sounds: Samples | str | int) -> None:
        """Words, or milliseconds of silence, or samples; all at once, then wait."""
        self.feed(*sounds)
        await self.listener.drained()

    async def hear_live(self, *sounds: Samples | str | int, chunk_ms: int = 32) -> None:
        """The same in small chunks, each heard before the next comes."""
        whole = np.concatenate([self._sound(one) for one in sounds])
        step = chunk_ms * HEARING_RATE_HZ // 1_000
        for first in range(0, len(whole), step):
            self.listener.feed(whole[first : first + step])
            await self.listener.drained()

    def feed(self, *sounds: Samples | str | int) -> None:
        self.listener.feed(np.concatenate([self._sound(one) for one in sounds]))

    def told(self, kind: type[_Event]) -> list[_Event]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def kinds(self) -> list[str]:
        return [type(event).__name__ for event in self.events]

    def _note(self, event: VoiceEvent) -> None:
        self.events.append(event)
        self._noted.set()

    def _sound(self, one: Samples | str | int) -> Samples:
        if isinstance(one, int):
            return silence(one)
        return self.ears.sound_of(one) if isinstance(one, str) else one
