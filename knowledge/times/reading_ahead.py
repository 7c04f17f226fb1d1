"""Times to come as people say them: "tomorrow at half past six", "in twenty minutes"."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.times.clock import Wordbook, read_clock_time
from knowledge.times.numerals import read_duration
from knowledge.times.reading import Reader, Step
from knowledge.times.said import TimeSaid

WORKDAYS = frozenset(range(5))
WEEKEND = frozenset({5, 6})
EVERY_DAY = WORKDAYS | WEEKEND


def read_ahead(words: Sequence[str], at: int, language: Wordbook) -> Step | None:
    """Read the longest expression of a time to come that begins at `at`."""
    reader = _AheadReader(words, language)
    said, index = TimeSaid(), at
    while True:
        step = (
            reader.from_now(index, said)
            or reader.repeating(index, said)
            or reader.day(index, said)
            or reader.part(index, said)
            or reader.clock(index, said)
        )
        if step is None:
            break
        index, said = step
    return None if index == at else (index, said)


def says_when(said: TimeSaid) -> bool:
    """Whether it puts something on a clock, and is no mere day or part of one."""
    return said.hour is not None or said.ahead_s is not None


class _AheadReader(Reader):
    """Reads one piece of a time to come after the other."""

    __slots__ = ()

    def from_now(self, at: int, said: TimeSaid) -> Step | None:
        """Read "in twenty minutes", "after an hour and a half", "ten minutes from now"."""
        if said != TimeSaid():
            return None
        time = self.language.time
        lead = self.one_of(at, time["ahead"])
        duration = self._duration(lead[0] if lead else at)
        if duration is None:
            return None
        after = self.one_of(duration[0], time["from_now"])
        if lead is None and after is None:
            return None
        return after[0] if after else duration[0], TimeSaid(ahead_s=duration[1])

    def _duration(self, at: int) -> tuple[int, float] | None:
        numbers = self.language.numbers
        if few := self.one_of(at, self.language.time["few"]):
            unit = numbers.seconds.get(self.words[few[0]]) if few[0] < len(self.words) else None
            amount = float(self.language.time["few"][few[1]])
            return (few[0] + 1, amount * unit) if unit else None
        if list(self.words[at : at + 2]) == ["a", "half"]:  # "a half hour"
            at += 1
        quarter = list(self.words[at : at + 5])
        if quarter[-4:] == ["quarter", "of", "an", "hour"] and len(quarter) == 5:
            return at + 5, 900.0
        if quarter[:4] == ["quarter", "of", "an", "hour"]:
            return at + 4, 900.0
        glued = self._glued(at)
        return glued or read_duration(self.words, at, numbers)

    def _glued(self, at: int) -> tuple[int, float] | None:
        """Read "20min", "90s", "2h"."""
        if at >= len(self.words):
            return None
        word = self.words[at]
        digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
        unit = self.language.numbers.seconds.get(word[len(digits) :])
        if not digits.isdecimal() or len(digits) > 4 or unit is None:
            return None
        return at + 1, int(digits) * unit

    def repeating(self, at: int, said: TimeSaid) -> Step | None:
        """Read "every day", "on weekdays", "every monday and friday", "monday to friday"."""
        if said.weekdays or said.weekday is not None or said.days_ahead is not None:
            return None
        time = self.language.time
        if daily := self.one_of(at, time["every_day"]):
            return daily[0], replace(said, weekdays=EVERY_DAY)
        if part := self.one_of(at, time["every_part"]):
            return part[0], replace(said, weekdays=EVERY_DAY, part=time["every_part"][part[1]])
        every = self.one_of(at, time["every"])
        start = every[0] if every else self.skip(at, "on")
        found = self._days(start, every=every is not None)
        if found is None:
            return None
        return found[0], replace(said, weekdays=found[1])

    def _days(self, at: int, *, every: bool) -> tuple[int, frozenset[int]] | None:
        time = self.language.time
        days: frozenset[int] = frozenset()
        end = at
        if through := self._through(at):
            return through
        while True:
            if work := self.one_of(at, time["workdays"]):
                at, more = work[0], WORKDAYS
            elif week := self.one_of(at, time["weekends"]):
                if not every and week[1].endswith("end") and not days:
                    return None  # "the weekend" is one, "weekends" are all
                at, more = week[0], WEEKEND
            elif named := self.one_of(at, time["plural_days"]):
                at, more = named[0], frozenset({time["plural_days"][named[1]]})
            elif (every or days) and (one := self.one_of(at, time["weekdays"])):
                at, more = one[0], frozenset({time["weekdays"][one[1]]})
            else:
                break
            days, end = days | more, at
            at = self.skip(at, "and")
        return (end, days) if days else None

    def _through(self, at: int) -> tuple[int, frozenset[int]] | None:
        """Read "monday to friday"."""
        time = self.language.time
        both = {**time["weekdays"], **time["plural_days"]}
        first = self.one_of(at, both)
        through = self.one_of(first[0], time["through"]) if first else None
        last = self.one_of(through[0], both) if through else None
        if not first or not last:
            return None
        begin, end = both[first[1]], both[last[1]]
        return last[0], frozenset((begin + i) % 7 for i in range((end - begin) % 7 + 1))

    def day(self, at: int, said: TimeSaid) -> Step | None:
        """Read "tomorrow", "next friday", "on the 3rd of march"."""
        taken = (said.days_ahead, said.weekday, said.month, said.day)
        if said.weekdays or any(one is not None for one in taken):
            return None
        time = self.language.time
        if tomorrow := self.one_of(at, time["tomorrow"]):
            part = "night" if tomorrow[1] == "tonight" else said.part
            days = time["tomorrow"][tomorrow[1]]
            return tomorrow[0], replace(said, days_ahead=days, part=part)
        if (this := self.one_of(at, time["this"])) and this[0] < len(self.words):
            if self.words[this[0]] in time["parts"]:
                return this[0] + 1, replace(said, days_ahead=0, part=self.words[this[0]])
            at = this[0]
        coming = self.one_of(at, time["next"])
        start = coming[0] if coming else self.skip(at, "on", "article")
        named = self.named(start, said)
        if named is None or named[1].season or named[1].unit or self._only_a_month(named[1]):
            return None
        return named[0], replace(named[1], coming=coming is not None)

    @staticmethod
    def _only_a_month(said: TimeSaid) -> bool:
        return said.month is not None and said.day is None

    def part(self, at: int, said: TimeSaid) -> Step | None:
        """Read "in the morning", "evening"; noon and midnight are times of the clock."""
        if said.part is not None:
            return None
        start = self.skip(at, "on", "article")
        found = self.one_of(at, self.language.time["parts"])
        found = found or self.one_of(start, self.language.time["parts"])
        if found is None or found[1] in self.language.time["clock_words"]:
            return None
        return found[0], replace(said, part=found[1])

    def clock(self, at: int, said: TimeSaid) -> Step | None:
        """Read "at seven", "for half past six", "19:30", or "seven" after a day."""
        if said.hour is not None:
            return None
        lead = self.one_of(at, self.language.time["clock_lead"])
        led = lead is not None or said != TimeSaid()
        clock = read_clock_time(self, lead[0] if lead else at, lead=led)
        if clock is None:
            return None
        return clock.end, replace(said, hour=clock.hour, hour_sure=clock.sure)
