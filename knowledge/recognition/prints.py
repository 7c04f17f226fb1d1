"""Fingerprints as bytes, for rows and packs. Nothing that is read is believed before it is checked.

Layout, little-endian: "RFP1", the fingerprint version (2 bytes), 2 reserved bytes, then four
4-byte counts (frames, hashes, landmarks, codes), and zlib data of: hashes, differences of their
times, differences of the landmarks (4 bytes each), and the codes (`CODE_BYTES` each).
"""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import PackRejected
from knowledge.fingerprint.models import (
    CODE_BYTES,
    CODE_HOP,
    FINGERPRINT_VERSION,
    FRAMES_PER_S,
    HASH_BITS,
    TIME_BITS,
    Fingerprint,
)

_MAGIC = b"RFP1"
_HEAD = struct.Struct("<4sHHIIII")
_BIN_BITS = 10
_MAX_FRAMES = 1 << TIME_BITS
_MAX_PER_S = 2_000
"""No honest fingerprint has more hashes or landmarks in a second."""
_SPARE = 10_000
"""And so many more, which short clips may need."""


def to_bytes(fingerprint: Fingerprint) -> bytes:
    """Pack a fingerprint: about 2 KB for ten seconds of clip, 30 KB for a minute."""
    order = np.argsort(fingerprint.times, kind="stable")
    body = b"".join(
        (
            fingerprint.hashes[order].astype("<u4").tobytes(),
            _differences(fingerprint.times[order]),
            _differences(fingerprint.landmarks),
            fingerprint.codes.astype(np.uint8).tobytes(),
        )
    )
    counts = (
        fingerprint.frames,
        fingerprint.hashes.size,
        fingerprint.landmarks.size,
        len(fingerprint.codes),
    )
    return _HEAD.pack(_MAGIC, FINGERPRINT_VERSION, 0, *counts) + zlib.compress(body, 6)


def from_bytes(data: bytes) -> Fingerprint:
    """Unpack and check a fingerprint.

    Raises:
        PackRejected: damaged, absurd, or of another version.
    """
    if len(data) < _HEAD.size:
        raise PackRejected("A fingerprint is cut short.")
    magic, version, _, frames, hashes, landmarks, codes = _HEAD.unpack_from(data)
    if magic != _MAGIC:
        raise PackRejected("This is not a fingerprint.")
    if version != FINGERPRINT_VERSION:
        raise PackRejected(
            f"The fingerprints are of version {version}; this Refrain reads {FINGERPRINT_VERSION}."
        )
    most = _SPARE + int(frames / FRAMES_PER_S * _MAX_PER_S)
    if frames >= _MAX_FRAMES or max(hashes, landmarks) > most or codes > frames // CODE_HOP + 2:
        raise PackRejected("A fingerprint is larger than any recording's.")
    size = 8 * hashes + 4 * landmarks + CODE_BYTES * codes
    body = _unzipped(data[_HEAD.size :], size)
    words = np.frombuffer(body, "<u4", 2 * hashes + landmarks)
    fingerprint = Fingerprint(
        frames=frames,
        hashes=words[:hashes].astype(np.uint32),
        times=_sums(words[hashes : 2 * hashes]),
        landmarks=_sums(words[2 * hashes :]),
        codes=np.frombuffer(body, np.uint8, offset=words.nbytes).reshape(codes, CODE_BYTES).copy(),
    )
    _check(fingerprint)
    return fingerprint


def _check(fingerprint: Fingerprint) -> None:
    frames = fingerprint.frames
    if fingerprint.hashes.size and int(fingerprint.hashes.max()) >= 1 << HASH_BITS:
        raise PackRejected("A fingerprint holds impossible hashes.")
    if fingerprint.times.size and int(fingerprint.times.max()) >= frames:
        raise PackRejected("A fingerprint holds impossible times.")
    # Landmarks may lie a little beyond the last whole frame.
    last = frames + CODE_HOP
    if fingerprint.landmarks.size and int(fingerprint.landmarks.max()) >> _BIN_BITS > last:
        raise PackRejected("A fingerprint holds impossible landmarks.")


def _unzipped(data: bytes, size: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        body = unpacker.decompress(data, size + 1)
    except zlib.error as error:
        raise PackRejected("A fingerprint is damaged.") from error
    if len(body) != size or not unpacker.eof:
        raise PackRejected("A fingerprint does not have the size that it states.")
    return body


def _differences(rising: NDArray[np.uint32]) -> bytes:
    return np.diff(rising, prepend=np.uint32(0)).astype("<u4").tobytes()


def _sums(differences: NDArray[np.uint32]) -> NDArray[np.uint32]:
    total = np.cumsum(differences, dtype=np.uint64)
    if total.size and int(total[-1]) >= 1 << 32:
        raise PackRejected("A fingerprint holds impossible numbers.")
    return total.astype(np.uint32)
