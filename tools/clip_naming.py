"""Whether a clip is a recording or a hum, and what it is: the recording first, if it is certain.

A hum is never kept as an unknown recording: what seems to be hummed is looked for among recordings
without writing anything down, and only what turns out to be one goes into the log.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from knowledge.errors import KnowledgeError
from knowledge.melody.models import Contour, HumAnswer, HumKind, HumOutcome, HumProblem
from knowledge.recognition.models import ClipAnswer

ClipKind = Literal["any", "recording", "hum"]
"""What a clip is meant to hold: "hum" when the user says that they hum."""

HUM_LIKE = 0.5
"""From here on a clip is rather a lone voice than a band."""
SURELY_HUM_LIKE = 0.8
"""From here on a clip is taken for a hum also when no tune is found: it may be sung badly."""


@dataclass(frozen=True, slots=True)
class ClipEars:
    """The ways to look at one clip; each may be missing."""

    recognise: Callable[[bool], Awaitable[ClipAnswer]] | None = None
    """Names the recording; with True it is also logged."""
    listen: Callable[[], Awaitable[Contour]] | None = None
    """Follows the voice in it."""
    tune: Callable[[str], Awaitable[HumAnswer]] | None = None
    """Names the tune that is hummed, or sung with these words."""
    words: Callable[[], Awaitable[str]] | None = None
    """What is sung, if it is sung with words; asked only when the tune alone does not tell."""


@dataclass(frozen=True, slots=True)
class NamedClip:
    """What a clip is: a recording, a hum, or (both are there) a hum and no recording."""

    answer: ClipAnswer | None = None
    hum: HumAnswer | None = None
    """Set only when the clip is taken for a hum."""


async def name_clip(ears: ClipEars, kind: ClipKind = "any", *, log: bool = True) -> NamedClip:
    """Decide between recording and hum, and name it.

    Args:
        ears: the ways to look at the clip.
        kind: what the user says that it is.
        log: write a recording into the log of what was heard.

    Raises:
        KnowledgeError: it cannot be named at all.
    """
    if ears.listen is None or ears.tune is None or kind == "recording":
        return NamedClip(None if ears.recognise is None else await ears.recognise(log))
    try:
        contour = await ears.listen()
    except KnowledgeError:
        if kind == "hum" or ears.recognise is None:
            raise
        return NamedClip(await ears.recognise(log))  # recordings are named without that ear
    if kind == "hum":
        return await _hummed(ears, contour, log=log)
    if not seems_hummed(contour):
        if ears.recognise is None:
            return NamedClip(hum=await ears.tune(""))
        return NamedClip(await ears.recognise(log))
    answer = None if ears.recognise is None else await ears.recognise(False)
    if answer is not None and answer.known and ears.recognise is not None:
        return NamedClip(await ears.recognise(True) if log else answer)
    hum = await _tuned(ears, contour)
    if not hum.offered and contour.hum_like < SURELY_HUM_LIKE and ears.recognise is not None:
        return NamedClip(await ears.recognise(log) if log else answer)
    return NamedClip(answer, hum)


def seems_hummed(contour: Contour) -> bool:
    """Whether a lone voice hums, whistles or sings in it, long enough to look for the tune."""
    return contour.problem is None and contour.hum_like >= HUM_LIKE


async def _hummed(ears: ClipEars, contour: Contour, *, log: bool) -> NamedClip:
    """What the user says to hum; a recording when no lone voice is heard and it is a known one."""
    if seems_hummed(contour) or ears.recognise is None or _is_empty(contour):
        return NamedClip(hum=await _tuned(ears, contour))
    answer = await ears.recognise(False)
    if answer.known:
        return NamedClip(await ears.recognise(True) if log else answer)
    return NamedClip(hum=await _tuned(ears, contour))


def _is_empty(contour: Contour) -> bool:
    return contour.problem in {HumProblem.SILENT, HumProblem.TOO_SHORT}


async def _tuned(ears: ClipEars, contour: Contour) -> HumAnswer:
    """Name the tune; by its words too when the tune alone does not tell. Nobody whistles words."""
    assert ears.tune is not None  # noqa: S101  asked by the caller
    hum = await ears.tune("")
    told = hum.outcome is HumOutcome.FOUND or contour.problem is not None
    if told or ears.words is None or contour.kind is HumKind.WHISTLE:
        return hum
    words = await ears.words()
    return await ears.tune(words) if words else hum
