"""A clock that a test moves by hand, and timers to put on it."""

import asyncio
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from knowledge.timers.models import Alarm, AlarmMusic, SleepTimer, SleepUntil
from knowledge.times import shift

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 23, 22, 0, tzinfo=BERLIN)


class HandClock:
    """Shows the time that it was set to."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now
        self._moved = asyncio.Event()

    def __call__(self) -> datetime:
        return self.now

    def go_on(self, seconds: float) -> None:
        self.now = shift(self.now, timedelta(seconds=seconds))
        self._moved.set()
        self._moved = asyncio.Event()

    async def wait(self, seconds: float) -> None:
        """Like `asyncio.sleep`, by this clock."""
        wanted = self.now.timestamp() + seconds
        while self.now.timestamp() < wanted:
            await self._moved.wait()


def sleep_at(at: datetime, *, fade_s: float = 20.0) -> SleepTimer:
    return SleepTimer(0, SleepUntil.TIME, at, fade_s=fade_s)


def alarm_at(at: datetime, *days: int, label: str = "") -> Alarm:
    """An alarm at a time; on `days` of each week when some are given."""
    clock = time(at.hour, at.minute)
    return Alarm(0, at, clock, frozenset(days), AlarmMusic(label, {"liked": True} if label else {}))
