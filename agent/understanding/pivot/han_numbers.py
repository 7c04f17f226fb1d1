"""Numbers, durations and clock positions in Han letters and kana, each letter a word: 三十分.

Digits may stand for themselves (三〇, 八零) or with scales (一百二十), as Chinese and Japanese have
them; 两 is two, 半 half of the unit that it goes with.
"""

from collections.abc import Sequence

Reading = tuple[int, float]
"""Index after the last word read, and the value."""

_DIGITS = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "兩": 2,
}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_TEN_THOUSAND = "万"
_UNITS: tuple[tuple[tuple[str, ...], float], ...] = (
    (("小", "时"), 3600),
    (("小", "時"), 3600),
    (("鐘", "頭"), 3600),
    (("分", "鐘"), 60),
    (("秒", "鐘"), 1),
    (("时", "间"), 3600),
    (("時", "間"), 3600),
    (("钟", "头"), 3600),
    (("分", "钟"), 60),
    (("分", "間"), 60),
    (("秒", "钟"), 1),
    (("秒", "間"), 1),
    (("分",), 60),
    (("秒",), 1),
)
"""Longer names first; 時 alone is a time of day, not a duration."""
_COUNTERS = frozenset({"个", "個"})
_HALF = "半"
_LONGEST = 12
"""Letters of a number; more are no number that anybody says."""


def read_number(words: Sequence[str], at: int) -> Reading | None:
    """Read a whole number from `at`: 三十, 一百二十, 八零, "25"."""
    if at >= len(words):
        return None
    if words[at].isdecimal() and len(words[at]) <= 6:
        value = int(words[at])
        if at + 1 < len(words) and words[at + 1] == _TEN_THOUSAND:
            return at + 2, float(value * 10_000)
        return at + 1, float(value)
    end = at
    while end < min(len(words), at + _LONGEST) and (
        words[end] in _DIGITS or words[end] in _SCALES or words[end] == _TEN_THOUSAND
    ):
        end += 1
    if end == at:
        return None
    letters = words[at:end]
    if all(letter in _DIGITS for letter in letters):
        return end, float("".join(str(_DIGITS[letter]) for letter in letters))
    return end, float(_scaled(letters))


def _scaled(letters: Sequence[str]) -> int:
    total, group, digit = 0, 0, 0
    for letter in letters:
        if letter in _DIGITS:
            digit = _DIGITS[letter]
        elif letter in _SCALES:
            group += (digit or 1) * _SCALES[letter]
            digit = 0
        else:
            total += (group + digit or 1) * 10_000
            group = digit = 0
    return total + group + digit


def read_duration(words: Sequence[str], at: int) -> Reading | None:
    """Read a duration in seconds: 三十秒, 一分二十秒, 半小时, 一個半小時, 1時間半."""
    index, total = at, 0.0
    while (step := _amount_and_unit(words, index)) is not None:
        index, seconds = step
        total += seconds
    return None if index == at else (index, total)


def _amount_and_unit(words: Sequence[str], at: int) -> Reading | None:
    amount, index = 0.0, at
    number = read_number(words, at)
    if number is not None:
        index, amount = number
    if index < len(words) and words[index] in _COUNTERS and number is not None:
        index += 1
    if index < len(words) and words[index] == _HALF:
        index, amount = index + 1, amount + 0.5
        if index < len(words) and words[index] in _COUNTERS:
            index += 1
    if index == at:
        return None
    for names, seconds in _UNITS:
        if tuple(words[index : index + len(names)]) == names:
            index += len(names)
            if number is not None and index < len(words) and words[index] == _HALF:
                return index + 1, (amount + 0.5) * seconds
            return index, amount * seconds
    return None


def read_clock(words: Sequence[str], at: int) -> Reading | None:
    """Read a place in a recording in seconds: 1:20, 一分二十秒."""
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
    return read_duration(words, at)


def read_ordinal(words: Sequence[str], at: int) -> Reading | None:
    """Read 第二, 第3."""
    if at >= len(words) or words[at] != "第":
        return None
    return read_number(words, at + 1)
