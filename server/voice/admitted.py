"""The recogniser and the voice as everybody sees them: there from the start, bounded, and counted.

Who asks while they are still being loaded waits for that; who asks when too many wait already is
told so at once. Among those who wait, the recogniser itself is fair.
"""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from server.errors import ServerError
from server.voice.engine import Closes, Engine
from server.voice.metrics import Metrics
from voice.audio import SPEAKING_RATE_HZ, Samples
from voice.errors import HearingBusy, HearingFailed, SpeakingFailed, VoiceError
from voice.stt.transcriber import Transcriber, Transcript, Urgency
from voice.tts.synthesizer import Synthesizer

T = TypeVar("T", bound=Closes)
_LOAD_S = 60.0
"""Nobody waits longer for a model to be loaded."""


class AdmittedTranscriber:
    """A `Transcriber` that is always there, and says why when it cannot hear."""

    def __init__(
        self,
        engine: Engine[Transcriber],
        metrics: Metrics,
        *,
        at_once: int,
        max_waiting: int,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Stand before the recogniser.

        Args:
            engine: loads it.
            metrics: counts what it does.
            at_once: how many it hears at the same time.
            max_waiting: how many may wait beside those.
            changed: told whenever `waiting` did.
        """
        self._engine = engine
        self._metrics = metrics
        self._at_once = at_once
        self._max_waiting = max_waiting
        self._changed = changed
        self._final = 0

    @property
    def name(self) -> str:
        value = self._engine.value
        return "not loaded" if value is None else value.name

    @property
    def waiting(self) -> int:
        """How many who have finished speaking wait for their transcript to be begun."""
        return max(self._final - self._at_once, 0)

    async def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None = None,
        prompt: str = "",
        urgency: Urgency = Urgency.FINAL,
        who: str = "",
    ) -> Transcript:
        final = urgency is Urgency.FINAL
        if final and self._final >= self._at_once + self._max_waiting:
            self._metrics.failed(HearingBusy.code)
            raise HearingBusy("Too many speak at once; wait a moment and say it again.")
        began = time.perf_counter()
        self._count(final)
        try:
            transcriber = await _loaded(self._engine, HearingFailed)
            transcript = await transcriber.transcribe(
                samples, language=language, prompt=prompt, urgency=urgency, who=who
            )
        except VoiceError as error:
            if final:  # a partial one gives way all the time
                self._metrics.failed(error.code)
            raise
        finally:
            self._count(final, -1)
        self._metrics.heard(
            urgency=urgency.name.lower(),
            took_s=time.perf_counter() - began,
            audio_s=transcript.audio_s,
            cpu_s=transcript.cpu_ms / 1000.0,
        )
        return transcript

    async def close(self) -> None:
        await self._engine.close()

    def _count(self, final: bool, by: int = 1) -> None:
        before = self.waiting
        self._final += by * final
        if self.waiting != before:
            self._changed()


class AdmittedSynthesizer:
    """A `Synthesizer` that is always there, and says why when it cannot speak."""

    def __init__(self, engine: Engine[Synthesizer], metrics: Metrics) -> None:
        self._engine = engine
        self._metrics = metrics

    @property
    def name(self) -> str:
        value = self._engine.value
        return "not loaded" if value is None else value.name

    async def synthesize(self, text: str, *, language: str = "en", speed: float = 1.0) -> Samples:
        began = time.perf_counter()
        try:
            synthesizer = await _loaded(self._engine, SpeakingFailed)
            samples = await synthesizer.synthesize(text, language=language, speed=speed)
        except VoiceError as error:
            self._metrics.failed(error.code)
            raise
        self._metrics.spoke(
            took_s=time.perf_counter() - began, audio_s=len(samples) / SPEAKING_RATE_HZ
        )
        return samples

    async def close(self) -> None:
        await self._engine.close()


async def _loaded(engine: Engine[T], failed: type[VoiceError]) -> T:
    """What the engine makes; why there is none is told as an error of its kind."""
    try:
        async with asyncio.timeout(_LOAD_S):
            return await engine.get()
    except VoiceError:
        raise
    except ServerError as error:
        raise failed(f"{error} {error.next_step}".strip()) from error
    except TimeoutError as error:
        raise failed("It is still being loaded; try again in a moment.") from error
