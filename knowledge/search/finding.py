"""What is found for a wish, and what the finder looks through."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from knowledge.models import Track, TrackId
from knowledge.recommend.models import Reason
from knowledge.search.models import SearchQuery, SearchResult
from knowledge.wish import MusicWish


class Words(Protocol):
    """Finds names by words."""

    def search(self, query: SearchQuery) -> SearchResult: ...


class Vectors(Protocol):
    """Finds tracks by meaning; see `knowledge.meaning.vectors.TrackVectors`."""

    def nearest(self, text: str, k: int) -> list[tuple[TrackId, float]]: ...


class Line(Protocol):
    """A line of a song; see `knowledge.lyrics.models.FoundLine`."""

    @property
    def track_id(self) -> TrackId: ...
    @property
    def line(self) -> str: ...
    @property
    def score(self) -> float: ...


class Lines(Protocol):
    """Finds songs by their words; see `knowledge.lyrics.index.LyricsIndex`."""

    def find(self, words: str, *, limit: int = 10) -> Sequence[Line]: ...


class Covers(Protocol):
    """Finds covers by their looks."""

    def find(self, words: str) -> Sequence[tuple[str, float]]: ...


class Tracks(Protocol):
    """The read side of the catalogue."""

    def tracks(self, ids: Sequence[TrackId]) -> tuple[Track, ...]: ...


@dataclass(frozen=True, slots=True)
class FoundTrack:
    """A track that meets a wish."""

    track: Track
    score: float
    """0 to 1."""
    reasons: tuple[Reason, ...]
    """Why it is here, the largest share of the score first."""
    versions: tuple[TrackId, ...] = ()
    """Other recordings of the same song by the same artist that obey as well, best first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for a wish, best first."""

    hits: tuple[FoundTrack, ...] = ()
    wish: MusicWish = field(default_factory=MusicWish)
    relaxed: tuple[str, ...] = ()
    """What had to give way, in words: "the sound"."""
    count: int = 0
    """How many tracks of the library obey, versions included."""
