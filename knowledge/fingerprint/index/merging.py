"""Make one segment out of several, a slice of the hashes at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.index.files import Files
from knowledge.fingerprint.index.postings import Postings
from knowledge.fingerprint.index.segment import Segment, SegmentFile
from knowledge.fingerprint.index.writing import Contents, SegmentWriter, Written
from knowledge.fingerprint.models import HASH_BITS, Fingerprint

SLICE_POSTINGS = 2**20
"""Postings in memory at a time; a slice takes about 50 MB while it is made."""

_FINEST_BITS = 16
"""Hashes are cut into slices no finer than this."""


class MergeStopped(Exception):
    """The merge was asked to stop; nothing of it is left."""


def merge_segments(
    files: Files,
    path: Path,
    segments: Sequence[Segment],
    *,
    slice_postings: int = SLICE_POSTINGS,
    stopping: Callable[[], bool] = lambda: False,
) -> Written:
    """Write the living recordings of `segments`, in order, as one new segment file.

    Memory does not grow with the segments, but for the directory (4 MB).

    Raises:
        MergeStopped: `stopping` said so.
        OSError: the disk did not take it.
    """
    sources = [_read_through(segment) for segment in segments]
    writer = SegmentWriter(files, path, _contents(sources))
    try:
        for source in sources:
            _copy_recordings(source, writer)
        for piece in _merged(sources, slice_postings):
            _go_on_unless(stopping)
            writer.postings(piece)
        return writer.finish()
    except BaseException:
        writer.abandon()
        raise


@dataclass(frozen=True, slots=True)
class Slicing:
    """How to read several segments side by side, a range of hashes at a time.

    Attributes:
        bits: hashes are cut into 2**bits buckets.
        starts: of each segment, its first posting in each bucket, and the end.
        ranges: first bucket of each slice, and the bucket after its last.
    """

    bits: int
    starts: tuple[NDArray[np.uint64], ...]
    ranges: tuple[tuple[int, int], ...]

    def read(self, place: int, segment: Segment, first: int, last: int) -> Postings:
        """Return the postings of the `place`-th segment in some buckets."""
        low, high = int(self.starts[place][first]), int(self.starts[place][last])
        fine = segment.bits - self.bits
        sizes = segment.file.bucket_sizes(first << fine, last << fine)
        buckets = np.arange(first << fine, last << fine, dtype=np.uint64)
        hashes = np.repeat(buckets << np.uint64(HASH_BITS - segment.bits), sizes)
        if len(segment.remainders):
            hashes |= segment.remainders[low:high]
        hashes <<= np.uint64(32)
        hashes |= segment.postings[low:high]
        return hashes


def slicing(segments: Sequence[Segment], slice_postings: int) -> Slicing:
    """Cut the range of hashes so that no slice holds many more than `slice_postings`.

    A bucket is never cut, so a slice of very common hashes may be larger.
    """
    bits = min(_FINEST_BITS, *(segment.bits for segment in segments))
    starts = tuple(segment.file.bucket_starts(bits) for segment in segments)
    totals = sum(starts, np.zeros(2**bits + 1, np.uint64))
    wanted = np.arange(0, int(totals[-1]), slice_postings, dtype=np.uint64)[1:]
    inner = np.searchsorted(totals, wanted)
    cuts = np.unique(np.concatenate(([0], inner, [2**bits]))).tolist()
    return Slicing(bits, starts, tuple(pairwise(cuts)))


def fingerprints_of(
    segment: Segment, wanted: Sequence[int], *, slice_postings: int = SLICE_POSTINGS
) -> Iterator[Fingerprint]:
    """Rebuild the fingerprints of some recordings, numbered within the segment, in that order.

    Reads all postings of the segment once; hashes come ordered by time, then hash.
    """
    number = np.full(len(segment.keys), -1, np.int64)
    number[np.asarray(wanted, np.int64)] = np.arange(len(wanted))
    found: list[Postings] = []
    owners: list[NDArray[np.int64]] = []
    plan = slicing([segment], slice_postings)
    for first, last in plan.ranges:
        piece = plan.read(0, segment, first, last)
        recordings = _recordings_of(segment, piece)
        keep = number[recordings] >= 0
        piece, recordings = piece[keep], recordings[keep]
        times = (piece & np.uint64(0xFFFFFFFF)) - segment.starts[recordings]
        found.append((times << np.uint64(32)) | (piece >> np.uint64(32)))
        owners.append(number[recordings])
    postings = np.concatenate(found)
    order = np.lexsort((postings, np.concatenate(owners)))
    counts = np.cumsum([int(segment.file.counts[place]) for place in wanted])
    for place, piece in zip(wanted, np.split(postings[order], counts[:-1]), strict=True):
        marks, codes = segment.landmark_starts, segment.code_starts
        yield Fingerprint(
            frames=int(segment.starts[place + 1]) - int(segment.starts[place]),
            hashes=(piece & np.uint64(0xFFFFFFFF)).astype(np.uint32),
            times=(piece >> np.uint64(32)).astype(np.uint32),
            landmarks=segment.landmarks[int(marks[place]) : int(marks[place + 1])].copy(),
            codes=segment.codes[int(codes[place]) : int(codes[place + 1])].copy(),
        )


def _go_on_unless(stopping: Callable[[], bool]) -> None:
    if stopping():
        raise MergeStopped


def _read_through(segment: Segment) -> Segment:
    """Map the file once more, so that the system reads ahead, which a search does not want."""
    try:
        return Segment(SegmentFile.open(segment.file.path, searching=False), segment.alive)
    except FileNotFoundError:  # all of it was removed meanwhile; the old mapping still has it
        return segment


def _merged(sources: Sequence[Segment], slice_postings: int) -> Iterator[Postings]:
    moves = _moves(sources)
    plan = slicing(sources, slice_postings)
    for first, last in plan.ranges:
        pieces = [
            _moved(source, plan.read(place, source, first, last), moves[place])
            for place, source in enumerate(sources)
        ]
        together = np.concatenate(pieces)
        together.sort()
        yield together


def _moves(sources: Sequence[Segment]) -> list[NDArray[np.int64]]:
    """By how many frames each recording moves on the way to the new timeline."""
    moves, end = [], 0
    for source in sources:
        starts = source.starts.astype(np.int64)
        frames = np.where(source.alive, np.diff(starts), 0)
        moves.append(end + np.cumsum(frames) - frames - starts[:-1])
        end += int(frames.sum())
    return moves


def _moved(source: Segment, piece: Postings, move: NDArray[np.int64]) -> Postings:
    if source.alive.all():
        return piece + move[:1].astype(np.uint64) if len(move) else piece
    recordings = _recordings_of(source, piece)
    keep = source.alive[recordings]
    # Two's complement: adding the wrapped negative number subtracts, and the sum fits again.
    return piece[keep] + move[recordings[keep]].astype(np.uint64)


def _recordings_of(segment: Segment, piece: Postings) -> NDArray[np.int64]:
    frames = (piece & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    found: NDArray[np.int64] = np.searchsorted(segment.starts, frames, side="right") - 1
    return found


def _contents(sources: Sequence[Segment]) -> Contents:
    alive = [source.alive for source in sources]

    def living(values: Sequence[NDArray[np.unsignedinteger]]) -> NDArray[np.unsignedinteger]:
        return np.concatenate([part[mask] for part, mask in zip(values, alive, strict=True)])

    return Contents(
        keys=tuple(
            key
            for source in sources
            for key, kept in zip(source.keys, source.alive.tolist(), strict=True)
            if kept
        ),
        frames=living([np.diff(source.starts) for source in sources]),
        postings=living([source.file.counts for source in sources]),
        landmarks=living([np.diff(source.landmark_starts) for source in sources]),
        codes=living([np.diff(source.code_starts) for source in sources]),
    )


def _copy_recordings(source: Segment, writer: SegmentWriter) -> None:
    """Append landmarks and codes of the living; neighbours are copied together."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], source.alive, [False])).astype(int)))
    for first, last in edges.reshape(-1, 2).tolist():
        marks = source.landmark_starts[[first, last]].tolist()
        codes = source.code_starts[[first, last]].tolist()
        for at in range(marks[0], marks[1], SLICE_POSTINGS):
            writer.landmarks(source.landmarks[at : min(at + SLICE_POSTINGS, marks[1])])
        for at in range(codes[0], codes[1], SLICE_POSTINGS):
            writer.codes(source.codes[at : min(at + SLICE_POSTINGS, codes[1])])
