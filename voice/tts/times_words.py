"""Dates, times of day and lengths of time in English words."""

import re
from collections.abc import Callable
from typing import Final

from voice.tts.number_words import cardinal, in_pairs, ordinal

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_BY_NAME: Final = {name[:3].lower(): name for name in _MONTHS}
_MONTH: Final = rf"(?:{'|'.join((*_MONTHS, *(name[:3] for name in _MONTHS), 'Sept'))})\b\.?"
_YEAR: Final = r"(?:1[1-9]|20)\d\d"
_DAY: Final = r"(?P<day>[0-3]?\d)"
_OF_YEAR: Final = rf"(?:,? (?P<year>{_YEAR})\b)?"

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def spell_times(text: str) -> str:
    """Write out every date, time of day and length of time in `text`."""
    for pattern, spoken in _RULES:
        text = pattern.sub(spoken, text)
    return text


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found["hour"]), int(found["minute"])
    half = (found["half"] or "").lower()
    if hour > 23 or minute > 59:
        return found[0]
    if not half and minute == 0 and hour in {0, 12}:
        return f"{found['before']}{'noon' if hour else 'midnight'}"
    if not half:
        half = "p" if hour >= 12 else "a"
    spoken = cardinal((hour - 1) % 12 + 1)
    if minute:
        spoken += f" {'oh ' if minute < 10 else ''}{cardinal(minute)}"
    letters = "A\u2060 M" if half == "a" else "P M"
    return f"{found['before']}{spoken} {letters}"


def _length(found: re.Match[str]) -> str:
    hours, minutes, seconds = int(found[1] or 0), int(found[2]), int(found[3])
    if minutes > (59 if hours else 999) or seconds > 59:
        return found[0]
    parts = [
        f"{cardinal(amount)} {unit}{'' if amount == 1 else 's'}"
        for amount, unit in ((hours, "hour"), (minutes, "minute"), (seconds, "second"))
        if amount or (unit == "second" and not hours and not minutes)
    ]
    if len(parts) == 3:
        return f"{parts[0]}, {parts[1]} and {parts[2]}"
    return " and ".join(parts)


def _date(month: str, day: str, year: str | None) -> str:
    spoken = f"{month} {ordinal(int(day))}"
    return f"{spoken}, {in_pairs(int(year))}" if year else spoken


def _named_date(found: re.Match[str]) -> str:
    month = _BY_NAME[found["month"][:3].lower()]
    if not 1 <= int(found["day"]) <= 31:
        return found[0]
    return _date(month, found["day"], found["year"])


def _numbered_date(found: re.Match[str]) -> str:
    month, day = int(found["month"]), int(found["day"])
    if found.re is _SLASHED and month > 12 >= day:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found[0]
    return _date(_MONTHS[month - 1], str(day), found["year"])


_SLASHED: Final = re.compile(rf"\b(?P<month>\d\d?)/(?P<day>\d\d?)/(?P<year>{_YEAR})\b")
_CLOCK: Final = r"(?P<hour>\d\d?):(?P<minute>\d\d)"
_RULES: Final[tuple[Rule, ...]] = (
    (
        re.compile(rf"(?P<before>){_CLOCK} ?(?P<half>[AaPp])\.?[Mm]\b\.?"),
        _clock,
    ),
    (
        re.compile(r"(?P<before>)\b(?P<hour>1?\d)(?P<minute>) ?(?P<half>[AaPp])\.?[Mm]\b\.?"),
        lambda found: (
            f"{cardinal(int(found['hour']))} " + ("A\u2060 M" if found["half"] in "aA" else "P M")
        ),
    ),
    (  # after "at" with two digits, as the history says it; "now at 1:30" is a place in a song
        re.compile(
            rf"(?P<before>(?<!\b[Nn]ow )\bat (?=\d\d:)|{_MONTH} ){_CLOCK}(?P<half>)(?![:\d])"
        ),
        _clock,
    ),
    (re.compile(r"(?<![\d:.])(?:(\d{1,3}):)?(\d{1,3}):(\d\d)(?![:\d])"), _length),
    (re.compile(r"(?<![\w.])(\d{0}(?=\d))(\d\d?)'(\d\d)(?:\"|''|″)"), _length),
    (
        re.compile(rf"\b{_DAY}(?:st|nd|rd|th|\.)? (?:of )?(?P<month>{_MONTH}){_OF_YEAR}"),
        _named_date,
    ),
    (
        re.compile(rf"\b(?P<month>{_MONTH}) {_DAY}(?:st|nd|rd|th)?\b(?![:\d%]){_OF_YEAR}"),
        _named_date,
    ),
    (re.compile(rf"\b(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)\b"), _numbered_date),
    (re.compile(rf"\b(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>{_YEAR})\b"), _numbered_date),
    (_SLASHED, _numbered_date),
)
