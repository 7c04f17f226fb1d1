"""One immutable file of the index, mapped into memory and read as a `SegmentView`."""

import mmap
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self, TypeAlias, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import IndexCorrupt
from knowledge.fingerprint.index.layout import (
    HEAD_BYTES,
    SECTIONS,
    Head,
    head_checksum,
    read_head,
)
from knowledge.fingerprint.models import CODE_BYTES, HASH_BITS, Codes, Words32

Number = TypeVar("Number", np.uint8, np.uint16, np.uint32, np.uint64)
Mask: TypeAlias = NDArray[np.bool_]
_SPARSE_FROM = 64 << 20
"""Bytes from which a search touches so little of a file that reading ahead would be a waste."""
_CHUNK = 16 << 20
_ADVICE = "Repair the index with FingerprintIndex.repair; intact parts are kept."


class SegmentFile:
    """A mapped segment file. Opening reads its head only; the rest comes in as it is touched.

    The file may lose its name while this object lives: the mapping keeps the bytes.
    """

    def __init__(self, path: Path, head: Head, checksum: int, mapped: mmap.mmap) -> None:
        self.path = path
        self.head = head
        self.checksum = checksum
        """Of the head, and so of everything."""
        self._mapped = mapped

    @classmethod
    def open(cls, path: Path, *, searching: bool = True, any_version: bool = False) -> Self:
        """Map the file at `path`.

        Args:
            path: of the segment file.
            searching: it will be read here and there, not from end to end.
            any_version: also accept fingerprints that another version of the engine made.

        Raises:
            FileNotFoundError: there is no such file, perhaps not any more.
            IndexCorrupt: the head is damaged, or the file is not as long as it should be.
            IndexOutdated: made of fingerprints of another version.
        """
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            data = os.pread(descriptor, HEAD_BYTES, 0)
            head = read_head(data, name=path.name, any_version=any_version)
            size = os.fstat(descriptor).st_size
            if size != head.size:
                raise IndexCorrupt(
                    f"{path.name} has {size:,} bytes instead of {head.size:,}. {_ADVICE}"
                )
            mapped = mmap.mmap(descriptor, size, access=mmap.ACCESS_READ)
        finally:
            os.close(descriptor)
        if searching and size >= _SPARSE_FROM and hasattr(mmap, "MADV_RANDOM"):
            mapped.madvise(mmap.MADV_RANDOM)
        return cls(path, head, head_checksum(data), mapped)

    @property
    def bits(self) -> int:
        return self.head.bits

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Names of the recordings, decoded when first asked for.

        Raises:
            IndexCorrupt: there are not as many names as recordings.
        """
        try:
            text = bytes(self._section("keys", np.uint8)).decode()
        except UnicodeDecodeError as error:
            raise IndexCorrupt(f"The names in {self.path.name} are damaged. {_ADVICE}") from error
        keys = tuple(text.split("\0")) if text else ()
        if len(keys) != self.head.recordings:
            raise IndexCorrupt(f"The names in {self.path.name} are damaged. {_ADVICE}")
        return keys

    @cached_property
    def directory(self) -> NDArray[np.uint32]:
        """First posting of each bucket, and the end; a small file holds bucket sizes instead.

        Checked when first used, since compiled code follows it without looking.

        Raises:
            IndexCorrupt: a bucket cannot be.
        """
        if self.head.directory_item == 4:
            directory = self._section("directory", np.uint32)
        else:
            directory = np.zeros(2**self.bits + 1, np.uint32)
            directory[1:] = self.bucket_sizes(0, 2**self.bits)
            np.cumsum(directory, out=directory, dtype=np.uint32)
        if int(directory[-1]) != self.head.postings or np.any(directory[1:] < directory[:-1]):
            raise IndexCorrupt(f"The directory of {self.path.name} is damaged. {_ADVICE}")
        return directory

    def bucket_sizes(self, first: int, last: int) -> NDArray[np.uint32]:
        """Postings in each bucket from first to last - 1, without making the whole directory.

        Raises:
            IndexCorrupt: a bucket cannot be.
        """
        if self.head.directory_item == 4:
            return np.diff(self.directory[first : last + 1])
        sizes = self._section("directory", np.uint8)[first:last].astype(np.uint32)
        buckets, large = self._section("large", np.uint32).reshape(-1, 2).T
        low, high = np.searchsorted(buckets, (first, last)).tolist()
        inside = buckets[low:high] - np.uint32(first)
        if len(inside) and int(inside.max()) >= len(sizes):
            raise IndexCorrupt(f"The directory of {self.path.name} is damaged. {_ADVICE}")
        sizes[inside] = large[low:high]
        return sizes

    def bucket_starts(self, bits: int) -> NDArray[np.uint64]:
        """First posting of each of 2**bits buckets, and the end; `bits` at most the segment's."""
        together = 2 ** (self.bits - bits)
        if self.head.directory_item == 4:
            return self.directory[::together].astype(np.uint64)
        starts = np.zeros(2**bits + 1, np.uint64)
        sizes = self.bucket_sizes(0, 2**self.bits).reshape(2**bits, together)
        np.cumsum(sizes.sum(axis=1, dtype=np.uint64), out=starts[1:])
        return starts

    @cached_property
    def starts(self) -> Words32:
        return self._section("starts", np.uint32)

    @cached_property
    def counts(self) -> Words32:
        """Postings of each recording."""
        return self._section("counts", np.uint32)

    @cached_property
    def remainders(self) -> NDArray[np.uint8]:
        return self._section("remainders", np.uint8)

    @cached_property
    def postings(self) -> Words32:
        return self._section("postings", np.uint32)

    @cached_property
    def landmarks(self) -> Words32:
        return self._section("landmarks", np.uint32)

    @cached_property
    def landmark_starts(self) -> NDArray[np.uint64]:
        return self._section("landmark_starts", np.uint64)

    @cached_property
    def codes(self) -> Codes:
        return self._section("codes", np.uint8).reshape(-1, CODE_BYTES)

    @cached_property
    def code_starts(self) -> NDArray[np.uint64]:
        return self._section("code_starts", np.uint64)

    def check(self) -> None:
        """Read everything and compare it with its checksums; takes seconds a gigabyte.

        Raises:
            IndexCorrupt: a section is damaged, or its numbers cannot be.
        """
        for name in SECTIONS:
            self._check_section(name)
        if not self._makes_sense():
            raise IndexCorrupt(f"The numbers in {self.path.name} cannot be. {_ADVICE}")

    def check_names(self) -> None:
        """Compare only the names of the recordings with their checksum.

        Raises:
            IndexCorrupt: they are damaged.
        """
        self._check_section("keys")
        _ = self.keys

    def _check_section(self, name: str) -> None:
        part = self.head.sections[name]
        whole = memoryview(self._mapped)[part.offset : part.offset + part.size]
        found = 0
        for at in range(0, part.size, _CHUNK):
            found = crc32(whole[at : at + _CHUNK], found)
        if found != part.checksum:
            raise IndexCorrupt(f'The part "{name}" of {self.path.name} is damaged. {_ADVICE}')

    def _makes_sense(self) -> bool:
        starts = self.starts
        return (
            len(self.keys) == self.head.recordings
            and len(self.directory) == 2**self.head.bits + 1
            and bool(np.all(starts[1:] >= starts[:-1]))
            and int(self.counts.sum(dtype=np.uint64)) == self.head.postings
            and (not self.head.postings or int(self.postings.max()) < int(starts[-1]))
            and _divides(self.landmark_starts, len(self.landmarks))
            and _divides(self.code_starts, len(self.codes))
            and self.head.bits <= HASH_BITS
        )

    def _section(self, name: str, number: type[Number]) -> NDArray[Number]:
        part = self.head.sections[name]
        kind = np.dtype(number).newbyteorder("<")
        return np.ndarray((part.size // kind.itemsize,), kind, self._mapped, part.offset)


def _divides(starts: NDArray[np.uint64], count: int) -> bool:
    return (
        int(starts[0]) == 0 and int(starts[-1]) == count and bool(np.all(starts[1:] >= starts[:-1]))
    )


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment file together with which of its recordings were not removed: a `SegmentView`."""

    file: SegmentFile
    alive: Mask

    @property
    def name(self) -> str:
        return self.file.path.name

    @property
    def keys(self) -> tuple[str, ...]:
        return self.file.keys

    @property
    def starts(self) -> Words32:
        return self.file.starts

    @property
    def bits(self) -> int:
        return self.file.bits

    @property
    def directory(self) -> NDArray[np.uint32]:
        return self.file.directory

    @property
    def remainders(self) -> NDArray[np.uint8]:
        return self.file.remainders

    @property
    def postings(self) -> Words32:
        return self.file.postings

    @property
    def landmarks(self) -> Words32:
        return self.file.landmarks

    @property
    def landmark_starts(self) -> NDArray[np.uint64]:
        return self.file.landmark_starts

    @property
    def codes(self) -> Codes:
        return self.file.codes

    @property
    def code_starts(self) -> NDArray[np.uint64]:
        return self.file.code_starts
