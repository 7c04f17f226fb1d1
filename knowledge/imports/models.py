"""What an export says, and what became of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

LONGEST_NAME = 500
"""Longer titles and names are cut."""


class ImportSource(StrEnum):
    SPOTIFY = "spotify"
    LISTENBRAINZ = "listenbrainz"
    LASTFM = "lastfm"


@dataclass(frozen=True, slots=True)
class ExportedListen:
    """One line of an export."""

    source: ImportSource
    at: float
    """When it began, unix seconds."""
    title: str
    artist: str
    album: str = ""
    played_s: float | None = None
    """None where the export does not say."""
    skipped: bool | None = None


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """How far an import is, and what it found."""

    read: int = 0
    """Listens in the export so far."""
    added: int = 0
    known: int = 0
    """Counted before: from this export, another one, or heard twice in one second."""
    matched: int = 0
    """Of the added ones, how many are of tracks in the library."""
    unusable: int = 0
    """Lines without a time, a title or an artist: podcasts, and what is damaged."""

    def plus(self, other: "ImportCounts") -> "ImportCounts":
        return ImportCounts(
            self.read + other.read,
            self.added + other.added,
            self.known + other.known,
            self.matched + other.matched,
            self.unusable + other.unusable,
        )


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One import, finished or broken off."""

    id: int
    at: float
    """When it was started, unix seconds."""
    source: str
    """An `ImportSource`; "" while nothing was read."""
    name: str
    """The file's."""
    counts: ImportCounts
    done: bool
    """False: it was broken off. The same file goes on where it stopped."""
    unmatched_artists: tuple[tuple[str, int], ...] = ()
    """Of the listens that are not of the library, the artists with most of them."""

    def kept(self, digest: str) -> dict[str, Any]:
        """What the table keeps as JSON."""
        return {
            **asdict(self.counts),
            "done": self.done,
            "digest": digest,
            "unmatched_artists": [list(pair) for pair in self.unmatched_artists],
        }

    @classmethod
    def of(cls, row: Any) -> Self:
        """Read a row of the table of imports."""
        kept: Mapping[str, Any] = row.report or {}
        names = ("read", "added", "known", "matched", "unusable")
        return cls(
            id=row.id,
            at=row.at,
            source=row.source,
            name=row.name,
            counts=ImportCounts(*(int(kept.get(name, 0)) for name in names)),
            done=bool(kept.get("done", False)),
            unmatched_artists=tuple((a, int(n)) for a, n in kept.get("unmatched_artists", ())),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A track of the library that a listen was of."""

    track_id: int
    certainty: float = field(default=1.0)
    """1.0 for equal names, less for a close spelling."""
