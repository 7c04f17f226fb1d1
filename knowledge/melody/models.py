"""What is hummed, what a tune is, and what may be said when the one is looked for in the others."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.models import Track

Samples: TypeAlias = NDArray[np.float32]
"""Mono sound, shape (n,), full scale 1."""

MelodyKey: TypeAlias = str
"""Names a melody in an index: the audio hash of a recording, or the key of a written tune."""

EXTRACTOR = "melody/1"
"""Name and version of what finds the tunes in recordings; see `knowledge.melody.extraction`."""
FRAME_S = 0.016
"""Time between two values of a contour."""


class HumKind(StrEnum):
    """How a tune was given."""

    VOICE = "voice"
    """Hummed, or sung on la or with words."""
    WHISTLE = "whistle"


class HumProblem(StrEnum):
    """Why a tune is not even looked for."""

    SILENT = "silent"
    """Next to nothing is heard."""
    TOO_SHORT = "too_short"
    """Fewer notes or less voice than can tell tunes apart."""
    SPEECH = "speech"
    """Somebody talks."""
    NO_TUNE = "no_tune"
    """Noise, or several notes at once: no single line to follow."""


@dataclass(frozen=True, slots=True)
class MelodyNote:
    """One note, sung or written."""

    onset_s: float
    duration_s: float
    pitch: float
    """MIDI number with fraction, 60 is middle C."""
    confidence: float = 1.0
    """0 to 1; what is written has 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """The pitch of one voice over time."""

    pitch: NDArray[np.float32]
    """MIDI numbers, shape (n,), one every `FRAME_S`; NaN where nothing is sung."""
    notes: tuple[MelodyNote, ...]
    """The same as notes, in order, none overlapping."""
    kind: HumKind
    problem: HumProblem | None = None
    """Why it is of no use; None when it can be looked for."""
    hum_like: float = 1.0
    """How sure it is that somebody hums, whistles or sings here and no band plays, 0 to 1."""

    @property
    def duration_s(self) -> float:
        return len(self.pitch) * FRAME_S


@dataclass(frozen=True, slots=True, eq=False)
class MelodyLine:
    """One voice of a recording or a score that somebody may hum."""

    notes: NDArray[np.float32]
    """Rows of onset (s), duration (s), pitch (MIDI number), confidence (0 to 1), shape (n, 4), by
    onset."""
    weight: float = 1.0
    """How likely this is the tune that people remember, 0 to 1, the best line of a tune 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Melody:
    """All that is known of one tune: its lines, the most likely one first."""

    key: MelodyKey
    lines: tuple[MelodyLine, ...]


@dataclass(frozen=True, slots=True)
class MelodyHit:
    """One tune that a hum may be."""

    key: MelodyKey
    cost: float
    """How far off the hum is, 0 for a perfect one; comparable between the hits of one hum."""
    probability: float
    """How likely this is the tune, calibrated; over all hits at most 1."""
    start_s: float
    """Where in the tune the hum begins."""
    end_s: float
    transposition: float
    """Semitones that the hum is above the tune."""
    tempo: float
    """How many times as fast as the tune it was hummed."""


class HumOutcome(StrEnum):
    """What may be said."""

    FOUND = "found"
    """Name the first hit."""
    AMBIGUOUS = "ambiguous"
    """Offer the first two or three."""
    AGAIN = "again"
    """Ask to hum again; name nothing."""


@dataclass(frozen=True, slots=True)
class MelodyMatches:
    """What an index finds for one contour."""

    outcome: HumOutcome
    hits: tuple[MelodyHit, ...] = ()
    """Best first, at most as many as were asked for; also those that may not be said."""
    offered: int = 0
    """How many of them may be shown: 0 with `AGAIN`, 1 with `FOUND`, 2 or 3 with `AMBIGUOUS`."""


@dataclass(frozen=True, slots=True)
class HumHit:
    """One tune of the library that a hum may be, as it is told."""

    title: str
    artist: str
    probability: float
    start_s: float
    end_s: float
    track: Track | None = None
    """The recording to play; None for a written tune that the library has no recording of."""
    transposition: float = 0.0
    tempo: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class HumAnswer:
    """What may be said about a hum."""

    outcome: HumOutcome
    contour: Contour
    hits: tuple[HumHit, ...] = ()
    """Best first, at most ten; only the first `offered` may be shown as answers."""
    offered: int = 0
    searched: int = 0
    """How many tunes it was compared with."""
    waiting: int = 0
    """How many recordings have no melody yet, since they are still to be listened to."""
    hum_id: int | None = None
    """To be named when the user picks one of the hits, so that it is learned."""
