"""Write a segment file, a piece at a time, so that a merge needs no more memory than a piece."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.index.files import Files
from knowledge.fingerprint.index.layout import (
    ALIGNMENT,
    HEAD_BYTES,
    Head,
    Section,
    head_checksum,
)
from knowledge.fingerprint.index.postings import (
    Postings,
    directory_bits,
    frames_of,
    hashes_of,
    sorted_postings,
)
from knowledge.fingerprint.models import CODE_BYTES, HASH_BITS, Codes, Fingerprint, Words32

_SIZES_BELOW = 2**24
"""With fewer postings the directory is stored as bucket sizes, a quarter as large."""
_LARGE = 255
"""Stands for a bucket size that does not fit into a byte."""


@dataclass(frozen=True, slots=True)
class Written:
    """A finished, synchronised segment file."""

    path: Path
    checksum: int
    recordings: int
    postings: int
    size: int


@dataclass(frozen=True, slots=True)
class Contents:
    """How much of everything each recording of a new segment has, shape (recordings,) each."""

    keys: tuple[str, ...]
    frames: NDArray[np.uint32]
    postings: NDArray[np.uint32]
    landmarks: NDArray[np.uint64]
    codes: NDArray[np.uint64]


class SegmentWriter:
    """Writes one file. Call `landmarks` and `codes` by recording, `postings` by rising hash."""

    def __init__(self, files: Files, path: Path, contents: Contents) -> None:
        """Create the file and lay out its sections; raises OSError."""
        self._files = files
        self._path = path
        self._contents = contents
        self._total = int(contents.postings.sum(dtype=np.uint64))
        self._bits = directory_bits(self._total)
        self._directory = np.zeros(2**self._bits, np.uint32)
        self._checksums: dict[str, int] = {}
        self._cursors: dict[str, int] = {}
        self._offsets: dict[str, int] = {}
        self._end = HEAD_BYTES
        names = "\0".join(contents.keys).encode()
        indexes: dict[str, NDArray[np.generic]] = {
            "starts": _edges(contents.frames, np.uint32),
            "counts": contents.postings.astype(np.uint32),
            "landmark_starts": _edges(contents.landmarks, np.uint64),
            "code_starts": _edges(contents.codes, np.uint64),
        }
        self._reserve("keys", len(names))
        for name, values in indexes.items():
            self._reserve(name, values.nbytes)
        self._reserve("landmarks", 4 * int(contents.landmarks.sum()))
        self._reserve("codes", CODE_BYTES * int(contents.codes.sum()))
        self._reserve("remainders", self._total if self._bits < HASH_BITS else 0)
        self._reserve("postings", 4 * self._total)
        self._descriptor = files.create(path)
        try:
            self._append("keys", np.frombuffer(names, np.uint8))
            for name, values in indexes.items():
                self._append(name, values)
        except BaseException:
            self.abandon()
            raise

    def landmarks(self, values: Words32) -> None:
        """Append landmarks of the next recording, or of several in order."""
        self._append("landmarks", values)

    def codes(self, values: Codes) -> None:
        """Append codes of the next recording, or of several in order."""
        self._append("codes", values)

    def postings(self, postings: Postings) -> None:
        """Append postings; within a call and from call to call in rising order."""
        if not len(postings):
            return
        hashes = hashes_of(postings)
        shift = HASH_BITS - self._bits
        first = int(hashes[0]) >> shift
        sizes = np.bincount((hashes >> np.uint32(shift)) - np.uint32(first))
        self._directory[first : first + len(sizes)] += sizes.astype(np.uint32)
        if shift:
            self._append("remainders", (hashes & np.uint32(2**shift - 1)).astype(np.uint8))
        self._append("postings", frames_of(postings))

    def finish(self) -> Written:
        """Write the directory and the head, and wait until the disk has everything."""
        directory, large = self._packed_directory()
        for name, values in (("directory", directory), ("large", large)):
            self._reserve(name, values.nbytes)
            self._append(name, values)
        sections = {
            name: Section(offset, self._cursors[name], self._checksums[name])
            for name, offset in self._offsets.items()
        }
        head = Head(
            size=self._end,
            recordings=len(self._contents.keys),
            postings=self._total,
            bits=self._bits,
            directory_item=directory.itemsize,
            sections=sections,
        ).to_bytes()
        self._files.write(self._descriptor, memoryview(head), 0)
        self._files.sync(self._descriptor)
        self._files.close(self._descriptor)
        recordings = len(self._contents.keys)
        return Written(self._path, head_checksum(head), recordings, self._total, self._end)

    def abandon(self) -> None:
        """Give up: close and delete the unfinished file."""
        with suppress(OSError):
            self._files.close(self._descriptor)
        with suppress(OSError):
            self._files.remove(self._path)

    def _packed_directory(self) -> tuple[NDArray[np.generic], NDArray[np.uint32]]:
        sizes = self._directory
        if self._total >= _SIZES_BELOW:
            return _edges(sizes, np.uint32), np.zeros(0, np.uint32)
        large = np.flatnonzero(sizes >= _LARGE).astype(np.uint32)
        pairs = np.stack((large, sizes[large]), axis=1)
        return np.minimum(sizes, _LARGE).astype(np.uint8), pairs

    def _reserve(self, name: str, size: int) -> None:
        self._cursors[name] = self._checksums[name] = 0
        if not size:
            self._offsets[name] = HEAD_BYTES  # nothing is written that would make the file longer
            return
        self._offsets[name] = -(-self._end // ALIGNMENT) * ALIGNMENT
        self._end = self._offsets[name] + size

    def _append(self, name: str, values: NDArray[np.generic]) -> None:
        kind = values.dtype.newbyteorder("<")
        data = memoryview(np.ascontiguousarray(values, kind).reshape(-1).view(np.uint8).data)
        self._files.write(self._descriptor, data, self._offsets[name] + self._cursors[name])
        self._cursors[name] += len(data)
        self._checksums[name] = crc32(data, self._checksums[name])


def write_segment(files: Files, path: Path, items: Sequence[tuple[str, Fingerprint]]) -> Written:
    """Write recordings as a segment file and wait until it is on disk; raises OSError."""
    fingerprints = [item for _, item in items]
    contents = Contents(
        keys=tuple(key for key, _ in items),
        frames=_numbers((item.frames for item in fingerprints), np.uint32),
        postings=_numbers((len(item.hashes) for item in fingerprints), np.uint32),
        landmarks=_numbers((len(item.landmarks) for item in fingerprints), np.uint64),
        codes=_numbers((len(item.codes) for item in fingerprints), np.uint64),
    )
    postings = sorted_postings(fingerprints, _edges(contents.frames, np.uint32))
    writer = SegmentWriter(files, path, contents)
    try:
        for item in fingerprints:
            writer.landmarks(item.landmarks.astype(np.uint32))
            writer.codes(item.codes.astype(np.uint8))
        writer.postings(postings)
        return writer.finish()
    except BaseException:
        writer.abandon()
        raise


def _numbers(values: Iterable[int], kind: type[np.unsignedinteger]) -> NDArray[np.unsignedinteger]:
    return np.fromiter(values, kind)


def _edges(
    sizes: NDArray[np.unsignedinteger], kind: type[np.unsignedinteger]
) -> NDArray[np.unsignedinteger]:
    edges = np.zeros(len(sizes) + 1, kind)
    np.cumsum(sizes, out=edges[1:], dtype=kind)
    return edges
