"""Hearing that knows the library: a misheard name is put right, and none is made up.

The recogniser writes what it hears without knowing the library. Names that sound like parts of
that text are put in, and the recogniser itself says how well each such reading fits the sound
(its log probability, with the candidates as a prompt so that a rare spelling is no disadvantage).
A reading is taken only when the sound speaks for it about as well as for what was written first.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from voice.audio import Samples
from voice.decision import utility
from voice.errors import ClipForgotten, HearingFailed
from voice.stt.hypotheses import (
    OPENINGS,
    Explained,
    Hypothesis,
    explained,
    hypotheses,
    with_capitals,
    with_spelled,
)
from voice.stt.names import NameIndex, spoken_part
from voice.stt.phrase_book import SpellsNames
from voice.stt.transcriber import ScoresTexts, Transcriber, Transcript, Urgency

_LOG = logging.getLogger(__name__)
_PROMPT_NAMES: Final = 12
_SPELLED: Final = 12
_SCORED_SPELLED: Final = 5
_SCORED_BY_SOUND: Final = 2
"""Scoring a text costs as much as a tenth of hearing: only the likeliest are scored."""
_NOT_SAID: Final = -25.0
"""A reading that fits the sound so much worse is not taken, however alike it sounds."""
_SURE: Final = 0.7
_ALIKE_WITHOUT_SOUND: Final = 0.93
"""What a recogniser that cannot score needs: then only the spelling was wrong."""


_RUN_TOGETHER: Final = re.compile(
    r"^(?:place|plays|plate|please) (?=(?:some|something|somebody|someone|songs?|singles?)\b)",
    re.IGNORECASE,
)
"""What "play some" is written as when the two words run together."""


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
                text = decide(await candidates(heard, index, inner), heard.confidence)
            except (ClipForgotten, HearingFailed) as error:
                _LOG.warning("names were not checked against the sound: %s", error)
                text = heard.text
        return heard if text == heard.text else replace(heard, text=text, heard=heard.text)

    async def close(self) -> None:
        await self._inner.close()


@dataclass(frozen=True, slots=True)
class Candidates:
    """What a transcript may mean."""

    text: str
    """What was written, with the library's capitals."""
    written: Explained
    readings: tuple[Hypothesis, ...]
    gains: tuple[float, ...]
    """How much better each reading fits the sound than what was written, in nats."""
    usual: tuple[float, ...]
    """How much likelier each reading's words are than those when nothing is heard, in nats."""


async def candidates(heard: Transcript, index: NameIndex, scores: ScoresTexts) -> Candidates:
    """Find readings of a transcript, and ask the recogniser how well they fit the sound.

    Raises:
        ClipForgotten: the sound is gone.
        HearingFailed: the recogniser broke.
    """
    text, written, readings = await asyncio.to_thread(_readings, heard.text, index)
    if is_sure(written, heard.confidence):
        return Candidates(text, written, (), (), ())
    book = await asyncio.to_thread(index.book, OPENINGS)
    # The openings are English, and what a spelled reading weighs was fitted on English.
    if heard.language == "en" and book is not None and isinstance(scores, SpellsNames):
        found = await scores.spell(
            heard.clip_id, book, heard=heard.text, language=heard.language, limit=_SPELLED
        )
        readings = await asyncio.to_thread(with_spelled, readings, found, heard.text, index)
    if not readings:
        return Candidates(text, written, (), (), ())
    prompt, readings = _prompt(readings), _likeliest(readings)
    base, *fits = await scores.score(
        heard.clip_id,
        [heard.text, *(one.text for one in readings)],
        language=heard.language,
        prompt=prompt,
    )
    gains = tuple(fit - base for fit in fits)
    return Candidates(text, written, readings, gains, await _usual(heard, readings, scores))


def _likeliest(readings: tuple[Hypothesis, ...]) -> tuple[Hypothesis, ...]:
    spelled = [one for one in readings if one.lead is not None]
    by_sound = [one for one in readings if one.lead is None]
    if not spelled:
        return tuple(by_sound[: _SCORED_SPELLED + _SCORED_BY_SOUND])
    return (*spelled[:_SCORED_SPELLED], *by_sound[:_SCORED_BY_SOUND])


async def _usual(
    heard: Transcript, readings: tuple[Hypothesis, ...], scores: ScoresTexts
) -> tuple[float, ...]:
    """How much likelier than what was written the words of each reading are in silence."""
    if not isinstance(scores, SpellsNames):
        return (0.0,) * len(readings)
    unknown = [one.text for one in readings if one.prior is None]
    base, *others = await scores.expect(
        heard.clip_id, [heard.text, *unknown], language=heard.language
    )
    known = dict(zip(unknown, others, strict=True))
    return tuple((known[one.text] if one.prior is None else one.prior) - base for one in readings)


def is_sure(written: Explained, confidence: float) -> bool:
    """Whether looking for other readings is a waste of time: a usual request, a known name.

    `python -m evals.hearing.calibration --fit` tells how often that is so, and right.
    """
    return written.asks and written.left == 0 and confidence >= _SURE


def decide(found: Candidates, confidence: float) -> str:
    """The text to take: the likeliest reading, or what was written.

    Args:
        found: what it may mean.
        confidence: of what was written, 0..1.
    """
    best, chosen = 0.0, found.text
    for reading, gain, usual in zip(found.readings, found.gains, found.usual, strict=True):
        if gain < _NOT_SAID:
            continue
        if (better := utility(reading, found.written, confidence, gain, usual)) > best:
            best, chosen = better, reading.text
    return chosen


def _readings(text: str, index: NameIndex) -> tuple[str, Explained, tuple[Hypothesis, ...]]:
    text = _RUN_TOGETHER.sub("Play ", text)
    return with_capitals(text, index), explained(text, index), hypotheses(text, index)


def _by_spelling(text: str, index: NameIndex) -> str:
    text, _, readings = _readings(text, index)
    if readings and readings[0].span >= _ALIKE_WITHOUT_SOUND:
        return readings[0].text
    return text


def _prompt(readings: tuple[Hypothesis, ...]) -> str:
    names: dict[str, None] = {}
    for reading in readings:
        for name in reading.names:
            names.setdefault(spoken_part(name.text), None)
    return ", ".join(list(names)[:_PROMPT_NAMES])
