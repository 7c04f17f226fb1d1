"""Times of the clock in words: "half past six", "8 pm", "19:30", "quarter to eight"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from knowledge.times.numerals import NumberWords, read_number

_GLUED = re.compile(r"(\d{1,4})(am|pm|a|p|h|hrs)")
_LAST_NIGHT_HOUR = 5
"""Up to this hour "at night" means after midnight."""


class Wordbook(Protocol):
    """A language that times are said in."""

    @property
    def numbers(self) -> NumberWords: ...

    @property
    def time(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list of words, and the phrases of a language that may stand in it."""

    words: Sequence[str]
    language: Wordbook

    def one_of(self, at: int, phrases: Sequence[str] | Mapping[str, Any]) -> tuple[int, str] | None:
        """The longest of `phrases` that stands at `at`."""
        best: tuple[int, str] | None = None
        for phrase in phrases:
            parts = phrase.split()
            end = at + len(parts)
            if (best is None or end > best[0]) and list(self.words[at:end]) == parts:
                best = end, phrase
        return best

    def skip(self, at: int, *lists: str) -> int:
        """Where the words go on after one phrase of each of `lists`, if it stands there."""
        for name in lists:
            found = self.one_of(at, self.language.time[name])
            at = found[0] if found else at
        return at


@dataclass(frozen=True, slots=True)
class ClockSaid:
    end: int
    hour: float
    """0 to 24, minutes as a fraction."""
    sure: bool
    """Whether morning or evening is out of doubt."""


@dataclass(frozen=True, slots=True)
class _Hands:
    """An hour and minutes, before anybody said whether morning or evening."""

    end: int
    hour: float
    plain: bool
    """Whether it might be any number: "seven", and not "7:30" or "half past six"."""
    sure: bool
    glued: str = ""
    """"am" or "pm", when it is written as one word with the number."""


def read_clock_time(phrases: Phrases, at: int, *, lead: bool) -> ClockSaid | None:
    """Read a time of the clock at `at`.

    Args:
        phrases: the words.
        at: where the time begins, after "at" or the like.
        lead: whether such a word led to it; without one "seven" is any number.
    """
    time = phrases.language.time
    hands = _in_words(phrases, at) or _in_numbers(phrases, at, lead=lead)
    if hands is None:
        return None
    end, hour, plain = hands.end, hands.hour, hands.plain
    if exact := phrases.one_of(end, time["exact"]):
        end, plain = exact[0], False
    if am := phrases.one_of(end, time["am"]) or (hands.glued[:1] == "a" and (end, "am")):
        return ClockSaid(am[0], hour % 12 if hour < 13 else hour, sure=True)
    if pm := phrases.one_of(end, time["pm"]) or (hands.glued[:1] == "p" and (end, "pm")):
        return ClockSaid(pm[0], _late(hour, pm[1], time["late"]), sure=True)
    if plain and not lead:
        return None
    return ClockSaid(end, hour, sure=hands.sure or hour >= 13 or hour < 1)


def _late(hour: float, said: str, late: Sequence[str]) -> float:
    """The hour of "11 at night", "12 in the evening", "1 at night", "8 pm"."""
    if hour >= 13:
        return hour
    if said in late and hour >= 12:
        return hour + 12
    if said in late and hour <= _LAST_NIGHT_HOUR:
        return hour
    return hour % 12 + 12


def _in_words(phrases: Phrases, at: int) -> _Hands | None:
    """Read "noon", "half past six", "quarter to eight", "ten past nine"."""
    time, numbers = phrases.language.time, phrases.language.numbers
    if named := phrases.one_of(at, time["clock_words"]):
        return _Hands(named[0], float(time["clock_words"][named[1]]), plain=False, sure=True)
    if part := phrases.one_of(at, time["hour_parts"]):
        end, minutes = part[0], float(time["hour_parts"][part[1]])
    elif number := read_number(phrases.words, at, numbers):
        end, minutes = number
        if phrases.words[end : end + 1] in (["minutes"], ["minute"]):
            end += 1
    else:
        return None
    if not 0 < minutes < 60:
        return None
    past, to = phrases.one_of(end, time["past_hour"]), phrases.one_of(end, time["to_hour"])
    turn = past or to
    if turn is None:
        if not part or part[1] != "half":
            return None
        hour = read_number(phrases.words, end, numbers)  # "half six" is half past six
        return _from_hour(hour, minutes / 60) if hour else None
    named = phrases.one_of(turn[0], time["clock_words"])
    if named:
        hour = named[0], float(time["clock_words"][named[1]])
        hands = _from_hour(hour, minutes / 60 if past else -minutes / 60)
        return None if hands is None else _Hands(hands.end, hands.hour % 24, False, sure=True)
    hour = read_number(phrases.words, turn[0], numbers)
    return _from_hour(hour, minutes / 60 if past else -minutes / 60) if hour else None


def _from_hour(hour: tuple[int, float], more: float) -> _Hands | None:
    end, value = hour
    if not 0 <= value <= 24 or value != int(value):
        return None
    moved = value + more
    if moved < 0 or (value == 1 and more < 0):  # a quarter to one is a quarter before thirteen
        moved += 12
    return _Hands(end, moved, plain=False, sure=value > 12 or value == 0)


def _in_numbers(phrases: Phrases, at: int, *, lead: bool) -> _Hands | None:
    """Read "7", "7am", "6:45", "six thirty", "1930", "nineteen hundred hours"."""
    words, numbers = phrases.words, phrases.language.numbers
    if at < len(words) and (glued := _GLUED.fullmatch(words[at])):
        return _digits(at + 1, glued[1], glued[2])
    if at < len(words) and words[at].isdecimal() and 3 <= len(words[at]) <= 4:
        hands = _digits(at + 1, words[at], "") if lead else None
        if hands is None:
            return None
        said = phrases.one_of(hands.end, phrases.language.time["hours_said"])
        return _Hands(said[0], hands.hour, False, sure=True) if said else hands
    number = read_number(words, at, numbers)
    if number is None:
        return None
    end, hour = number
    if hour >= 100 and hour % 100 == 0 and hour <= 2400:  # "nineteen hundred"
        said = phrases.one_of(end, phrases.language.time["hours_said"])
        return _Hands(said[0] if said else end, hour / 100, plain=False, sure=True)
    if hour > 24:
        return None
    return _with_minutes(phrases, end, hour, leading_zero=words[at].startswith("0"))


def _digits(end: int, digits: str, glued: str) -> _Hands | None:
    hour, minutes = (int(digits), 0) if len(digits) < 3 else divmod(int(digits), 100)
    if hour > 24 or minutes > 59:
        return None
    sure = hour > 12 or digits.startswith("0")
    return _Hands(end, hour + minutes / 60, plain=False, sure=sure, glued=glued)


def _with_minutes(phrases: Phrases, end: int, hour: float, *, leading_zero: bool) -> _Hands | None:
    words, numbers = phrases.words, phrases.language.numbers
    colon = words[end : end + 1] == [":"]
    at = end + 1 if colon else end
    if colon and at < len(words) and (glued := _GLUED.fullmatch(words[at])):
        minutes = int(glued[1])
        sure = hour > 12 or leading_zero
        hands = _Hands(at + 1, hour + minutes / 60, plain=False, sure=sure, glued=glued[2])
        return hands if minutes < 60 else None
    oh = phrases.one_of(at, phrases.language.time["oh"])
    number = read_number(words, oh[0] if oh else at, numbers)
    if number is not None and number[1] < 60 and (oh is None or number[1] < 10):
        written = words[at]
        two_digits = not written.isdecimal() or len(written) == 2
        in_words = not written.isdecimal() and (oh is not None or number[1] >= 10)
        unit = words[number[0] : number[0] + 1]
        counted = bool(unit) and (unit[0] in numbers.seconds or unit[0] in _COUNTED)
        if (colon or in_words or (written.isdecimal() and two_digits)) and not counted:
            # A leading zero is written by those who count to 24; so is 00.
            sure = colon and (leading_zero or hour == 0)
            return _Hands(number[0], hour + number[1] / 60, plain=not colon, sure=sure)
    return None if colon else _Hands(end, hour, plain=True, sure=False)


_COUNTED = frozenset({"songs", "tracks", "percent", "days", "day", "albums"})
"""What is counted here, and no minutes."""
