"""Times as people say them, made into a range: "yesterday evening", "two hours ago", "in march".

Reading is apart from resolving: `read_time` finds where an expression ends and what it says,
`resolve_time` needs to know what time it is now. Only the past is meant, since it is asked about
what was heard: "on friday" is the last friday that has begun, "in march" the last march.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from agent.understanding.language import Language, load_language
from agent.understanding.numerals import read_number, read_ordinal
from agent.understanding.tokens import tokenise

_MINUTES = {"second": 1 / 60, "minute": 1, "hour": 60, "day": 1440, "week": 10080}
_FIRST_YEAR = 1950


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From `start` up to, not with, `end`; both with the time zone of `now`."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class TimeSaid:
    """What an expression says, before anybody looked at a clock."""

    phrase: str | None = None
    """A fixed one: "today", "yesterday", "just_now", ..."""
    unit: str | None = None
    """"second", "minute", "hour", "day", "week", "weekend", "month", "year"."""
    ago: float | None = None
    """So many units ago; 0 is the one that runs now, 1 the one before it."""
    within: float | None = None
    """During so many past units up to now."""
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    season: int | None = None
    part: str | None = None
    """"evening", "night" and so on."""
    hour: float | None = None
    """0 to 24, when a clock time is said."""
    hour_sure: bool = False
    """Whether morning or evening was said with it, or cannot be in doubt."""


def resolve_time(text: str, now: datetime, language: Language | None = None) -> TimeRange | None:
    """Make `text` a range of time before `now` (with a time zone); None if it is no time."""
    language = language or load_language()
    words = [token.word for token in tokenise(text, language.contractions)]
    said = read_time(words, 0, language)
    while words and (said is None or said[0] != len(words)):
        words = words[1:] if said is None else words[: said[0]]
        said = read_time(words, 0, language)
    return None if said is None else _range(said[1], now, language)


def read_time(words: Sequence[str], at: int, language: Language) -> tuple[int, TimeSaid] | None:
    """Read the longest time expression that begins at `at`."""
    reader = _Reader(words, language)
    said, index = TimeSaid(), at
    while True:
        step = reader.date(index, said) or reader.part_or_clock(index, said)
        if step is None:
            break
        index, said = step
    return None if index == at else (index, said)


@dataclass(frozen=True, slots=True)
class _Reader:
    words: Sequence[str]
    language: Language

    def one_of(self, at: int, phrases: Sequence[str] | Mapping[str, Any]) -> tuple[int, str] | None:
        """The longest of `phrases` that stands at `at`."""
        for phrase in sorted(phrases, key=len, reverse=True):
            parts = phrase.split()
            if list(self.words[at : at + len(parts)]) == parts:
                return at + len(parts), phrase
        return None

    def skip(self, at: int, *lists: str) -> int:
        for name in lists:
            found = self.one_of(at, self.language.time[name])
            at = found[0] if found else at
        return at

    def date(self, at: int, said: TimeSaid) -> tuple[int, TimeSaid] | None:
        if said.phrase or said.unit or said.weekday is not None or said.month or said.season:
            return None
        time = self.language.time
        if phrase := self.one_of(at, time["phrases"]):
            return phrase[0], replace(said, phrase=time["phrases"][phrase[1]])
        start = self.skip(at, "on", "article")
        return self._ago(start, said) or self._named(start, said) or self._relative(start, said)

    def _amount(self, at: int) -> tuple[int, float] | None:
        if few := self.one_of(at, self.language.time["few"]):
            return few[0], float(self.language.time["few"][few[1]])
        if at < len(self.words) and self.words[at] in {"a", "an"}:
            return at + 1, 1.0
        if tuple(self.words[at : at + 2]) in {("half", "an"), ("half", "a")}:
            return at + 2, 0.5
        return read_number(self.words, at, self.language.numbers)

    def _unit(self, at: int) -> str | None:
        units: Mapping[str, str] = self.language.time["units"]
        return units.get(self.words[at]) if at < len(self.words) else None

    def _ago(self, at: int, said: TimeSaid) -> tuple[int, TimeSaid] | None:
        """Read "two hours ago", and "the last two hours"."""
        time = self.language.time
        lead = self.one_of(at, time["past"])
        for begin in {at, at - 1} if at and self.words[at - 1] in {"a", "an"} else {at}:
            amount = self._amount(begin)
            if amount and (unit := self._unit(amount[0])):
                ago = self.one_of(amount[0] + 1, time["ago"])
                if ago:
                    return ago[0], replace(said, unit=unit, ago=amount[1])
        if lead and (amount := self._amount(lead[0])) and (unit := self._unit(amount[0])):
            return amount[0] + 1, replace(said, unit=unit, within=amount[1])
        return None

    def _relative(self, at: int, said: TimeSaid) -> tuple[int, TimeSaid] | None:
        """Read "last week", "this morning", "last night", "last friday", "the past month"."""
        time = self.language.time
        for name, ago in (("last", 1.0), ("this", 0.0), ("past", None)):
            lead = self.one_of(at, time[name])
            if not lead or lead[0] >= len(self.words):
                continue
            word = self.words[lead[0]]
            if unit := self._unit(lead[0]):
                if ago is None:
                    return lead[0] + 1, replace(said, unit=unit, within=1.0)
                if unit in {"second", "minute"}:
                    return None
                return lead[0] + 1, replace(said, unit=unit, ago=ago)
            if word in time["parts"]:
                night = ago == 1.0
                phrase = "yesterday" if night else "today"
                return lead[0] + 1, replace(said, phrase=phrase, part=word)
            if (named := self._named(lead[0], said)) is not None:
                return named
        return None

    def _named(self, at: int, said: TimeSaid) -> tuple[int, TimeSaid] | None:
        """Read "friday", "march", "the 3rd of march", "march 3rd", "2023", "summer"."""
        if at >= len(self.words):
            return None
        time, word = self.language.time, self.words[at]
        if word in time["weekdays"]:
            return at + 1, replace(said, weekday=time["weekdays"][word])
        if word in time["seasons"]:
            return at + 1, replace(said, season=time["seasons"][word])
        if word in time["months"]:
            day = self._day(at + 1)
            said = replace(said, month=time["months"][word], day=day[1] if day else None)
            return self._with_year(day[0] if day else at + 1, said)
        if day := self._day(at):
            month = self.skip(day[0], "article")
            if month < len(self.words) and self.words[month] in time["months"]:
                said = replace(said, month=time["months"][self.words[month]], day=day[1])
                return self._with_year(month + 1, said)
        if word.isdecimal() and len(word) == 4 and int(word) >= _FIRST_YEAR:
            return at + 1, replace(said, unit="year", year=int(word))
        return None

    def _day(self, at: int) -> tuple[int, int] | None:
        at = self.skip(at, "article")
        found = read_ordinal(self.words, at, self.language.numbers)
        if found is None and at < len(self.words) and self.words[at].isdecimal():
            found = at + 1, float(int(self.words[at][:4]))
        return (found[0], int(found[1])) if found and 1 <= found[1] <= 31 else None

    def _with_year(self, at: int, said: TimeSaid) -> tuple[int, TimeSaid]:
        if at < len(self.words) and self.words[at].isdecimal() and len(self.words[at]) == 4:
            return at + 1, replace(said, year=int(self.words[at]))
        return at, said

    def part_or_clock(self, at: int, said: TimeSaid) -> tuple[int, TimeSaid] | None:
        time = self.language.time
        start = self.skip(at, "on", "article")
        if said.part is None and start < len(self.words) and self.words[start] in time["parts"]:
            return start + 1, replace(said, part=self.words[start])
        return self._clock(at, said) if said.hour is None else None

    def _clock(self, at: int, said: TimeSaid) -> tuple[int, TimeSaid] | None:
        """Read "around nine", "at 9:30", "8 pm"."""
        time = self.language.time
        lead = self.one_of(at, time["around"])
        number = read_number(self.words, lead[0] if lead else at, self.language.numbers)
        if number is None or not 0 <= number[1] <= 24:
            return None
        index, hour = number
        if self.words[index : index + 1] == [":"] and index + 1 < len(self.words):
            minutes = read_number(self.words, index + 1, self.language.numbers)
            if minutes is None or minutes[1] >= 60:
                return None
            index, hour = minutes[0], hour + minutes[1] / 60
        if exact := self.one_of(index, time["exact"]):
            index = exact[0]
        if am := self.one_of(index, time["am"]):
            return am[0], replace(said, hour=hour % 12, hour_sure=True)
        if pm := self.one_of(index, time["pm"]):
            return pm[0], replace(said, hour=hour % 12 + 12, hour_sure=True)
        if lead is None:
            return None
        return index, replace(said, hour=hour, hour_sure=hour > 12 or hour == 0)


def _range(said: TimeSaid, now: datetime, language: Language) -> TimeRange:
    found = _whole(said, now)
    midnight = found.start.replace(hour=0, minute=0, second=0, microsecond=0)
    if said.part is not None:
        first, last = language.time["parts"][said.part]
        if said.phrase == "today" and midnight + timedelta(hours=first) > now:
            midnight -= timedelta(days=1)  # "this evening", asked in the morning, is the last one
        found = TimeRange(midnight + timedelta(hours=first), midnight + timedelta(hours=last))
    if said.hour is not None:
        hour = said.hour
        if not said.hour_sure and 0 < hour < 12 and said.part not in {"morning", "breakfast"}:
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
        start = today - timedelta(days=(today.weekday() - said.weekday) % 7)
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
        return TimeRange(now - timedelta(minutes=min(said.within * minutes, 5e7)), now)
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
            return TimeRange(now - timedelta(minutes=10), now)
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
    if start > today and said.year is None:
        start = start.replace(year=start.year - 1)
    if said.day is not None:
        start += timedelta(days=said.day - 1)
        return TimeRange(start, start + timedelta(days=1))
    month = start.month - 1 + months
    return TimeRange(start, start.replace(year=start.year + month // 12, month=month % 12 + 1))


def _units_ago(unit: str, ago: float, now: datetime, today: datetime) -> TimeRange:
    if unit in {"second", "minute", "hour"}:
        middle = now - timedelta(minutes=ago * _MINUTES[unit])
        slack = timedelta(minutes=max(3.0, min(ago * _MINUTES[unit] / 4, 45.0)))
        return TimeRange(middle - slack, middle + slack)
    if unit == "day":
        start = today - timedelta(days=min(ago, 36_000))
        return TimeRange(start, start + timedelta(days=1))
    if unit == "weekend":
        saturday = today - timedelta(days=(today.weekday() - 5) % 7)
        saturday -= timedelta(weeks=max(0.0, ago - (today.weekday() < 5)))
        return TimeRange(saturday - timedelta(hours=6), saturday + timedelta(days=2))
    if unit == "week":
        monday = today - timedelta(days=today.weekday(), weeks=min(ago, 5_000))
        return TimeRange(monday, monday + timedelta(weeks=1))
    count = max(0, today.year * 12 + today.month - 1 - int(ago) * (12 if unit == "year" else 1))
    if unit == "year":
        start = today.replace(year=max(_FIRST_YEAR, count // 12), month=1, day=1)
        return TimeRange(start, start.replace(year=start.year + 1))
    year, month = max(_FIRST_YEAR, count // 12), count % 12
    start = today.replace(year=year, month=month + 1, day=1)
    return TimeRange(
        start, start.replace(year=year + (month + 1) // 12, month=(month + 1) % 12 + 1)
    )
