"""Follows the pitch of a voice: swift-f0, octaves repaired, only stretches that are really voiced.

Settings after our own measurements on synthetic hums: runs under 60 ms are dropped, and what lies
more than 19 semitones from the middle of the voice is somebody else.
"""

import threading
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.hum_sound import RATE_HZ, HumSound, frames_of

Pitches: TypeAlias = NDArray[np.float32]
"""MIDI numbers, one a frame; NaN where nothing is sung."""

_SURE: Final = 0.5
"""Calibrated by its makers: voiced from here on."""
_SMOOTH = 3
_SHORTEST_RUN_S = 0.06
_FARTHEST = 19.0
_JUMP = 7.0
"""Semitones between two frames that no voice passes: here a new stretch begins."""
_SLIP_S = 0.25
"""A longer stretch in another octave is meant so."""
_SLIP_GAIN = 8.0
"""So many semitones nearer to its neighbours, taken together, a shifted stretch must come."""


class VoiceTracker:
    """swift-f0, loaded with the first hum; one call at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._detector: Any = None

    def follow(self, sound: HumSound) -> tuple[Pitches, NDArray[np.float32]]:
        """The pitch of each frame, voiced or not, and how sure it is a voice, 0 to 1."""
        with self._lock:
            if self._detector is None:
                from swift_f0 import SwiftF0  # noqa: PLC0415  loads onnxruntime

                self._detector = SwiftF0(threads=1, spin=False)
            heard = self._detector.detect(sound.samples, RATE_HZ)
        count = sound.frames
        pitch = midi(np.maximum(heard.pitch_hz[:count], 1.0))
        return pitch, heard.confidence[:count].astype(np.float32)


def midi(hertz: NDArray[np.floating]) -> Pitches:
    """MIDI numbers of frequencies; 69 is 440 Hz."""
    return (69 + 12 * np.log2(hertz / 440)).astype(np.float32)


def voiced_line(pitch: Pitches, sure: NDArray[np.float32]) -> Pitches:
    """A clean line from what the tracker says about each frame."""
    line = np.where(sure >= _SURE, pitch, np.float32(np.nan)).astype(np.float32)
    line = _without_strangers(_smoothed(line))
    return without_short_runs(_octaves_repaired(line))


def runs(line: Pitches, jump: float = _JUMP) -> list[tuple[int, int]]:
    """Stretches of voiced frames without a jump inside, as (start, end) with end excluded."""
    voiced = np.isfinite(line)
    if not voiced.any():
        return []
    steps = np.abs(np.diff(np.nan_to_num(line)))
    joined = voiced[1:] & voiced[:-1] & (steps < jump)
    edges = np.flatnonzero(~joined) + 1
    starts = np.concatenate([[0], edges])
    ends = np.concatenate([edges, [len(line)]])
    return [
        (int(start), int(end)) for start, end in zip(starts, ends, strict=True) if voiced[start]
    ]


def without_short_runs(line: Pitches, shortest_s: float = _SHORTEST_RUN_S) -> Pitches:
    """Drop what is too short to be sung."""
    kept = line.copy()
    for start, end in runs(line):
        if end - start < frames_of(shortest_s):
            kept[start:end] = np.nan
    return kept


def _smoothed(line: Pitches) -> Pitches:
    """A median over 3 frames that never reaches across a gap or a jump."""
    smooth = line.copy()
    half = _SMOOTH // 2
    for start, end in runs(line):
        if end - start < _SMOOTH:
            smooth[start:end] = np.median(line[start:end])
            continue
        padded = np.pad(line[start:end], half, mode="edge")
        smooth[start:end] = np.median(
            np.lib.stride_tricks.sliding_window_view(padded, _SMOOTH), axis=1
        )
    return smooth


def _without_strangers(line: Pitches) -> Pitches:
    if not np.isfinite(line).any():
        return line
    far = np.abs(line - np.nanmedian(line)) > _FARTHEST
    return np.where(far, np.float32(np.nan), line).astype(np.float32)


def _octaves_repaired(line: Pitches) -> Pitches:
    """Shift short stretches by an octave when that joins them to what is sung around them."""
    repaired = line.copy()
    stretches = runs(line)
    middles = [float(np.median(line[start:end])) for start, end in stretches]
    for index, (start, end) in enumerate(stretches):
        around = np.array(middles[max(0, index - 1) : index] + middles[index + 1 : index + 2])
        off = np.abs(around - middles[index])
        if not len(around) or end - start > frames_of(_SLIP_S) or off.min() < _JUMP:
            continue
        shift = 12.0 if around.mean() > middles[index] else -12.0
        if off.sum() - np.abs(around - middles[index] - shift).sum() >= _SLIP_GAIN:
            repaired[start:end] += np.float32(shift)
            middles[index] += shift
    return repaired
