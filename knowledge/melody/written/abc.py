"""Reads ABC notation as it is found in the wild (standard 2.1, forgiving).

What is not understood is passed over: decorations, chord symbols, grace notes, words, layout.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from knowledge.melody.models import MelodyLine
from knowledge.melody.written.abc_keys import (
    read_key,
    read_length,
    read_meter,
    read_tempo,
    usual_length,
    usual_tempo,
)
from knowledge.melody.written.abc_music import TOKEN, LineReader, Measures, Sounding
from knowledge.melody.written.models import (
    MOST_TUNES,
    TuneRefused,
    Voice,
    WrittenTune,
)
from knowledge.melody.written.repeats import Sign, unfold
from knowledge.melody.written.voices import lines_of

_FIELD = re.compile(r"[A-Za-z]:")
_MOST_VOICES = 16
_MOST_SIGNS = 20_000
"""Notes, rests and bars of one voice."""
_MOST_NAME = 200
_NOBODY = re.compile(r"\s*(?:trad(?:itional|\.|\b)|anon(?:ymous|\.|\b)|unknown|\?)", re.IGNORECASE)
_ARTICLE = re.compile(r"(?P<rest>.+),\s*(?P<article>The|A|An|Le|La|Les|Der|Die|Das)", re.IGNORECASE)


@dataclass(slots=True)
class _Staff:
    """A voice while it is read."""

    name: str
    written: list[Sounding | Sign] = field(default_factory=list)


def read_abc(text: str) -> tuple[WrittenTune, ...]:
    """Read all tunes of a file; those that cannot be read are left out.

    Raises:
        TuneRefused: there is none, or there are too many.
    """
    tunes, count = [], 0
    for block in _blocks(text):
        count += 1
        if count > MOST_TUNES:
            raise TuneRefused(f"It holds more than {MOST_TUNES} tunes.")
        try:
            tune = _Tune(block).read()
        except TuneRefused:
            continue
        if tune is not None:
            tunes.append(tune)
    if not count:
        raise TuneRefused("There is no tune in it: no line begins with X:.")
    return tuple(tunes)


def _blocks(text: str) -> Iterator[list[str]]:
    """The lines of each tune: from X: to an empty line."""
    block: list[str] | None = None
    for line in text.splitlines():
        if line.startswith("X:"):
            if block:
                yield block
            block = [line]
        elif block is not None and not line.strip():
            yield block
            block = None
        elif block is not None and not line.startswith("%"):
            block.append(line)
    if block:
        yield block


class _Tune:
    """Reads one tune."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._title = ""
        self._composer = ""
        self._meter: Fraction | None = Fraction(1)
        self._meter_text = "4/4"
        self._unit: Fraction | None = None
        self._tempo_text = ""
        self._signature: dict[str, int] = {}
        self._staffs: dict[str, _Staff] = {}
        self._now = self._staff("")

    def read(self) -> WrittenTune | None:
        """The tune, or None when nothing is played in it."""
        in_body = False
        for line in self._lines:
            if _FIELD.match(line):
                self._field(
                    line[0], line[2:].split("%", 1)[0].strip()[:_MOST_NAME], in_body=in_body
                )
                in_body = in_body or line[0] == "K"
            elif in_body:
                self._music(line.split("%", 1)[0])
        lines = self._sung()
        if not lines:
            return None
        return WrittenTune(self._title, self._composer, lines)

    def _sung(self) -> tuple[MelodyLine, ...]:
        staffs = [staff for staff in self._staffs.values() if staff.written]
        voices = [_voice(staff, rank) for rank, staff in enumerate(staffs)]
        return lines_of(voices)

    def _field(self, letter: str, value: str, *, in_body: bool) -> None:
        if letter == "T" and not in_body and not self._title:
            self._title = _article_first(value)
        elif letter == "C" and not self._composer and not _NOBODY.match(value):
            self._composer = value
        elif letter == "M":
            self._meter, self._meter_text = read_meter(value), value
        elif letter == "L":
            self._unit = read_length(value) or self._unit
        elif letter == "Q":
            self._tempo_text = value
        elif letter == "K":
            self._signature = read_key(value)
        elif letter == "V":
            self._now = self._staff(value)

    def _music(self, text: str) -> None:
        reader = LineReader(self._measures(), self._now.written)
        for token in TOKEN.finditer(text):
            inline = reader.read(token)
            if inline is not None:
                self._field(inline.letter, inline.value, in_body=True)
                reader.measures, reader.written = self._measures(), self._now.written
        if len(self._now.written) > _MOST_SIGNS:
            raise TuneRefused(f"It has more than {_MOST_SIGNS} notes.")

    def _measures(self) -> Measures:
        unit = self._unit or usual_length(self._meter)
        tempo = read_tempo(self._tempo_text, unit) if self._tempo_text else None
        speed = tempo or usual_tempo(self._meter_text)
        return Measures(unit, self._meter or Fraction(1), speed, self._signature)

    def _staff(self, value: str) -> _Staff:
        name = (value.split() or [""])[0]
        if name not in self._staffs:
            if len(self._staffs) >= _MOST_VOICES:
                return _Staff(name)  # read, and forgotten
            self._staffs[name] = _Staff(value)
        return self._staffs[name]


def _voice(staff: _Staff, rank: int) -> Voice:
    voice = Voice(staff.name, rank=rank)
    now, tied = Fraction(0), False
    for one in unfold(staff.written):
        if one.pitch is not None:
            before = voice.notes[-1] if voice.notes else None
            if tied and before is not None and before[2] == one.pitch:
                voice.notes[-1] = (before[0], float(now + one.length) - before[0], before[2])
            else:
                voice.notes.append((float(now), float(one.length), float(one.pitch)))
        tied = one.tied and one.pitch is not None
        now += one.length
    return voice


def _article_first(title: str) -> str:
    match = _ARTICLE.fullmatch(title)
    return title if match is None else f"{match['article']} {match['rest']}"
