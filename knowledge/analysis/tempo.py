"""Tempo from the regularity of note onsets, with how sure that is.

The autocorrelation of the onset strength is summed over the first multiples of each beat period,
and weighted by how common the tempo is, after Percival and Tzanetakis 2014, "Streamlined Tempo
Estimation Based on Autocorrelation and Cross-correlation With Pulses". Half and double of a tempo
remain the usual mistake; users of the value treat them as near.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SLOWEST_BPM = 40.0
FASTEST_BPM = 220.0
_STEPS = 700
_MULTIPLES = 4
_COMMON_BPM = 110.0
_SPREAD_OCTAVES = 0.95
_SMOOTH_S = 0.02
_BACKGROUND_S = 1.0
_LEAST_S = 5.0
_LOW_SHARE = 0.3
"""How much drums and bass count beside the whole spectrum."""
_HALF_TIME = 0.3
"""How much less likely a tempo is when its double is just as regular: then it is half of it."""
_FINER = 4
_APART_OCTAVES = 0.12
"""Tempi nearer than this are the same."""

BPM = np.geomspace(SLOWEST_BPM, FASTEST_BPM, _STEPS)
_PRIOR = np.exp(-0.5 * (np.log2(BPM / _COMMON_BPM) / _SPREAD_OCTAVES) ** 2)


@dataclass(frozen=True, slots=True)
class Tempo:
    bpm: float | None
    confidence: float
    """0 to 1: how regular the onsets are at this tempo."""


def regularity(
    rise_db: NDArray[np.float32], low_rise_db: NDArray[np.float32], frames_per_s: float
) -> NDArray[np.float64]:
    """Return how regular the onsets are at each tempo of `BPM`, about 0 to 1.

    Args:
        rise_db: onset strength for each frame, dB.
        low_rise_db: the same for the low frequencies.
        frames_per_s: frames in a second.
    """
    whole = _periodicity(rise_db, frames_per_s)
    return (1 - _LOW_SHARE) * whole + _LOW_SHARE * _periodicity(low_rise_db, frames_per_s)


def _periodicity(rise_db: NDArray[np.float32], frames_per_s: float) -> NDArray[np.float64]:
    if rise_db.size < _LEAST_S * frames_per_s:
        return np.zeros(_STEPS)
    # Slow to import, and only analysis needs them.
    from scipy.fft import irfft, next_fast_len, rfft  # noqa: PLC0415
    from scipy.ndimage import gaussian_filter1d, uniform_filter1d  # noqa: PLC0415

    wide = 2 * round(_BACKGROUND_S * frames_per_s) + 1
    strength = gaussian_filter1d(rise_db.astype(np.float64), _SMOOTH_S * frames_per_s)
    strength = np.maximum(strength - uniform_filter1d(strength, wide, mode="nearest"), 0)
    strength = np.minimum(strength, 4 * (strength.std() + 1e-9))
    strength -= strength.mean()
    spectrum = rfft(strength, next_fast_len(2 * strength.size))
    # More points than samples: the tempo is finer than whole frames.
    fine = 2 * (spectrum.size - 1) * _FINER
    correlation = irfft(np.abs(spectrum) ** 2, fine)[: strength.size * _FINER]
    if correlation[0] <= 0:
        return np.zeros(_STEPS)
    lag = np.arange(correlation.size) / _FINER
    # Longer lags have fewer frames to agree on; undo that bias.
    correlation /= correlation[0] * np.maximum(1 - lag / strength.size, 0.1)
    beat = frames_per_s * 60 / BPM
    total = np.zeros(_STEPS)
    for multiple in range(1, _MULTIPLES + 1):
        total += np.interp(beat * multiple, lag, correlation, right=0.0)
    return total / _MULTIPLES


def tempo_of(regular: NDArray[np.float64]) -> Tempo:
    """Choose the tempo from what `regularity` returned, or from a mean of several of them."""
    found = pulses(regular)
    return found[0] if found else Tempo(None, 0.0)


def pulses(regular: NDArray[np.float64], count: int = 2) -> tuple[Tempo, ...]:
    """Return the likeliest tempi from what `regularity` returned, best first; maybe none."""
    double = np.interp(2 * BPM, BPM, regular, right=0.0)
    half_time = np.clip(double / np.maximum(regular, 1e-3), 0, 1) ** 2
    score = np.maximum(regular, 0) * _PRIOR * (1 - _HALF_TIME * half_time)
    found: list[Tempo] = []
    while len(found) < count:
        best = int(score.argmax())
        if score[best] <= 0.02:
            break
        bpm = _between_steps(regular, best)
        found.append(Tempo(round(bpm, 2), round(float(np.clip(regular[best] * 1.5, 0, 1)), 3)))
        score[np.abs(np.log2(BPM / bpm)) < _APART_OCTAVES] = 0
    return tuple(found)


def _between_steps(regular: NDArray[np.float64], best: int) -> float:
    """Return the tempo of a peak, finer than the steps of `BPM`."""
    place = float(best)
    if 0 < best < _STEPS - 1:
        left, middle, right = regular[best - 1 : best + 2]
        bend = left - 2 * middle + right
        if bend < 0:
            place += float(np.clip(0.5 * (left - right) / bend, -0.5, 0.5))
    return float(np.interp(place, np.arange(_STEPS), BPM))
