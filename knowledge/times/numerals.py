"""Numbers, ordinals, durations and clock positions read from a list of words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Reading = tuple[int, float]
"""Index after the last word read, and the value."""


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of one language."""

    units: Mapping[str, int]
    """One word each below 100: "seven", "forty"."""
    scales: Mapping[str, int]
    """"hundred", "thousand"."""
    ordinals: Mapping[str, int]
    """"second" is 2; "last" is -1."""
    fractions: Mapping[str, float]
    """"half" is 0.5."""
    seconds: Mapping[str, float]
    """Unit of time to its length in seconds: "minutes" is 60."""
    glue: frozenset[str]
    """Words that may stand inside a number: "and", "a"."""


def read_number(words: Sequence[str], at: int, language: NumberWords) -> Reading | None:
    """Read a whole number in digits or words from `at`: "25", "a hundred and five"."""
    if at >= len(words):
        return None
    if words[at].isdecimal() and len(words[at]) <= 6:
        return at + 1, float(int(words[at]))
    total, group, end = 0, 0, None
    index = at
    if words[index] == "a" and index + 1 < len(words) and words[index + 1] in language.scales:
        group, index = 1, index + 1
    last_unit = 1000
    while index < len(words):
        word = words[index]
        if (
            word in language.units
            and language.units[word] < last_unit
            and _fits(language.units[word], last_unit)
        ):
            group += language.units[word]
            last_unit = language.units[word]
        elif word in language.scales and (group or end is not None):
            group = max(group, 1) * language.scales[word]
            if language.scales[word] >= 1000:
                total, group = total + group, 0
            last_unit = 1000
        elif word in language.glue and end is not None and _goes_on(words, index + 1, language):
            index += 1
            continue
        else:
            break
        index += 1
        end = index
    return None if end is None else (end, float(total + group))


def _fits(unit: int, last_unit: int) -> bool:
    """Whether `unit` may follow `last_unit` inside one number: five after forty, not after six."""
    return last_unit == 1000 or (last_unit >= 20 and last_unit % 10 == 0 and 0 < unit < 10)


def _goes_on(words: Sequence[str], at: int, language: NumberWords) -> bool:
    return words[at - 2] in language.scales and at < len(words) and words[at] in language.units


def read_ordinal(words: Sequence[str], at: int, language: NumberWords) -> Reading | None:
    """Read "second", "3rd", "last" (-1)."""
    if at >= len(words):
        return None
    word = words[at]
    if word in language.ordinals:
        return at + 1, float(language.ordinals[word])
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    if digits.isdecimal() and word[len(digits) :] in {"st", "nd", "rd", "th"} and len(digits) < 4:
        return at + 1, float(int(digits))
    if word in language.units and at + 1 < len(words):
        following = language.ordinals.get(words[at + 1], 0)
        if 0 < following < 10 and language.units[word] >= 20:
            return at + 2, float(language.units[word] + following)
    return None


def read_duration(words: Sequence[str], at: int, language: NumberWords) -> Reading | None:
    """Read a duration in seconds: "90 seconds", "a minute and a half", "1 minute 20"."""
    index, total = at, 0.0
    while True:
        step = _amount_and_unit(words, index, language)
        if step is None:
            break
        index, seconds, unit = step
        total += seconds
        if words[index : index + 3] == ["and", "a", "half"]:
            index, total = index + 3, total + unit / 2
        if index < len(words) and words[index] in language.glue:
            if _amount_and_unit(words, index + 1, language) is None:
                break
            index += 1
    if index == at:
        return None
    tail = read_number(words, index, language)
    if tail and total % 60 == 0 and tail[1] < 60 and tail[0] == len(words):
        return tail[0], total + tail[1]
    return index, total


def _amount_and_unit(
    words: Sequence[str], at: int, language: NumberWords
) -> tuple[int, float, float] | None:
    if at >= len(words):
        return None
    number = read_number(words, at, language)
    if number is not None:
        index, amount = number
    elif words[at] in {"a", "an", "one"}:
        index, amount = at + 1, 1.0
    elif words[at] in language.fractions:
        index, amount = at + 1, language.fractions[words[at]]
        if index < len(words) and words[index] in {"a", "an"}:
            index += 1
    else:
        return None
    if index < len(words) and words[index] in language.seconds:
        unit = language.seconds[words[index]]
        return index + 1, amount * unit, unit
    return None


def read_clock(words: Sequence[str], at: int, language: NumberWords) -> Reading | None:
    """Read a place in a recording in seconds: "1:20", "1:02:03", "two minutes ten"."""
    parts, index = [], at
    while index < len(words) and words[index].isdecimal() and len(words[index]) <= 3:
        parts.append(int(words[index]))
        index += 1
        if index + 1 >= len(words) or words[index] != ":" or len(parts) == 3:
            break
        index += 1
    if len(parts) > 1 and all(part < 60 for part in parts[1:]):
        seconds = 0
        for part in parts:
            seconds = seconds * 60 + part
        return index, float(seconds)
    return read_duration(words, at, language)
