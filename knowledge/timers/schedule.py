"""Which timers are due, and when to look again: pure decisions, with the time given."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from knowledge.models import Queue, Track
from knowledge.queue_operations import following
from knowledge.timers.models import Alarm, SleepTimer, SleepUntil, Timer
from knowledge.times import next_ring, wall

LATE_S = 600.0
"""An alarm that comes later than this is missed: nobody wants it any more."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done now."""

    sleeps: tuple[SleepTimer, ...] = ()
    """Fade out and stop; one in each room at most."""
    ring: tuple[Alarm, ...] = ()
    missed: tuple[Alarm, ...] = ()
    forgotten: tuple[SleepTimer, ...] = ()
    """Sleep timers whose time passed while nobody could act; the music of now is another's."""


def due(timers: Iterable[Timer], now: datetime) -> Due:
    """Sort out what is due at `now`, earliest first."""
    sleeps: dict[str, SleepTimer] = {}
    ring: list[Alarm] = []
    missed: list[Alarm] = []
    forgotten: list[SleepTimer] = []
    for timer in timers:
        late_s = _late_s(timer, now)
        if isinstance(timer, SleepTimer):
            if late_s is not None and late_s > LATE_S:
                forgotten.append(timer)
            elif late_s is not None and late_s >= -timer.fade_s:
                sleeps[timer.room] = timer
        elif late_s is not None and late_s > LATE_S:
            missed.append(timer)
        elif late_s is not None and late_s >= 0:
            ring.append(timer)
    ring.sort(key=lambda alarm: alarm.at.timestamp())
    return Due(tuple(sleeps.values()), tuple(ring), tuple(missed), tuple(forgotten))


def next_look_s(timers: Iterable[Timer], now: datetime) -> float | None:
    """In how many seconds something will be due; None: not as far as can be told."""
    waits = [
        -late_s - (timer.fade_s if isinstance(timer, SleepTimer) else 0.0)
        for timer in timers
        if (late_s := _late_s(timer, now)) is not None
    ]
    return max(0.0, min(waits)) if waits else None


def _late_s(timer: Timer, now: datetime) -> float | None:
    """How long ago it was due, in true seconds; negative before that."""
    return None if timer.at is None else now.timestamp() - timer.at.timestamp()


def rung(alarm: Alarm, now: datetime) -> Alarm | None:
    """The alarm after it rang or was missed: at its next time, or None when that was all."""
    if not alarm.weekdays or alarm.clock is None:
        return None
    # After its own time, too: a clock that was set back must not make it ring twice.
    after = max(now, alarm.at, key=lambda moment: moment.timestamp()).astimezone(now.tzinfo)
    day = alarm.at.astimezone(now.tzinfo).date()
    return replace(alarm, at=next_ring(alarm.clock, alarm.weekdays, after, not_on=day))


def on_the_clock(alarm: Alarm, zone: tzinfo | None) -> Alarm:
    """The alarm with its next time as the clock of `zone` shows it: the machine may have moved."""
    if not alarm.weekdays or alarm.clock is None:
        return alarm
    local = alarm.at.astimezone(zone)
    at = wall(local.date(), alarm.clock, zone)
    return alarm if abs(at.timestamp() - alarm.at.timestamp()) < 1 else replace(alarm, at=at)


def stops_after_current(sleep: SleepTimer, queue: Queue) -> bool:
    """Whether the music is to stop when the current item ends."""
    current = queue.current
    if current is None:
        return False
    match sleep.until:
        case SleepUntil.SONG:
            return True
        case SleepUntil.SONGS:
            return counted(sleep, queue).songs <= 1
        case SleepUntil.ALBUM:
            after = following(queue)
            return after is None or not _same_album(current.track, after.track)
        case SleepUntil.QUEUE:
            return queue.position == len(queue.items) - 1
        case _:
            return False


def _same_album(one: Track, other: Track) -> bool:
    return one.album is not None and one.album_id == other.album_id and one.album == other.album


def counted(sleep: SleepTimer, queue: Queue) -> SleepTimer:
    """The timer of so many songs after the current item may have changed."""
    current = queue.current
    if sleep.until is not SleepUntil.SONGS or current is None or current.id == sleep.item_id:
        return sleep
    left = sleep.songs - 1 if sleep.item_id else sleep.songs
    return replace(sleep, item_id=current.id, songs=max(1, left))


def longer(sleep: SleepTimer, seconds: float, now: datetime) -> SleepTimer:
    """The timer so much later (or, negative, earlier, but not before now)."""
    start = sleep.at if sleep.at is not None else now
    at = datetime.fromtimestamp(start.timestamp() + seconds, tz=now.tzinfo)
    soonest = now + timedelta(seconds=1)
    return replace(sleep, until=SleepUntil.TIME, at=max(at, soonest), songs=0, item_id="")
