"""Times as people say them: where an expression ends in a list of words, and what it says.

Reading is apart from resolving, which needs to know what time it is now. `read_time` reads times
that are over ("yesterday evening", "two hours ago"), `read_ahead` in its own module those to come.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.times.clock import Phrases, Wordbook, read_clock_time
from knowledge.times.numerals import read_number, read_ordinal
from knowledge.times.said import TimeSaid

FIRST_YEAR = 1950

Step = tuple[int, TimeSaid]
"""Where the words go on, and what was said so far."""


def read_time(words: Sequence[str], at: int, language: Wordbook) -> Step | None:
    """Read the longest expression of a past time that begins at `at`."""
    reader = Reader(words, language)
    said, index = TimeSaid(), at
    while True:
        step = reader.date(index, said) or reader.part_or_clock(index, said)
        if step is None:
            break
        index, said = step
    return None if index == at else (index, said)


@dataclass(frozen=True, slots=True)
class Reader(Phrases):
    """Reads one piece of an expression after the other."""

    def date(self, at: int, said: TimeSaid) -> Step | None:
        """Read a day or a longer stretch, unless one was said."""
        if said.phrase or said.unit or said.weekday is not None or said.month or said.season:
            return None
        time = self.language.time
        phrase, part = self.one_of(at, time["phrases"]), self.one_of(at, time["parts"])
        if phrase and not (part and part[0] > phrase[0]):  # "before", but not "before dinner"
            return phrase[0], replace(said, phrase=time["phrases"][phrase[1]])
        start = self.skip(at, "on", "article")
        return self._ago(start, said) or self.named(start, said) or self._relative(start, said)

    def _amount(self, at: int) -> tuple[int, float] | None:
        if few := self.one_of(at, self.language.time["few"]):
            return few[0], float(self.language.time["few"][few[1]])
        if at < len(self.words) and self.words[at] in {"a", "an"}:
            return at + 1, 1.0
        if tuple(self.words[at : at + 2]) in {("half", "an"), ("half", "a")}:
            return at + 2, 0.5
        return read_number(self.words, at, self.language.numbers)

    def _unit(self, at: int) -> str | None:
        units = self.language.time["units"]
        return units.get(self.words[at]) if at < len(self.words) else None

    def _ago(self, at: int, said: TimeSaid) -> Step | None:
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

    def _relative(self, at: int, said: TimeSaid) -> Step | None:
        """Read "last week", "this morning", "last night", "last friday", "the past month"."""
        time = self.language.time
        for name, ago in (("last", 1.0), ("this", 0.0), ("past", None)):
            lead = self.one_of(at, time[name])
            if not lead or lead[0] >= len(self.words):
                continue
            word = self.words[lead[0]]
            if unit := self._unit(lead[0]):
                if ago is None or (unit == "hour" and ago == 1.0):
                    return lead[0] + 1, replace(said, unit=unit, within=1.0)
                if unit in {"second", "minute"}:
                    return None
                return lead[0] + 1, replace(said, unit=unit, ago=ago)
            if word in time["parts"]:
                phrase = "yesterday" if ago == 1.0 else "today"
                return lead[0] + 1, replace(said, phrase=phrase, part=word)
            if (named := self.named(lead[0], said)) is not None:
                return named[0], replace(named[1], last=ago == 1.0)
        return None

    def named(self, at: int, said: TimeSaid) -> Step | None:
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
        if word.isdecimal() and len(word) == 4 and int(word) >= FIRST_YEAR:
            return at + 1, replace(said, unit="year", year=int(word))
        return None

    def _day(self, at: int) -> tuple[int, int] | None:
        at = self.skip(at, "article")
        found = read_ordinal(self.words, at, self.language.numbers)
        if found is None and at < len(self.words) and self.words[at].isdecimal():
            found = at + 1, float(int(self.words[at][:4]))
        return (found[0], int(found[1])) if found and 1 <= found[1] <= 31 else None

    def _with_year(self, at: int, said: TimeSaid) -> Step:
        if at < len(self.words) and self.words[at].isdecimal() and len(self.words[at]) == 4:
            return at + 1, replace(said, year=int(self.words[at]))
        return at, said

    def part_or_clock(self, at: int, said: TimeSaid) -> Step | None:
        """Read "evening", "around nine", "at 9:30", "8 pm", unless that was said."""
        return self._part(at, said) or (self._clock(at, said) if said.hour is None else None)

    def _part(self, at: int, said: TimeSaid) -> Step | None:
        parts = self.language.time["parts"]
        if said.part is not None:
            return None
        found = self.one_of(at, parts) or self.one_of(self.skip(at, "on", "article"), parts)
        return (found[0], replace(said, part=found[1])) if found else None

    def _clock(self, at: int, said: TimeSaid) -> Step | None:
        lead = self.one_of(at, self.language.time["around"])
        start = lead[0] if lead else at
        if start < len(self.words) and self.words[start].isdecimal() and len(self.words[start]) > 2:
            return None  # "around 1950" is a year
        clock = read_clock_time(self, start, lead=lead is not None)
        if clock is None or (lead is None and not clock.sure):
            return None
        return clock.end, replace(said, hour=clock.hour, hour_sure=clock.sure)
