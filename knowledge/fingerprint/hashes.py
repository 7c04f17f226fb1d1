"""Pairs of peaks as 20-bit hashes: (pitch of the first, interval, logarithm of the time between).

On a logarithmic axis a change of pitch adds a constant to the first part and leaves the second
alone, and a change of tempo adds a constant to the third: shifted copies are found in the same
index by shifted questions. Pairs follow Wang (2003), "An Industrial-Strength Audio Search
Algorithm"; the logarithmic coordinates are ours.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from knowledge.fingerprint.models import Words32
from knowledge.fingerprint.peaks import Peaks

STEPS_PER_CELL = 3
"""A pitch cell is 20 cents wide."""
PITCHES = 325
INTERVALS = 91
"""An interval is at most 45 cells, nine semitones, up or down."""
_MAX_INTERVAL = INTERVALS // 2
SHORTEST = 20.0
"""Frames between the two peaks: 0.29 s; closer pairs have too coarse a logarithm."""
LONGEST = 102.0
TEMPO_STEP = 1.05
GAPS = 33
"""Cells of the logarithmic time between the peaks."""


def pair_reference(peaks: Peaks, fan_out: int) -> tuple[Words32, Words32]:
    """Hash the pairs that are stored: each peak with its strongest successors.

    Args:
        peaks: of a whole recording.
        fan_out: successors for each peak.

    Returns:
        Hashes and the frames of their first peaks, ordered by frame, shape (n,) each.
    """
    hashes, frames = _pair_reference(peaks.times, peaks.pitches, peaks.strengths, fan_out)
    return hashes, frames


def pair_query(peaks: Peaks, most: int) -> NDArray[np.float32]:
    """Make all pairs of a clip, so that those which the reference chose are among them.

    Args:
        peaks: of a clip.
        most: the most pairs that are made, from the clip's beginning on.

    Returns:
        Rows of (frame of the first peak, pitch cell, interval cell, gap cell) with their
        fractions, shape (n, 4).
    """
    pairs: NDArray[np.float32] = _pair_query(peaks.times, peaks.pitches, most)
    return pairs


@njit(cache=True, nogil=True)
def gap_cell(frames: float) -> float:
    """Return the logarithmic time cell of a gap, with its fraction."""
    return float(math.log(frames / SHORTEST) / math.log(TEMPO_STEP))


@njit(cache=True, nogil=True)
def _pair_reference(
    times: NDArray[np.float32],
    pitches: NDArray[np.float32],
    strengths: NDArray[np.float32],
    fan_out: int,
) -> tuple[Words32, Words32]:
    count = times.size
    hashes = np.empty(count * fan_out, np.uint32)
    frames = np.empty(count * fan_out, np.uint32)
    best = np.empty(fan_out, np.int64)
    n = 0
    for i in range(count):
        found = 0
        for j in range(i + 1, count):
            gap = times[j] - times[i]
            if gap < SHORTEST:
                continue
            if gap >= LONGEST:
                break
            if abs(pitches[j] - pitches[i]) >= _MAX_INTERVAL * STEPS_PER_CELL:
                continue
            place = found
            while place > 0 and strengths[best[place - 1]] < strengths[j]:
                if place < fan_out:
                    best[place] = best[place - 1]
                place -= 1
            if place < fan_out:
                best[place] = j
                found = min(found + 1, fan_out)
        for k in range(found):
            j = best[k]
            pitch = min(int(pitches[i] / STEPS_PER_CELL), PITCHES - 1)
            interval = math.floor((pitches[j] - pitches[i]) / STEPS_PER_CELL + 0.5)
            gap_index = min(int(gap_cell(times[j] - times[i])), GAPS - 1)
            hashes[n] = (pitch * INTERVALS + int(interval) + _MAX_INTERVAL) * GAPS + gap_index
            frames[n] = int(times[i] + 0.5)
            n += 1
    return hashes[:n], frames[:n]


@njit(cache=True, nogil=True)
def _pair_query(
    times: NDArray[np.float32], pitches: NDArray[np.float32], most: int
) -> NDArray[np.float32]:
    out = np.empty((min(most, 1 << 14), 4), np.float32)
    n = 0
    for i in range(times.size):
        for j in range(i + 1, times.size):
            gap = times[j] - times[i]
            # A little beyond the zone: the clip's tempo may differ.
            if gap < SHORTEST * 0.94:
                continue
            if gap >= LONGEST * 1.06:
                break
            interval = (pitches[j] - pitches[i]) / STEPS_PER_CELL
            if abs(interval) >= _MAX_INTERVAL:
                continue
            if n == out.shape[0]:
                if n >= most:
                    return out
                bigger = np.empty((min(most, 2 * n), 4), np.float32)
                bigger[:n] = out
                out = bigger
            out[n, 0] = times[i]
            out[n, 1] = pitches[i] / STEPS_PER_CELL
            out[n, 2] = interval + 0.5 + _MAX_INTERVAL
            out[n, 3] = gap_cell(gap)
            n += 1
    return out[:n]
