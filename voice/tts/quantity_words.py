"""Numbers in a sentence: amounts with units, years, decades, ranges, names that are numbers."""

import re
from collections.abc import Callable
from typing import Final

from voice.tts.number_words import cardinal, decade, decimal, digits, in_pairs, ordinal

_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNITS: Final = {
    "bpm": ("beat per minute", "beats per minute"),
    "khz": ("kilohertz", "kilohertz"),
    "mhz": ("megahertz", "megahertz"),
    "hz": ("hertz", "hertz"),
    "db": ("decibel", "decibels"),
    "kbps": ("kilobit per second", "kilobits per second"),
    "kbit/s": ("kilobit per second", "kilobits per second"),
    "kb": ("kilobyte", "kilobytes"),
    "mb": ("megabyte", "megabytes"),
    "gb": ("gigabyte", "gigabytes"),
    "tb": ("terabyte", "terabytes"),
    "ms": ("millisecond", "milliseconds"),
    "sec": ("second", "seconds"),
    "secs": ("second", "seconds"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "km": ("kilometer", "kilometers"),
    "cm": ("centimeter", "centimeters"),
    "rpm": ("R P M", "R P M"),
    "°c": ("degree Celsius", "degrees Celsius"),
    "°f": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
    "%": ("percent", "percent"),
    "‰": ("per mille", "per mille"),
    '"': ("inch", "inch"),
    "″": ("inch", "inch"),
}
_ATTACHED_ONLY: Final = frozenset({'"', "″"})
"""Marks that are units only right behind a number, and quotes elsewhere."""
_MONEY: Final = {"$": "dollar", "€": "euro", "£": "pound"}
_HALVES: Final = {"½": " and a half", "¼": " and a quarter", "¾": " and three quarters"}
_BY_DIGITS: Final = frozenset({"808", "909", "303", "404", "505", "606", "707", "911", "101"})
"""Drum machines and the like, which nobody calls eight hundred eight."""
_COUNTED: Final = (
    r"(?! ?(?:tracks|songs|albums|artists|playlists|tunes|plays|times|things|results|entries|more"
    r"|people|files|of|minutes|seconds|hours|days|years)\b)"
)

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def spell_units(text: str) -> str:
    """Write out every number in `text` that has a unit or a currency."""
    for pattern, spoken in _UNIT_RULES:
        text = pattern.sub(spoken, text)
    return text


def spell_numbers(text: str) -> str:
    """Write out the other numbers; dates, times and units must be written out before."""
    for pattern, spoken in _RULES:
        text = pattern.sub(spoken, text)
    return text


def _measured(found: re.Match[str]) -> str:
    sign = {"-": "minus ", "−": "minus ", "+": "plus "}.get(found[1] or "", "")
    one, many = _UNITS[found["unit"].lower()]
    return f"{sign}{decimal(found[2])} {one if found[2] == '1' else many}"


def _money(found: re.Match[str]) -> str:
    whole, _, cents = found[2].replace(",", "").partition(".")
    name = _MONEY[found[1]]
    spoken = f"{cardinal(int(whole))} {name}{'' if whole == '1' else 's'}"
    return f"{spoken} {cardinal(int(cents))}" if cents.strip("0") else spoken


def _range(found: re.Match[str]) -> str:
    if len(found[1]) == 3 and len(found[2]) == 4:  # a number to call
        return f"{digits(found[1])} {digits(found[2])}".replace("zero", "oh")
    return f"{_bare(found[1])} to {_bare(found[2])}"


def _part_of(found: re.Match[str]) -> str:
    word = "number" if found[1] == "opus" else "of"
    return f"{found[1]} {cardinal(int(found[2]))} {word} {cardinal(int(found[3]))}"


def _fraction(found: re.Match[str]) -> str:
    """Make "three four" of a meter, "one half", and "seven eleven" of what is no fraction."""
    spoken = f"{cardinal(int(found[1]))} {cardinal(int(found[2]))}"
    return {"1/2": "one half", "1/4": "one quarter", "2/3": "two thirds"}.get(found[0], spoken)


def _short_year(found: re.Match[str]) -> str:
    number = int(found[1])
    return f"oh {cardinal(number)}" if number < 10 else cardinal(number)


def _named(found: re.Match[str]) -> str:
    """The number in "blink-182", "U2", "M83", "Apollo-11"."""
    number = found[1]
    return f" {in_pairs(int(number)) if len(number) == 3 else _bare(number)}"


def _bare(text: str) -> str:
    if "," in text or "." in text:
        return decimal(text)
    if len(text) > 1 and text[0] == "0":
        return digits(text)
    if text in _BY_DIGITS:
        return digits(text).replace("zero", "oh")
    if len(text) == 4 and 1100 <= int(text) < 2100:
        return in_pairs(int(text))
    return digits(text) if len(text) > 9 else cardinal(int(text))


_UNIT: Final = "|".join(
    re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True) if unit not in _ATTACHED_ONLY
)
_UNIT_RULES: Final[tuple[Rule, ...]] = (
    (
        re.compile(rf"(?<![\w.])([-−+])?({_NUMBER}) ?(?P<unit>{_UNIT})(?!\w)", re.IGNORECASE),
        _measured,
    ),
    (re.compile(rf'(?<![\w.])([-+])?({_NUMBER})(?P<unit>["″])(?=[ ,.)]|$)'), _measured),
    (re.compile(rf"([$€£])({_NUMBER})"), _money),
)
_RULES: Final[tuple[Rule, ...]] = (
    (re.compile(r"(?<![\w.,])(\d{1,4}) ?[–-] ?(\d{1,4})(?![\w–-])(?!\.\d)"), _range),
    (
        re.compile(r"\b([Dd]isc|C D|[Tt]rack|[Pp]art|[Ss]ide|opus) (\d{1,3})/(\d{1,3})(?![\w/])"),
        _part_of,
    ),
    (re.compile(r"(?<![\w.,/])(\d{1,3})/(\d{1,3})(?![\w/])"), _fraction),
    (re.compile(r"(?<!\w)['’](\d0)s\b"), lambda found: decade(int(found[1]))),
    (re.compile(r"(?<!\w)['’](\d\d)\b"), _short_year),
    (re.compile(r"(?<![\w.])((?:1[1-9]|20)\d0)['’]?s\b"), lambda found: decade(int(found[1]))),
    (re.compile(r"(?<![\w.])([1-9]0)['’]?s\b"), lambda found: decade(int(found[1]))),
    (re.compile(r"(?<![\w.])(808|909|303)s\b"), lambda found: f"{_bare(found[1])}s"),
    (re.compile(r"(?<![\w.,])(\d+)['’]s\b"), lambda found: decade(int(found[1][:9]))),
    (re.compile(r"(?<=\d)-(?=[^\W\d_])"), lambda _: " "),  # "24-bit"
    (
        re.compile(r"\d+(?:\.\d+){2,}"),
        lambda found: " point ".join(map(_bare, found[0].split("."))),
    ),
    (re.compile(r"(?<![\w.])(\d+)(?:st|nd|rd|th)\b"), lambda found: ordinal(int(found[1][:9]))),
    (
        re.compile(r"(?<![\w.])(\d+)[½¼¾]"),
        lambda found: cardinal(int(found[1])) + _HALVES[found[0][-1]],
    ),
    (re.compile(r"(?<![\w.])(\d+)x\b"), lambda found: f"{cardinal(int(found[1]))} times"),
    (re.compile(r"#(?=\d)"), lambda _: "number "),
    (re.compile(r"(?<![\w.])−(?=\d)|(?<![\w.-])-(?=\d)"), lambda _: "minus "),
    (re.compile(r"\+(?=\d)"), lambda _: "plus "),
    (re.compile(r"(?<=[^\W\d_])-?(\d{1,3})(?![\d,.]\d|\d)"), _named),
    (
        re.compile(rf"(?<![\w.])(\d{{4}})(?![\w.,]\d|\d)(?!\w){_COUNTED}"),
        lambda found: _bare(found[1]),
    ),
    (
        re.compile(rf"({_NUMBER})(?=[^\W\d_])"),
        lambda found: f"{_bare(found[1])} ",
    ),  # "65daysofstatic"
    (
        re.compile(r"(?<!\w)(808|909|303|404|505|606|707|911|101)(?!\w)" + _COUNTED),
        lambda f: _bare(f[1]),
    ),
    (re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+"), lambda found: decimal(found[0])),
    (
        re.compile(r"\d+"),
        lambda f: (
            cardinal(int(f[0])) if len(f[0]) < 10 and f[0] == str(int(f[0])) else digits(f[0])
        ),
    ),
)
