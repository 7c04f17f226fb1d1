"""Hypotheses about a stream: one recording that plays on, window after window.

A single window may be wrong. A recording that really plays shows up again and again, and each time
at the position to which it must have played on: position grows by speed times time. Chance and
likeness do not do that, so what fits is evidence even where each window alone claims nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from knowledge.fingerprint.models import Certainty, ClipMatch

CERTAIN_EVIDENCE = 9.0
"""Natural-log odds from which a run may be named as a fact."""
LIKELY_EVIDENCE = 8.0
"""Natural-log odds from which a run is reported at all."""
MOST_FROM_ONE = 6.0
"""No single window counts for more, however sure: its errors are shared by its neighbours."""
_LEAST_ODDS = -4.0
"""Candidates with less are not worth following."""
LEAST_MATCHED_S = 7.0
"""Recordings share samples and drum loops of a few seconds; that is not the recording."""
_LEAST_SHARE = 0.45
"""So much of the time between its beginning and end a recording must have been heard."""
_CONTIGUOUS_S = 3.0
"""A loop goes on at another place of the recording without a gap longer than this."""
_FITTING = 5.0
"""What fitting the line adds. A wrong match would have to hit the same recording of many at the
same place within it, about one chance in thousands; likeness within a style makes it less."""
_FIT_S = 0.8
"""A position fits when it is off by no more than this..."""
_FIT_DRIFT = 0.015
"""...and so much for each second since the run was last seen."""
_REPLACED_S = 12.0
"""A recording not heard for so long is over when another has taken its place."""
_SLOPE_OVER = 3
"""Speed is measured from a window to so many windows later."""
_FASTEST = 0.08
"""Turntables and players change tempo by no more. What fits at another tempo only is the same tune
played by somebody else."""
_LINES = 4
"""Places of a looping recording that are followed at once."""
_MOST_SIGHTINGS = 4096


@dataclass(frozen=True, slots=True)
class Sighting:
    """One window in which a recording seemed to play.

    Attributes:
        recording: key in the index.
        start_s: where in the stream the matched part of the window begins.
        end_s: where it ends.
        position_s: where in the recording it begins.
        speed: tempo as a ratio to the recording's.
        pitch: semitones.
        odds: natural-log odds that the window is this recording.
        claimed: whether the window alone would have been named so.
        window_s: length of the window that was looked at.
        window_end_s: where in the stream that window ends.
    """

    recording: str
    start_s: float
    end_s: float
    position_s: float
    speed: float
    pitch: float
    odds: float
    claimed: bool
    window_s: float
    window_end_s: float

    @property
    def middle_s(self) -> float:
        return (self.start_s + self.end_s) / 2

    def position_at(self, time_s: float) -> float:
        """Where in the recording the stream is at `time_s`, if it plays on."""
        return self.position_s + self.speed * (time_s - self.start_s)


def sighting_of(match: ClipMatch, window_start_s: float, window_s: float) -> Sighting:
    """Place a match of one window on the stream."""
    inside = min(max(match.probability, 1e-6), 1 - 1e-6)
    start_s = min(max(match.start_s, 0.0), window_s)
    end_s = min(max(match.end_s, start_s), window_s)
    return Sighting(
        recording=match.recording,
        start_s=window_start_s + start_s,
        end_s=window_start_s + end_s,
        position_s=match.offset_s + match.speed * start_s,
        speed=match.speed,
        pitch=match.pitch,
        odds=math.log(inside / (1 - inside)),
        claimed=match.certainty is not Certainty.UNKNOWN,
        window_s=window_s,
        window_end_s=window_start_s + window_s,
    )


@dataclass(slots=True, eq=False)
class Run:
    """One recording followed through a stream. Made by the tracker of one stream only."""

    recording: str
    least_matched_s: float = LEAST_MATCHED_S
    """With less it is not named."""
    sightings: list[Sighting] = field(default_factory=list)
    evidence: float = 0.0
    """Natural-log odds gathered so far."""
    announced: bool = False
    closed: bool = False
    start_s: float = 0.0
    """Where it begins to be heard in the stream."""
    end_s: float = 0.0
    """Where it was last heard."""
    matched_s: float = 0.0
    """How long it was heard between the two."""
    heard_until_s: float = 0.0
    """End of the last window that showed it."""
    _lines: list[Sighting] = field(default_factory=list)
    """Newest sighting of each place that is followed, the latest first."""

    @property
    def first(self) -> Sighting:
        return self.sightings[0]

    @property
    def last(self) -> Sighting:
        return self._lines[0]

    @property
    def certainty(self) -> Certainty:
        """What may be claimed; a single window or a few seconds here and there are never enough."""
        length_s = self.end_s - self.start_s
        too_little = self.matched_s < max(self.least_matched_s, _LEAST_SHARE * length_s)
        if len(self.sightings) < 2 or too_little or self.evidence < LIKELY_EVIDENCE:
            return Certainty.UNKNOWN
        return Certainty.CERTAIN if self.evidence >= CERTAIN_EVIDENCE else Certainty.LIKELY

    @property
    def probability(self) -> float:
        return 1 / (1 + math.exp(-min(self.evidence, 12.0)))

    @property
    def speed(self) -> float:
        """Tempo as a ratio to the recording's, from how far it came between the windows."""
        slopes = []
        for early, late in zip(self.sightings, self.sightings[_SLOPE_OVER:], strict=False):
            passed_s = late.middle_s - early.middle_s
            played_s = late.position_at(late.middle_s) - early.position_at(early.middle_s)
            if passed_s > 0 and abs(played_s / passed_s - 1) < _FASTEST:
                slopes.append(played_s / passed_s)
        return median(slopes or [seen.speed for seen in self.sightings])

    def fits(self, seen: Sighting) -> bool:
        """Say whether the recording, played on, would be where it is seen."""
        return self._line_of(seen) is not None

    def add(self, seen: Sighting) -> None:
        """Take in one more window, unless it speaks against the recording."""
        line = self._line_of(seen)
        gained = min(seen.odds + (_FITTING if line else 0.0), MOST_FROM_ONE)
        if not self.sightings:
            self.start_s = self.end_s = seen.start_s
        elif gained <= 0:
            return
        else:
            # Windows overlap; only what was not heard before is a witness of its own.
            new = (seen.window_end_s - self.heard_until_s) / seen.window_s
            gained *= min(max(new, 0.0), 1.0)
        self.evidence += gained
        self.matched_s += max(seen.end_s - max(seen.start_s, self.end_s), 0.0)
        self.start_s = min(self.start_s, seen.start_s)
        self.end_s = max(self.end_s, seen.end_s)
        self.heard_until_s = max(self.heard_until_s, seen.window_end_s)
        self.sightings.append(seen)
        self._lines = [seen, *(old for old in self._lines if old is not line)][:_LINES]
        if len(self.sightings) > _MOST_SIGHTINGS:
            # The middle of a run that plays for hours is of no more use.
            del self.sightings[_MOST_SIGHTINGS // 4 : _MOST_SIGHTINGS // 2]

    def _line_of(self, seen: Sighting) -> Sighting | None:
        for line in self._lines:
            apart_s = max(seen.middle_s - line.middle_s, 0.0)
            if _distance(line, seen) <= _FIT_S + _FIT_DRIFT * apart_s:
                return line
        return None


def _distance(line: Sighting, seen: Sighting) -> float:
    return abs(line.position_at(seen.middle_s) - seen.position_at(seen.middle_s))


class RunTracker:
    """Gathers the windows of one stream into runs."""

    def __init__(
        self, *, patience_s: float = 30.0, least_matched_s: float = LEAST_MATCHED_S
    ) -> None:
        """Begin.

        Args:
            patience_s: how long a recording may be hidden, by a talker for instance, before it
                counts as over.
            least_matched_s: how much of a recording must be heard before it is named.
        """
        self._least_matched_s = least_matched_s
        self._patience_s = patience_s
        self._open: list[Run] = []

    def observe(self, sightings: Sequence[Sighting]) -> list[Run]:
        """Take in the candidates of one window, best first; return the runs that they belong to."""
        seen_in: list[Run] = []
        for seen in sightings:
            run = self._run_for(seen)
            if run is not None and run not in seen_in:
                run.add(seen)
                seen_in.append(run)
        return seen_in

    def expire(self, heard_s: float) -> list[Run]:
        """Close the runs that are over when `heard_s` of the stream were heard; return them."""
        return self._close([run for run in self._open if self._is_over(run, heard_s)])

    def _is_over(self, run: Run, heard_s: float) -> bool:
        hidden_s = heard_s - run.heard_until_s
        if hidden_s < _REPLACED_S:
            return False
        replaced = any(
            other.announced and other.heard_until_s > run.heard_until_s for other in self._open
        )
        return replaced or hidden_s >= self._patience_s

    def close_all(self) -> list[Run]:
        """Close every run: the stream is over."""
        return self._close(list(self._open))

    def _close(self, runs: list[Run]) -> list[Run]:
        for run in runs:
            run.closed = True
        self._open = [run for run in self._open if not run.closed]
        return runs

    def _run_for(self, seen: Sighting) -> Run | None:
        if abs(seen.speed - 1) > _FASTEST:
            return None
        same = [run for run in self._open if run.recording == seen.recording]
        fitting = [run for run in same if run.fits(seen)]
        if fitting:
            return max(fitting, key=lambda run: run.evidence)
        if seen.claimed:
            # The same recording elsewhere: it loops, repeats itself, or was moved by a hand.
            near = [run for run in same if seen.start_s <= run.end_s + _CONTIGUOUS_S]
            if near:
                return max(near, key=lambda run: run.evidence)
        if seen.odds < _LEAST_ODDS:
            return None
        run = Run(seen.recording, self._least_matched_s)
        self._open.append(run)
        return run
