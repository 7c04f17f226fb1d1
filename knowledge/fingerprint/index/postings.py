"""Order postings by hash, and choose how finely the directory divides the hashes.

A posting on its way is one uint64, `hash << 32 | frame`: sorting those orders by hash, then frame,
and numpy does it with vector instructions.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import FingerprintRejected
from knowledge.fingerprint.index.layout import MIN_BITS
from knowledge.fingerprint.models import CODE_BYTES, CODE_HOP, HASH_BITS, Fingerprint

Postings: TypeAlias = NDArray[np.uint64]
"""Each `hash << 32 | frame`."""

MAX_FRAMES = 2**32 - 1
"""Frames that one timeline can count: 721 days."""
_FRAME_BITS = np.uint64(32)
_FRAME = np.uint64(MAX_FRAMES)
_BUCKET_SHARE = 32
"""Postings for each bucket of a small segment; a bucket costs a byte on disk."""
_NO_REMAINDERS_FROM = 2**HASH_BITS
"""From so many postings a bucket for each hash costs less than a remainder for each posting."""


def directory_bits(postings: int) -> int:
    """Choose the bits of the directory so that a posting costs little over four or five bytes."""
    if postings >= _NO_REMAINDERS_FROM:
        return HASH_BITS
    return max(MIN_BITS, (postings // _BUCKET_SHARE).bit_length() - 1)


def join(hashes: NDArray[np.unsignedinteger], frames: NDArray[np.unsignedinteger]) -> Postings:
    """Make postings out of hashes and frames, in the same order."""
    joined: Postings = (hashes.astype(np.uint64) << _FRAME_BITS) | frames.astype(np.uint64)
    return joined


def hashes_of(postings: Postings) -> NDArray[np.uint32]:
    """Take the hashes out of postings."""
    return (postings >> _FRAME_BITS).astype(np.uint32)


def frames_of(postings: Postings) -> NDArray[np.uint32]:
    """Take the frames out of postings."""
    return (postings & _FRAME).astype(np.uint32)


def sorted_postings(items: Sequence[Fingerprint], starts: NDArray[np.uint32]) -> Postings:
    """Lay fingerprints on one timeline, the i-th from `starts[i]`, and order their postings."""
    parts = [
        join(item.hashes, np.minimum(item.times, max(item.frames - 1, 0))) + np.uint64(start)
        for item, start in zip(items, starts, strict=False)
    ]
    together = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
    together.sort()
    return together


def check_fingerprint(key: str, item: Fingerprint) -> None:
    """Refuse what would spoil a segment; fingerprints may come from another installation.

    Raises:
        FingerprintRejected: an impossible key, length, hash, time, landmark order or code.
    """
    n = len(item.hashes)
    problem = ""
    if not key or "\0" in key or len(key) > 4096 or not key.isprintable():
        problem = "its name is empty, too long or not printable"
    elif not 0 <= item.frames <= MAX_FRAMES // 2:
        problem = "its length is impossible"
    elif item.times.shape != (n,) or item.hashes.shape != (n,) or item.landmarks.ndim != 1:
        problem = "its parts have wrong shapes"
    elif n and (not item.frames or int(item.times.max()) > item.frames + CODE_HOP):
        problem = "a time lies beyond its end"  # a little beyond is the last frame's
    elif n and int(item.hashes.max()) >> HASH_BITS:
        problem = "a hash is out of range"
    elif item.codes.ndim != 2 or item.codes.shape[1] != CODE_BYTES:
        problem = "its codes have the wrong shape"
    elif len(item.landmarks) > 1 and bool(np.any(item.landmarks[1:] < item.landmarks[:-1])):
        problem = "its landmarks are not in order"
    if problem:
        raise FingerprintRejected(f"The fingerprint of {key[:80]!r} cannot be stored: {problem}.")
