"""When was that? Words for a past time, turned into a start and an end in local time."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.folding import fold

_PARTS = {
    "morning": (5, 12),
    "afternoon": (12, 18),
    "evening": (17, 24),
    "night": (20, 28),  # to four o'clock of the next day
}
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "forty five": 45, "fifty": 50, "sixty": 60, "ninety": 90, "few": 3, "couple of": 2,
    "couple": 2, "half an": 0.5, "half a": 0.5,
}  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AMOUNT = r"(\d{1,4}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_UNIT = r"(second|minute|hour|day|week|month)s?"
_AGO = re.compile(rf"\b{_AMOUNT} {_UNIT} ago\b")
_LAST_SPAN = re.compile(rf"\b(?:last|past|previous) {_AMOUNT} {_UNIT}\b")
_LAST_UNIT = re.compile(r"\b(last|past|this|previous) (hour|week|month|year)\b")
_DAY = re.compile(r"\b(?:(last|on|this) )?(" + "|".join(_DAYS) + r")\b")
_PART = re.compile(r"\b(morning|afternoon|evening|night)\b")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the past."""

    start: datetime
    end: datetime
    words: str
    """How to say it: "yesterday evening"."""


def parse_when(text: str, now: datetime) -> Span | None:
    """Read "yesterday evening", "two hours ago", "last night", "on Tuesday", "this week".

    Args:
        text: words, in any case.
        now: the present local time, with its time zone.

    Returns:
        The span, ending at `now` at the latest, or None when no time is named.
    """
    said = fold(text)
    for read in (_ago, _last_span, _last_unit, _named_day):
        span = read(said, now)
        if span is not None:
            # What began just now belongs to a span that goes on.
            end = span.end if span.end < now else now + timedelta(seconds=1)
            return Span(min(span.start, end), end, span.words)
    return None


def seconds_ago(text: str) -> float | None:
    """How long ago "30 seconds ago", "a minute ago" or "two hours ago" is; None for other words."""
    match = _AGO.search(fold(text))
    if match is None or match[2] in {"day", "week", "month"}:
        return None
    return _amount(match[1]) * _seconds(match[2])


def _amount(words: str) -> float:
    return float(words) if words.isdigit() else float(_NUMBERS[words])


def _seconds(unit: str) -> int:
    return 2_592_000 if unit == "month" else _UNITS[unit]


def _ago(said: str, now: datetime) -> Span | None:
    match = _AGO.search(said)
    if match is None:
        return None
    distance = timedelta(seconds=_amount(match[1]) * _seconds(match[2]))
    if match[2] in {"day", "week", "month"}:
        start = _midnight(now - distance)
        return Span(start, start + timedelta(days=1), match[0])
    # "Half an hour ago" is a region, not an instant: a quarter of the distance either way.
    slack = max(distance / 4, timedelta(minutes=2))
    return Span(now - distance - slack, now - distance + slack, match[0])


def _last_span(said: str, now: datetime) -> Span | None:
    match = _LAST_SPAN.search(said)
    if match is None:
        return None
    distance = timedelta(seconds=_amount(match[1]) * _seconds(match[2]))
    return Span(now - distance, now, f"in the {match[0]}")


def _last_unit(said: str, now: datetime) -> Span | None:
    match = _LAST_UNIT.search(said)
    if match is None:
        return None
    which, unit = match[1], match[2]
    today = _midnight(now)
    if unit == "hour":
        return Span(now - timedelta(hours=1), now, "in the last hour")
    if unit == "week":
        begin = today - timedelta(days=now.weekday())
        length = timedelta(days=7)
    elif unit == "month":
        begin = today.replace(day=1)
        length = begin - (begin - timedelta(days=1)).replace(day=1)
    else:
        begin = today.replace(month=1, day=1)
        length = begin - begin.replace(year=begin.year - 1)
    if which == "this":
        return Span(begin, now, f"this {unit}")
    return Span(begin - length, begin, f"last {unit}")


def _named_day(said: str, now: datetime) -> Span | None:
    today = _midnight(now)
    part = _PART.search(said)
    day, words = _day(said, today, now, part[1] if part else "")
    if day is None:
        return None
    if part is None:
        return Span(day, day + timedelta(days=1), words)
    first, last = _PARTS[part[1]]
    if part[1] not in words:
        words = f"{words} {part[1]}"
    return Span(day + timedelta(hours=first), day + timedelta(hours=last), words)


def _day(said: str, today: datetime, now: datetime, part: str) -> tuple[datetime | None, str]:
    yesterday = today - timedelta(days=1)
    if "day before yesterday" in said:
        return today - timedelta(days=2), "the day before yesterday"
    if "yesterday" in said:
        return yesterday, "yesterday"
    if "last night" in said:
        return yesterday, "last night"
    if "tonight" in said:
        return today, "tonight"
    if "today" in said:
        return today, "today"
    if match := _DAY.search(said):
        back = (now.weekday() - _DAYS.index(match[2])) % 7
        if back == 0 and match[1] == "last":
            back = 7
        return today - timedelta(days=back), f"on {match[2].capitalize()}"
    if part and re.search(rf"\bthis {part}\b", said):
        return today, f"this {part}"
    if part and re.search(rf"\b(?:last|yesterday) {part}\b", said):
        return yesterday, f"last {part}"
    return None, ""


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
