"""How the rest of Refrain asks what the library sounds like."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import Axis, Sound, Vector
from knowledge.models import TrackId
from knowledge.wish import MusicWish


@dataclass(frozen=True, slots=True)
class SoundTable:
    """The sound of all analysed recordings, as columns. Row i of each array is one track."""

    revision: int
    ids: NDArray[np.int64]
    """Track ids, shape (n,)."""
    values: Vector
    """Axis values, shape (n, len(AXES)); NaN where unknown."""
    confidence: Vector
    """Shape (n, len(AXES)), 0 to 1."""
    percentiles: Vector
    """Place of each value inside this library, 0 to 1, shape (n, len(AXES)); NaN where unknown."""
    tempo_bpm: Vector
    """Shape (n,); NaN where there is none."""
    tempo_confidence: Vector
    other_tempo_bpm: Vector
    key: NDArray[np.int64]
    """0 to 23: tonic + 12 when minor; -1 where unknown. Shape (n,)."""
    tag_names: tuple[str, ...]
    tags: Vector
    """Percentile of each auto-tag inside this library, shape (n, len(tag_names))."""
    tag_values: Vector
    """The probabilities themselves."""
    embedding: Vector
    """Unit length, shape (n, 200), or (n, 0) without the tagger."""
    first: Vector
    """Axis values of the first segment, shape (n, len(AXES)): how a track begins."""
    last: Vector
    """Axis values of the last segment."""

    def row(self, track_id: TrackId) -> int | None:
        """Index of a track, None when it is not analysed."""
        found = int(np.searchsorted(self.ids, track_id))  # ids are sorted
        return found if found < len(self.ids) and self.ids[found] == track_id else None


@dataclass(frozen=True, slots=True)
class MoodPlace:
    """Where in a song a mood holds."""

    start_s: float
    end_s: float
    fit: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One recording on the emotional map; both coordinates are percentiles of the library."""

    track_id: TrackId
    valence: float
    arousal: float
    confidence: float
    """Of the weaker of both."""
    cluster: int
    path: tuple[tuple[float, float, float], ...]
    """(start in seconds, valence, arousal) of each segment, on the same scale."""


@dataclass(frozen=True, slots=True)
class Alike:
    track_id: TrackId
    score: float
    """0 to 1."""
    reasons: tuple[str, ...]
    """In a few words: "the same tempo"."""


class Sounding(Protocol):
    """Sound of the library. Synchronous, safe to share between threads; kept in memory."""

    def table(self) -> SoundTable:
        """All of it; the same object until the analysis changes."""
        ...

    def of(self, track_id: TrackId) -> Sound | None:
        """One recording with its segments, from the database."""
        ...

    def mood_fit(self, mood: str) -> Mapping[TrackId, float]:
        """How well each recording's best segments fit a mood or an activity, 0 to 1."""
        ...

    def mood_places(self, track_id: TrackId, mood: str) -> tuple[MoodPlace, ...]:
        """Where in a song a mood holds, best first."""
        ...

    def alike(
        self,
        seeds: Sequence[TrackId],
        *,
        among: Collection[TrackId] | None = None,
        but: Mapping[str, float] | None = None,
        count: int = 100,
    ) -> tuple[Alike, ...]:
        """Recordings that sound like the seeds, moved along axes when `but` says so."""
        ...

    def clusters(self) -> tuple[tuple[str, tuple[TrackId, ...]], ...]:
        """Groups of the library that sound alike, each with a name in words."""
        ...

    def map(self) -> tuple[MapPoint, ...]:
        """Every analysed recording on the emotional map."""
        ...


class WishFit(Protocol):
    """Says which tracks obey a wish's facts, and how well they fit the rest."""

    def fit(self, wish: MusicWish) -> Mapping[TrackId, tuple[float, tuple[str, ...]]]:
        """Track to fit (0 to 1) and reasons; only tracks that break no condition."""
        ...


AXIS_COLUMN: Mapping[Axis, int] = {axis: place for place, axis in enumerate(Axis)}
"""Column of each axis in a `SoundTable`."""
