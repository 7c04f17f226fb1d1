"""What may be said of timers: exact local times, and what plays."""

from collections.abc import Callable, Sequence
from datetime import datetime

from knowledge.models import Queue
from knowledge.timers.models import Alarm, NewsKind, SleepTimer, SleepUntil, Timer, TimerNews
from tools.context import Fact

Facts = dict[str, Fact]
QueueOf = Callable[[Timer], Queue]
"""The queue that a timer is about."""
MAX_LISTED = 10
_SECONDS_COUNT = 90
"""So near that a time without its seconds says too little."""


def facts_of(timer: Timer, now: datetime, queue: Queue) -> Facts:
    """Everything of one timer."""
    return _of_alarm(timer, now) if isinstance(timer, Alarm) else _of_sleep(timer, now, queue)


def _of_alarm(alarm: Alarm, now: datetime) -> Facts:
    facts: Facts = {"timer": "alarm", **moment_facts(alarm.at, now)}
    if alarm.weekdays:
        facts["weekdays"] = "".join(str(day) for day in sorted(alarm.weekdays))
    if alarm.music.label:
        facts["music"] = alarm.music.label
    elif alarm.music.is_open:
        facts["music_liked"] = True
    if alarm.volume is not None:
        facts["volume"] = alarm.volume
    if alarm.player:
        facts["player"] = alarm.player
    return facts


def _of_sleep(sleep: SleepTimer, now: datetime, queue: Queue) -> Facts:
    facts: Facts = {"timer": "sleep", "until": str(sleep.until)}
    if sleep.room:
        facts["room"] = sleep.room
    current = queue.current
    if sleep.at is not None:
        facts |= moment_facts(sleep.at, now)
    elif sleep.until is SleepUntil.SONGS:
        facts["songs"] = sleep.songs
    elif current is not None and sleep.until is SleepUntil.SONG:
        facts["song"] = current.track.title
    elif current is not None and current.track.album and sleep.until is SleepUntil.ALBUM:
        facts["album"] = current.track.album
    return facts


def moment_facts(at: datetime, now: datetime) -> Facts:
    """When it is, on the clock of `now`."""
    local = at.astimezone(now.tzinfo)
    in_s = max(0, round(at.timestamp() - now.timestamp()))
    facts: Facts = {
        "clock": f"{local:%H:%M}",
        "date": f"{local:%Y-%m-%d}",
        "days_ahead": (local.date() - now.date()).days,
        "in_s": in_s,
    }
    return facts | ({"clock_s": f"{local:%H:%M:%S}"} if 0 < in_s < _SECONDS_COUNT else {})


def listed(timers: Sequence[Timer], now: datetime, queue_of: QueueOf) -> Facts:
    """Timers by their numbers: "1_timer", "1_clock" and so on."""
    facts: Facts = {"count": len(timers)}
    for number, timer in enumerate(timers[:MAX_LISTED], 1):
        told = facts_of(timer, now, queue_of(timer))
        facts |= {f"{number}_{key}": value for key, value in told.items()}
    return facts


def missed_facts(news: Sequence[TimerNews], now: datetime) -> Facts:
    """The newest alarm that nobody heard."""
    missed = next((one for one in news if one.kind is NewsKind.MISSED), None)
    if missed is None or missed.due_at is None:
        return {}
    facts = {f"missed_{key}": value for key, value in moment_facts(missed.due_at, now).items()}
    return {**facts, "missed_reason": missed.reason}


def in_short(timer: Timer, now: datetime) -> str:
    """Name a timer in a question: "07:00 tomorrow", "06:30 on weekdays", "the sleep timer"."""
    if isinstance(timer, SleepTimer):
        return f"the sleep timer in the {timer.room}" if timer.room else "the sleep timer"
    facts = moment_facts(timer.at, now)
    return f"{facts['clock']} {days_in_words(timer.weekdays) or day_in_words(timer.at, now)}"


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def days_in_words(weekdays: frozenset[int]) -> str:
    """Say "every day", "on weekdays", "every Monday and Friday"; "" for no days."""
    if not weekdays:
        return ""
    if len(weekdays) == 7:
        return "every day"
    if weekdays == frozenset(range(5)):
        return "on weekdays"
    if weekdays == frozenset({5, 6}):
        return "on weekends"
    names = [_DAYS[day] for day in sorted(weekdays)]
    return "every " + (", ".join(names[:-1]) + " and " if names[1:] else "") + names[-1]


def day_in_words(at: datetime, now: datetime) -> str:
    """Say "today", "tomorrow", "on Friday", "on 3 March"."""
    local = at.astimezone(now.tzinfo)
    days = (local.date() - now.date()).days
    if days == 0:
        return "today"
    if days == 1:
        return "tomorrow"
    return f"on {_DAYS[local.weekday()]}" if 1 < days < 7 else f"on {local.day} {local:%B}"
