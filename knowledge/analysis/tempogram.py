"""How regular the onsets are at each tempo, in four ranges of frequency.

Two views of the same thing: the autocorrelation is strong at a beat and at its multiples, the
Fourier transform at a beat and at its divisions. Together they tell which of them is the beat;
after Peeters 2007, "Template-Based Estimation of Time-Varying Tempo".
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

_STEPS = 1000
BPM = np.geomspace(30.0, 300.0, _STEPS)
"""Tempi of the columns of a tempogram."""
_MULTIPLES = 4
_WINDOW_S = 8.0
"""Length of what is transformed at once: a tempo may drift from one to the next."""
_PADDING = 4
_SMOOTH_S = 0.02
_BACKGROUND_S = 1.0
_LARGEST = 4.0
"""An onset counts for at most so many standard deviations."""
_LEAST_S = 5.0
_FINER = 4
"""Points of the autocorrelation for each frame: tempi are finer than whole frames."""


class Range(IntEnum):
    """Ranges of frequency, the rows of a tempogram."""

    ALL = 0
    LOW = 1
    """Drums and bass."""
    MIDDLE = 2
    HIGH = 3


class View(IntEnum):
    """What is told of each range."""

    COMB = 0
    """Autocorrelation, the mean of the first four multiples of the beat."""
    BEAT = 1
    """Autocorrelation at one beat."""
    FOURIER = 2
    """Magnitude of the Fourier transform."""


Tempogram = NDArray[np.float64]
"""Shape (len(Range), len(View), len(BPM))."""


def tempogram(rises: NDArray[np.floating], frames_per_s: float) -> Tempogram:
    """Return how regular onsets are; zeros for less than 5 s.

    Args:
        rises: onset strength of each `Range` and frame, dB, shape (len(Range), frames).
        frames_per_s: frames in a second.
    """
    found = np.zeros((len(Range), len(View), _STEPS))
    if rises.shape[1] >= _LEAST_S * frames_per_s:
        for row, rise in zip(found, rises, strict=True):
            strength = onset_strength(rise, frames_per_s)
            row[View.COMB], row[View.BEAT] = _autocorrelation(strength, frames_per_s)
            row[View.FOURIER] = _fourier(strength, frames_per_s)
    return found


def onset_strength(rise: NDArray[np.floating], frames_per_s: float) -> NDArray[np.float64]:
    """Return how far onsets stand out of what surrounds them, without the outliers.

    Args:
        rise: mean rise of the level, dB, for each frame.
        frames_per_s: frames in a second.
    """
    from scipy.ndimage import gaussian_filter1d, uniform_filter1d  # noqa: PLC0415 - slow import

    wide = 2 * round(_BACKGROUND_S * frames_per_s) + 1
    smooth = gaussian_filter1d(rise.astype(np.float64), _SMOOTH_S * frames_per_s)
    strength = np.maximum(smooth - uniform_filter1d(smooth, wide, mode="nearest"), 0)
    clipped: NDArray[np.float64] = np.minimum(strength, _LARGEST * (strength.std() + 1e-9))
    return clipped


def _autocorrelation(
    strength: NDArray[np.float64], frames_per_s: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    from scipy.fft import irfft, next_fast_len, rfft  # noqa: PLC0415 - slow import

    strength = strength - strength.mean()
    spectrum = rfft(strength, next_fast_len(2 * strength.size))
    fine = 2 * (spectrum.size - 1) * _FINER
    correlation = irfft(np.abs(spectrum) ** 2, fine)[: strength.size * _FINER]
    if correlation[0] <= 0:
        return np.zeros(_STEPS), np.zeros(_STEPS)
    lag = np.arange(correlation.size) / _FINER
    # Longer lags have fewer frames to agree on; undo that bias.
    correlation /= correlation[0] * np.maximum(1 - lag / strength.size, 0.1)
    beat = frames_per_s * 60 / BPM
    at_multiples = [
        np.interp(beat * multiple, lag, correlation, right=0.0)
        for multiple in range(1, _MULTIPLES + 1)
    ]
    return np.mean(at_multiples, axis=0), at_multiples[0]


def _fourier(strength: NDArray[np.float64], frames_per_s: float) -> NDArray[np.float64]:
    from scipy.fft import next_fast_len, rfft  # noqa: PLC0415 - slow import

    window = round(_WINDOW_S * frames_per_s)
    if strength.size < window:
        strength = np.pad(strength, (0, window - strength.size))
    frames = np.lib.stride_tricks.sliding_window_view(strength, window)[:: window // 4]
    frames = (frames - frames.mean(axis=1, keepdims=True)) * np.hanning(window)
    size = next_fast_len(_PADDING * window)
    # Faster than any tempo asked for, nothing is kept.
    magnitude = np.abs(rfft(frames, size, axis=1))
    magnitude /= np.sqrt(np.square(magnitude).sum(axis=1, keepdims=True)) + 1e-9
    hertz = np.arange(magnitude.shape[1]) * frames_per_s / size
    spread: NDArray[np.float64] = np.interp(BPM / 60, hertz, magnitude.mean(axis=0))
    return spread
