"""What the music world is made of: frozen values, no I/O."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from knowledge.people.current import PersonId, current_person

TrackId = int
AlbumId = int
ArtistId = int
PlaylistId = int


@dataclass(frozen=True, slots=True)
class Artist:
    id: ArtistId
    name: str
    track_count: int = 0
    album_count: int = 0


@dataclass(frozen=True, slots=True)
class Album:
    id: AlbumId
    title: str
    artist: str
    """The album artist as shown; "Various Artists" for a compilation."""
    year: int | None = None
    is_compilation: bool = False
    track_count: int = 0
    duration_s: float = 0.0
    cover_id: str | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """One recording in the library. A live version is another track."""

    id: TrackId
    title: str
    artists: tuple[str, ...]
    """Every credited artist, main ones first; never empty."""
    album: str | None = None
    album_id: AlbumId | None = None
    album_artist: str | None = None
    disc_no: int | None = None
    track_no: int | None = None
    year: int | None = None
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    """Mood words found in the file's tags, lower case; evidence, not truth."""
    duration_s: float = 0.0
    codec: str = ""
    cover_id: str | None = None
    """Content hash of the picture, or None."""
    loudness_lufs: float | None = None
    """Integrated loudness (EBU R128), once analysed."""
    peak: float | None = None
    """Largest absolute sample, 0 to 1 and a little above for lossy codecs."""
    guessed: frozenset[str] = frozenset()
    """Names of the fields that were guessed from the path, not read from a tag;
    "musicbrainz:year" is one that a service filled in."""

    stream_url: str = ""
    """Where a live stream is that has no end; empty for a recording."""

    @property
    def is_live(self) -> bool:
        """Whether it is a radio station and no recording."""
        return bool(self.stream_url)

    @property
    def artist(self) -> str:
        """All artists as one line of text."""
        return ", ".join(self.artists)


@dataclass(frozen=True, slots=True)
class Segment:
    """About 45 s of one track, described by numbers taken from the signal."""

    index: int
    start_s: float
    end_s: float
    loudness_db: float
    """RMS level, dB relative to full scale."""
    energy: float
    """0 (still) to 1 (driving): level, brightness and onset rate together; signal-based."""
    brightness_hz: float
    """Spectral centroid in hertz."""
    onset_rate_hz: float
    """Note onsets per second."""
    tempo_bpm: float | None = None
    tempo_confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class AudioFeatures:
    """What the analyser found for a whole track, and for each of its segments."""

    analyser: str
    """Name and version of the analyser, such as "signal/1"."""
    loudness_lufs: float
    peak: float
    energy: float
    tempo_bpm: float | None
    tempo_confidence: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Playlist:
    id: PlaylistId
    name: str
    track_count: int = 0
    duration_s: float = 0.0
    own: bool = True
    """Whether it belongs to the person who asks."""
    shared: bool = True
    """Whether everybody at home sees it."""
    changeable: bool = True
    """Whether the person who asks may change it: their own, and the household's."""


class RepeatMode(StrEnum):
    OFF = "off"
    ALL = "all"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One place in the queue; the same track may stand in it twice."""

    id: str
    track: Track
    person: PersonId = field(default_factory=current_person, compare=False)
    """Who wanted it: to them belongs that it was played."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The play queue as one value. `position` is the current item, or None when nothing is."""

    items: tuple[QueueItem, ...] = ()
    position: int | None = None
    shuffle: bool = False
    repeat: RepeatMode = RepeatMode.OFF
    revision: int = 0
    """Grows by one with every change, so that a page knows what it missed."""
    unshuffled: tuple[str, ...] = ()
    """Item ids in the order before shuffling; empty when not shuffled."""

    @property
    def current(self) -> QueueItem | None:
        """The item at `position`."""
        return None if self.position is None else self.items[self.position]


class PlayEventKind(StrEnum):
    PLAY = "play"
    SKIP = "skip"
    LIKE = "like"
    DISLIKE = "dislike"
    HEARD = "heard"


@dataclass(frozen=True, slots=True)
class PlayEvent:
    """One line of the append-only history."""

    id: int
    at: datetime
    """When it began; always with a time zone (UTC)."""
    kind: PlayEventKind
    track: Track
    played_s: float = 0.0
    player: str = ""
    session_id: str = ""


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A file the scanner met, accepted or refused."""

    path: Path
    ok: bool
    reason: str = ""
    """Why it was refused, in words for the user."""


@dataclass(frozen=True, slots=True)
class LibrarySummary:
    tracks: int = 0
    albums: int = 0
    artists: int = 0
    duration_s: float = 0.0
    refused: int = 0
    genres: tuple[tuple[str, int], ...] = field(default=())
    """Genre and number of tracks, most frequent first."""
