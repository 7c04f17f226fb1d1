"""Votes: each pair of a clip that the index knows speaks for a place in a recording.

The pitch and the tempo of the clip are hypotheses ("planes"). Within one plane a true match puts
its votes into one narrow bin of offsets, chance spreads them over all. What is read is bounded:
when a catalogue is so large that a clip's hashes have too many postings, the rare ones are read.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

from knowledge.fingerprint.hashes import GAPS, INTERVALS, PITCHES, TEMPO_STEP
from knowledge.fingerprint.models import HASH_BITS, SegmentView

_Ints: TypeAlias = NDArray[np.int64]
_Floats: TypeAlias = NDArray[np.float32]

_MARGIN = 0.2
"""A value so close to the edge of its cell, in cells, is looked for in the next cell too."""
_PAD = 1 << 12
"""Frames by which a clip may begin before a recording does."""
_FEWEST_VOTES = 3
_SMALLEST_TABLE, _LARGEST_TABLE = 14, 21
"""Bits of the number of counters."""
_SPREAD = 2_654_435_761
"""Knuth's multiplier: neighbouring bins get distant counters."""


@dataclass(frozen=True, slots=True)
class Plane:
    """A hypothesis: the clip is so much higher and faster than the recording.

    Attributes:
        pitch_cells: of 20 cents.
        tempo_steps: of 5 %.
    """

    pitch_cells: int
    tempo_steps: int

    @property
    def scale(self) -> float:
        """Frames of the recording in one of the clip."""
        return float(TEMPO_STEP**self.tempo_steps)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Places of one segment that got most votes, most first.

    Attributes:
        frames: of the segment's timeline, where the clip would begin, shape (n,).
        owners: recordings by number within the segment, shape (n,).
        votes: shape (n,).
    """

    frames: NDArray[np.float64]
    owners: _Ints
    votes: _Ints


def vote(
    pairs: _Floats, segment: SegmentView, plane: Plane, *, width: int, most: int, budget: int
) -> Candidates:
    """Find the places that most pairs speak for.

    Args:
        pairs: of the clip, from `pair_query`.
        segment: a part of the index.
        plane: pitch and tempo to look for.
        width: frames within which votes count as one place.
        most: about how many places to return.
        budget: postings to read at most.
    """
    starts, ends, times, wanted = _lookups(
        pairs,
        float(plane.pitch_cells),
        float(plane.tempo_steps),
        segment.directory,
        HASH_BITS - segment.bits,
    )
    sizes = ends - starts
    total = int(sizes.sum())
    if total == 0:
        return _nothing()
    if total > budget:
        rare = np.argsort(sizes, kind="stable")
        rare = rare[: int(np.searchsorted(np.cumsum(sizes[rare]), budget, side="right"))]
        starts, ends, times, wanted = starts[rare], ends[rare], times[rare], wanted[rare]
        total = min(total, budget)
    bits = min(max(int(total).bit_length() + 1, _SMALLEST_TABLE), _LARGEST_TABLE)
    table = np.zeros(1 << bits, np.uint16)
    read = (
        starts,
        ends,
        times * np.float32(plane.scale),
        wanted,
        segment.remainders,
        segment.postings,
    )
    half = width * 0.5
    _count(*read, half, table)
    histogram = _histogram(table)
    threshold = _threshold(histogram, most)
    if threshold is None:
        return _nothing()
    room = int(histogram[threshold:] @ np.arange(threshold, histogram.size)) + 1
    keys, frames = _collect(*read, half, table, threshold, room)
    return _grouped(keys, frames, segment, half, threshold, most)


def _nothing() -> Candidates:
    none = np.empty(0, np.int64)
    return Candidates(np.empty(0, np.float64), none, none)


def _threshold(histogram: _Ints, most: int) -> int | None:
    """The fewest votes of about the `most` fullest bins."""
    at_least = np.cumsum(histogram[::-1])[::-1]
    few = np.flatnonzero(at_least <= most)
    threshold = int(few[0]) if few.size else histogram.size - 1
    threshold = max(threshold, _FEWEST_VOTES)
    return threshold if threshold < histogram.size else None


def _grouped(
    keys: _Ints, frames: _Ints, segment: SegmentView, half: float, threshold: int, most: int
) -> Candidates:
    order = np.argsort(keys, kind="stable")
    keys, frames = keys[order], frames[order]
    firsts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if keys.size else keys
    if not firsts.size:
        return _nothing()
    votes = np.diff(np.r_[firsts, keys.size])
    middle = frames[firsts + votes // 2]
    good = votes >= threshold
    owners = np.searchsorted(segment.starts, middle[good], side="right") - 1
    best = np.argsort(-votes[good], kind="stable")[: 2 * most]
    places = (keys[firsts][good] + 1) * half - _PAD
    return Candidates(places[best], owners[best], votes[good][best])


@njit(cache=True, nogil=True)
def _cells(value: float, count: int, cells: _Ints) -> int:
    """The cells that `value` may have had in the reference; return how many."""
    low = int(np.floor(value))
    fraction = value - low
    n = 0
    if 0 <= low < count:
        cells[n] = low
        n += 1
    if fraction < _MARGIN and 1 <= low <= count:
        cells[n] = low - 1
        n += 1
    elif fraction > 1.0 - _MARGIN and -1 <= low < count - 1:
        cells[n] = low + 1
        n += 1
    return n


@njit(cache=True, nogil=True)
def _lookups(
    pairs: _Floats, pitch_cells: float, tempo_steps: float, directory: NDArray[Any], shift: int
) -> tuple[_Ints, _Ints, _Floats, NDArray[np.uint8]]:
    """Where the postings of each hash begin and end, leaving out empty ones."""
    size = pairs.shape[0] * 8
    starts, ends = np.empty(size, np.int64), np.empty(size, np.int64)
    times, wanted = np.empty(size, np.float32), np.empty(size, np.uint8)
    pitches, intervals, gaps = np.empty(2, np.int64), np.empty(2, np.int64), np.empty(2, np.int64)
    low_bits = (1 << shift) - 1
    n = 0
    for i in range(pairs.shape[0]):
        pitch_count = _cells(pairs[i, 1] - pitch_cells, PITCHES, pitches)
        interval_count = _cells(pairs[i, 2], INTERVALS, intervals)
        gap_count = _cells(pairs[i, 3] + tempo_steps, GAPS, gaps)
        for a in range(pitch_count):
            for b in range(interval_count):
                for c in range(gap_count):
                    word = (pitches[a] * INTERVALS + intervals[b]) * GAPS + gaps[c]
                    start = np.int64(directory[word >> shift])
                    end = np.int64(directory[(word >> shift) + 1])
                    if end > start:
                        starts[n], ends[n], times[n] = start, end, pairs[i, 0]
                        wanted[n] = word & low_bits
                        n += 1
    return starts[:n], ends[:n], times[:n], wanted[:n]


@njit(cache=True, nogil=True)
def _count(
    starts: _Ints,
    ends: _Ints,
    times: _Floats,
    wanted: NDArray[np.uint8],
    remainders: NDArray[np.uint8],
    postings: NDArray[np.uint32],
    half: float,
    table: NDArray[np.uint16],
) -> None:
    mask = table.size - 1
    full = np.uint16(65535)
    inverse = 1.0 / half
    for i in range(starts.size):
        for p in range(starts[i], ends[i]):
            if remainders.size and remainders[p] != wanted[i]:
                continue
            key = int((np.float64(postings[p]) - times[i] + _PAD) * inverse)
            # Each vote counts for two bins that overlap by half, so that no place is cut in two.
            for back in range(2):
                slot = ((key - back) * _SPREAD) & mask
                if table[slot] < full:
                    table[slot] += 1


@njit(cache=True, nogil=True)
def _histogram(table: NDArray[np.uint16]) -> _Ints:
    highest = 0
    for count in table:
        highest = max(highest, count)
    bins = np.zeros(highest + 1, np.int64)
    for count in table:
        bins[count] += 1
    return bins


@njit(cache=True, nogil=True)
def _collect(
    starts: _Ints,
    ends: _Ints,
    times: _Floats,
    wanted: NDArray[np.uint8],
    remainders: NDArray[np.uint8],
    postings: NDArray[np.uint32],
    half: float,
    table: NDArray[np.uint16],
    threshold: int,
    room: int,
) -> tuple[_Ints, _Ints]:
    """The votes of full bins: bin, and frame of the timeline."""
    mask = table.size - 1
    keys = np.empty(room, np.int64)
    frames = np.empty(room, np.int64)
    inverse = 1.0 / half
    n = 0
    for i in range(starts.size):
        for p in range(starts[i], ends[i]):
            if remainders.size and remainders[p] != wanted[i]:
                continue
            key = int((np.float64(postings[p]) - times[i] + _PAD) * inverse)
            for back in range(2):
                if table[((key - back) * _SPREAD) & mask] >= threshold and n < room:
                    keys[n] = key - back
                    frames[n] = postings[p]
                    n += 1
    return keys[:n], frames[:n]
