"""What is asked of a search, and what it answers."""

from dataclasses import dataclass, field

from knowledge.models import Album, Artist, Track

MusicItem = Track | Album | Artist
KINDS = frozenset({"track", "album", "artist"})


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """Words, fields, or both. What stands in a field is a condition, not a wish."""

    text: str = ""
    """Words as a person would say them, in any order: "take five dave brubeck"."""
    title: str | None = None
    """Title of a track; misspellings are forgiven."""
    artist: str | None = None
    """Only things by this artist; misspellings are forgiven, another artist is not."""
    album: str | None = None
    """Only this album, or tracks on it."""
    genre: str | None = None
    """Only tracks of this genre, or of one that contains its words."""
    year_from: int | None = None
    year_to: int | None = None
    """The last year that is meant; both years belong to the span."""
    mood: str | None = None
    """Only tracks of this mood or fit for this activity, by tags and by energy."""
    liked: bool = False
    """Only tracks that the user likes."""
    kinds: frozenset[str] = field(default=KINDS)
    """Which of "track", "album" and "artist" may be among the hits."""
    limit: int = 20


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One thing in the library that matches."""

    item: MusicItem
    score: float
    """0 to 1. Above 0.9 every word has its place and the name is complete; around 0.75 the name is
    longer than what was asked for; around 0.5 it is something by the artist, on the album or of
    the genre that was asked for."""
    exact: bool
    """The name is exactly what was asked for: no letter corrected, no word of it missing."""
    why: str
    """What matched, in words: "title and artist"."""
    versions: tuple[Track, ...] = ()
    """Other recordings of the same song by the same artist: live, remastered, on another album."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits, best first."""

    hits: tuple[SearchHit, ...] = ()
    nearest: tuple[SearchHit, ...] = ()
    """Close misses to offer, best first; only when there are no hits. They break a condition of the
    query or lack one of its words."""
