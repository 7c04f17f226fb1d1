"""Reads tunes from a small part of the ABC music notation (version 2.1).

Understood: the header fields X T C M L K P, parts (`P:A` on its own line), chord symbols in
quotes, accidentals, octave marks, lengths, ties, broken rhythm (`>` and `<`), triplets and bars.
Accidentals last until the next bar line, as the standard says.
"""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path

from knowledge.demo.tune import Chord, ChordSpan, Key, Note, Part, Tune

TUNES = Path(__file__).parent / "tunes"

_TOKEN = re.compile(
    r"""\s*(?:
    "(?P<chord>[^"]*)"
    |(?P<bar>\|)
    |\((?P<tuplet>3)
    |(?P<broken>[<>])
    |(?P<tie>-)
    |(?P<accidental>[_^=]?)(?P<letter>[A-Ga-gz])(?P<octave>[,']*)
     (?P<times>\d*)(?P<slash>/*)(?P<divide>\d*)
    )""",
    re.VERBOSE,
)
_CHORD = re.compile(r"(?P<letter>[A-G])(?P<accidental>[#b]?)(?P<kind>.*)")
_KEY = re.compile(r"(?P<letter>[A-G])(?P<accidental>[#b]?)(?P<mode>[a-z]*)")

_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SHIFTS = {"": 0, "#": 1, "b": -1, "^": 1, "_": -1, "=": 0}
_MODES = {
    "": ("major", 0),
    "m": ("minor", -3),
    "dor": ("dorian", -2),
    "phr": ("phrygian", -4),
    "mix": ("mixolydian", -1),
}
_FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
_SHARPS_IN_ORDER = "FCGDAEB"
_CHORD_TONES = {
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "7": (0, 4, 7, 10),
    "m7": (0, 3, 7, 10),
    "maj7": (0, 4, 7, 11),
    "6": (0, 4, 7, 9),
    "m6": (0, 3, 7, 9),
    "dim": (0, 3, 6),
    "sus4": (0, 5, 7),
}
_TRIPLET = Fraction(2, 3)
# A broken pair of notes: how the first and the second are stretched.
_BROKEN: dict[str | None, tuple[Fraction, Fraction]] = {
    None: (Fraction(1), Fraction(1)),
    ">": (Fraction(3, 2), Fraction(1, 2)),
    "<": (Fraction(1, 2), Fraction(3, 2)),
}


class TuneUnreadable(ValueError):
    """A tune file breaks the notation; names the tune and the place."""


@cache
def all_tunes() -> dict[str, Tune]:
    """Read every tune of the demo library, by name. Raises TuneUnreadable."""
    tunes: dict[str, Tune] = {}
    for path in sorted(TUNES.glob("*.abc")):
        for tune in read_tunes(path.read_text("utf-8")):
            if tune.name in tunes:
                raise TuneUnreadable(f"The tune {tune.name} is written twice.")
            tunes[tune.name] = tune
    return tunes


def read_tunes(text: str) -> tuple[Tune, ...]:
    """Read the tunes in `text`, separated by blank lines. Raises TuneUnreadable."""
    blocks = re.split(r"\n\s*\n", text)
    return tuple(_read_tune(block) for block in blocks if re.search(r"^X:", block, re.MULTILINE))


def read_chord(symbol: str) -> Chord | None:
    """Understand a chord symbol such as "F#m7"; "N" is no chord. Raises TuneUnreadable."""
    if symbol == "N":
        return None
    match = _CHORD.fullmatch(symbol)
    if match is None or match["kind"] not in _CHORD_TONES:
        raise TuneUnreadable(f"{symbol!r} is not a chord symbol we know.")
    root = (_LETTERS[match["letter"]] + _SHIFTS[match["accidental"]]) % 12
    return Chord(root, _CHORD_TONES[match["kind"]])


def _read_tune(block: str) -> Tune:
    fields: dict[str, str] = {}
    bodies: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in block.splitlines():
        if line.startswith("%") or not line.strip():
            continue
        if len(line) > 1 and line[1] == ":" and line[0].isalpha():
            if line[0] == "P" and "K" in fields:
                current = bodies.setdefault(line[2:].strip(), [])
            else:
                fields[line[0]] = line[2:].strip()
        elif current is not None:
            current.append(line)
    try:
        key, signature = _read_key(fields["K"])
        bar = Fraction(fields["M"]) * 4
        unit = Fraction(fields["L"]) * 4
        parts = {
            name: _PartReader(fields["X"], name, bar, unit, signature).read(" ".join(lines))
            for name, lines in bodies.items()
        }
        return Tune(
            name=fields["X"],
            title=fields["T"],
            composer=fields["C"],
            key=key,
            bar=bar,
            pulse=_pulse(fields["M"]),
            parts=parts,
            form=fields["P"],
        )
    except KeyError as error:
        raise TuneUnreadable(f"{fields.get('X')}: the field {error} is missing.") from error


def _pulse(meter: str) -> Fraction:
    """Six, nine and twelve eighths are felt in dotted quarters; three eighths in eighths."""
    count, unit = (int(number) for number in meter.split("/"))
    if unit == 8:
        return Fraction(1, 2) if count == 3 else Fraction(3, 2)
    return Fraction(4, unit)


def _read_key(text: str) -> tuple[Key, dict[str, int]]:
    """Key, and by how much each letter is raised or lowered by the key signature."""
    match = _KEY.fullmatch(text)
    if match is None or match["mode"] not in _MODES:
        raise TuneUnreadable(f"{text!r} is not a key we know.")
    mode, offset = _MODES[match["mode"]]
    fifths = _FIFTHS[match["letter"]] + 7 * _SHIFTS[match["accidental"]] + offset
    if fifths >= 0:
        signature = dict.fromkeys(_SHARPS_IN_ORDER[:fifths], 1)
    else:
        signature = dict.fromkeys(_SHARPS_IN_ORDER[fifths:], -1)
    tonic = (_LETTERS[match["letter"]] + _SHIFTS[match["accidental"]]) % 12
    return Key(tonic, mode), signature


@dataclass(slots=True)
class _PartReader:
    """Reads the body of one part, bar by bar."""

    tune: str
    name: str
    bar: Fraction
    unit: Fraction
    signature: dict[str, int]
    notes: list[Note] = field(default_factory=list)
    changes: list[tuple[Fraction, Chord | None]] = field(default_factory=list)

    def read(self, text: str) -> Part:
        bars = [bar for bar in text.split("|") if bar.strip()]
        lengths = [self._read_bar(bar, Fraction(0), keep=False) for bar in bars]
        pickup = lengths[0] if lengths[0] < self.bar and len(bars) > 1 else Fraction(0)
        position = -pickup
        for number, (body, length) in enumerate(zip(bars, lengths, strict=True)):
            first, last = number == 0, number == len(bars) - 1
            if length > self.bar or (length < self.bar and not first and not last):
                raise TuneUnreadable(
                    f"{self.tune}, part {self.name}, bar {number}: {length} quarters, "
                    f"not {self.bar}."
                )
            self._read_bar(body, position, keep=True)
            position += length
        total = -(-position // self.bar) * self.bar
        return Part(total, tuple(_join_ties(self.notes)), self._spans(total))

    def _spans(self, total: Fraction) -> tuple[ChordSpan, ...]:
        if not self.changes:
            return ()
        ends = [start for start, _ in self.changes[1:]] + [total]
        return tuple(
            ChordSpan(start, end - start, chord)
            for (start, chord), end in zip(self.changes, ends, strict=True)
            if end > start
        )

    def _read_bar(self, text: str, start: Fraction, *, keep: bool) -> Fraction:
        """Read one bar that begins at `start`; returns its length in quarter notes."""
        position, raised = start, dict(self.signature)
        triplet_left, stretch = 0, Fraction(1)
        tokens = list(self._tokens(text))
        for index, token in enumerate(tokens):
            if token["chord"] is not None:
                if keep:
                    self.changes.append((position, read_chord(token["chord"])))
            elif token["tuplet"]:
                triplet_left = 3
            elif token["tie"]:
                if keep and self.notes:
                    tied = self.notes[-1]
                    self.notes[-1] = Note(tied.start, -tied.length, tied.pitch)
            elif token["letter"]:
                length = self.unit * _length(token) * stretch
                follower = tokens[index + 1] if index + 1 < len(tokens) else None
                first, stretch = _BROKEN[follower["broken"] if follower is not None else None]
                length *= first
                if triplet_left:
                    length *= _TRIPLET
                    triplet_left -= 1
                if token["letter"] != "z" and keep:
                    self.notes.append(Note(position, length, _pitch(token, raised)))
                position += length
        return position - start

    def _tokens(self, text: str) -> list[re.Match[str]]:
        tokens, place, text = [], 0, text.strip()
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise TuneUnreadable(
                    f"{self.tune}, part {self.name}: cannot read {text[place : place + 12]!r}."
                )
            tokens.append(match)
            place = match.end()
        return tokens


def _length(token: re.Match[str]) -> Fraction:
    times = int(token["times"] or 1)
    if token["divide"]:
        return Fraction(times, int(token["divide"]))
    return Fraction(times, 2 ** len(token["slash"]))


def _pitch(token: re.Match[str], raised: dict[str, int]) -> int:
    letter = token["letter"].upper()
    if token["accidental"]:
        raised[letter] = _SHIFTS[token["accidental"]]
    octave = token["octave"].count("'") - token["octave"].count(",") + token["letter"].islower()
    return 60 + _LETTERS[letter] + raised.get(letter, 0) + 12 * octave


def _join_ties(notes: list[Note]) -> list[Note]:
    """Join notes that a tie (kept as a negative length while reading) binds to the next one."""
    joined: list[Note] = []
    open_tie = False
    for note in notes:
        length = abs(note.length)
        if open_tie and joined[-1].pitch == note.pitch:
            joined[-1] = Note(joined[-1].start, joined[-1].length + length, note.pitch)
        else:
            joined.append(Note(note.start, length, note.pitch))
        open_tie = note.length < 0
    return joined
