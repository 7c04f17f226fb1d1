"""Spectral peaks: local maxima of the whitened spectrogram, the strongest of each band and time."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from knowledge.fingerprint.models import FRAMES_PER_S
from knowledge.fingerprint.spectrum import BIN_HZ, BINS, LOWEST_BIN, Spectrogram

LOWEST_HZ = LOWEST_BIN * BIN_HZ
STEPS_PER_OCTAVE = 180
"""Resolution of a peak's frequency: 6.7 cents."""


@dataclass(frozen=True, slots=True)
class Peaks:
    """Peaks in the order of time.

    Attributes:
        times: frames, with a fraction, shape (n,).
        pitches: steps of `STEPS_PER_OCTAVE` above `LOWEST_HZ`, with a fraction, shape (n,).
        strengths: nepers over the surroundings, shape (n,).
    """

    times: NDArray[np.float32]
    pitches: NDArray[np.float32]
    strengths: NDArray[np.float32]


_BAND_EDGES = np.array(
    [0, *(round(2**octave * 300 / BIN_HZ) - LOWEST_BIN for octave in (0, 1, 2, 3)), BINS]
)
"""Octave bands; each gets the same share of peaks, so that no kind of noise takes them all."""
_CELL_FRAMES = 34
"""Length of the stretch within which a band's quota holds: half a second."""
_HALF_T = 4


def find_peaks(spectrogram: Spectrogram, per_second: float, *, threshold: float = 0.7) -> Peaks:
    """Find about `per_second` peaks a second.

    Args:
        spectrogram: whitened.
        per_second: the most that are kept.
        threshold: least height over the surroundings, nepers.
    """
    values = spectrogram.values
    if values.shape[0] < 3:
        empty = np.empty(0, np.float32)
        return Peaks(empty, empty, empty)
    quota = max(1, round(per_second * _CELL_FRAMES / FRAMES_PER_S / (len(_BAND_EDGES) - 1)))
    frames, bins, strengths = _local_maxima(values, np.float32(threshold), _HALF_T)
    kept = _strongest(frames, bins, strengths, _BAND_EDGES, _CELL_FRAMES, quota)
    frames, bins, strengths = frames[kept], bins[kept], strengths[kept]
    times, positions = _interpolate(values, frames, bins)
    pitches = STEPS_PER_OCTAVE * np.log2((positions + LOWEST_BIN) / LOWEST_BIN)
    return Peaks(times, pitches.astype(np.float32), strengths)


@njit(cache=True, nogil=True)
def _local_maxima(
    values: NDArray[np.float32], threshold: np.float32, half_t: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    frames, bins = values.shape
    size = frames * bins // 16 + 16
    out_t = np.empty(size, np.int32)
    out_f = np.empty(size, np.int32)
    out_v = np.empty(size, np.float32)
    count = 0
    for t in range(frames):
        low_t, high_t = max(0, t - half_t), min(frames - 1, t + half_t)
        for f in range(1, bins - 1):
            value = values[t, f]
            if value < threshold or value < values[t, f - 1] or value <= values[t, f + 1]:
                continue
            half_f = 2 + f // 90
            low_f, high_f = max(0, f - half_f), min(bins - 1, f + half_f)
            best = True
            for tt in range(low_t, high_t + 1):
                for ff in range(low_f, high_f + 1):
                    if values[tt, ff] > value:
                        best = False
                        break
                if not best:
                    break
            if best and count < size:
                out_t[count] = t
                out_f[count] = f
                out_v[count] = value
                count += 1
    return out_t[:count], out_f[:count], out_v[:count]


@njit(cache=True, nogil=True)
def _strongest(
    frames: NDArray[np.int32],
    bins: NDArray[np.int32],
    strengths: NDArray[np.float32],
    edges: NDArray[np.int64],
    cell: int,
    quota: int,
) -> NDArray[np.int64]:
    """Keep the `quota` strongest of each band within `cell` frames around each."""
    count = frames.size
    band = np.empty(count, np.int32)
    for i in range(count):
        band[i] = np.searchsorted(edges, bins[i], side="right") - 1
    kept = np.empty(count, np.int64)
    n = 0
    half = cell // 2
    start = 0
    for i in range(count):
        while frames[start] < frames[i] - half:
            start += 1
        stronger = 0
        j = start
        while j < count and frames[j] <= frames[i] + half:
            if band[j] == band[i] and strengths[j] > strengths[i]:
                stronger += 1
                if stronger >= quota:
                    break
            j += 1
        if stronger < quota:
            kept[n] = i
            n += 1
    return kept[:n]


@njit(cache=True, nogil=True)
def _interpolate(
    values: NDArray[np.float32], frames: NDArray[np.int32], bins: NDArray[np.int32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Refine by a parabola through three values, in time and in frequency."""
    last_t, last_f = values.shape[0] - 1, values.shape[1] - 1
    times = np.empty(frames.size, np.float32)
    positions = np.empty(frames.size, np.float32)
    for i in range(frames.size):
        t, f = frames[i], bins[i]
        times[i] = t
        positions[i] = f
        if 0 < t < last_t:
            times[i] += _vertex(values[t - 1, f], values[t, f], values[t + 1, f])
        if 0 < f < last_f:
            positions[i] += _vertex(values[t, f - 1], values[t, f], values[t, f + 1])
    return times, positions


@njit(cache=True, nogil=True)
def _vertex(before: float, at: float, after: float) -> float:
    bend = before - 2.0 * at + after
    if bend >= 0.0:
        return 0.0
    return min(0.5, max(-0.5, 0.5 * (before - after) / bend))
