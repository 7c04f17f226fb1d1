"""Hearing that knows the library: a misheard name is put right, and none is made up.

The recogniser writes what it hears without knowing the library. Names that sound like parts of
that text are put in, and the recogniser itself says how well each such reading fits the sound
(its log probability, with the candidates as a prompt so that a rare spelling is no disadvantage).
A reading is taken only when the sound speaks for it about as well as for what was written first.
"""

import asyncio
import logging
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from voice.audio import Samples
from voice.errors import ClipForgotten, HearingFailed
from voice.stt.hypotheses import Hypothesis, hypotheses
from voice.stt.names import NameIndex, spoken_part
from voice.stt.transcriber import ScoresTexts, Transcriber, Transcript, Urgency

_LOG = logging.getLogger(__name__)
_PROMPT_NAMES: Final = 12
_ALIKE_WITHOUT_SOUND: Final = 0.93
"""What a recogniser that cannot score needs: then only the spelling was wrong."""

# Of the logistic decision; fitted by evals/hearing/calibration.py on its development part.
_BIAS: Final = -4.0
_PER_NAT: Final = 0.55
_PER_LIKENESS: Final = 9.0


class Names(Protocol):
    """The names of the library as they are now."""

    def index(self) -> NameIndex:
        """Cheap to call: made anew in the background when the library changes."""
        ...


class NameAwareTranscriber:
    """A transcriber that repairs names. Everything else is done by the one inside."""

    def __init__(
        self,
        inner: Transcriber,
        names: Names,
        *,
        settled: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Wrap a transcriber.

        Args:
            inner: hears; when it can score texts, the sound itself decides.
            names: of the library.
            settled: whether a text is surely a request without any name, such as "pause".
        """
        self._inner = inner
        self._names = names
        self._settled = settled

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def inner(self) -> Transcriber:
        return self._inner

    async def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None = None,
        prompt: str = "",
        urgency: Urgency = Urgency.FINAL,
        who: str = "",
    ) -> Transcript:
        heard = await self._inner.transcribe(
            samples, language=language, prompt=prompt, urgency=urgency, who=who
        )
        if urgency is Urgency.PARTIAL or not heard.text or self._settled(heard.text):
            return heard
        index = self._names.index()
        if not len(index):
            return heard
        readings = await asyncio.to_thread(hypotheses, heard.text, index)
        if not readings:
            return heard
        chosen = await self._choose(heard, readings)
        return heard if chosen is None else replace(heard, text=chosen.text, heard=heard.text)

    async def close(self) -> None:
        await self._inner.close()

    async def _choose(
        self, heard: Transcript, readings: tuple[Hypothesis, ...]
    ) -> Hypothesis | None:
        inner = self._inner
        if not (heard.clip_id and isinstance(inner, ScoresTexts)):
            best = readings[0]
            return best if best.likeness >= _ALIKE_WITHOUT_SOUND else None
        texts = [heard.text, *(one.text for one in readings)]
        try:
            scores = await inner.score(
                heard.clip_id, texts, language=heard.language, prompt=_prompt(readings)
            )
        except (ClipForgotten, HearingFailed) as error:
            _LOG.warning("names were not checked against the sound: %s", error)
            return None
        return decide(readings, scores[0], scores[1:])


def decide(
    readings: tuple[Hypothesis, ...], written: float, fits: tuple[float, ...]
) -> Hypothesis | None:
    """The reading to take, or None for what was written.

    Args:
        readings: the candidates.
        written: log probability of what was written first.
        fits: log probability of each candidate.
    """
    chances = [
        (chance(one.likeness, fit - written), one) for one, fit in zip(readings, fits, strict=True)
    ]
    best, reading = max(chances, key=lambda pair: pair[0])
    return reading if best > 0.5 else None


def chance(likeness: float, gain: float) -> float:
    """Probability that a reading is what was said.

    Args:
        likeness: of the sounds, 0..1.
        gain: how much better it fits than what was written, in nats.
    """
    evidence = _BIAS + _PER_NAT * gain + _PER_LIKENESS * likeness
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, evidence))))


def _prompt(readings: tuple[Hypothesis, ...]) -> str:
    names: dict[str, None] = {}
    for reading in readings:
        for name in reading.names:
            names.setdefault(spoken_part(name.text), None)
    return ", ".join(list(names)[:_PROMPT_NAMES])
