"""Times of the beats, by dynamic programming over the onset strength.

Ellis 2007, "Beat Tracking by Dynamic Programming": beats fall on strong onsets and keep the
distance that the tempo asks for; the best such sequence is found in one pass.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

_TIGHTNESS = 120.0
"""How much an uneven beat costs, against the strength of onsets."""


def beat_times(
    strength: NDArray[np.float32], period: NDArray[np.float32], frames_per_s: float
) -> NDArray[np.float32]:
    """Return when the beats fall, in seconds.

    Args:
        strength: onset strength of each frame, not negative, scaled to a deviation of about 1.
        period: frames between two beats around each frame.
        frames_per_s: frames in a second.
    """
    if strength.size < 2:
        return np.zeros(0, np.float32)
    places = _track(strength.astype(np.float32), period.astype(np.float32), _TIGHTNESS)
    return (places / np.float32(frames_per_s)).astype(np.float32)


@njit(cache=True, nogil=True)
def _track(
    strength: NDArray[np.float32], period: NDArray[np.float32], tightness: float
) -> NDArray[np.int64]:
    count = strength.size
    score = np.zeros(count)
    before = np.full(count, -1, np.int64)
    for frame in range(count):
        beat = period[frame]
        first = frame - int(2 * beat)
        last = frame - int(beat / 2)
        best, place = 0.0, -1
        for earlier in range(max(first, 0), last + 1):
            uneven = np.log((frame - earlier) / beat)
            value = score[earlier] - tightness * uneven * uneven
            if value > best:
                best, place = value, earlier
        score[frame] = strength[frame] + best
        before[frame] = place
    # The last beat is the best-scored frame of the last one and a half periods.
    end = count - 1
    begin = max(0, count - int(1.5 * period[count - 1]))
    for frame in range(begin, count):
        if score[frame] > score[end]:
            end = frame
    found = np.zeros(count, np.int64)
    number = 0
    while end >= 0:
        found[number] = end
        number += 1
        end = before[end]
    return found[:number][::-1].copy()
