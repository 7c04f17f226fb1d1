"""Times as people say them: those that are over as a range, those to come as a moment."""

from knowledge.times.future import future_time, next_ring
from knowledge.times.past import past_time, resolve_time, seconds_ago
from knowledge.times.reading import read_time
from knowledge.times.reading_ahead import read_ahead, says_when
from knowledge.times.said import TimeRange, TimeSaid, UnclearTime, Upcoming
from knowledge.times.zone import local_now, local_zone, shift, wall

__all__ = [
    "TimeRange",
    "TimeSaid",
    "UnclearTime",
    "Upcoming",
    "future_time",
    "local_now",
    "local_zone",
    "next_ring",
    "past_time",
    "read_ahead",
    "read_time",
    "resolve_time",
    "says_when",
    "seconds_ago",
    "shift",
    "wall",
]
