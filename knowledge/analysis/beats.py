"""Times of the beats, by dynamic programming over the onset strength.

Ellis 2007, "Beat Tracking by Dynamic Programming": beats fall on strong onsets and keep the
distance that the tempo asks for; the best such sequence is found in one pass. Here the tempo may
drift: the distance asked for follows the regularity of the next few seconds.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

_TIGHTNESS = 100.0
"""How much an uneven beat costs, against the strength of onsets."""
_WINDOW_S = 8.0
_HOP_S = 2.0
_WINDOWS_AT_ONCE = 500
"""A long recording is not transformed all at once, to save memory."""
_DRIFT_OCTAVES = 0.4
"""How far the tempo may be from that of the whole recording, both ways."""
_DRIFT_STEPS = 81
_MULTIPLES = 4
_STEADY = 0.35
"""How much a change of tempo by a tenth of an octave in a hop costs, against regularity."""


def beat_times(
    strength: NDArray[np.float64], period: NDArray[np.float64], frames_per_s: float
) -> NDArray[np.float32]:
    """Return when the beats fall, in seconds.

    Args:
        strength: onset strength of each frame, not negative, with a deviation of 1.
        period: frames between two beats around each frame.
        frames_per_s: frames in a second.
    """
    if strength.size < 2:
        return np.zeros(0, np.float32)
    places = _track(strength, period, _TIGHTNESS)
    return (places / frames_per_s).astype(np.float32)


def periods(strength: NDArray[np.float64], bpm: float, frames_per_s: float) -> NDArray[np.float64]:
    """Return how many frames apart beats are around each frame, when the tempo drifts.

    Args:
        strength: onset strength of each frame.
        bpm: tempo of the whole recording.
        frames_per_s: frames in a second.
    """
    beat = frames_per_s * 60 / bpm
    window, hop = round(_WINDOW_S * frames_per_s), round(_HOP_S * frames_per_s)
    if strength.size < 2 * window:
        return np.full(strength.size, beat)
    octaves = np.linspace(-_DRIFT_OCTAVES, _DRIFT_OCTAVES, _DRIFT_STEPS)
    windows = np.lib.stride_tricks.sliding_window_view(strength, window)[::hop]
    regular = np.concatenate(
        [
            _regular(windows[start : start + _WINDOWS_AT_ONCE], beat * 2.0**octaves)
            for start in range(0, len(windows), _WINDOWS_AT_ONCE)
        ]
    )
    path = _steadiest(regular, octaves)
    middles = np.arange(len(windows)) * hop + window / 2
    return np.interp(np.arange(strength.size), middles, beat * 2.0**path)


def _regular(windows: NDArray[np.float64], beats: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how regular each window is at each distance of beats, shape (windows, beats)."""
    from scipy.fft import irfft, next_fast_len, rfft  # noqa: PLC0415 - slow import

    size = windows.shape[1]
    windows = windows - windows.mean(axis=1, keepdims=True)
    length = next_fast_len(2 * size, real=True)
    correlation = irfft(np.abs(rfft(windows, length, axis=1)) ** 2, length, axis=1)[:, :size]
    correlation /= (correlation[:, :1] + 1e-9) * np.maximum(1 - np.arange(size) / size, 0.1)
    regular = np.zeros((len(windows), beats.size))
    for multiple in range(1, _MULTIPLES + 1):
        lag = np.minimum(beats * multiple, size - 2)
        left = lag.astype(np.int64)
        regular += correlation[:, left] * (left + 1 - lag) + correlation[:, left + 1] * (lag - left)
    return regular / _MULTIPLES


def _steadiest(regular: NDArray[np.float64], octaves: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the path through the rows that is regular and changes little (Viterbi)."""
    cost = _STEADY * np.abs(octaves[:, None] - octaves[None, :]) * 10
    score = regular[0].copy()
    before = np.zeros(regular.shape, np.int64)
    for row in range(1, len(regular)):
        options = score[:, None] - cost
        before[row] = options.argmax(axis=0)
        score = options.max(axis=0) + regular[row]
    place = int(score.argmax())
    path = np.zeros(len(regular))
    for row in range(len(regular) - 1, -1, -1):
        path[row] = octaves[place]
        place = int(before[row, place])
    return path


@njit(cache=True, nogil=True)
def _track(
    strength: NDArray[np.float64], period: NDArray[np.float64], tightness: float
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
