"""A part of a fingerprint index that is kept in memory."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.models import HASH_BITS, Codes, Fingerprint, Words32


@dataclass(frozen=True)
class HeldSegment:
    keys: tuple[str, ...]
    starts: Words32
    alive: NDArray[np.bool_]
    bits: int
    directory: Words32
    remainders: NDArray[np.uint8]
    postings: Words32
    landmarks: Words32
    landmark_starts: NDArray[np.uint64]
    codes: Codes
    code_starts: NDArray[np.uint64]


def held_segment(fingerprints: Mapping[str, Fingerprint]) -> HeldSegment:
    """Lay fingerprints out as an index does."""
    prints = list(fingerprints.values())
    starts = np.concatenate(([0], np.cumsum([one.frames for one in prints]))).astype(np.uint32)
    hashes = np.concatenate([one.hashes for one in prints])
    frames = np.concatenate(
        [one.times + start for one, start in zip(prints, starts, strict=False)]
    ).astype(np.uint32)
    order = np.lexsort((frames, hashes))
    return HeldSegment(
        keys=tuple(fingerprints),
        starts=starts,
        alive=np.ones(len(prints), np.bool_),
        bits=HASH_BITS,
        directory=np.searchsorted(hashes[order], np.arange(2**HASH_BITS + 1)).astype(np.uint32),
        remainders=np.empty(0, np.uint8),
        postings=frames[order],
        landmarks=np.concatenate([one.landmarks for one in prints]),
        landmark_starts=_ends([one.landmarks.size for one in prints]),
        codes=np.concatenate([one.codes for one in prints]),
        code_starts=_ends([len(one.codes) for one in prints]),
    )


def _ends(sizes: list[int]) -> NDArray[np.uint64]:
    return np.concatenate(([0], np.cumsum(sizes))).astype(np.uint64)
