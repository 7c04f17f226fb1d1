"""Local hours and days of many moments at once, though zones move their clocks twice a year."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

import numpy as np
from numpy.typing import NDArray

_DAY_S = 86_400
_NEAR_S = 60
"""Changes of the clock are found to the minute."""


class LocalClock:
    """The clock of one zone in a stretch of time."""

    def __init__(self, zone: tzinfo, start_s: float, end_s: float) -> None:
        """Look up how the clock changes between two Unix times."""
        changes = _changes(zone, max(start_s, 0.0), end_s)
        self._since = np.array([since for since, _ in changes])
        self._ahead_s: NDArray[np.float64] = np.array([ahead for _, ahead in changes])

    def hours(self, at: NDArray[np.float64]) -> NDArray[np.int64]:
        """Hours since 1970 in local time, of Unix times of shape (n,)."""
        change = np.maximum(np.searchsorted(self._since, at, side="right") - 1, 0)
        local = at + self._ahead_s[change]
        return np.floor_divide(local, 3600).astype(np.int64)


def start_of(day: date, zone: tzinfo) -> float:
    """The Unix time at which a day begins."""
    return datetime.combine(day, time.min, zone).timestamp()


def day_of_hour(hour: int) -> date:
    """The local day of what `LocalClock.hours` gives."""
    return date(1970, 1, 1) + timedelta(days=hour // 24)


def _changes(zone: tzinfo, start_s: float, end_s: float) -> list[tuple[float, float]]:
    """Since when the clock is how many seconds ahead of UTC."""
    found = [(start_s, _ahead(zone, start_s))]
    at = start_s
    while at < end_s:
        after = min(at + _DAY_S, end_s)
        ahead = _ahead(zone, after)
        if ahead != found[-1][1]:
            found.append((_moment(zone, at, after), ahead))
        at = after
    return found


def _moment(zone: tzinfo, before: float, after: float) -> float:
    """When the clock changed."""
    old = _ahead(zone, before)
    while after - before > _NEAR_S:
        middle = (before + after) / 2
        before, after = (middle, after) if _ahead(zone, middle) == old else (before, middle)
    return after // _NEAR_S * _NEAR_S


def _ahead(zone: tzinfo, at: float) -> float:
    shift = datetime.fromtimestamp(at, UTC).astimezone(zone).utcoffset()
    return 0.0 if shift is None else shift.total_seconds()
