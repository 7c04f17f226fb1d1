"""Numbers in English words."""

from typing import Final

_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = (
    "",
    "ten",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
)
_SCALES: Final = ("", " thousand", " million", " billion", " trillion")
_ORDINALS: Final = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_LONGEST: Final = 12
"""Digits; what is longer is no amount."""


def cardinal(number: int) -> str:
    """Make "forty two", "one hundred five", "two thousand nineteen"."""
    if number < 0:
        return f"minus {cardinal(-number)}"
    if number >= 1000 ** len(_SCALES):
        return digits(str(number))
    groups: list[str] = []
    scale = 0
    while number or not groups:
        number, group = divmod(number, 1000)
        if group or (not number and not groups):
            groups.append(_below_thousand(group) + _SCALES[scale])
        scale += 1
    return " ".join(reversed(groups))


def ordinal(number: int) -> str:
    """Make "third", "twenty first", "one hundredth"."""
    head, blank, last = cardinal(number).rpartition(" ")
    if last in _ORDINALS:
        return head + blank + _ORDINALS[last]
    return head + blank + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def digits(text: str) -> str:
    """Make "nine one one"; of a very long number only what it is."""
    if len(text) > _LONGEST:
        return "a long number"
    return " ".join(_ONES[int(one)] for one in text)


def decimal(text: str) -> str:
    """Make "forty four point one" of "44.1"; commas between thousands are fine."""
    whole, _, fraction = text.replace(",", "").partition(".")
    spoken = digits(whole) if len(whole) > _LONGEST else cardinal(int(whole or "0"))
    return f"{spoken} point {digits(fraction)}" if fraction else spoken


def in_pairs(number: int) -> str:
    """Years and what is read like them: "nineteen oh five", "nine eighty eight", "ten oh seven"."""
    high, low = divmod(number, 100)
    if high == 0 or number % 1000 == 0 or 2000 <= number < 2010:
        return cardinal(number)
    if low == 0:
        return f"{cardinal(high)} hundred"
    return f"{cardinal(high)} {'oh ' if low < 10 else ''}{cardinal(low)}"


def decade(number: int) -> str:
    """Make "eighties", "nineteen eighties", "two thousands", "fifty twos"."""
    head, blank, last = in_pairs(number).rpartition(" ")
    if last.endswith("y"):
        return f"{head}{blank}{last[:-1]}ies"
    return f"{head}{blank}{last}{'es' if last.endswith('x') else 's'}"


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        words.append(_TENS[rest // 10] + (f" {_ONES[rest % 10]}" if rest % 10 else ""))
    elif rest or not words:
        words.append(_ONES[rest])
    return " ".join(words)
