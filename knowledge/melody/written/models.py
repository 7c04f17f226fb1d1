"""What a file of notation holds, and how much of it is read."""

from dataclasses import dataclass, field

from knowledge.melody.models import MelodyLine

READER = "written/1"
"""Name and version of all readers: files that another version read are read again."""
MOST_BYTES = 16_000_000
"""Of a file as it lies on disk."""
MOST_NOTES = 100_000
"""Of all voices of one tune, repeats unfolded."""
MOST_TUNES = 20_000
"""In one file."""
FEWEST_NOTES = 5
"""A shorter line is no tune."""
LONGEST_S = 4 * 3600.0


class TuneRefused(ValueError):
    """A file, or a tune in it, that is not read; the message is fit for the user."""


@dataclass(slots=True)
class Voice:
    """One voice of a score as it is read; chords are still chords."""

    name: str = ""
    notes: list[tuple[float, float, float]] = field(default_factory=list)
    """Onset (s), duration (s) and pitch (MIDI number), in any order."""
    program: int | None = None
    """General MIDI number of its instrument, from 0."""
    rank: int = 0
    """How many voices stand above it in the score."""


@dataclass(frozen=True, slots=True, eq=False)
class WrittenTune:
    """One tune of a file."""

    title: str
    composer: str
    """Who made it, as far as the file says; a file name may name the artist instead."""
    lines: tuple[MelodyLine, ...]
    """The most likely tune first."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadFile:
    """What reading a file came to."""

    tunes: tuple[WrittenTune, ...] = ()
    reason: str = ""
    """Why there are none, in words for the user."""
    foreign: bool = False
    """It only has the ending of a file of notation, and is none."""
