"""Verification: how well do a recording's landmarks lie on the peaks of a clip?

Not the peaks that were picked in the clip are compared but its whole spectrogram: at each place
where the recording has a landmark, what does the clip have there, against what it has elsewhere
in that moment and at that pitch? The sum over all landmarks is close to a standard normal variable
where clip and recording have nothing to do with each other, whatever the noise.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from knowledge.fingerprint.models import Words32
from knowledge.fingerprint.peaks import STEPS_PER_OCTAVE
from knowledge.fingerprint.spectrum import LOWEST_BIN, Spectrogram

PITCH_BITS = 10
_PITCH_MASK = (1 << PITCH_BITS) - 1
_UNIT = 16.0
"""Evidence is kept in sixteenths of its standard deviation."""
PITCH_PAD = 64
_BIN_OF_PITCH = np.round(
    LOWEST_BIN * 2.0 ** (np.arange(-PITCH_PAD, (1 << PITCH_BITS) + PITCH_PAD) / STEPS_PER_OCTAVE)
    - LOWEST_BIN
).astype(np.int32)
"""Spectrogram bin of each pitch step, from -PITCH_PAD on."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a clip lies on a recording.

    Attributes:
        offset: frame of the recording at which the clip begins.
        scale: frames of the recording in one of the clip; above 1 the clip is faster.
        pitch_steps: pitch of the clip above the recording's, in steps of `STEPS_PER_OCTAVE`.
        score: mean evidence times the root of the number of landmarks; about 0.8 is its standard
            deviation by chance.
        landmarks: of the recording within the clip.
    """

    offset: float
    scale: float
    pitch_steps: int
    score: float
    landmarks: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How far around a first guess an alignment is sought.

    Attributes:
        frames: to both sides of the offset.
        scale_steps: to both sides of the scale, of 1 %.
        pitch_steps: to both sides of the pitch.
    """

    frames: float
    scale_steps: int
    pitch_steps: int


def evidence(spectrogram: Spectrogram) -> NDArray[np.int8]:
    """Turn a clip's spectrogram into evidence for a landmark at each place, shape (frames, bins).

    The best of a small neighbourhood counts; then each moment and each pitch has mean 0, so that
    neither a beat nor a held note alone is evidence.
    """
    made: NDArray[np.int8] = _evidence(spectrogram.values)
    return made


def align(
    clip: NDArray[np.int8],
    landmarks: Words32,
    *,
    offset: float,
    scale: float,
    pitch_steps: int,
    reach: Reach,
) -> Alignment:
    """Find how a clip lies best on a recording near a first guess.

    Args:
        clip: evidence of the clip.
        landmarks: of the recording.
        offset: frame of the recording at which the clip may begin.
        scale: frames of the recording in one of the clip.
        pitch_steps: pitch of the clip above the recording's.
        reach: how far from that to look.
    """
    found = _align(
        clip,
        landmarks,
        float(offset),
        float(scale),
        int(pitch_steps),
        float(reach.frames),
        reach.scale_steps,
        reach.pitch_steps,
        _BIN_OF_PITCH,
    )
    return Alignment(*found)


def chance(
    clip: NDArray[np.int8], landmarks: Words32, offsets: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Score the clip at places that have nothing to do with it, shape (len(offsets),)."""
    scores: NDArray[np.float64] = _chance(clip, landmarks, offsets, _BIN_OF_PITCH)
    return scores


def fit_over_time(
    clip: NDArray[np.int8], landmarks: Words32, alignment: Alignment
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Return the evidence of each landmark within the clip, and the clip's frame it falls on."""
    values, frames = _fit_over_time(
        clip,
        landmarks,
        alignment.offset,
        alignment.scale,
        alignment.pitch_steps,
        _BIN_OF_PITCH,
    )
    return values, frames


@njit(cache=True, nogil=True, fastmath=True)
def _evidence(values: NDArray[np.float32]) -> NDArray[np.int8]:
    frames, bins = values.shape
    low, high = np.float32(-1.5), np.float32(2.5)
    mean = np.zeros(bins, np.float32)
    rows = np.zeros(frames, np.float32)
    for t in range(frames):
        for f in range(bins):
            rows[t] += values[t, f]
        rows[t] /= bins
        for f in range(bins):
            mean[f] += values[t, f] - rows[t]
    mean /= max(frames, 1)
    variance = np.zeros(bins, np.float32)
    work = np.empty((frames, bins), np.float32)
    for t in range(frames):
        for f in range(bins):
            value = min(high, max(low, values[t, f] - rows[t] - mean[f]))
            work[t, f] = value
            variance[f] += value * value
    scale = np.float32(1.0) / (np.sqrt(variance / max(frames, 1)) + np.float32(0.1))
    for t in range(frames):
        for f in range(bins):
            work[t, f] *= scale[f]
    across = np.empty((frames, bins), np.float32)
    for t in range(frames):
        for f in range(bins):
            before, after = max(f - 1, 0), min(f + 1, bins - 1)
            across[t, f] = max(work[t, before], work[t, f], work[t, after])
    mean[:] = 0.0
    for t in range(frames):
        before, after = max(t - 1, 0), min(t + 1, frames - 1)
        row = np.float32(0.0)
        for f in range(bins):
            value = max(across[before, f], across[t, f], across[after, f])
            work[t, f] = value
            row += value
        row /= bins
        for f in range(bins):
            work[t, f] -= row
            mean[f] += work[t, f]
    mean /= max(frames, 1)
    variance[:] = 0.0
    for t in range(frames):
        for f in range(bins):
            work[t, f] -= mean[f]
            variance[f] += work[t, f] * work[t, f]
    scale = np.float32(_UNIT) / (np.sqrt(variance / max(frames, 1)) + np.float32(0.1))
    out = np.empty((frames, bins), np.int8)
    for t in range(frames):
        for f in range(bins):
            value = work[t, f] * scale[f]
            out[t, f] = np.int8(min(np.float32(127.0), max(np.float32(-127.0), value)))
    return out


@njit(cache=True, nogil=True)
def _first(landmarks: Words32, frame: float) -> int:
    """The first landmark at or after `frame`."""
    low, high = 0, landmarks.size
    while low < high:
        middle = (low + high) // 2
        if (landmarks[middle] >> PITCH_BITS) < frame:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True, nogil=True)
def _score(
    clip: NDArray[np.int8],
    landmarks: Words32,
    first: int,
    last: int,
    step: int,
    offset: float,
    scale: float,
    pitch_steps: int,
    bin_of_pitch: NDArray[np.int32],
) -> tuple[float, int]:
    """Mean evidence times the root of the number of landmarks that fall into the clip."""
    frames, bins = clip.shape
    total, n = 0, 0
    inverse = 1.0 / scale
    shift = pitch_steps + PITCH_PAD
    for i in range(first, last, step):
        word = np.int64(landmarks[i])
        t = int(np.floor(((word >> PITCH_BITS) - offset) * inverse + 0.5))
        f = bin_of_pitch[(word & _PITCH_MASK) + shift]
        if 0 <= t < frames and 0 <= f < bins:
            total += clip[t, f]
            n += 1
    # A few landmarks more, so that a handful that fits by chance counts for little.
    return total / np.sqrt(n + 4.0) / _UNIT, n


@njit(cache=True, nogil=True)
def _align(
    clip: NDArray[np.int8],
    landmarks: Words32,
    offset: float,
    scale: float,
    pitch_steps: int,
    half_offset: float,
    half_scale: int,
    half_pitch: int,
    bin_of_pitch: NDArray[np.int32],
) -> tuple[float, float, int, float, int]:
    frames = clip.shape[0]
    first = _first(landmarks, offset - half_offset - 0.05 * frames)
    last = _first(landmarks, offset + half_offset + frames * scale * 1.05)
    if last - first < 8:
        return offset, scale, pitch_steps, 0.0, 0
    # A grid, on some of the landmarks.
    step = max(1, (last - first) // 64)
    top = -1e9
    o, s, p = offset, scale, pitch_steps
    for scale_step in range(-half_scale, half_scale + 1):
        tried = scale * (1.0 + 0.01 * scale_step)
        # The middle of the clip stays where it is.
        shift = 0.5 * frames * (scale - tried)
        for pitch_step in range(-half_pitch, half_pitch + 1):
            move = -half_offset
            while move <= half_offset:
                value, _ = _score(
                    clip,
                    landmarks,
                    first,
                    last,
                    step,
                    offset + move + shift,
                    tried,
                    pitch_steps + pitch_step,
                    bin_of_pitch,
                )
                if value > top:
                    top = value
                    o, s, p = offset + move + shift, tried, pitch_steps + pitch_step
                move += 2.0
    # Uphill from the best, on all of them: in time alone, or in tempo and pitch too.
    o, s, p, top, n = _climb(clip, landmarks, first, last, o, s, p, 2, bin_of_pitch)
    if half_scale or half_pitch:
        return _climb(clip, landmarks, first, last, o, s, p, 6, bin_of_pitch)
    return o, s, p, top, n


@njit(cache=True, nogil=True)
def _climb(
    clip: NDArray[np.int8],
    landmarks: Words32,
    first: int,
    last: int,
    offset: float,
    scale: float,
    pitch_steps: int,
    ways: int,
    bin_of_pitch: NDArray[np.int32],
) -> tuple[float, float, int, float, int]:
    """Take the best of ever smaller steps: in offset (2 ways), scale (4) and pitch (6)."""
    frames = clip.shape[0]
    o, s, p = offset, scale, pitch_steps
    top, n = _score(clip, landmarks, first, last, 1, o, s, p, bin_of_pitch)
    step_offset, step_scale = 2.0, 0.004
    for _ in range(4):
        for _ in range(6):
            improved = False
            for way in range(ways):
                o2, s2, p2 = o, s, p
                if way < 2:
                    o2 = o + step_offset * (1 - 2 * way)
                elif way < 4:
                    s2 = s * (1.0 + step_scale * (5 - 2 * way))
                    o2 = o + 0.5 * frames * (s - s2)
                else:
                    p2 = p + 9 - 2 * way
                    if abs(p2) >= PITCH_PAD:
                        continue
                value, m = _score(clip, landmarks, first, last, 1, o2, s2, p2, bin_of_pitch)
                if value > top + 1e-6:
                    top, o, s, p, n = value, o2, s2, p2, m
                    improved = True
            if not improved:
                break
        step_offset *= 0.5
        step_scale *= 0.5
    return o, s, p, top, n


@njit(cache=True, nogil=True)
def _chance(
    clip: NDArray[np.int8],
    landmarks: Words32,
    offsets: NDArray[np.float64],
    bin_of_pitch: NDArray[np.int32],
) -> NDArray[np.float64]:
    scores = np.zeros(offsets.size, np.float64)
    for i in range(offsets.size):
        first = _first(landmarks, offsets[i])
        last = _first(landmarks, offsets[i] + clip.shape[0])
        value, _ = _score(clip, landmarks, first, last, 1, offsets[i], 1.0, 0, bin_of_pitch)
        scores[i] = value
    return scores


@njit(cache=True, nogil=True)
def _fit_over_time(
    clip: NDArray[np.int8],
    landmarks: Words32,
    offset: float,
    scale: float,
    pitch_steps: int,
    bin_of_pitch: NDArray[np.int32],
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    frames, bins = clip.shape
    first = _first(landmarks, offset - scale)
    last = _first(landmarks, offset + frames * scale + scale)
    values = np.empty(max(last - first, 0), np.float32)
    times = np.empty(max(last - first, 0), np.int32)
    n = 0
    for i in range(first, last):
        word = np.int64(landmarks[i])
        t = int(np.floor(((word >> PITCH_BITS) - offset) / scale + 0.5))
        f = bin_of_pitch[(word & _PITCH_MASK) + pitch_steps + PITCH_PAD]
        if 0 <= t < frames and 0 <= f < bins:
            values[n] = clip[t, f] / _UNIT
            times[n] = t
            n += 1
    return values[:n], times[:n]
