"""Times that are over, made into a range: "yesterday evening", "two hours ago", "in march".

Only the past is meant, since it is asked about what was heard: "on friday" is the last friday
that has begun, "in march" the last march, "after dinner" the last evening.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.times.clock import Wordbook
from knowledge.times.reading import FIRST_YEAR, read_time
from knowledge.times.said import TimeRange, TimeSaid
from knowledge.times.vocabulary import load_time_words, words_of
from knowledge.times.zone import shift

_MINUTES = {"second": 1 / 60, "minute": 1, "hour": 60, "day": 1440, "week": 10080}
_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_LONGEST_MINUTES = 5e7
_VAGUE = frozenset({"recently", "today"})
"""Phrases that mean little inside a sentence: "before", "earlier"."""
_SURE_DAYS = frozenset({"today", "tonight", "yesterday", "day_before_yesterday", "other_day"})


def resolve_time(text: str, now: datetime) -> TimeRange | None:
    """Make the past time that `text` begins or ends with a range; None if there is none.

    Args:
        text: a time and hardly anything else: "yesterday evening".
        now: the present, with its time zone.
    """
    language = load_time_words()
    words = words_of(text)
    said = read_time(words, 0, language)
    while words and (said is None or said[0] != len(words)):
        words = words[1:] if said is None else words[: said[0]]
        said = read_time(words, 0, language)
    if said is None:
        return None
    return replace(_range(said[1], now, language), words=_in_words(words, said[1]))


def past_time(text: str, now: datetime) -> TimeRange | None:
    """Find a past time in a sentence: "what did I play yesterday evening?".

    Words that are times only among other times do not count: "take five", "may I hear Summer",
    "the morning playlist", "songs from 1974". A date may be written 2026-11-20.

    Returns:
        The range, ending hardly later than `now`, or None when no time is named.
    """
    if (date := _DATE.search(text)) and (day := _day(date, now)) is not None:
        return day
    language = load_time_words()
    words = words_of(text)
    at = 0
    while at < len(words):
        found = read_time(words, at, language)
        if found is not None and (found[0] - at == len(words) or _is_time(words, at, *found)):
            if _is_vague(found[1]):
                return None
            span = _range(found[1], now, language)
            # What began just now belongs to a time that goes on.
            end = span.end if span.end < now else now + timedelta(seconds=1)
            return TimeRange(span.start, end, _in_words(words[at : found[0]], found[1]))
        at += 1
    return None


def seconds_ago(text: str) -> float | None:
    """How long ago "30 seconds ago", "a minute ago" or "two hours ago" is; None for other words."""
    language = load_time_words()
    words = words_of(text)
    for at in range(len(words)):
        found = _with_phrases_apart(words, at, language)
        if found is not None and found.ago is not None and found.unit in _SHORT:
            return found.ago * _MINUTES[found.unit] * 60
    return None


_SHORT = frozenset({"second", "minute", "hour"})


def _with_phrases_apart(words: Sequence[str], at: int, language: Wordbook) -> TimeSaid | None:
    """Like `read_time`, but "a minute ago" is a minute ago and no "just now"."""
    found = read_time(words, at, language)
    if found is None or found[1].phrase != "just_now" or words[at] != "a":
        return None if found is None else found[1]
    found = read_time(["one", *words[at + 1 :]], 0, language)
    return None if found is None else found[1]


def _day(date: re.Match[str], now: datetime) -> TimeRange | None:
    try:
        start = now.replace(
            year=int(date[1]), month=int(date[2]), day=int(date[3]),
            hour=0, minute=0, second=0, microsecond=0, fold=0,
        )  # fmt: skip
    except ValueError:
        return None
    if start > now:
        return None
    end = min(start + timedelta(days=1), now)
    return TimeRange(start, max(end, start + timedelta(minutes=1)), f"on {date[0]}")


def _is_vague(said: TimeSaid) -> bool:
    """Whether "before" or "lately" is all that was said."""
    return said.phrase == "recently" and said.part is None and said.hour is None


def _is_time(words: Sequence[str], at: int, end: int, said: TimeSaid) -> bool:
    """Whether an expression inside a sentence is surely a time, and no name."""
    first = words[at]
    dated = said.ago is not None or said.within is not None or said.phrase in _SURE_DAYS
    if dated or said.weekday is not None or said.last or said.phrase == "just_now":
        return first not in {"earlier", "before"}
    if said.day is not None:
        return True
    if said.year is not None or said.month is not None or said.season is not None:
        return first in {"in", "during", "since", "this"}
    if said.hour is not None:
        return said.hour_sure or end == len(words)
    return said.part is not None and first in {"this", "at", "after", "before", "during", "around"}


def _in_words(words: Sequence[str], said: TimeSaid) -> str:
    """Say the time as an answer says it: "on Tuesday", "in the last two hours", "last night"."""
    kept = list(words)
    while len(kept) > 1 and kept[0] in {"from", "over", "for", "since", "of", "during"}:
        kept = kept[1:]
    if said.within is not None:
        kept = kept[1:] if kept[0] == "in" else kept
        kept = kept if kept[0] == "the" else ["the", *kept]
        kept = ["in", *kept]
    elif kept[0] not in {"on", "in", "at", "last", "this", "previous"}:
        if said.weekday is not None or said.day is not None:
            kept = ["on", *kept]
        elif said.month is not None or said.year is not None:
            kept = ["in", *kept]
    text = " ".join(word.capitalize() if word in _NAMES else word for word in kept)
    return text.replace(" : ", ":")


_NAMES = frozenset(
    {
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("january", "february", "march", "april", "may", "june", "july", "august"),
        *("september", "october", "november", "december"),
    }
)


def _range(said: TimeSaid, now: datetime, language: Wordbook) -> TimeRange:
    found = _whole(said, now)
    midnight = found.start.replace(hour=0, minute=0, second=0, microsecond=0)
    undated = said.weekday is None and said.month is None and said.unit is None
    if said.part is not None:
        first, last = language.time["parts"][said.part]
        if said.phrase in {None, "today"} and undated and midnight + timedelta(hours=first) > now:
            midnight -= timedelta(days=1)  # "this evening", asked in the morning, is the last one
        found = TimeRange(midnight + timedelta(hours=first), midnight + timedelta(hours=last))
    if said.hour is not None:
        hour = said.hour
        if not said.hour_sure and 0 < hour < 12 and said.part not in language.time["morning_parts"]:
            evening = midnight + timedelta(hours=hour + 12)
            if said.part is not None or evening <= now:
                hour += 12  # music at eight is more often meant in the evening
        around = midnight + timedelta(hours=hour)
        if said.phrase is None and said.weekday is None and said.month is None and around > now:
            around -= timedelta(days=1)
        found = TimeRange(around - timedelta(minutes=45), around + timedelta(minutes=45))
    return TimeRange(found.start, max(min(found.end, now), found.start + timedelta(minutes=1)))


def _whole(said: TimeSaid, now: datetime) -> TimeRange:
    """The range of the date alone: a day, a week, an hour."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    day = timedelta(days=1)
    if said.phrase is not None:
        return _phrase(said.phrase, now, today)
    if said.weekday is not None:
        back = (today.weekday() - said.weekday) % 7
        start = today - timedelta(days=back or (7 if said.last else 0))
        return TimeRange(start, start + day)
    if said.season is not None or said.month is not None:
        return _month(said, today)
    if said.unit is None:
        return TimeRange(today, today + day)
    if said.year is not None:
        start = today.replace(year=min(said.year, now.year), month=1, day=1)
        return TimeRange(start, start.replace(year=start.year + 1))
    if said.within is not None:
        minutes = _MINUTES.get(said.unit, {"month": 43200, "weekend": 10080}.get(said.unit, 525600))
        length = timedelta(minutes=min(said.within * minutes, _LONGEST_MINUTES))
        return TimeRange(shift(now, -length), now)
    return _units_ago(said.unit, min(said.ago or 0.0, 100_000.0), now, today)


def _phrase(phrase: str, now: datetime, today: datetime) -> TimeRange:
    day = timedelta(days=1)
    match phrase:
        case "yesterday":
            return TimeRange(today - day, today)
        case "day_before_yesterday":
            return TimeRange(today - 2 * day, today - day)
        case "tonight":
            return TimeRange(today + timedelta(hours=17), today + timedelta(hours=30))
        case "just_now":
            return TimeRange(shift(now, -timedelta(minutes=10)), now)
        case "recently":
            return TimeRange(now - 7 * day, now)
        case "other_day":
            return TimeRange(today - 7 * day, today)
        case _:
            return TimeRange(today, today + day)


def _month(said: TimeSaid, today: datetime) -> TimeRange:
    months = 3 if said.season else 1
    start = today.replace(day=1, month=said.season or said.month or 1)
    start = start.replace(year=said.year or start.year)
    running = start <= today < _months_later(start, months)
    if (start > today or (running and said.last)) and said.year is None:
        start = start.replace(year=start.year - 1)
    if said.day is not None:
        start += timedelta(days=said.day - 1)
        return TimeRange(start, start + timedelta(days=1))
    return TimeRange(start, _months_later(start, months))


def _months_later(start: datetime, months: int) -> datetime:
    month = start.month - 1 + months
    return start.replace(year=start.year + month // 12, month=month % 12 + 1)


def _units_ago(unit: str, ago: float, now: datetime, today: datetime) -> TimeRange:
    if unit in _SHORT:
        middle = timedelta(minutes=ago * _MINUTES[unit])
        slack = timedelta(minutes=max(3.0, min(ago * _MINUTES[unit] / 4, 45.0)))
        return TimeRange(shift(now, -middle - slack), shift(now, slack - middle))
    if unit == "day":
        start = today - timedelta(days=min(ago, 36_000))
        return TimeRange(start, start + timedelta(days=1))
    if unit == "weekend":
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        saturday -= timedelta(weeks=max(0.0, min(ago, 5_000) - (today.weekday() < 5)))
        return TimeRange(saturday - timedelta(hours=6), saturday + timedelta(days=2))
    if unit == "week":
        monday = today - timedelta(days=today.weekday(), weeks=min(ago, 5_000))
        return TimeRange(monday, monday + timedelta(weeks=1))
    count = max(0, today.year * 12 + today.month - 1 - int(ago) * (12 if unit == "year" else 1))
    if unit == "year":
        start = today.replace(year=max(FIRST_YEAR, count // 12), month=1, day=1)
        return TimeRange(start, start.replace(year=start.year + 1))
    start = today.replace(year=max(FIRST_YEAR, count // 12), month=count % 12 + 1, day=1)
    return TimeRange(start, _months_later(start, 1))
