"""From the way of a voice to its notes."""

import itertools

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.extraction.activations import BINS, FRAME_S, LOWEST, Activations
from knowledge.melody.extraction.path import SILENT, VoicePath

_SHORTEST = 5
"""Frames of the shortest note."""
_ONSET = 110
"""A peak of the onsets this high begins a note anew, where it is not near another."""
_APART = 8
"""Frames between two onsets of one pitch."""

Rows = NDArray[np.float32]


def notes_of(path: VoicePath, heard: Activations, strength: NDArray[np.float32]) -> Rows:
    """Return rows of onset, duration (s), pitch and confidence, shape (n, 4).

    Args:
        path: index of the pitch in each frame, or `SILENT`.
        heard: the recording.
        strength: how sure each frame of the path is, 0 to 1, shape (frames,).
    """
    rows = []
    for start, end in _stretches(path):
        pitch = int(path[start])
        cuts = [start, *_struck_again(heard.onset[start:end, pitch], start), end]
        for begin, finish in itertools.pairwise(cuts):
            if finish - begin >= _SHORTEST:
                rows.append((
                    begin * FRAME_S,
                    (finish - begin) * FRAME_S,
                    LOWEST + pitch + _off_pitch(heard, pitch, begin, finish),
                    float(strength[begin:finish].mean()),
                ))  # fmt: skip
    return np.array(rows, np.float32).reshape(-1, 4)


def _stretches(path: VoicePath) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(path)) + 1
    bounds = [0, *edges.tolist(), len(path)]
    pairs = itertools.pairwise(bounds)
    return [(start, end) for start, end in pairs if start < end and path[start] != SILENT]


def _struck_again(onset: NDArray[np.uint8], start: int) -> list[int]:
    peaks: list[int] = []
    for at in range(_APART, len(onset) - _SHORTEST):
        if (
            onset[at] >= _ONSET
            and onset[at] == onset[at - 2 : at + 3].max()
            and (not peaks or start + at - peaks[-1] >= _APART)
        ):
            peaks.append(start + at)
    return peaks


def _off_pitch(heard: Activations, pitch: int, start: int, end: int) -> float:
    """How far a note is from the semitone it was taken for."""
    first = pitch * BINS
    weights = heard.contour[start:end, first : first + BINS].sum(axis=0, dtype=np.float64)
    if weights.sum() <= 0:
        return 0.0
    return float((weights @ np.array([-1.0, 0.0, 1.0])) / weights.sum() / BINS)
