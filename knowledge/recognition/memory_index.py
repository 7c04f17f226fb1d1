"""A few hundred short fingerprints as an index in memory, made anew whenever they change.

Clips that a user may erase at any moment are in the database alone: no file keeps a copy of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.models import (
    CODE_BYTES,
    HASH_BITS,
    Codes,
    Fingerprint,
    SegmentView,
    Words32,
)

_GAP = 256
"""Frames between two clips on the timeline."""
_STRANGERS = 24
"""What a clip scores by chance is measured on this many made-up clips, so that a right one among
few stored ones does not count as chance."""
_PITCH_BITS = 10
_STRANGER_FRAMES = 2_000


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


class MemoryIndex:
    """Holds clips to be searched; what `segments` returned stays as it was."""

    def __init__(self, clips: Mapping[str, Fingerprint]) -> None:
        self.keys = tuple(clips)
        self._segments: tuple[SegmentView, ...] = ()
        if clips:
            names = (*clips, *(f"stranger {number}" for number in range(_STRANGERS)))
            items = (*clips.values(), *_strangers(tuple(clips.values())))
            self._segments = (_segment(names, items),)

    def segments(self) -> Sequence[SegmentView]:
        return self._segments


def _segment(names: Sequence[str], items: Sequence[Fingerprint]) -> SegmentView:
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
        keys=tuple(names),
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


def _strangers(items: Sequence[Fingerprint]) -> list[Fingerprint]:
    """Clips with the pitches of real ones at random times; without hashes, so never found."""
    random = np.random.default_rng(0)
    pitches = np.concatenate([item.landmarks for item in items]) & ((1 << _PITCH_BITS) - 1)
    if not pitches.size:
        pitches = np.arange(100, 900, dtype=np.uint32)
    frames = max(_STRANGER_FRAMES, *(item.frames for item in items))
    strangers = []
    for _ in range(_STRANGERS):
        at = random.integers(0, frames, frames // 2).astype(np.uint32)
        landmarks = at << _PITCH_BITS | random.choice(pitches, at.size)
        strangers.append(
            Fingerprint(
                frames=frames,
                hashes=np.empty(0, np.uint32),
                times=np.empty(0, np.uint32),
                landmarks=np.sort(landmarks).astype(np.uint32),
                codes=np.empty((0, CODE_BYTES), np.uint8),
            )
        )
    return strangers
