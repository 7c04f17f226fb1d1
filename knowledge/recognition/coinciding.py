"""Which stored recordings share sound, and where: compared by what is stored, without any audio.

A sample of hash values, the same values for all, proposes how one recording lies on another;
the landmarks of both then say which seconds really coincide.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.index.layout import MIN_BITS
from knowledge.fingerprint.models import FRAMES_PER_S, HASH_BITS, SegmentView, Words32
from knowledge.recognition.models import TimeRange

_SPREAD = 40_503
_VALUES_PER_HASH = ((1_000, 8), (4_000, 16), (1 << 62, 32))
"""Up to so many recordings, one hash value in so many is looked at."""
_ASKED = 400
"""Of each recording's own hashes the rarest so many are looked up."""
_FEWEST_VOTES = 6
_COMPARED = 12
"""So many others are compared with each recording."""
_PLACES = 3
_BIN = 4
"""Frames within which votes speak for the same place."""
_PITCH_BITS = 10
_NEAR_FRAMES, _NEAR_STEPS = 3, 5
"""Size of the cells in which landmarks are the same: 44 ms and 33 cents."""
_WINDOW_S = 5
_SHARE = 0.45
"""So many landmarks of a stretch must be there in both; unrelated music reaches 0.1."""
_SHORTEST_S = 8.0

_Ints = NDArray[np.int64]
_Words = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Sampled:
    """Some hashes of all recordings."""

    hashes: _Words
    """Rising, shape (n,)."""
    owners: _Words
    times: _Words
    first_of: _Ints
    """Where the entries of each recording begin in `by_owner`, and the end."""
    by_owner: _Ints
    """Entries in the order of their recordings."""


class Coinciding:
    """Compares all recordings of an index with one another."""

    def __init__(self, segments: Sequence[SegmentView]) -> None:
        places = [
            (segment, place)
            for segment in segments
            for place, alive in enumerate(segment.alive.tolist())
            if alive
        ]
        self._places = places
        self.keys = tuple(segment.keys[place] for segment, place in places)
        self._sampled = _sample(segments, len(places))

    def seconds(self, number: int) -> float:
        """Length of a recording."""
        segment, place = self._places[number]
        return float(int(segment.starts[place + 1]) - int(segment.starts[place])) / FRAMES_PER_S

    def others(self, number: int) -> Iterator[tuple[int, tuple[TimeRange, ...]]]:
        """Yield later recordings that share sound with this one, each with the parts."""
        for other, offsets in self._candidates(number):
            if ranges := self.ranges(number, other, offsets):
                yield other, ranges

    def between(self, number: int, other: int) -> tuple[TimeRange, ...]:
        """Return the parts that two recordings share."""
        offsets = dict(self._candidates(number, only=other)).get(other, ())
        return self.ranges(number, other, offsets)

    def ranges(self, number: int, other: int, offsets: Sequence[float]) -> tuple[TimeRange, ...]:
        """Return the parts that coincide when one lies on the other at one of the `offsets`."""
        mine, theirs = self._landmarks(number), self._landmarks(other)
        covered = np.zeros(int(self.seconds(number)) + 1, np.bool_)
        found: list[TimeRange] = []
        for offset in offsets:
            same = _same_seconds(mine, theirs, offset, covered.size) & ~covered
            for start, end in _stretches(same, min(_SHORTEST_S, covered.size / 2)):
                covered[start:end] = True
                shift = offset / FRAMES_PER_S
                last = min(float(end), self.seconds(number), self.seconds(other) - shift)
                first = max(float(start), -shift)
                if last > first:
                    found.append(
                        TimeRange(
                            round(first, 1),
                            round(last, 1),
                            round(first + shift, 1),
                            round(last + shift, 1),
                        )
                    )
        return tuple(sorted(found, key=lambda one: one.start_s))

    def _candidates(
        self, number: int, *, only: int | None = None
    ) -> Iterator[tuple[int, tuple[float, ...]]]:
        """Yield recordings and how this one may lie on them, most votes first."""
        sampled = self._sampled
        first, last = sampled.first_of[number], sampled.first_of[number + 1]
        entries = sampled.by_owner[first:last]
        hashes = sampled.hashes[entries]
        starts = np.searchsorted(sampled.hashes, hashes)
        sizes = np.searchsorted(sampled.hashes, hashes, side="right") - starts
        rarest = np.argsort(sizes, kind="stable")
        rarest = rarest[sizes[rarest] > 1][:_ASKED]
        entries, starts, sizes = entries[rarest], starts[rarest], sizes[rarest]
        times = sampled.times[entries]
        which = np.repeat(np.arange(entries.size), sizes)
        inside = np.arange(which.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        met = starts[which] + inside
        owners = sampled.owners[met]
        wanted = owners > number if only is None else owners == only
        owners = owners[wanted].astype(np.int64)
        offsets = (sampled.times[met] - times[which])[wanted].astype(np.int64)
        if not owners.size:
            return
        low = int(offsets.min())
        bins = (offsets - low) // _BIN
        width = int(bins.max()) + 2
        places, votes = np.unique(owners * width + bins, return_counts=True)
        # A place cut in two by the border of a bin counts as a whole.
        beside = np.r_[np.where(np.diff(places) == 1, votes[1:], 0), 0]
        order = np.argsort(-(votes + beside), kind="stable")
        chosen: dict[int, list[float]] = {}
        for at in order.tolist():
            if votes[at] + beside[at] < _FEWEST_VOTES:
                break
            owner, place = divmod(int(places[at]), width)
            if owner not in chosen and len(chosen) >= _COMPARED:
                continue
            offset = low + place * _BIN + (_BIN if beside[at] else _BIN / 2)
            known = chosen.setdefault(owner, [])
            if len(known) < _PLACES and all(abs(offset - one) > 2 * _BIN for one in known):
                known.append(float(offset))
        for owner, places_of in chosen.items():
            yield owner, tuple(places_of)

    def _landmarks(self, number: int) -> Words32:
        segment, place = self._places[number]
        starts = segment.landmark_starts
        return segment.landmarks[int(starts[place]) : int(starts[place + 1])]


def _sample(segments: Sequence[SegmentView], count: int) -> _Sampled:
    every = next(values for most, values in _VALUES_PER_HASH if count <= most)
    coarse = np.arange(1 << MIN_BITS, dtype=np.int64)
    coarse = coarse[(coarse * _SPREAD >> 4) % every == 0]
    hashes, owners, times = [], [], []
    first = 0
    for segment in segments:
        fine = segment.bits - MIN_BITS
        buckets = (coarse[:, None] << fine) + np.arange(1 << fine)
        buckets = buckets.ravel()
        starts = segment.directory[buckets].astype(np.int64)
        sizes = segment.directory[buckets + 1].astype(np.int64) - starts
        which = np.repeat(np.arange(buckets.size), sizes)
        at = starts[which] + np.arange(which.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        words = buckets[which] << (HASH_BITS - segment.bits)
        if segment.remainders.size:
            words |= segment.remainders[at]
        frames = segment.postings[at].astype(np.int64)
        owner = np.searchsorted(segment.starts, frames, side="right") - 1
        numbers = np.full(len(segment.keys), -1, np.int64)
        numbers[segment.alive] = first + np.arange(int(segment.alive.sum()))
        kept = numbers[owner] >= 0
        hashes.append(words[kept].astype(np.int32))
        owners.append(numbers[owner][kept].astype(np.int32))
        times.append((frames - segment.starts[owner])[kept].astype(np.int32))
        first += int(segment.alive.sum())
    none = np.empty(0, np.int32)
    return _ordered(
        np.concatenate([none, *hashes]),
        np.concatenate([none, *owners]),
        np.concatenate([none, *times]),
        count,
    )


def _ordered(hashes: _Words, owners: _Words, times: _Words, count: int) -> _Sampled:
    order = np.argsort(hashes, kind="stable")
    hashes, owners, times = hashes[order], owners[order], times[order]
    # A hash that many have says little about two of them, and costs most.
    sizes = np.searchsorted(hashes, hashes, side="right") - np.searchsorted(hashes, hashes)
    rare = sizes <= max(64.0, 4.0 * float(sizes.mean()) if sizes.size else 0.0)
    hashes, owners, times = hashes[rare], owners[rare], times[rare]
    by_owner = np.argsort(owners, kind="stable")
    first_of = np.searchsorted(owners[by_owner], np.arange(count + 1))
    return _Sampled(hashes, owners, times, first_of, by_owner)


def _same_seconds(mine: Words32, theirs: Words32, offset: float, seconds: int) -> NDArray[np.bool_]:
    """Which seconds of mine are in theirs too, shape (seconds,)."""
    mask = (1 << _PITCH_BITS) - 1
    at = (mine >> _PITCH_BITS).astype(np.int64)
    pitch = (mine & mask).astype(np.int64) // _NEAR_STEPS
    width = (1 << _PITCH_BITS) // _NEAR_STEPS + 3
    cells = (np.round(at + offset).astype(np.int64) // _NEAR_FRAMES) * width + pitch + 1
    other = (theirs >> _PITCH_BITS).astype(np.int64) // _NEAR_FRAMES * width
    other += (theirs & mask).astype(np.int64) // _NEAR_STEPS + 1
    around = (np.array([-width, 0, width])[:, None] + np.array([-1, 0, 1])).ravel()
    there = np.isin(cells, np.unique(other[:, None] + around))
    second = np.minimum((at / FRAMES_PER_S).astype(np.int64), seconds - 1)
    window = np.ones(min(_WINDOW_S, seconds))
    hits = np.convolve(np.bincount(second, there, minlength=seconds), window, mode="same")
    total = np.convolve(np.bincount(second, minlength=seconds), window, mode="same")
    same: NDArray[np.bool_] = (total > 0) & (hits >= _SHARE * total)
    return same


def _stretches(same: NDArray[np.bool_], shortest: float) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.r_[False, same, False].astype(np.int8)))
    for start, end in edges.reshape(-1, 2).tolist():
        if end - start >= shortest:
            yield start, end
