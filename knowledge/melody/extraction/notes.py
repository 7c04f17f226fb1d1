"""From the way of a voice to its notes."""

import itertools

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.extraction.activations import BINS, FRAME_S, LOWEST, Activations
from knowledge.melody.extraction.path import SILENT, VoicePath
from knowledge.melody.extraction.strikes import strikes_of

_SHORTEST = 5
"""Frames of the shortest note."""

Rows = NDArray[np.float32]


def notes_of(path: VoicePath, heard: Activations, strength: NDArray[np.float32]) -> Rows:
    """Return rows of onset, duration (s), pitch and confidence, shape (n, 4).

    Args:
        path: index of the pitch in each frame, or `SILENT`.
        heard: the recording.
        strength: how sure each frame of the path is, 0 to 1, shape (frames,).
    """
    rows = []
    for start, end in stretches(path):
        pitch = int(path[start])
        cuts = [start, *strikes_of(heard, strength, pitch, start, end), end]
        for begin, finish in itertools.pairwise(cuts):
            if finish - begin >= _SHORTEST:
                rows.append((
                    begin * FRAME_S,
                    (finish - begin) * FRAME_S,
                    LOWEST + pitch + _off_pitch(heard, pitch, begin, finish),
                    float(strength[begin:finish].mean()),
                ))  # fmt: skip
    return np.array(rows, np.float32).reshape(-1, 4)


def stretches(path: VoicePath) -> list[tuple[int, int]]:
    """First frame and frame after the last of every stretch of one pitch."""
    edges = np.flatnonzero(np.diff(path)) + 1
    bounds = [0, *edges.tolist(), len(path)]
    pairs = itertools.pairwise(bounds)
    return [(start, end) for start, end in pairs if start < end and path[start] != SILENT]


def _off_pitch(heard: Activations, pitch: int, start: int, end: int) -> float:
    """How far a note is from the semitone it was taken for."""
    first = pitch * BINS
    weights = heard.contour[start:end, first : first + BINS].sum(axis=0, dtype=np.float64)
    if weights.sum() <= 0:
        return 0.0
    return float((weights @ np.array([-1.0, 0.0, 1.0])) / weights.sum() / BINS)
