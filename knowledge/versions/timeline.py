"""The chroma of a whole index, in memory: 5 kB a minute of music."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.models import SegmentView
from knowledge.versions.chroma import NOTES, chroma_of

_COARSE = 2
"""Moments that are one moment of the coarse chroma."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Chroma of recordings, one after the other.

    Attributes:
        keys: the recordings.
        chroma: shape (n, NOTES).
        starts: row at which each recording begins, and the end, shape (r + 1,).
    """

    keys: tuple[str, ...]
    chroma: NDArray[np.int8]
    starts: NDArray[np.int64]

    def recordings(self) -> tuple[NDArray[np.int8], ...]:
        """The chroma of each recording, views."""
        bounds = zip(self.starts[:-1], self.starts[1:], strict=True)
        return tuple(self.chroma[first:end] for first, end in bounds)

    def part(self, numbers: Sequence[int] | NDArray[np.int64]) -> "Timeline":
        """Only these recordings, in this order."""
        recordings = self.recordings()
        return joined([self.keys[n] for n in numbers], [recordings[n] for n in numbers])

    def coarse(self) -> "Timeline":
        """The same at half the resolution in time."""
        return joined(self.keys, [coarse(one) for one in self.recordings()])


def joined(keys: Sequence[str], rows: Sequence[NDArray[np.int8]]) -> Timeline:
    """Put recordings one after the other."""
    empty = np.empty((0, NOTES), np.int8)
    starts = np.cumsum([0, *(len(one) for one in rows)], dtype=np.int64)
    return Timeline(tuple(keys), np.concatenate((empty, *rows)), starts)


def timeline_of(segment: SegmentView) -> Timeline:
    """Make the chroma of those recordings of a segment that were not removed."""
    keys, rows = [], []
    for number in np.flatnonzero(segment.alive).tolist():
        first, last = segment.landmark_starts[number], segment.landmark_starts[number + 1]
        frames = int(segment.starts[number + 1]) - int(segment.starts[number])
        keys.append(segment.keys[number])
        rows.append(chroma_of(segment.landmarks[int(first) : int(last)], frames))
    return joined(keys, rows)


def coarse(chroma: NDArray[np.int8]) -> NDArray[np.int8]:
    """Join every two moments; a last single one is dropped."""
    count = max(1, len(chroma) // _COARSE)
    whole = chroma[: count * _COARSE].astype(np.int16)
    if len(whole) < _COARSE:
        return chroma
    mean: NDArray[np.int8] = (whole.reshape(count, _COARSE, NOTES).sum(axis=1) // _COARSE).astype(
        np.int8
    )
    return mean
