"""What a written tune is: notes and chords against a beat, before anybody plays it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

SHARP_NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
FLAT_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")

# Tonics that musicians spell with a flat, by the kind of third.
_FLAT_MAJOR = {1, 3, 5, 8, 10}
_FLAT_MINOR = {0, 2, 3, 5, 7, 10}
_MINOR_MODES = {"minor", "dorian", "phrygian", "aeolian"}


@dataclass(frozen=True, slots=True)
class Note:
    """One melody note as written."""

    start: Fraction
    """Quarter notes from the first full bar of the part; negative in a pickup."""
    length: Fraction
    """Quarter notes."""
    pitch: int
    """MIDI number, 60 is middle C."""


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord symbol, understood."""

    root: int
    """Pitch class, 0 is C."""
    tones: tuple[int, ...]
    """Semitones above the root, the root's 0 first."""

    @property
    def is_minor(self) -> bool:
        """Whether the third is minor."""
        return 3 in self.tones

    @property
    def is_major_triad(self) -> bool:
        """Whether it is a plain major triad, open for colour."""
        return self.tones == (0, 4, 7)

    @property
    def is_minor_triad(self) -> bool:
        """Whether it is a plain minor triad."""
        return self.tones == (0, 3, 7)

    def moved(self, semitones: int) -> "Chord":
        """The same chord `semitones` higher."""
        return Chord((self.root + semitones) % 12, self.tones)


@dataclass(frozen=True, slots=True)
class ChordSpan:
    """A chord and how long it rules; None is a bar without accompaniment."""

    start: Fraction
    length: Fraction
    chord: Chord | None


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a tune, usually eight or sixteen bars."""

    length: Fraction
    """Quarter notes; whole bars, without the pickup."""
    notes: tuple[Note, ...]
    chords: tuple[ChordSpan, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A tonic and a mode."""

    tonic: int
    """Pitch class, 0 is C."""
    mode: str
    """major, minor, dorian, phrygian or mixolydian."""

    @property
    def is_minor(self) -> bool:
        """Whether the mode has a minor third."""
        return self.mode in _MINOR_MODES

    @property
    def name(self) -> str:
        """Tonic and "major" or "minor", as in "F# minor": what a listener would call it."""
        flats = _FLAT_MINOR if self.is_minor else _FLAT_MAJOR
        names = FLAT_NAMES if self.tonic in flats else SHARP_NAMES
        return f"{names[self.tonic]} {'minor' if self.is_minor else 'major'}"

    def moved(self, semitones: int) -> "Key":
        """The same mode, `semitones` higher."""
        return Key((self.tonic + semitones) % 12, self.mode)


@dataclass(frozen=True, slots=True)
class Tune:
    """A melody with its chords, as read from a tune file."""

    name: str
    """The short name the discography uses, such as "greensleeves"."""
    title: str
    composer: str
    key: Key
    bar: Fraction
    """Length of a bar in quarter notes."""
    pulse: Fraction
    """Length in quarter notes of the beat one taps: what a tempo in BPM counts."""
    parts: Mapping[str, Part]
    form: str
    """Usual order of the parts, such as "AABA"."""
