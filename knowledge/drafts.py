"""A track as its file describes it, before it has an id, and what writing it did."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.folding import fold, without_featuring
from knowledge.lyrics.models import Lyrics
from knowledge.models import TrackId

VARIOUS_ARTISTS = "Various Artists"


@dataclass(frozen=True, slots=True)
class FileStamp:
    """A file as the scanner saw it; a file with the same stamp is not opened again."""

    path: str
    size: int
    """Bytes."""
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class TrackDraft:
    """A track before it has an id."""

    audio_hash: str
    """Hash of the encoded audio, 64 hexadecimal digits: what the track is."""
    title: str
    artists: tuple[str, ...]
    """Main ones first; never empty."""
    album: str | None = None
    album_artist: str | None = None
    is_compilation: bool = False
    disc_no: int | None = None
    track_no: int | None = None
    year: int | None = None
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    duration_s: float = 0.0
    codec: str = ""
    cover_id: str | None = None
    guessed: frozenset[str] = frozenset()
    lyrics: Lyrics | None = None
    file: FileStamp | None = None
    """None for a generated catalogue that has no audio behind it."""

    @property
    def artist_line(self) -> str:
        """All artists as one line of text."""
        return ", ".join(self.artists)

    @property
    def shown_album_artist(self) -> str:
        """Who the album is filed under."""
        if self.album_artist:
            return self.album_artist
        return VARIOUS_ARTISTS if self.is_compilation else without_featuring(self.artists[0])

    @property
    def album_key(self) -> tuple[str, str] | None:
        """What makes two albums the same: title and album artist, folded."""
        if self.album is None:
            return None
        return fold(self.album), fold(self.shown_album_artist)


class Change(StrEnum):
    """What a draft did to the library."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    RESTORED = "restored"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Written:
    track_id: TrackId
    change: Change
