"""What one listens to at this time of the day and of the week.

Ten moments: five parts of the day, on working days and at the weekend. The energy that is usual in
a moment comes from a default and gives way to own listening, as profiles of activities do.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import Axis, Vector
from knowledge.folding import fold
from knowledge.recommend.frame import NEUTRAL, Frame
from knowledge.recommend.listening import Listening
from knowledge.recommend.shelf import Ids

DAY_PARTS = ("night", "morning", "day", "afternoon", "evening")
_BEGINS = (0, 6, 11, 15, 19, 23)
"""Hours at which the parts begin; the last one is the night again."""
_USUAL_ENERGY = (0.35, 0.5, 0.58, 0.58, 0.48)
"""Calmer at night and livelier by day, as Park 2019 (s41562-018-0508-z) found; the numbers are
convention."""
SHRINKAGE = 30.0
"""After so many own plays they weigh as much as the default."""
_WIDTH = 0.5
_SAME = {"noon": "day", "midday": "day", "midnight": "night", "late": "night", "tonight": "evening"}
_ARTIST_SHRINKAGE = 8.0


@dataclass(frozen=True, slots=True)
class Moment:
    """A part of the day on a kind of day."""

    part: str
    """One of `DAY_PARTS`."""
    weekend: bool

    @classmethod
    def of(cls, at: datetime) -> "Moment":
        return cls(DAY_PARTS[int(_part(np.asarray([at.hour]))[0])], at.weekday() >= 5)

    @classmethod
    def named(cls, words: str, at: datetime) -> "Moment":
        """The moment that was asked for ("evening"), or the one of `at`."""
        now, folded = cls.of(at), fold(words).split() if words.strip() else []
        part = next((_SAME.get(word, word) for word in folded if word in {*DAY_PARTS, *_SAME}), "")
        weekend = now.weekend or "weekend" in folded or "weekends" in folded
        return cls(part or now.part, weekend)

    @property
    def words(self) -> str:
        when = {"night": "at night", "day": "around noon"}.get(self.part, f"in the {self.part}")
        return f"{when} at the weekend" if self.weekend else when


def moments_of(at: NDArray[np.float64], zone: tzinfo | None) -> tuple[Ids, NDArray[np.bool_]]:
    """Part of the day (an index of `DAY_PARTS`) and weekend of Unix times, in a zone."""
    offset = _offset_s(zone)
    local = at + offset
    hours = (local // 3600 % 24).astype(np.int64)
    weekday = (local // 86_400 + 3).astype(np.int64) % 7  # 1970 began on a Thursday
    return _part(hours), weekday >= 5


def usual_now(frame: Frame, listening: Listening, moment: Moment, zone: tzinfo | None) -> Vector:
    """How usual each candidate is in this moment, 0 to 1.

    Half of it is how near its energy is to what is usual; half how much of the listening to its
    artist falls into moments like this one, against all listening.
    """
    parts, weekend = moments_of(listening.at, zone)
    good = listening.heard & ~listening.skipped
    now = good & (parts == DAY_PARTS.index(moment.part)) & (weekend == moment.weekend)
    energy = frame.places(Axis.ENERGY)
    target = _usual_energy(frame, listening.tracks[now], moment)
    near = np.clip(1 - np.abs(energy - target) / _WIDTH, 0, 1)
    near = np.where(np.isnan(near), NEUTRAL, near)
    return np.asarray((near + _artists_now(frame, listening, good, now)) / 2, np.float32)


def _usual_energy(frame: Frame, played: Ids, moment: Moment) -> float:
    default = _USUAL_ENERGY[DAY_PARTS.index(moment.part)]
    whole = Frame.of(frame.shelf, frame.table, None)
    rows = frame.shelf.rows(played)
    places = whole.places(Axis.ENERGY)[rows]
    places = places[~np.isnan(places)]
    own = float(places.mean()) if len(places) else default
    return (len(places) * own + SHRINKAGE * default) / (len(places) + SHRINKAGE)


def _artists_now(
    frame: Frame, listening: Listening, good: NDArray[np.bool_], now: NDArray[np.bool_]
) -> Vector:
    shelf = frame.shelf
    if not now.any():
        return np.full(len(frame), NEUTRAL, np.float32)
    count = int(shelf.artist_numbers.max()) + 1
    here = np.bincount(shelf.artist_numbers[shelf.rows(listening.tracks[now])], minlength=count)
    ever = np.bincount(shelf.artist_numbers[shelf.rows(listening.tracks[good])], minlength=count)
    overall = now.sum() / good.sum()
    share = (here + _ARTIST_SHRINKAGE * overall) / (ever + _ARTIST_SHRINKAGE)
    return np.asarray(share / (share + overall), np.float32)[frame.artists]


def _part(hours: Ids) -> Ids:
    return (np.searchsorted(_BEGINS, hours, "right") - 1) % len(DAY_PARTS)


def _offset_s(zone: tzinfo | None) -> float:
    offset = None if zone is None else datetime.now(zone).utcoffset()
    return 0.0 if offset is None else offset.total_seconds()
