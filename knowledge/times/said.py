"""What an expression of time says, before anybody looked at a clock, and what is made of it."""

from dataclasses import dataclass
from datetime import datetime, time


@dataclass(frozen=True, slots=True)
class TimeSaid:
    """The parts of an expression; what was not said is None."""

    phrase: str | None = None
    """A fixed one: "today", "yesterday", "just_now", ..."""
    unit: str | None = None
    """"second", "minute", "hour", "day", "week", "weekend", "month", "year"."""
    ago: float | None = None
    """So many units ago; 0 is the one that runs now, 1 the one before it."""
    within: float | None = None
    """During so many past units up to now."""
    weekday: int | None = None
    """0 is Monday."""
    month: int | None = None
    day: int | None = None
    year: int | None = None
    season: int | None = None
    """The month in which it begins."""
    last: bool = False
    """Whether the one before this one is meant: "last summer", said in July."""
    part: str | None = None
    """"evening", "night" and so on."""
    hour: float | None = None
    """0 to 24, when a clock time is said; minutes are a fraction of it."""
    hour_sure: bool = False
    """Whether morning or evening was said with it, or cannot be in doubt."""
    ahead_s: float | None = None
    """So many seconds from now."""
    days_ahead: int | None = None
    """1 is tomorrow."""
    coming: bool = False
    """Whether a weekday is the next one and not today: "next friday"."""
    weekdays: frozenset[int] = frozenset()
    """The days on which it comes again and again; 0 is Monday."""


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From `start` up to, not with, `end`; both with the time zone of the one who asks."""

    start: datetime
    end: datetime
    words: str = ""
    """How to say it: "yesterday evening", "on Tuesday"."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A time to come, once or on some days of each week."""

    at: datetime
    """The first time, in the zone of the one who asks."""
    weekdays: frozenset[int] = frozenset()
    """On which days again and again; 0 is Monday. Empty: once."""
    clock: time | None = None
    """What the clock shows then; None when so much time from now was said."""
    ahead_s: float | None = None
    """So many seconds from now, when that was said."""


@dataclass(frozen=True, slots=True)
class UnclearTime:
    """A time that cannot be put on a clock."""

    why: str
    """"no_clock": a day without an hour; "past": it is over already."""
    at: datetime | None = None
    """When it was, for "past"."""
