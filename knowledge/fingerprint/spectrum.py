"""The whitened spectrogram in which peaks are sought and landmarks are verified."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.fft import rfft
from scipy.signal.windows import hann

from knowledge.fingerprint.models import HOP, RATE_HZ, Samples

WINDOW = 1024
"""Samples in one window: 93 ms."""
BIN_HZ = RATE_HZ / WINDOW
LOWEST_BIN = 11
"""118 Hz; below it a phone's microphone hears nothing."""
HIGHEST_BIN = 465
"""5,007 Hz, exclusive."""
BINS = HIGHEST_BIN - LOWEST_BIN
_FRAMES_AT_ONCE = 4096
_BACKGROUND_FRAMES = 34
"""Half width of the background in time: half a second."""
_BACKGROUND_BINS = 12
"""Half width of the background in frequency: 130 Hz."""
_BROADBAND = np.float32(0.3)
"""Share of a moment's mean that is taken away: all of it would forget beats, which survive noise;
none of it would let a beat hide the notes struck with it."""
_FLOOR = 1e-3
"""Added to magnitudes, relative to the clip's own level: -60 dB."""


@dataclass(frozen=True, slots=True)
class Spectrogram:
    """Magnitudes in nepers over their surroundings, frames by bins from `LOWEST_BIN` on.

    Frame k is centred on sample k * HOP + WINDOW / 2 of the recording.
    """

    values: NDArray[np.float32]

    @property
    def frames(self) -> int:
        return int(self.values.shape[0])


def frame_count(samples: int) -> int:
    """Return how many whole windows `samples` samples hold."""
    return max(0, (samples - WINDOW) // HOP + 1)


def spectrogram(samples: Samples) -> Spectrogram:
    """Analyse a mono signal at `RATE_HZ`, shape (n,)."""
    frames = frame_count(samples.size)
    log = np.empty((frames, BINS), np.float32)
    if frames:
        level = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
        floor = np.float32(max(level * _FLOOR * np.sqrt(WINDOW), 1e-6))
        windows = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP]
        for start in range(0, frames, _FRAMES_AT_ONCE):
            block = windows[start : min(start + _FRAMES_AT_ONCE, frames)] * _HANN
            spectrum = rfft(block, axis=1, overwrite_x=True)[:, LOWEST_BIN:HIGHEST_BIN]
            _log_magnitude(spectrum, floor, log[start : start + block.shape[0]])
    return Spectrogram(_whiten(log, _BACKGROUND_FRAMES, _BACKGROUND_BINS))


_HANN = hann(WINDOW, sym=False).astype(np.float32)


@njit(cache=True, nogil=True, fastmath=True)
def _log_magnitude(
    spectrum: NDArray[np.complex64], floor: np.float32, out: NDArray[np.float32]
) -> None:
    for t in range(spectrum.shape[0]):
        for f in range(spectrum.shape[1]):
            value = spectrum[t, f]
            power = value.real * value.real + value.imag * value.imag
            out[t, f] = np.float32(0.5) * np.log(power + floor * floor)


@njit(cache=True, nogil=True, fastmath=True)
def _whiten(log: NDArray[np.float32], half_t: int, half_f: int) -> NDArray[np.float32]:
    """Subtract the mean over a rectangle around each value, cut off at the borders."""
    frames, bins = log.shape
    across = np.empty_like(log)
    for t in range(frames):
        total = np.float32(0.0)
        for f in range(min(half_f, bins)):
            total += log[t, f]
        for f in range(bins):
            if f + half_f < bins:
                total += log[t, f + half_f]
            if f - half_f - 1 >= 0:
                total -= log[t, f - half_f - 1]
            width = min(f + half_f, bins - 1) - max(f - half_f, 0) + 1
            across[t, f] = total / width
    out = np.empty_like(log)
    total_row = np.zeros(bins, np.float32)
    for t in range(min(half_t, frames)):
        total_row += across[t]
    for t in range(frames):
        if t + half_t < frames:
            total_row += across[t + half_t]
        if t - half_t - 1 >= 0:
            total_row -= across[t - half_t - 1]
        height = min(t + half_t, frames - 1) - max(t - half_t, 0) + 1
        row = np.float32(0.0)
        for f in range(bins):
            out[t, f] = log[t, f] - total_row[f] / height
            row += out[t, f]
        for f in range(bins):
            out[t, f] -= _BROADBAND * row / bins
    return out
