"""Where a recording begins and ends in a stream, to within a second or two.

Windows say it only roughly: one of ten seconds shows a recording that fills half of it. Once it is
known what plays before and after, the sound itself is asked.
"""

from collections.abc import Callable, Sequence

from knowledge.fingerprint.following import Follower
from knowledge.fingerprint.models import Samples
from knowledge.fingerprint.runs import Run, Sighting

KEPT_S = 60.0
"""So much sound must be kept, seconds."""
_ADJACENT_S = 5.0
"""Recordings no further apart than this follow one another."""
_LONGEST_FADE_S = 20.0
_AROUND_S = 12.0
"""So much sound before and after a change shows how each recording sounds alone."""
_LOOSE_S = 6.0
"""How far off the windows' idea of a beginning or end may be when nothing known is beside it."""
_SURE = 2.0
"""Odds of a sighting that is taken as a fixed point."""

Sound = Callable[[float, float], tuple[Samples, float]]
"""Sound of the stream between two moments as far as it is kept, and where it begins, seconds."""


class Boundaries:
    """Moves the beginnings and ends of the runs of one stream to where they are heard."""

    def __init__(self, follower: Follower, sound: Sound) -> None:
        self._follower = follower
        self._sound = sound

    def begun(self, run: Run, runs: Sequence[Run], heard_s: float) -> None:
        """Place the beginning of a run that has just been named."""
        before = [
            other
            for other in runs
            if other is not run
            and other.start_s < run.start_s
            and other.end_s > run.start_s - _ADJACENT_S
        ]
        if not before:
            self._place(None, run, heard_s)
        elif all(other.closed for other in before):
            self._place(max(before, key=lambda other: other.end_s), run, heard_s)

    def ended(self, run: Run, runs: Sequence[Run], heard_s: float) -> None:
        """Place the end of a run that is over, which may be the beginning of the next."""
        after = [
            other
            for other in runs
            if other is not run
            and other.start_s > run.start_s
            and other.end_s > run.end_s
            and other.start_s < run.end_s + _ADJACENT_S
        ]
        self._place(run, min(after, key=lambda other: other.start_s, default=None), heard_s)

    def _place(self, before: Run | None, after: Run | None, heard_s: float) -> None:
        low_s, high_s = _uncertain(before, after)
        at_edge = low_s < _LOOSE_S / 2 if before is None else False
        at_edge = at_edge or (after is None and high_s > heard_s - _LOOSE_S / 2)
        if at_edge or high_s - low_s > _LONGEST_FADE_S:
            return
        from_s, until_s = low_s - _AROUND_S, high_s + _AROUND_S
        if before is not None:
            from_s = max(from_s, before.start_s)
        if after is not None:
            until_s = min(until_s, after.end_s)
        samples, start_s = self._sound(from_s, until_s)
        at_s = self._follower.change_s(
            samples,
            start_s,
            _near(before, low_s) if before else None,
            _near(after, high_s) if after else None,
            (low_s, high_s),
        )
        if at_s is None:
            return
        if before is not None and at_s > before.start_s:
            before.end_s = at_s
        if after is not None and at_s < after.end_s:
            after.start_s = at_s


def _uncertain(before: Run | None, after: Run | None) -> tuple[float, float]:
    """The moments between which the change lies."""
    if before is not None and after is not None:
        both = after.start_s, before.end_s
        return min(both), max(both)
    edge_s = before.end_s if before else after.start_s if after else 0.0
    return (edge_s - _LOOSE_S, edge_s) if before else (edge_s, edge_s + _LOOSE_S)


def _near(run: Run, at_s: float) -> Sighting:
    """The sure sighting that is nearest to a moment."""
    sure = [seen for seen in run.sightings if seen.odds >= _SURE] or run.sightings
    return min(sure, key=lambda seen: abs(seen.middle_s - at_s))
