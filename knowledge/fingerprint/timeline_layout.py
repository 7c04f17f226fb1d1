"""From runs, which overlap and have holes, to a timeline, which does not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from knowledge.fingerprint.runs import Run, Sighting
from knowledge.fingerprint.timeline_models import TimelineEntry

_COVERED_SHARE = 0.6
"""A run that lies under a better one for more than this is a likeness of it, not a neighbour."""
_OWN_S = 15.0
"""Unless so much of it lies outside."""
_FADE_S = 16.0
"""Recordings heard together no longer than this fade into each other, half way."""
_CLOSED_GAP_S = 4.0
"""A shorter hole between two recordings is where one fades into the other."""
_REJOINED_S = 90.0
"""A recording that plays on after a longer interruption is told as played twice."""
_LOOPED_S = 15.0
"""The same when it goes on at another place, as a loop may."""


@dataclass(frozen=True, slots=True)
class _Piece:
    run: Run
    start_s: float
    end_s: float


def lay_out(runs: Sequence[Run], until_s: float) -> tuple[TimelineEntry, ...]:
    """Give each moment of a stream to one recording, or to none.

    Args:
        runs: those that may be named.
        until_s: how much of the stream was heard, seconds.

    Returns:
        Entries in the order of time, without overlap or hole, from 0 to `until_s`.
    """
    pieces = [_Piece(run, run.start_s, run.end_s) for run in _uncovered(runs)]
    pieces.sort(key=lambda piece: (piece.start_s, piece.end_s))
    pieces = _rejoined(_parted(pieces))
    return _filled(pieces, until_s)


def entry_of(run: Run, start_s: float | None = None, end_s: float | None = None) -> TimelineEntry:
    """Describe a run, between its own ends unless others are given."""
    start_s = run.start_s if start_s is None else start_s
    end_s = run.end_s if end_s is None else end_s
    speed = run.speed
    begun = run.first.position_s + speed * (start_s - run.first.start_s)
    if begun < 0:
        # It cannot have begun before its beginning.
        start_s = min(start_s - begun / speed, end_s)
        begun = 0.0
    return TimelineEntry(
        start_s=start_s,
        end_s=end_s,
        recording=run.recording,
        certainty=run.certainty,
        probability=run.probability,
        offset_s=begun,
        speed=speed,
        pitch=median(seen.pitch for seen in run.sightings),
    )


def _uncovered(runs: Sequence[Run]) -> list[Run]:
    """Leave out what lies under something better: the same music under another name."""
    kept: list[Run] = []
    for run in sorted(runs, key=lambda run: run.evidence, reverse=True):
        length_s = max(run.end_s - run.start_s, 1e-3)
        covered_s = max((_overlap_s(run, better) for better in kept), default=0.0)
        if covered_s <= _COVERED_SHARE * length_s or length_s - covered_s >= _OWN_S:
            kept.append(run)
    return kept


def _overlap_s(one: Run, other: Run) -> float:
    return min(one.end_s, other.end_s) - max(one.start_s, other.start_s)


def _parted(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Part neighbours that overlap where the evidence changes from one to the other."""
    parted: list[_Piece] = []
    for piece in pieces:
        if parted and parted[-1].end_s > piece.start_s:
            before = parted[-1]
            at_s = _change_s(before, piece)
            parted[-1] = replace(before, end_s=at_s)
            if before.end_s > piece.end_s:
                # The first goes on after the second.
                parted += [replace(piece, start_s=at_s), replace(before, start_s=piece.end_s)]
                continue
            parted.append(replace(piece, start_s=at_s))
        else:
            parted.append(piece)
    return [piece for piece in parted if piece.end_s > piece.start_s]


def _change_s(before: _Piece, after: _Piece) -> float:
    """Find the moment from which on `after` is heard better than `before`."""
    low, high = after.start_s, min(before.end_s, after.end_s)
    if high - low <= _FADE_S:
        return (low + high) / 2
    weights = [
        *((seen.middle_s, _weight(seen)) for seen in before.run.sightings),
        *((seen.middle_s, -_weight(seen)) for seen in after.run.sightings),
    ]
    inside = sorted(pair for pair in weights if low <= pair[0] <= high)
    best = total = 0.0
    start, end = low, inside[0][0] if inside else high
    for place, (_, weight) in enumerate(inside):
        total += weight
        if total > best:
            best = total
            start = inside[place][0]
            end = inside[place + 1][0] if place + 1 < len(inside) else high
    return (start + end) / 2


def _weight(seen: Sighting) -> float:
    return max(seen.odds, 0.0) + 1.0


def _rejoined(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Join what an interruption cut in two: the same recording, playing on."""
    joined: list[_Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before and before.run.recording == piece.run.recording:
            hidden_s = piece.start_s - before.end_s
            same = before.run is piece.run or before.run.fits(piece.run.first)
            if hidden_s <= (_REJOINED_S if same else _LOOPED_S):
                joined[-1] = replace(before, end_s=piece.end_s)
                continue
        joined.append(piece)
    return joined


def _filled(pieces: Sequence[_Piece], until_s: float) -> tuple[TimelineEntry, ...]:
    """Tell holes as unknown, and close those that are only a fade."""
    entries: list[TimelineEntry] = []
    end_s = 0.0
    for piece in pieces:
        entry = entry_of(piece.run, piece.start_s, min(piece.end_s, until_s))
        hole_s = entry.start_s - end_s
        if hole_s > _CLOSED_GAP_S:
            entries.append(TimelineEntry(end_s, entry.start_s))
        elif hole_s > 0:
            middle_s = entry.start_s - hole_s / 2 if entries else 0.0
            if entries:
                entries[-1] = replace(entries[-1], end_s=middle_s)
            moved_s = min((entry.start_s - middle_s) * entry.speed, entry.offset_s)
            entry = replace(entry, start_s=middle_s, offset_s=entry.offset_s - moved_s)
        entries.append(entry)
        end_s = entry.end_s
    if until_s - end_s > _CLOSED_GAP_S:
        entries.append(TimelineEntry(end_s, until_s))
    elif entries:
        entries[-1] = replace(entries[-1], end_s=max(until_s, end_s))
    elif until_s > 0:
        entries.append(TimelineEntry(0.0, until_s))
    return tuple(entries)
