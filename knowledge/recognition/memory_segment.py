"""A few hundred fingerprints as one part of an index, in memory and made anew when they change."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.models import (
    HASH_BITS,
    Codes,
    Fingerprint,
    SegmentView,
    Words32,
)

_GAP = 256
"""Frames between two recordings on the timeline."""


@dataclass(frozen=True, slots=True)
class MemorySegment:
    """A `SegmentView` of plain arrays."""

    keys: tuple[str, ...]
    starts: Words32
    alive: NDArray[np.bool_]
    bits: int
    directory: NDArray[np.uint32]
    remainders: NDArray[np.uint8]
    postings: Words32
    landmarks: Words32
    landmark_starts: NDArray[np.uint64]
    codes: Codes
    code_starts: NDArray[np.uint64]


def segment_of(keys: Sequence[str], items: Sequence[Fingerprint]) -> SegmentView:
    """Lay out fingerprints, at least one, to be searched."""
    starts = np.zeros(len(items) + 1, np.uint32)
    np.cumsum([item.frames + _GAP for item in items], out=starts[1:])
    hashes = np.concatenate([item.hashes for item in items])
    frames = np.concatenate(
        [item.times + start for item, start in zip(items, starts[:-1], strict=True)]
    ).astype(np.uint32)
    order = np.lexsort((frames, hashes))
    directory = np.zeros((1 << HASH_BITS) + 1, np.uint32)
    np.cumsum(np.bincount(hashes, minlength=1 << HASH_BITS), out=directory[1:])
    return MemorySegment(
        keys=tuple(keys),
        starts=starts,
        alive=np.ones(len(items), np.bool_),
        bits=HASH_BITS,
        directory=directory,
        remainders=np.empty(0, np.uint8),
        postings=frames[order],
        landmarks=np.concatenate([item.landmarks for item in items]),
        landmark_starts=_edges([item.landmarks.size for item in items]),
        codes=np.concatenate([item.codes for item in items]),
        code_starts=_edges([len(item.codes) for item in items]),
    )


def _edges(sizes: Sequence[int]) -> NDArray[np.uint64]:
    edges = np.zeros(len(sizes) + 1, np.uint64)
    np.cumsum(sizes, out=edges[1:])
    return edges
