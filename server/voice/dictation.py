"""Recordings of any length as text: cut where nobody speaks, transcribed part by part."""

import asyncio
import math
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from voice.audio import HEARING_RATE_HZ, Samples
from voice.stt.transcriber import Transcriber, Transcript
from voice.vad import FRAME, VoiceActivity

_LONGEST_S: Final = 28.0
"""A transcriber hears 30 s at once."""
_LOOK_BACK_S: Final = 12.0
"""The cut is made at the quietest moment of so many seconds before that."""
_QUIET_S: Final = 0.3
_SPOKEN: Final = 0.5
_LEAST_SPOKEN_FRAMES: Final = 3
"""Less speech than a tenth of a second is none."""
_NO_SPEECH: Final = 0.6
_UNSURE: Final = 0.4
_NO_CONFIDENCE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a recording and what is said in it."""

    number: int
    start_s: float
    end_s: float
    transcript: Transcript

    @property
    def text(self) -> str:
        return self.transcript.text

    @property
    def avg_logprob(self) -> float:
        """Mean log probability of a token, natural logarithm."""
        return math.log(max(self.transcript.confidence, _NO_CONFIDENCE))

    @property
    def compression_ratio(self) -> float:
        """How much shorter zlib makes the text; high when it repeats itself."""
        written = self.text.encode()
        return len(written) / len(zlib.compress(written)) if written else 0.0


async def dictated(
    samples: Samples,
    transcriber: Transcriber,
    *,
    vad: Callable[[], VoiceActivity],
    language: str | None = None,
    prompt: str = "",
    who: str = "",
) -> AsyncIterator[Segment]:
    """Transcribe a recording part by part; parts without speech are left out.

    Args:
        samples: mono at `HEARING_RATE_HZ`.
        transcriber: who understands.
        vad: makes a detector of speech.
        language: ISO 639-1, or None to detect it (by the first part that is understood).
        prompt: words that are likely.
        who: for whom the transcriber is fair.

    Raises:
        HearingBusy, HearingFailed: as the transcriber.
    """
    number = 0
    for start, end in parts(samples):
        part = samples[start:end]
        if not await asyncio.to_thread(_is_speech, part, vad()):
            continue
        heard = await transcriber.transcribe(part, language=language, prompt=prompt, who=who)
        if not heard.text or (heard.no_speech > _NO_SPEECH and heard.confidence < _UNSURE):
            continue
        language = language or heard.language or None
        yield Segment(number, start / HEARING_RATE_HZ, end / HEARING_RATE_HZ, heard)
        number += 1


def parts(samples: Samples) -> list[tuple[int, int]]:
    """Where to cut: first and last sample of each part, none longer than a transcriber hears."""
    longest, look_back = round(_LONGEST_S * HEARING_RATE_HZ), round(_LOOK_BACK_S * HEARING_RATE_HZ)
    found, start = [], 0
    while len(samples) - start > longest:
        window = samples[start + longest - look_back : start + longest]
        cut = start + longest - look_back + _quietest(window)
        found.append((start, cut))
        start = cut
    return [*found, (start, len(samples))]


def _quietest(window: Samples) -> int:
    """Middle of the quietest moment, a sample's number."""
    size = round(_QUIET_S * HEARING_RATE_HZ)
    power = np.concatenate([[0.0], np.cumsum(np.square(window, dtype=np.float64))])
    return int(np.argmin(power[size:] - power[:-size])) + size // 2


def _is_speech(samples: Samples, vad: VoiceActivity) -> bool:
    spoken = 0
    for first in range(0, len(samples) - FRAME + 1, FRAME):
        spoken += vad.probability(samples[first : first + FRAME]) >= _SPOKEN
        if spoken >= _LEAST_SPOKEN_FRAMES:
            return True
    return len(samples) < _LEAST_SPOKEN_FRAMES * FRAME
