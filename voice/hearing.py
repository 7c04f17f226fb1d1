"""Hearing that knows the library: a misheard name is put right, and none is made up.

The recogniser writes what it hears without knowing the library. Names that sound like parts of
that text are put in, and the recogniser itself says how well each such reading fits the sound
(its log probability, with the candidates as a prompt so that a rare spelling is no disadvantage).
A reading is taken only when the sound speaks for it about as well as for what was written first.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from voice.audio import Samples
from voice.decision import utility
from voice.errors import ClipForgotten, HearingFailed
from voice.stt.hypotheses import Hypothesis, hypotheses, with_capitals
from voice.stt.names import NameIndex, spoken_part
from voice.stt.transcriber import ScoresTexts, Transcriber, Transcript, Urgency

_LOG = logging.getLogger(__name__)
_PROMPT_NAMES: Final = 12
_ALIKE_WITHOUT_SOUND: Final = 0.93
"""What a recogniser that cannot score needs: then only the spelling was wrong."""


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
        inner = self._inner
        if not (heard.clip_id and isinstance(inner, ScoresTexts)):
            text = await asyncio.to_thread(_by_spelling, heard.text, index)
        else:
            try:
                text = decide(heard, *await candidates(heard, index, inner))
            except (ClipForgotten, HearingFailed) as error:
                _LOG.warning("names were not checked against the sound: %s", error)
                text = heard.text
        return heard if text == heard.text else replace(heard, text=text, heard=heard.text)

    async def close(self) -> None:
        await self._inner.close()


async def candidates(
    heard: Transcript, index: NameIndex, scores: ScoresTexts
) -> tuple[str, tuple[Hypothesis, ...], tuple[float, ...]]:
    """What was written with the library's capitals, other readings, and how well all fit.

    Returns:
        The text, the readings, and log probabilities: first of the text, then of each reading.

    Raises:
        ClipForgotten: the sound is gone.
        HearingFailed: the recogniser broke.
    """
    text, readings = await asyncio.to_thread(_readings, heard.text, index)
    if not readings:
        return text, (), (0.0,)
    fits = await scores.score(
        heard.clip_id,
        [heard.text, *(one.text for one in readings)],
        language=heard.language,
        prompt=_prompt(readings),
    )
    return text, readings, fits


def decide(
    heard: Transcript, text: str, readings: tuple[Hypothesis, ...], fits: tuple[float, ...]
) -> str:
    """The text to take: the likeliest reading, or what was written.

    Args:
        heard: the transcript.
        text: the same, with the library's capitals.
        readings: the others.
        fits: log probabilities: first of the transcript, then of each reading.
    """
    best, chosen = 0.0, text
    for reading, fit in zip(readings, fits[1:], strict=True):
        if (better := utility(reading, heard, fit - fits[0])) > best:
            best, chosen = better, reading.text
    return chosen


def _readings(text: str, index: NameIndex) -> tuple[str, tuple[Hypothesis, ...]]:
    return with_capitals(text, index), hypotheses(text, index)


def _by_spelling(text: str, index: NameIndex) -> str:
    text, readings = _readings(text, index)
    if readings and readings[0].span >= _ALIKE_WITHOUT_SOUND:
        return readings[0].text
    return text


def _prompt(readings: tuple[Hypothesis, ...]) -> str:
    names: dict[str, None] = {}
    for reading in readings:
        for name in reading.names:
            names.setdefault(spoken_part(name.text), None)
    return ", ".join(list(names)[:_PROMPT_NAMES])
