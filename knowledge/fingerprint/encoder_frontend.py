"""The encoder's spectrogram: power in bands that are evenly spaced in pitch."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import rfft
from scipy.signal.windows import hann

from knowledge.fingerprint.models import HOP, RATE_HZ, Samples

WINDOW = 1024
"""Samples in one spectrogram frame: 93 ms."""
FRAME_HOP = 2 * HOP
"""Samples from one spectrogram frame to the next: 29 ms."""
BANDS = 96
LOWEST_HZ = 160.0
HIGHEST_HZ = 5200.0
SEMITONES_PER_BAND = 12 * float(np.log2(HIGHEST_HZ / LOWEST_HZ)) / (BANDS - 1)
_FRAMES_AT_ONCE = 2048


def frame_count(samples: int) -> int:
    """How many whole spectrogram frames `samples` samples hold."""
    return max(0, (samples - WINDOW) // FRAME_HOP + 1)


def band_power(samples: Samples, *, semitones: float = 0.0) -> NDArray[np.float32]:
    """Power in each band, shape (frames, BANDS).

    Args:
        samples: mono at RATE_HZ. Frame k covers samples k * FRAME_HOP to + WINDOW.
        semitones: how far above their place bands are read; a recording played this many
            semitones too high then looks as it should.
    """
    frames = frame_count(samples.size)
    power = np.empty((frames, BANDS), np.float32)
    if frames == 0:
        return power
    weights = _weights(round(semitones * 100))
    windows = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::FRAME_HOP]
    for start in range(0, frames, _FRAMES_AT_ONCE):
        end = min(start + _FRAMES_AT_ONCE, frames)
        spectrum = rfft(windows[start:end] * _HANN, axis=1, overwrite_x=True)
        squares = spectrum.real**2
        squares += spectrum.imag**2
        np.matmul(squares, weights, out=power[start:end])
    return power


def filterbank(semitones: float = 0.0) -> NDArray[np.float32]:
    """Triangles over the bins of a WINDOW-point transform, shape (WINDOW // 2 + 1, BANDS)."""
    spacing = 2 ** (SEMITONES_PER_BAND / 12)
    centres = LOWEST_HZ * spacing ** np.arange(BANDS) * 2 ** (semitones / 12)
    bin_hz = RATE_HZ / WINDOW
    # In the bass, bands lie closer than bins: wide enough to hold one anyway.
    below = np.maximum(centres - centres / spacing, bin_hz)
    above = np.maximum(centres * spacing - centres, bin_hz)
    away = np.arange(WINDOW // 2 + 1)[:, None] * bin_hz - centres
    weights = np.maximum(0.0, 1 - np.where(away < 0, -away / below, away / above))
    weights /= np.maximum(weights.sum(axis=0), 1e-6)
    result: NDArray[np.float32] = weights.astype(np.float32)
    return result


@lru_cache(maxsize=32)
def _weights(cents: int) -> NDArray[np.float32]:
    return filterbank(cents / 100)


_HANN = hann(WINDOW, sym=False).astype(np.float32)
