"""Tempo of a recording and of its segments, each with a runner-up, and where the beats fall.

From the spectra that all analysers share:

    rhythm = rhythm_of(frames.spectrum, segment_bounds(frames.duration_s))
    rhythm.whole, rhythm.parts, rhythm.beats_s
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import TempoHeard, Vector
from knowledge.analysis.spectrum import Spectrum, SpectrumMeter
from knowledge.analysis.tempo import pulses, regularity
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
        bounds: start and end of each stretch, seconds.
    """
    rate = spectrum.frames_per_s
    length_s = spectrum.rise_db.size / rate
    stretches = list(bounds) or [(0.0, length_s)]
    regular = [
        regularity(
            spectrum.rise_db[round(start * rate) : round(end * rate)],
            spectrum.low_rise_db[round(start * rate) : round(end * rate)],
            rate,
        )
        for start, end in stretches
    ]
    lengths = [max(end - start, 1e-3) for start, end in stretches]
    whole = _heard(np.average(regular, axis=0, weights=lengths))
    parts = tuple(_heard(each) for each in regular) if bounds else ()
    if whole is None or whole.confidence < _LEAST_CONFIDENCE:
        return Rhythm(whole, parts, np.zeros(0, np.float32))
    return Rhythm(whole, parts, _beats(spectrum, whole.bpm))


def _heard(regular: NDArray[np.float64]) -> TempoHeard | None:
    found = pulses(regular)
    if not found:
        return None
    other = found[1].bpm if len(found) > 1 else None
    return TempoHeard(found[0].bpm or 0.0, found[0].confidence, other)


def _beats(spectrum: Spectrum, bpm: float) -> Vector:
    from knowledge.analysis.beats import beat_times  # noqa: PLC0415 - compiles code

    strength = spectrum.rise_db - spectrum.rise_db.mean()
    strength = np.maximum(strength / (strength.std() + 1e-9), 0)
    period = np.full(strength.size, spectrum.frames_per_s * 60 / bpm, np.float32)
    return beat_times(strength, period, spectrum.frames_per_s)
