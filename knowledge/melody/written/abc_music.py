"""Reads the notes of ABC notation: one line of music at a time (standard 2.1, section 4)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from knowledge.melody.written.abc_keys import SHIFTS
from knowledge.melody.written.repeats import Sign

Got: TypeAlias = Mapping[str, str | None]

# Every repetition is bounded: a line without an end must not be searched again and again.
_NOTE = r"(?P<sign>\^\^|\^|__|_|=)?(?P<letter>[A-Ga-g])(?P<octave>[,']*)"
_LENGTH = r"(?P<times>\d{1,4})?(?P<slashes>/*)(?P<divide>\d{1,4})?"
_IN_CHORD = re.compile(_NOTE + _LENGTH)
TOKEN = re.compile(
    rf"""
    "[^"]{{0,200}}"|![^!\s]{{1,40}}!|\+[^+\s]{{1,40}}\+|\{{[^}}]{{0,200}}\}}
    |\[(?P<field>[A-Za-z]):(?P<value>[^\]]{{0,200}})\]
    |(?P<end>:{{1,4}}\|[\]|]*(?P<again>:*))|(?P<both>::+)|(?P<begin>[|\[]{{0,3}}\|:+)
    |\[(?P<ending>\d)[\d,-]*
    |(?P<bar>\|[\]|]|\[\||\|)(?P<after>\d(?![/\d]))?
    |\[(?P<chord>(?:[_^=]{{0,2}}[A-Ga-g][,']{{0,4}}\d{{0,4}}(?:/+\d{{0,4}})?-?[ ]?){{1,24}})\]
     (?P<chord_times>\d{{1,4}})?(?P<chord_slashes>/*)(?P<chord_divide>\d{{1,4}})?
    |\((?P<tuplet>[2-9])(?::(?P<time>\d?))?(?::(?P<over>\d{{0,2}}))?
    |(?P<broken>>{{1,3}}|<{{1,3}})
    |(?P<tie>-)
    |(?P<rests>[ZX])(?P<bars>\d{{0,3}})
    |(?:{_NOTE}|(?P<rest>[zx])){_LENGTH}
    |(?P<overlay>&)
    """,
    re.VERBOSE,
)
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_USUAL_TIME = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}
_MOST_LENGTH = Fraction(64)
"""Whole notes that one note or rest may last."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """A note or a rest, as it is written."""

    length: Fraction
    """In seconds."""
    pitch: int | None
    """MIDI number; None for a rest."""
    tied: bool = False
    """It goes on in the next note."""


@dataclass(frozen=True, slots=True)
class InlineField:
    """A field within the music, such as `[K:Am]`."""

    letter: str
    value: str


@dataclass(frozen=True, slots=True)
class Measures:
    """What a line is read with; fields within the line change it."""

    unit: Fraction
    """Whole notes that a note without a length lasts."""
    bar: Fraction
    """Whole notes of a bar."""
    speed: Fraction
    """Whole notes a second."""
    signature: Mapping[str, int]
    """By how much each letter is raised."""


class LineReader:
    """Reads one line into `written`, which holds what came before in this voice."""

    def __init__(self, measures: Measures, written: list[Sounding | Sign]) -> None:
        self.measures = measures
        self.written = written
        self._raised: dict[tuple[str, int], int] = {}
        self._stretch = Fraction(1)
        self._tuplet = Fraction(1)
        self._tuplet_left = 0
        self._in_overlay = False

    def read(self, token: re.Match[str]) -> InlineField | None:
        """Take in one token; fields within the music are the caller's."""
        got = token.groupdict()
        if got["field"]:
            return InlineField(got["field"], got["value"].strip())
        if signs := _signs(got):
            self._raised, self._in_overlay = {}, False
            self.written += [sign for sign in signs if sign is not None]
        elif got["overlay"]:
            self._in_overlay = True  # a second voice in the same bar
        elif not self._in_overlay:
            self._sound(got)
        return None

    def _sound(self, got: Got) -> None:
        if got["tuplet"]:
            played = int(got["tuplet"])
            time = int(got["time"] or 0) or _USUAL_TIME.get(played, 2)
            self._tuplet, self._tuplet_left = Fraction(time, played), int(got["over"] or played)
        elif got["broken"]:
            self._break(got["broken"])
        elif got["tie"]:
            self._change_last(Fraction(1), tied=True)
        elif got["rests"]:
            self._add(min(int(got["bars"] or 1), 100) * self.measures.bar, None)
        elif got["chord"]:
            self._chord(got, got["chord"])
        elif got["letter"]:
            self._add(self._length(_times(got)), self._pitch(got))
        elif got["rest"]:
            self._add(self._length(_times(got)), None)

    def _chord(self, got: Got, inside: str) -> None:
        """The highest note, as long as the first."""
        notes = [note.groupdict() for note in _IN_CHORD.finditer(inside)]
        length = _times(notes[0]) * _times(got, "chord_")
        self._add(self._length(length), max(map(self._pitch, notes)), tied="-" in inside)

    def _length(self, times: Fraction) -> Fraction:
        length = self.measures.unit * times * self._stretch
        self._stretch = Fraction(1)
        if self._tuplet_left:
            length *= self._tuplet
            self._tuplet_left -= 1
        return length

    def _add(self, length: Fraction, pitch: int | None, *, tied: bool = False) -> None:
        if 0 < length <= _MOST_LENGTH:
            self.written.append(Sounding(length / self.measures.speed, pitch, tied))

    def _break(self, sign: str) -> None:
        """Lengthen one of two notes at the cost of the other."""
        short = Fraction(1, 2 ** len(sign))
        before, self._stretch = (2 - short, short) if sign[0] == ">" else (short, 2 - short)
        self._change_last(before)

    def _change_last(self, times: Fraction, *, tied: bool = False) -> None:
        last = self.written[-1] if self.written else None
        if isinstance(last, Sounding):
            self.written[-1] = Sounding(last.length * times, last.pitch, tied or last.tied)

    def _pitch(self, got: Got) -> int:
        said = got["letter"] or "C"
        letter, marks = said.upper(), got["octave"] or ""
        octave = said.islower() + marks.count("'") - marks.count(",")
        if got["sign"]:
            self._raised[letter, octave] = SHIFTS[got["sign"]]
        shift = self._raised.get((letter, octave), self.measures.signature.get(letter, 0))
        return 60 + _STEPS[letter] + shift + 12 * octave


def _signs(got: Got) -> tuple[Sign | None, ...]:
    """What a bar line means for repeats; empty for what is no bar line."""
    if got["both"]:
        return Sign.END, Sign.BEGIN
    if got["end"]:
        return (Sign.END, Sign.BEGIN) if got["again"] else (Sign.END,)
    if got["begin"]:
        return (Sign.BEGIN,)
    if got["ending"]:
        return (Sign.ENDING,)
    if got["bar"]:
        double = Sign.CLOSE if len(got["bar"]) > 1 else None
        return (double, Sign.ENDING) if got["after"] else (double,)
    return ()


def _times(got: Got, prefix: str = "") -> Fraction:
    """A length as it stands after a note, in unit lengths."""
    times = Fraction(int(got[prefix + "times"] or 1))
    slashes, divide = got[prefix + "slashes"] or "", int(got[prefix + "divide"] or 0)
    if divide:
        return times / divide if slashes else times
    return times / Fraction(2 ** min(len(slashes), 8))
