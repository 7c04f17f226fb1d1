"""The head of a segment file: what lies where, and the checksums that prove it.

A file is a head of `HEAD_BYTES` and then sections, each beginning at a multiple of `ALIGNMENT`.
All numbers are little-endian. The head is written last, so a file that was cut short has none.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

from knowledge.errors import IndexCorrupt, IndexOutdated
from knowledge.fingerprint.models import CODE_BYTES, FINGERPRINT_VERSION, HASH_BITS

MAGIC = b"RFRNfps\n"
FORMAT_VERSION = 1
ALIGNMENT = 64
HEAD_BYTES = 512
MIN_BITS = HASH_BITS - 8
"""Fewer would leave more than the eight bits of a hash that a remainder can hold."""
MAX_POSTINGS = 2**31

SECTIONS = (
    "keys",  # names of the recordings, UTF-8, a NUL between two
    "starts",
    "counts",  # postings of each recording, uint32
    "landmark_starts",
    "landmarks",
    "code_starts",
    "codes",
    "remainders",
    "postings",
    "directory",  # uint32 as searched, or the size of each bucket as uint8
    "large",  # in the second case: bucket and size, uint32 each, of those of 255 or more
)
_HEAD = struct.Struct("<8sIIQQIHH")
_SECTION = struct.Struct("<QQI")
_CHECKSUM = struct.Struct("<I")
_CHECKSUM_AT = HEAD_BYTES - _CHECKSUM.size
_ADVICE = "Repair the index with FingerprintIndex.repair; intact parts are kept."


@dataclass(frozen=True, slots=True)
class Section:
    offset: int
    size: int
    """Bytes."""
    checksum: int
    """CRC-32 of the bytes."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a segment file says."""

    size: int
    """Bytes of the whole file."""
    recordings: int
    postings: int
    bits: int
    directory_item: int
    """Bytes of one entry of the directory section: 4, or 1 for bucket sizes."""
    sections: Mapping[str, Section]

    def to_bytes(self) -> bytes:
        head = _HEAD.pack(
            MAGIC,
            FORMAT_VERSION,
            FINGERPRINT_VERSION,
            self.size,
            self.postings,
            self.recordings,
            self.bits,
            self.directory_item,
        )
        table = b"".join(
            _SECTION.pack(part.offset, part.size, part.checksum)
            for part in (self.sections[name] for name in SECTIONS)
        )
        body = (head + table).ljust(_CHECKSUM_AT, b"\0")
        return body + _CHECKSUM.pack(crc32(body))


def read_head(data: bytes, *, name: str, any_version: bool = False) -> Head:
    """Read and check a head; costs microseconds whatever the size of the file.

    Args:
        data: the first `HEAD_BYTES` of the file, or fewer when it has fewer.
        name: of the file, for messages.
        any_version: also accept fingerprints that another version of the engine made.

    Raises:
        IndexCorrupt: not a segment file, damaged, or of another format version.
        IndexOutdated: whole, but made of fingerprints of another version.
    """
    if len(data) < HEAD_BYTES or not data.startswith(MAGIC):
        raise IndexCorrupt(f"{name} is not a fingerprint segment, or was cut short. {_ADVICE}")
    _, version, made_by, size, postings, recordings, bits, item = _HEAD.unpack_from(data)
    if version != FORMAT_VERSION:
        raise IndexCorrupt(
            f"{name} has format {version}, but this Refrain reads format {FORMAT_VERSION}. "
            f"Use the Refrain that wrote it, or: {_ADVICE}"
        )
    if crc32(data[:_CHECKSUM_AT]) != _CHECKSUM.unpack_from(data, _CHECKSUM_AT)[0]:
        raise IndexCorrupt(f"The head of {name} is damaged. {_ADVICE}")
    if made_by != FINGERPRINT_VERSION and not any_version:
        raise IndexOutdated(
            f"{name} holds fingerprints of version {made_by}; this Refrain makes version "
            f"{FINGERPRINT_VERSION}. Repair the index, then fingerprint its recordings again."
        )
    parts = (
        Section(*_SECTION.unpack_from(data, _HEAD.size + place * _SECTION.size))
        for place in range(len(SECTIONS))
    )
    head = Head(size, recordings, postings, bits, item, dict(zip(SECTIONS, parts, strict=True)))
    _check(head, name)
    return head


def head_checksum(data: bytes) -> int:
    """Return the stored checksum of a head. It covers all section checksums, so it names a file."""
    return int(_CHECKSUM.unpack_from(data, _CHECKSUM_AT)[0])


def _check(head: Head, name: str) -> None:
    """Refuse a head whose numbers do not fit together, whatever its checksum says."""
    expected = {
        "starts": 4 * (head.recordings + 1),
        "counts": 4 * head.recordings,
        "landmark_starts": 8 * (head.recordings + 1),
        "code_starts": 8 * (head.recordings + 1),
        "remainders": head.postings if head.bits < HASH_BITS else 0,
        "postings": 4 * head.postings,
        "directory": head.directory_item * (2**head.bits + (head.directory_item == 4))
        if MIN_BITS <= head.bits <= HASH_BITS
        else -1,
    }
    parts = head.sections
    fits = (
        all(parts[section].size == size for section, size in expected.items())
        and head.directory_item in {1, 4}
        and head.postings <= MAX_POSTINGS
        and parts["landmarks"].size % 4 == 0
        and parts["codes"].size % CODE_BYTES == 0
        and parts["large"].size % 8 == 0
        and all(
            part.offset % ALIGNMENT == 0
            and part.offset >= HEAD_BYTES
            and part.offset + part.size <= head.size
            for part in parts.values()
        )
    )
    if not fits:
        raise IndexCorrupt(f"The sections of {name} do not fit together. {_ADVICE}")
