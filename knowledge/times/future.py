"""Times to come, put on a clock: "at seven", "tomorrow at 8", "every weekday at 6:30".

An hour without morning or evening is the next one to come; on a named day, and on days that come
again and again, it is the one at which people are usually up: 5 to 11 in the morning, else after
noon. Whoever wants to be woken means a morning unless the evening is near.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from knowledge.times.reading_ahead import read_ahead
from knowledge.times.said import TimeSaid, UnclearTime, Upcoming
from knowledge.times.vocabulary import load_time_words, words_of
from knowledge.times.zone import is_after, shift, wall

LONGEST_S = 366 * 86_400.0
"""Nobody plans music further ahead."""
_MORNING = range(5, 12)
_NAP_S = 4 * 3600.0
"""Who wants to be woken in the evening says so not more than so long before."""
_AFTER_MIDNIGHT = 6
_EVENING_PARTS = frozenset({"evening", "night", "dinner", "dinnertime", "after dinner"})


def future_time(text: str, now: datetime, *, waking: bool = False) -> Upcoming | UnclearTime | None:
    """Find a time to come in `text`; the first one counts.

    Args:
        text: "at seven", "wake me tomorrow at 6:30", or an ISO 8601 time.
        now: the present, with its time zone.
        waking: whether somebody wants to be woken then.

    Returns:
        The time; `UnclearTime` when a day without an hour or a time that is over was said; None
        when no time was said.
    """
    if (written := _written(text.strip(), now)) is not None:
        return written
    language = load_time_words()
    words = words_of(text)
    unclear: UnclearTime | None = None
    for at in range(len(words)):
        found = read_ahead(words, at, language)
        if found is None or not _says_much(found[1], found[0] - at == len(words)):
            continue
        resolved = _resolve(found[1], now, waking=waking)
        if not isinstance(resolved, UnclearTime):
            return resolved
        if found[1].hour is not None or unclear is None:
            unclear = resolved
        if resolved.why == "past":
            return resolved
    return unclear


def next_ring(
    clock: time, weekdays: Iterable[int], after: datetime, *, not_on: date | None = None
) -> datetime:
    """The next time after `after` that the clock shows `clock`, on one of `weekdays`.

    Args:
        clock: what the clock shows.
        weekdays: 0 is Monday; empty means any day.
        after: with its time zone, whose changes of the clock are minded.
        not_on: a local day to leave out, because it rang on it already.
    """
    days = frozenset(weekdays) or frozenset(range(7))
    day = after.date()
    while True:
        if day.weekday() in days and day != not_on:
            ring = wall(day, clock, after.tzinfo)
            if is_after(ring, after):
                return ring
        day += timedelta(days=1)


def _says_much(said: TimeSaid, alone: bool) -> bool:
    """Whether it is a time to come and not merely a word that might be one."""
    if alone or said.hour is not None or said.ahead_s is not None:
        return True
    return bool(said.weekdays) or said.days_ahead is not None or said.day is not None


def _written(text: str, now: datetime) -> Upcoming | UnclearTime | None:
    """Read an ISO 8601 time, as programs and language models write it."""
    if len(text) < len("2026-11-23") or not text[:4].isdecimal():
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) <= len("2026-11-23"):
        return UnclearTime("no_clock")
    at = moment if moment.tzinfo else wall(moment.date(), moment.time(), now.tzinfo)
    local = at.astimezone(now.tzinfo)
    return _once(local, now, local.time())


def _once(at: datetime, now: datetime, clock: time | None) -> Upcoming | UnclearTime:
    if not is_after(at, now):
        return UnclearTime("past", at)
    return Upcoming(at, clock=clock)


def _resolve(said: TimeSaid, now: datetime, *, waking: bool) -> Upcoming | UnclearTime:
    if said.ahead_s is not None:
        seconds = min(max(said.ahead_s, 1.0), LONGEST_S)
        return Upcoming(shift(now, timedelta(seconds=seconds)), ahead_s=seconds)
    if said.hour is None:
        return UnclearTime("no_clock")
    if said.weekdays:
        hour = _usual(said)
        clock, later = _clock(hour)
        days = frozenset((day + later) % 7 for day in said.weekdays)
        return Upcoming(next_ring(clock, days, now), days, clock)
    day = _day(said, now)
    if day is None:
        return _next_to_come(said, now, waking=waking)
    if said.days_ahead == 0 and not said.hour_sure and said.part is None:
        coming = [one for hour in _either(said.hour) if is_after(one := _at(day, hour, now), now)]
        if coming:
            return Upcoming(coming[0], clock=coming[0].time())
    at = _at(day, _usual(said), now)
    if said.weekday is not None and not is_after(at, now):
        at = _at(day + timedelta(days=7), _usual(said), now)
    return _once(at, now, at.time())


def _next_to_come(said: TimeSaid, now: datetime, *, waking: bool) -> Upcoming:
    """No day was said: the next time that the clock shows it."""
    if said.hour is None:
        raise ValueError("An hour is needed.")
    sure = said.hour_sure or said.part is not None
    hours = (_usual(said),) if sure else _either(said.hour)
    days = [now.date() + timedelta(days=more) for more in (-1, 0, 1, 2)]
    coming = sorted(
        (at for day in days for hour in hours if is_after(at := _at(day, hour, now), now)),
        key=lambda at: at.timestamp(),
    )
    at = coming[0]
    if waking and not sure and at.hour >= 12 and at.timestamp() - now.timestamp() > _NAP_S:
        at = next(one for one in coming if one.hour < 12)
    return Upcoming(at, clock=at.time())


def _day(said: TimeSaid, now: datetime) -> date | None:
    """The day that was said; None when none was."""
    today = now.date()
    if said.days_ahead is not None:
        return today + timedelta(days=said.days_ahead)
    if said.weekday is not None:
        ahead = (said.weekday - today.weekday()) % 7
        return today + timedelta(days=ahead or (7 if said.coming else 0))
    if said.month is None or said.day is None:
        return None
    for year in (said.year,) if said.year else range(today.year, today.year + 9):
        try:
            day = date(year, said.month, said.day)
        except ValueError:  # the 29th of February comes in another year, the 31st of June never
            continue
        if day >= today or said.year:
            return day
    return None


def _either(hour: float) -> tuple[float, ...]:
    """The hour before and after noon."""
    return (hour % 12, hour % 12 + 12)


def _usual(said: TimeSaid) -> float:
    """The hour of a day, when it may be before or after noon, as people mostly mean it."""
    hour = said.hour or 0.0
    if said.hour_sure:
        late = said.part in _EVENING_PARTS and 1 <= hour < _AFTER_MIDNIGHT
        return hour + 24 if late and said.days_ahead == 0 else hour
    if said.part in _EVENING_PARTS:
        if hour >= 12:
            return hour + 12
        return hour + 24 if hour < _AFTER_MIDNIGHT and said.part == "night" else hour + 12
    if said.part in {"morning", "breakfast", "before breakfast", "after breakfast"}:
        return hour % 12
    if said.part is not None:  # the afternoon, lunch
        return hour % 12 + 12
    return hour % 12 if int(hour) % 12 in _MORNING else hour % 12 + 12


def _clock(hour: float) -> tuple[time, int]:
    """What the clock shows, and how many days later."""
    minutes = round(hour * 60)
    return time(minutes // 60 % 24, minutes % 60), minutes // 1440


def _at(day: date, hour: float, now: datetime) -> datetime:
    clock, later = _clock(hour)
    return wall(day + timedelta(days=later), clock, now.tzinfo)
