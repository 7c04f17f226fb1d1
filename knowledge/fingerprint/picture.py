"""For the eyes: a clip's peaks, and the part of it that fits."""

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.contenders import Contender, landmarks_in_clip
from knowledge.fingerprint.models import FRAMES_PER_S, HOP, RATE_HZ, ClipPicture
from knowledge.fingerprint.peaks import LOWEST_HZ, STEPS_PER_OCTAVE, Peaks, find_peaks
from knowledge.fingerprint.spectrum import WINDOW, Spectrogram
from knowledge.fingerprint.verification import fit_over_time

_FIT = 0.35
"""Evidence a landmark of the matched part has more than, on average."""
_DRAWN_PEAKS_PER_S = 40.0


def matched_part(one: Contender, clip: NDArray[np.int8]) -> tuple[float, float]:
    """Seconds of the clip between which it fits: the stretch with most evidence above `_FIT`."""
    values, frames = fit_over_time(clip, one.landmarks, one.alignment)
    if not values.size:
        return 0.0, 0.0
    running = np.concatenate(([0.0], np.cumsum(values - _FIT)))
    lowest = np.minimum.accumulate(running)
    end = int(np.argmax(running - lowest))
    start = int(np.argmin(running[: end + 1]))
    if end == start:
        return 0.0, 0.0
    edge = WINDOW / 2 / RATE_HZ
    last = (clip.shape[0] * HOP + WINDOW) / RATE_HZ
    return (
        max(0.0, float(frames[start]) / FRAMES_PER_S - edge),
        min(last, float(frames[end - 1]) / FRAMES_PER_S + 2 * edge),
    )


def picture_of(seen: Spectrogram, seconds: float, best: Contender | None) -> ClipPicture:
    """The clip's peaks; those near a landmark of the best match are marked."""
    peaks = find_peaks(seen, _DRAWN_PEAKS_PER_S)
    times = (peaks.times * HOP + WINDOW / 2) / RATE_HZ
    hertz = LOWEST_HZ * 2.0 ** (peaks.pitches / STEPS_PER_OCTAVE)
    matched = (
        _near_landmarks(peaks, best) if best is not None else np.zeros(peaks.times.size, np.bool_)
    )
    return ClipPicture(seconds, np.stack((times, hertz), axis=1).astype(np.float32), matched)


def _near_landmarks(peaks: Peaks, best: Contender) -> NDArray[np.bool_]:
    at, steps = landmarks_in_clip(best, peaks)
    in_time = np.abs(peaks.times[:, None] - at) < 3.0
    in_pitch = np.abs(peaks.pitches[:, None] - steps) < 6.0
    marked: NDArray[np.bool_] = np.any(in_time & in_pitch, axis=1)
    return marked
