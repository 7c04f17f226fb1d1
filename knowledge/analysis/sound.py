"""What a recording sounds like, as values: axes with confidence, tempo, key, tags, per segment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

SOUND_VERSION = 1
"""Raise it when any analyser below changes its results: recordings are then heard again."""
SOUND = f"sound/{SOUND_VERSION}"
"""Name and version of the analyser."""


class Axis(StrEnum):
    """One property of sound as a number from 0 to 1. The order is the order of stored columns."""

    ENERGY = "energy"
    """Still to driving; also the arousal of the emotional map."""
    VALENCE = "valence"
    """Dark to bright in mood. A weak hint from audio alone: its confidence says so."""
    DANCEABILITY = "danceability"
    ACOUSTICNESS = "acousticness"
    INSTRUMENTALNESS = "instrumentalness"
    """No voice to only instruments; 1 means that nobody sings."""
    VOCALS = "vocals"
    """How present a voice is."""
    BRIGHTNESS = "brightness"
    """Dull to bright in timbre."""
    LOUDNESS = "loudness"
    """Soft to loud: -40 to -5 LUFS as 0 to 1."""
    DYNAMICS = "dynamics"
    """Steady to changing in level."""


AXES: tuple[Axis, ...] = tuple(Axis)


@dataclass(frozen=True, slots=True)
class Measured:
    """A number and how far it can be trusted."""

    value: float
    """0 to 1."""
    confidence: float
    """0 (a guess) to 1; about .3 is "a weak hint"."""


@dataclass(frozen=True, slots=True)
class TempoHeard:
    bpm: float
    confidence: float
    other_bpm: float | None = None
    """The runner-up, mostly half or double."""


@dataclass(frozen=True, slots=True)
class KeyHeard:
    tonic: int
    """Pitch class, 0 for C to 11 for B."""
    minor: bool
    confidence: float
    other_tonic: int | None = None
    """The runner-up."""
    other_minor: bool = False


@dataclass(frozen=True, slots=True)
class SoundPart:
    """A stretch of a recording: a segment of about 45 s, or all of it."""

    start_s: float
    end_s: float
    axes: Mapping[Axis, Measured]
    """At least those that could be measured."""
    tempo: TempoHeard | None = None
    key: KeyHeard | None = None
    loudness_lufs: float = -70.0
    dynamics_db: float = 0.0
    """Difference between loud and soft moments, in dB."""
    tags: Mapping[str, float] = field(default_factory=dict)
    """Auto-tag to probability; every tag of the model, or {} where the model is not installed."""
    embedding: Vector = field(default_factory=lambda: np.zeros(0, np.float32))
    """What the tagger's last hidden layer says, shape (200,); empty where it is not installed."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What a recording sounds like, as a whole and segment by segment."""

    analyser: str
    """`SOUND`."""
    whole: SoundPart
    segments: tuple[SoundPart, ...]
    """At least one, in order, without gaps."""
    beats_s: Vector = field(default_factory=lambda: np.zeros(0, np.float32))
    """Times of the beats in seconds; empty when there is no beat to speak of."""
    models: tuple[str, ...] = ()
    """Which optional models took part: "musicnn", "vibenet"."""
