"""How well a clip can be laid along recordings, in any key and at a tempo that may change.

Local alignment of two sequences of chroma (Smith and Waterman, 1981): moments that agree add to the
score, others take from it, and a path may go through the recording between half and twice as
fast as through the clip. All keys are tried.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from knowledge.versions.chroma import NOTES, SCALE

_AGREES = 0.1
"""Correlation of two moments from which on they count for the song."""
_BEND = 0.2
"""Price of going faster or slower for one moment."""


def alignments(
    clip: NDArray[np.int8], chroma: NDArray[np.int8], starts: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Score each recording against a clip.

    Args:
        clip: chroma of the clip, shape (m, NOTES).
        chroma: of all recordings, one after the other, shape (n, NOTES).
        starts: row at which each recording begins, and the end, shape (r + 1,).

    Returns:
        For each recording and each key, how much of the clip fits: 0 to about 0.9; shape
        (r, NOTES).
    """
    scores: NDArray[np.float32] = _alignments(clip, chroma, starts)
    return scores


@njit(cache=True, nogil=True, fastmath=True)
def _alignments(
    clip: NDArray[np.int8], chroma: NDArray[np.int8], starts: NDArray[np.int64]
) -> NDArray[np.float32]:
    count = starts.size - 1
    longest = 0
    for r in range(count):
        longest = max(longest, starts[r + 1] - starts[r])
    moments = clip.shape[0]
    query = clip.astype(np.float32) / np.float32(SCALE * SCALE)
    scores = np.zeros((count, NOTES), np.float32)
    notes = np.zeros((NOTES, longest), np.float32)
    fits = np.zeros((2, longest), np.float32)
    # Two columns before the first: a path may come from there, with nothing.
    paths = np.zeros((3, longest + 2), np.float32)
    peaks = np.zeros(longest, np.float32)
    for r in range(count):
        first, length = starts[r], starts[r + 1] - starts[r]
        for t in range(length):
            for c in range(NOTES):
                notes[c, t] = chroma[first + t, c]
        for key in range(NOTES):
            paths[:, : length + 2] = 0
            fits[1, :length] = 0
            peaks[:length] = 0
            for i in range(moments):
                fit = fits[i % 2, :length]
                fit[:] = -np.float32(_AGREES)
                for c in range(NOTES):
                    weight = query[i, c]
                    row = notes[(c + key) % NOTES, :length]
                    for t in range(length):
                        fit[t] += weight * row[t]
                _step(
                    paths[i % 3], paths[(i + 2) % 3], paths[(i + 1) % 3],
                    fit, fits[(i + 1) % 2], peaks, length,
                )  # fmt: skip
            best = np.float32(0)
            for t in range(length):
                best = max(best, peaks[t])
            scores[r, key] = best / moments
    return scores


@njit(cache=True, nogil=True, fastmath=True)
def _step(
    now: NDArray[np.float32],
    last: NDArray[np.float32],
    before: NDArray[np.float32],
    fit: NDArray[np.float32],
    fit_last: NDArray[np.float32],
    peaks: NDArray[np.float32],
    length: int,
) -> None:
    """Lengthen all paths by one moment of the clip."""
    bend, zero = np.float32(_BEND), np.float32(0)
    for t in range(length):
        slower = before[t + 1] - bend + min(zero, fit_last[t])
        faster = last[t] - bend
        come = max(zero, last[t + 1], slower, faster)
        value = max(zero, come + fit[t])
        now[t + 2] = value
        peaks[t] = max(peaks[t], value)
