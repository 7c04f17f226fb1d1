"""What recognition says to those who asked, and what it remembers of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from knowledge.fingerprint.models import Certainty, Recognised
from knowledge.models import Track, TrackId

HeardId = int
TuneId = int


class HeardSource(StrEnum):
    """Where the sound came from."""

    MICROPHONE = "microphone"
    RING = "ring"
    """The memory of the last minutes of a microphone."""
    UPLOAD = "upload"
    URL = "url"
    STREAM = "stream"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Hearing:
    """Where and for whom a clip was heard; goes into the log as it is."""

    source: HeardSource
    session_id: str = ""
    device: str = ""
    """What heard it, such as "phone" or the name of a radio stream."""
    place: str = ""
    """Where that was, such as "kitchen"."""
    at: datetime | None = None
    """When the clip began, with a time zone; None means that it ended just now."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard, as the log takes it in."""

    certainty: Certainty
    clip_s: float
    recording: str = ""
    """Its key: the audio hash, or the key in a pack; empty when it is unknown."""
    track_id: TrackId | None = None
    title: str = ""
    artist: str = ""
    album: str = ""
    probability: float = 0.0
    offset_s: float | None = None
    tune_id: TuneId | None = None


@dataclass(frozen=True, slots=True)
class ClipAnswer:
    """What may be said about one clip.

    Exactly one of these holds: `track` is set (a recording of the library), `named` is set (a
    recording of a pack or a tune that was named, not in the library), or neither (unknown).
    """

    recognised: Recognised
    track: Track | None = None
    certainty: Certainty = Certainty.UNKNOWN
    probability: float = 0.0
    offset_s: float | None = None
    """Where in the recording the clip begins, seconds; None when that is not known."""
    heard_id: HeardId | None = None
    """The event in the log; None when nothing was logged."""
    alternatives: tuple[tuple[Track, float], ...] = ()
    """Other recordings of the library it may be, each with its probability; never to be claimed."""
    named: str | None = None
    """Title of what is not in the library, as a pack or the user calls it."""
    artist: str = ""
    """Whose recording that is; empty when nobody said."""
    version_of: Track | None = None
    """A track that the clip sounds like another performance of; never a claim of identity."""
    tune_id: TuneId | None = None
    """The unknown tune that the clip was kept as, or recognised as again."""
    heard_before: int = 0
    """How often this unknown tune was heard before."""

    @property
    def known(self) -> bool:
        """Whether there is anything to name."""
        return self.track is not None or self.named is not None


@dataclass(frozen=True, slots=True)
class HeardEvent:
    """One thing that was heard, from its beginning to the last time it was recognised."""

    id: HeardId
    at: datetime
    """When it began, UTC."""
    ended_at: datetime
    track: Track | None
    """The track, while the library has it."""
    title: str
    """Title as it was known then; empty when it could not be named."""
    artist: str
    source: HeardSource
    place: str
    device: str
    certainty: Certainty
    probability: float
    offset_s: float | None
    """Where in the recording the first clip began."""
    clip_s: float
    """Length of the clip that decided, seconds."""
    session_id: str
    tune_id: TuneId | None = None
    """The unknown tune that this was, also after it got its name."""
    named_later: bool = False
    """It was unknown at first and got its name by an import, a pack or the user."""


@dataclass(frozen=True, slots=True)
class Tune:
    """Something heard that the library does not have: one clip, or several that fit together."""

    id: TuneId
    title: str
    """The user's name for it; empty while it has none."""
    artist: str
    track: Track | None
    """The track that it turned out to be."""
    clips: int
    """How many of its clips are kept."""
    heard: int
    """How many events of the log it is."""
    first_at: datetime
    last_at: datetime
    places: tuple[str, ...] = ()
    has_audio: bool = False
    """Whether the sound of a clip was kept, which happens only when the user turned it on."""


@dataclass(frozen=True, slots=True)
class PackRecording:
    """A recording that a pack can recognise."""

    title: str
    artist: str = ""
    album: str = ""
    year: int | None = None
    duration_s: float = 0.0
    mbid: str = ""
    """MusicBrainz id of the recording, a UUID, or empty."""


@dataclass(frozen=True, slots=True)
class Pack:
    """Fingerprints and names of recordings, from another installation."""

    id: str
    name: str
    made_at: datetime
    imported_at: datetime
    recordings: int


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A part of one recording that is also in another one."""

    start_s: float
    end_s: float
    other_start_s: float
    other_end_s: float


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A track whose sound is also in the first track of its group."""

    track: Track
    path: str
    share: float
    """How much of the shorter of the two coincides, 0 to 1."""
    ranges: tuple[TimeRange, ...]
    """Times of the first track, and of this one as the other."""


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """One recording that the library holds several times."""

    track: Track
    """The best copy: the longest."""
    path: str
    copies: tuple[Duplicate, ...] = field(default=())
