"""Past times as tools write them in English, as messages: "yesterday evening", "at 21:14"."""

import re
from collections.abc import Callable

from tools.message import Say, Value

_UNITS = ("second", "minute", "hour", "day", "week", "month")
_UNIT = rf"({'|'.join(_UNITS)})s?"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_PARTS = ("morning", "afternoon", "evening", "night")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "forty five": 45, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
_AMOUNT = rf"(\d{{1,4}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_CLOCK = r"(\d{1,2}:\d{2})"
_SAID_CLOCK = r"at (\d{1,2})(?::(\d{2}))? ?(am|pm)"
_Read = Callable[[re.Match[str]], Say]


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _clock(match: re.Match[str]) -> str:
    """Make "20:00" of "at 8 pm"."""
    hour = int(match[1]) % 12 + (12 if match[3] == "pm" else 0)
    return f"{hour}:{match[2] or '00'}"


def _part(word: str) -> str:
    return (word or "").strip() or "day"


_FORMS: tuple[tuple[re.Pattern[str], _Read], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"at {_CLOCK}", lambda m: Say("time-at", {"clock": m[1]})),
        (rf"yesterday at {_CLOCK}", lambda m: Say("time-yesterday-at", {"clock": m[1]})),
        (
            rf"on (\d{{1,2}}) ({'|'.join(_MONTHS)}) at {_CLOCK}",
            lambda m: Say(
                "time-date-at",
                {"day": int(m[1]), "month": _MONTHS.index(m[2]) + 1, "clock": m[3]},
            ),
        ),
        (r"the day before yesterday( \w+)?", lambda m: _named("before-yesterday", m[1])),
        (r"yesterday( \w+)?", lambda m: _named("yesterday", m[1])),
        (r"last night", lambda _: _named("yesterday", "night")),
        (r"tonight", lambda _: _named("today", "evening")),
        (r"today", lambda _: _named("today", "")),
        (rf"(?:this|today) ({'|'.join(_PARTS)})", lambda m: _named("today", m[1])),
        (rf"last ({'|'.join(_PARTS)})", lambda m: _named("yesterday", m[1])),
        (
            rf"(?:on|last|this) ({'|'.join(_DAYS)})( \w+)?",
            lambda m: Say("time-weekday", {"weekday": _DAYS.index(m[1]) + 1, "part": _part(m[2])}),
        ),
        (
            rf"{_AMOUNT} {_UNIT} ago",
            lambda m: Say("time-ago", {"count": _number(m[1]), "unit": m[2]}),
        ),
        (
            rf"in the (?:last|past|previous) {_AMOUNT} {_UNIT}",
            lambda m: Say("time-in-the-last", {"count": _number(m[1]), "unit": m[2]}),
        ),
        (
            rf"in the (?:last|past|previous) {_UNIT}",
            lambda m: Say("time-in-the-last", {"count": 1, "unit": m[1]}),
        ),
        (r"half an hour ago", lambda _: Say("time-ago", {"count": 30, "unit": "minute"})),
        (r"just now|a moment ago", lambda _: Say("time-just-now")),
        (r"last weekend", lambda _: Say("time-last-weekend")),
        (r"in (\d{4})", lambda m: Say("time-in-year", {"year": m[1]})),
        (
            rf"(?:in|last) ({'|'.join(_MONTHS)})",
            lambda m: Say("time-in-month", {"month": _MONTHS.index(m[1]) + 1}),
        ),
        (
            rf"on (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({'|'.join(_MONTHS)})",
            lambda m: Say("time-on-date", {"day": int(m[1]), "month": _MONTHS.index(m[2]) + 1}),
        ),
        (
            rf"on ({'|'.join(_MONTHS)}) (?:the )?(\d{{1,2}})(?:st|nd|rd|th)?",
            lambda m: Say("time-on-date", {"day": int(m[2]), "month": _MONTHS.index(m[1]) + 1}),
        ),
        (rf"{_SAID_CLOCK}", lambda m: Say("time-at", {"clock": _clock(m)})),
        (rf"yesterday {_SAID_CLOCK}", lambda m: Say("time-yesterday-at", {"clock": _clock(m)})),
        (r"this (week|month|year)", lambda m: Say("time-this", {"unit": m[1]})),
        (r"last (week|month|year)", lambda m: Say("time-last", {"unit": m[1]})),
    )
)


def _named(day: str, part: str | None) -> Say:
    return Say("time-day", {"day": day, "part": _part(part or "")})


def moment(words: str) -> Value:
    """A past time as a message.

    English keeps the words; other languages leave out what is not understood.
    """
    plain = " ".join(words.casefold().split())
    for pattern, read in _FORMS:
        if (match := pattern.fullmatch(plain)) is not None:
            found = read(match)
            if found.values.get("part", "day") in {"day", *_PARTS}:
                return Say(found.id, found.values, english=words)
    return Say("unsaid", english=words)
