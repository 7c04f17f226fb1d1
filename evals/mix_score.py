"""How right a timeline is: seconds, boundaries, and entries of things that never played."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.fingerprint.timeline import TimelineEntry

NEAR_S = 3.0
"""A boundary is right when it is off by no more."""


@dataclass(frozen=True, slots=True)
class Truth:
    """One recording that plays and could be known.

    Attributes:
        recording: its key.
        start_s: from where on it is the louder one, which is the middle of its fade.
        end_s: until where.
        heard_from_s: from where on it can be heard at all.
        heard_until_s: until where.
    """

    recording: str
    start_s: float
    end_s: float
    heard_from_s: float
    heard_until_s: float


@dataclass(frozen=True, slots=True)
class MixScore:
    """One timeline against its truth.

    Attributes:
        precision: share of the named seconds in which that recording is heard.
        recall: share of the seconds of known recordings that are named rightly.
        boundaries: share of the beginnings and ends that are within `NEAR_S`.
        found: share of the known recordings that are named at all.
        wrong_entries: entries that name something not heard in more than half of them.
        extra_entries: entries beyond one for each recording: tracks cut in pieces.
        errors_s: how far each boundary that was found lies from the truth, seconds.
    """

    precision: float
    recall: float
    boundaries: float
    found: float
    wrong_entries: int
    extra_entries: int
    errors_s: tuple[float, ...]


def score_timeline(truth: Sequence[Truth], entries: Sequence[TimelineEntry]) -> MixScore:
    """Compare what was told with what played. Where two are heard, either may be named."""
    named = [entry for entry in entries if entry.recording is not None]
    right_s = [_right_s(entry, truth) for entry in named]
    said_s = sum(entry.duration_s for entry in named)
    there_s = sum(one.end_s - one.start_s for one in truth)
    got_s = sum(_got_s(one, truth, named) for one in truth)
    firsts = {one.recording: _entry_of(one, named) for one in truth}
    errors: list[float] = []
    for one in truth:
        first, last = firsts[one.recording]
        if first is not None and last is not None:
            errors += [first.start_s - one.start_s, last.end_s - one.end_s]
    found = [one for one in truth if firsts[one.recording][0] is not None]
    wrong = sum(r < entry.duration_s / 2 for entry, r in zip(named, right_s, strict=True))
    return MixScore(
        precision=sum(right_s) / said_s if said_s else 1.0,
        recall=got_s / there_s if there_s else 1.0,
        boundaries=sum(abs(error) <= NEAR_S for error in errors) / max(2 * len(truth), 1),
        found=len(found) / max(len(truth), 1),
        wrong_entries=wrong,
        extra_entries=len(named) - wrong - len(found),
        errors_s=tuple(errors),
    )


def _right_s(entry: TimelineEntry, truth: Sequence[Truth]) -> float:
    """Seconds of an entry in which its recording is heard."""
    return sum(
        max(0.0, min(entry.end_s, one.heard_until_s) - max(entry.start_s, one.heard_from_s))
        for one in truth
        if one.recording == entry.recording
    )


def _got_s(one: Truth, truth: Sequence[Truth], named: Sequence[TimelineEntry]) -> float:
    """Seconds of a recording's own stretch in which something is named that is heard there."""
    heard = [other for other in truth if other.heard_from_s < one.end_s]
    got = 0.0
    for entry in named:
        for other in heard:
            if other.recording == entry.recording:
                start_s = max(entry.start_s, one.start_s, other.heard_from_s)
                end_s = min(entry.end_s, one.end_s, other.heard_until_s)
                got += max(0.0, end_s - start_s)
    return got


def _entry_of(
    one: Truth, named: Sequence[TimelineEntry]
) -> tuple[TimelineEntry, TimelineEntry] | tuple[None, None]:
    """The first and the last entry that name a recording while it is heard."""
    its = [
        entry
        for entry in named
        if entry.recording == one.recording
        and min(entry.end_s, one.heard_until_s) > max(entry.start_s, one.heard_from_s)
    ]
    return (its[0], its[-1]) if its else (None, None)
