"""Follows a whistle: one strong peak in the spectrum, without the harmonics of a voice.

Voice trackers hear many whistles an octave low and none above 2 kHz; the highest peak of the
spectrum cannot err like that. The path through the peaks of each frame is found as in McAulay and
Quatieri 1986, "Speech analysis/synthesis based on a sinusoidal representation", but for a single
partial and with the best path over the whole clip (Viterbi 1967).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.hum_sound import BIN_HZ, HIGHEST_HZ, frames_of
from knowledge.melody.pitch import Pitches, midi, without_short_runs

LOWEST_HZ: Final = 200.0
_PEAKS = 4
"""Candidates in each frame."""
_HALF_LOBE = 5
"""Bins on each side of a peak that belong to it: the main lobe of the window."""
_PURE_DB, _BELOW_DB = 3.0, -12.0
"""From here on a frame is one pure tone, and no harmonic of a voice."""
_HELD_DB, _FAINT = -5.0, 10**-2.5
"""Once it is a whistle: what still belongs to it, also against the level of its loud frames."""
_LOWEST_WHISTLE = 67.0
"""About 390 Hz, the middle of a clip; a voice that high has harmonics."""
_ABOVE_DB = -17.0
_ENOUGH_S = 0.3
_NEAR_CENTS = 50.0
_LEAP_COST = 0.25
"""For each semitone between two frames, in nepers of power."""
_MAX_LEAP_COST = 3.0
_TINY = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class ToneTrack:
    """The strongest single tone of every frame."""

    pitch: Pitches
    """Of every frame, tonal or not."""
    tonal_db: NDArray[np.float32]
    """Power of the tone over all the rest of the band, dB."""
    below_db: NDArray[np.float32]
    """Power at a half, a third and two thirds of the frequency over that of the tone, dB: high when
    the tone is but a harmonic of a voice."""
    above_db: NDArray[np.float32]
    """Power at twice the frequency over that of the tone, dB: some 10 dB higher with a voice."""
    power: NDArray[np.float32]


def follow_tone(power: NDArray[np.float32]) -> ToneTrack:
    """Follow the strongest tone through spectra, shape (frames, bins) with bins of `BIN_HZ`."""
    low = int(LOWEST_HZ / BIN_HZ)
    high = min(int(HIGHEST_HZ / BIN_HZ), power.shape[1] - 2)
    bins = _path(*_peaks(power, low, high))
    hertz = _refined(power, bins)
    half = np.maximum(_HALF_LOBE, hertz * (2 ** (_NEAR_CENTS / 1200) - 1) / BIN_HZ)
    sums = np.concatenate(
        [np.zeros((len(power), 1)), np.cumsum(power, axis=1, dtype=np.float64)], axis=1
    )
    near = _between(sums, bins - half, bins + half + 1)
    band = sums[:, high] - sums[:, low]
    below = np.zeros(len(power))
    for share in (1 / 2, 1 / 3, 2 / 3):
        centre = hertz * share / BIN_HZ
        below = np.maximum(below, _between(sums, centre - _HALF_LOBE, centre + _HALF_LOBE + 1))
    octave = 2 * hertz / BIN_HZ
    above = _between(sums, octave - _HALF_LOBE, octave + _HALF_LOBE + 1)
    return ToneTrack(
        pitch=midi(hertz),
        tonal_db=_decibels(near, np.maximum(band - near, 0)),
        below_db=_decibels(below, near),
        above_db=_decibels(above, near),
        power=near.astype(np.float32),
    )


def whistled_line(track: ToneTrack) -> Pitches:
    """The pitch where one tone stands out; NaN elsewhere."""
    loud = np.percentile(track.power, 90) if len(track.power) else 0.0
    heard = (track.tonal_db >= _HELD_DB) & (track.power > _FAINT * loud)
    line = np.where(heard, track.pitch, np.float32(np.nan)).astype(np.float32)
    return without_short_runs(line)


def whistle_share(track: ToneTrack) -> float:
    """Which share of the sounding frames is one pure tone and no voice, 0 to 1."""
    if not len(track.power):
        return 0.0
    sounding = track.power > 10**-2 * np.percentile(track.power, 95)
    if sounding.sum() < frames_of(_ENOUGH_S):
        return 0.0
    if (
        np.median(track.pitch[sounding]) < _LOWEST_WHISTLE
        or np.median(track.above_db[sounding]) > _ABOVE_DB
    ):
        return 0.0
    pure = (track.tonal_db >= _PURE_DB) & (track.below_db < _BELOW_DB)
    return float(np.mean(pure[sounding]))


def _peaks(
    power: NDArray[np.float32], low: int, high: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Bins of the strongest local maxima, shape (frames, 4), and the log of their power."""
    inside = power[:, low:high]
    top = (inside >= power[:, low - 1 : high - 1]) & (inside > power[:, low + 1 : high + 1])
    left = np.where(top, inside, 0)
    rows = np.arange(len(left))
    best = np.zeros((len(left), _PEAKS), np.int64)
    strength = np.zeros((len(left), _PEAKS))
    for rank in range(_PEAKS):  # several times faster than a partition of all bins
        best[:, rank] = np.argmax(left, axis=1)
        strength[:, rank] = left[rows, best[:, rank]]
        left[rows, best[:, rank]] = 0
    return best + low, np.log(strength + _TINY)


def _path(bins: NDArray[np.int64], strength: NDArray[np.float64]) -> NDArray[np.int64]:
    """The bin of each frame on the best path, shape (frames,)."""
    count = len(bins)
    if not count:
        return np.zeros(0, np.int64)
    pitch = 12 * np.log2(bins)
    strength = strength - strength.max(axis=1, keepdims=True)
    score = strength[0]
    back = np.zeros(bins.shape, np.int64)
    for frame in range(1, count):
        leap = np.abs(pitch[frame][:, None] - pitch[frame - 1][None, :])
        total = score[None, :] - np.minimum(leap * _LEAP_COST, _MAX_LEAP_COST)
        back[frame] = np.argmax(total, axis=1)
        score = strength[frame] + total.max(axis=1)
    chosen = np.zeros(count, np.int64)
    at = int(np.argmax(score))
    for frame in range(count - 1, -1, -1):
        chosen[frame] = bins[frame, at]
        at = int(back[frame, at])
    return chosen


def _refined(power: NDArray[np.float32], bins: NDArray[np.int64]) -> NDArray[np.float64]:
    """Hertz at the top of a parabola through the log power of three bins."""
    frames = np.arange(len(bins))
    left, middle, right = (
        np.log(power[frames, bins + offset].astype(np.float64) + _TINY) for offset in (-1, 0, 1)
    )
    curve = left - 2 * middle + right
    shift = np.where(curve < 0, 0.5 * (left - right) / np.where(curve < 0, curve, -1.0), 0.0)
    shift = np.clip(shift, -0.5, 0.5)
    return np.asarray((bins + shift) * BIN_HZ, np.float64)


def _between(
    sums: NDArray[np.float64], start: NDArray[Any], end: NDArray[Any]
) -> NDArray[np.float64]:
    """Power between two bins of each frame, from sums along the bins."""
    rows = np.arange(len(sums))
    last = sums.shape[1] - 1
    first = np.clip(np.round(start), 0, last).astype(np.int64)
    stop = np.clip(np.round(end), 0, last).astype(np.int64)
    between: NDArray[np.float64] = sums[rows, stop] - sums[rows, first]
    return between


def _decibels(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float32]:
    return (10 * np.log10((one + _TINY) / (other + _TINY))).astype(np.float32)
