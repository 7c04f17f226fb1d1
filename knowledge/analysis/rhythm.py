"""Tempo of a recording and of its segments, each with a runner-up, and where the beats fall.

From the spectra that all analysers share:

    rhythm = rhythm_of(frames.spectrum, segment_bounds(frames.duration_s))
    rhythm.whole, rhythm.parts, rhythm.beats_s
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.analysis.sound import TempoHeard, Vector
from knowledge.analysis.spectrum import Spectrum, SpectrumMeter
from knowledge.analysis.tempo import Tempo, tempi_in
from knowledge.analysis.tempogram import onset_strength
from knowledge.audio.decoder import Samples

_LEAST_CONFIDENCE = 0.1
"""Below it there is no beat to speak of, and no beats are stored."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Tempo and beats of a recording."""

    whole: TempoHeard | None
    """None where nothing is regular."""
    parts: tuple[TempoHeard | None, ...]
    """Of each stretch asked for."""
    beats_s: Vector
    """Times of the beats, seconds; empty when there is no beat to speak of."""


class RhythmMeter:
    """Hears the rhythm of one recording, where its spectra are not computed anyway.

    Args:
        sample_rate: hertz.
    """

    def __init__(self, sample_rate: int = 44_100) -> None:
        self._spectrum = SpectrumMeter(sample_rate)

    def add(self, block: Samples) -> None:
        """Hear the next block, shape (channels, n)."""
        self._spectrum.add(block.mean(axis=0))

    def finish(self, bounds: Sequence[tuple[float, float]] = ()) -> Rhythm:
        """Return the rhythm of all that was heard and of each stretch in `bounds`, seconds."""
        return rhythm_of(self._spectrum.finish(), bounds)


def rhythm_of(spectrum: Spectrum, bounds: Sequence[tuple[float, float]]) -> Rhythm:
    """Find the tempo of all of a recording and of each stretch of it, and the beats.

    Args:
        spectrum: from `Frames.spectrum`.
        bounds: start and end of each stretch, seconds; together they are the recording, or none.
    """
    length_s = spectrum.rise_db.size / spectrum.frames_per_s
    tempi = tempi_in(spectrum, bounds or [(0.0, length_s)])
    whole = _heard(tempi.whole)
    parts = tuple(_heard(part) for part in tempi.parts) if bounds else ()
    if whole is None or whole.confidence < _LEAST_CONFIDENCE:
        return Rhythm(whole, parts, np.zeros(0, np.float32))
    return Rhythm(whole, parts, _beats(spectrum, whole.bpm))


def _heard(tempi: Sequence[Tempo]) -> TempoHeard | None:
    if not tempi or tempi[0].bpm is None:
        return None
    return TempoHeard(tempi[0].bpm, tempi[0].confidence, tempi[1].bpm if len(tempi) > 1 else None)


def _beats(spectrum: Spectrum, bpm: float) -> Vector:
    from knowledge.analysis.beats import beat_times, periods  # noqa: PLC0415 - compiles code

    strength = onset_strength(spectrum.rise_db, spectrum.frames_per_s)
    strength /= strength.std() + 1e-9
    period = periods(strength, bpm, spectrum.frames_per_s)
    return beat_times(strength, period, spectrum.frames_per_s)
