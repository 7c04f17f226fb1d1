"""Keys, meters and tempos of ABC notation (standard 2.1, sections 3.1.6 to 3.1.14)."""

import re
from fractions import Fraction

_FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
_SHARPS = "FCGDAEB"
_MODES = {
    "": 0, "maj": 0, "ion": 0, "mix": -1, "dor": -2, "m": -3, "min": -3, "aeo": -3, "phr": -4,
    "loc": -5, "lyd": 1,
}  # fmt: skip
_KEY = re.compile(r"\s*(?P<letter>[A-G])(?P<sign>[#b]?)\s*(?P<mode>[A-Za-z]*)")
_EXPLICIT = re.compile(r"(?<!\S)(?P<sign>\^\^|\^|__|_|=)(?P<letter>[A-Ga-g])(?!\S)")
SHIFTS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
_METER = re.compile(r"(?P<count>\d{1,3}(?:\s*\+\s*\d{1,3})*)\s*/\s*(?P<unit>\d{1,3})")
_LENGTH = re.compile(r"\s*(\d{1,3})\s*/\s*(\d{1,3})")
_SPEED = re.compile(r"(?:(?P<beat>\d{1,2}/\d{1,2})(?:\s+\d{1,2}/\d{1,2})*\s*=)?\s*(?P<bpm>\d{1,4})")
_QUARTER = Fraction(1, 4)


def read_key(text: str) -> dict[str, int]:
    """By how much each letter is raised or lowered; nothing where the key is not understood."""
    words = text.split("clef=", 1)[0].strip()
    if words[:2] in {"HP", "Hp"}:  # the pipes
        return {"F": 1, "C": 1} if words[1] == "p" else {}
    signature: dict[str, int] = {}
    match = _KEY.match(words)
    if match is not None:
        mode = match["mode"].lower()
        away = _MODES.get(mode[:3], -3 if mode == "m" else 0)
        fifths = _FIFTHS[match["letter"]] + {"": 0, "#": 7, "b": -7}[match["sign"]] + away
        if not mode.startswith("exp"):
            letters = _SHARPS[:fifths] if fifths > 0 else _SHARPS[fifths:] if fifths < 0 else ""
            signature = dict.fromkeys(letters, 1 if fifths > 0 else -1)
            if abs(fifths) > len(_SHARPS):  # such as G# major: seven, and some of them twice
                signature = dict.fromkeys(_SHARPS, 1 if fifths > 0 else -1)
    for sign in _EXPLICIT.finditer(words):
        signature[sign["letter"].upper()] = SHIFTS[sign["sign"]]
    return signature


def read_meter(text: str) -> Fraction | None:
    """The length of a bar in whole notes; None where there are no bars."""
    said = text.strip()
    if said.startswith("C"):
        return Fraction(1)
    match = _METER.search(said)
    if match is None or not int(match["unit"]):
        return None
    count = sum(int(number) for number in match["count"].split("+"))
    return Fraction(count, int(match["unit"])) or None


def usual_length(meter: Fraction | None) -> Fraction:
    """The unit length that a meter stands for, in whole notes."""
    return Fraction(1, 16) if meter is not None and meter < Fraction(3, 4) else Fraction(1, 8)


def read_length(text: str) -> Fraction | None:
    """A unit length in whole notes; None where it is not understood."""
    if text.strip() == "1":
        return Fraction(1)
    match = _LENGTH.match(text)
    if match is None or not int(match[1]) or not int(match[2]):
        return None
    return Fraction(int(match[1]), int(match[2]))


def usual_tempo(meter: str) -> Fraction:
    """Whole notes a second where no tempo is given.

    120 quarters a minute, in compound meters 110 dotted ones.
    """
    match = _METER.search(meter)
    if match is not None and match["unit"] == "8" and match["count"] in {"6", "9", "12"}:
        return Fraction(3, 8) * 110 / 60
    return _QUARTER * 2


def read_tempo(text: str, unit: Fraction) -> Fraction | None:
    """Whole notes a second; None where no number is given.

    Args:
        text: such as `1/4=120`, `"Allegro" 3/8=100`, or the old `120` and `C=120`.
        unit: the unit length, which the old ways count.
    """
    match = _SPEED.search(re.sub(r'"[^"]*"|[A-Ga-g]\d*\s*=', "", text))
    if match is None:
        return None
    beat = unit if match["beat"] is None else read_length(match["beat"])
    if beat is None:
        return None
    return beat * min(max(int(match["bpm"]), 10), 1000) / 60
