"""What a tool call may use: the services of this installation, and who is asking."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Protocol

from knowledge.catalog import Catalog
from knowledge.fingerprint.models import Certainty, Samples
from knowledge.history import History
from knowledge.melody.models import Contour, HumAnswer
from knowledge.models import TrackId
from knowledge.playlists import Playlists
from knowledge.ratings import Ratings
from knowledge.recognition.heard import HeardLog
from knowledge.recognition.models import ClipAnswer, HeardId, HeardSource, Hearing, TuneId
from knowledge.recommend.recommender import Recommender
from knowledge.recommend.smart_playlists import SmartPlaylists
from knowledge.search import Searcher
from knowledge.search.finder import MusicFinder
from knowledge.sources.track_facts import TrackFacts
from knowledge.stations import Station, Stations
from knowledge.taste.profile import TasteProfile
from knowledge.timers.store import TimerStore
from knowledge.times import local_now
from knowledge.wish import MusicWish
from tools.consent import Consent
from tools.players.playback import Playback
from tools.players.rooms import Rooms

if TYPE_CHECKING:
    from knowledge.sources.spotify import SpotifyItem, SpotifyPlayback

ReferenceKind = Literal["track", "album", "artist", "playlist"]
Fact = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing of the library by kind and id; written "track:12" in tool arguments."""

    kind: ReferenceKind
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def understood(text: str) -> MusicWish:
    """What is wished for in words, when nobody knows the names of the library."""
    # The words of twelve languages are read when somebody first wishes in words.
    from knowledge.wishes import parse_wish  # noqa: PLC0415

    return parse_wish(text) if text.strip() else MusicWish()


class Listening(StrEnum):
    """What may be heard of a conversation's surroundings."""

    OFF = "off"
    """Nothing: no microphone is there, or nobody allowed it."""
    ASKED = "asked"
    """A few seconds, recorded anew when they are asked for; nothing from before."""
    RING = "ring"
    """The last minutes, kept in memory only because the user switched that on."""


class ClipSource(Protocol):
    """Where the seconds of sound come from that are to be recognised. Mono, at `RATE_HZ`."""

    def can_listen(self, session_id: str) -> Listening:
        """What may be heard around the client of this conversation."""
        ...

    def held_s(self, session_id: str) -> float:
        """How many seconds back `clip` reaches; 0 unless `can_listen` is `RING`."""
        ...

    def hearing(self, session_id: str, source: HeardSource) -> Hearing:
        """Which device of this conversation hears, and where that stands; without a time."""
        ...

    def given(self, session_id: str) -> str:
        """Reference of the clip that came with the turn now being taken; "" when none came."""
        ...

    async def given_clip(self, session_id: str, reference: str) -> Samples | None:
        """A clip that the client recorded or uploaded; None when it is unknown or forgotten."""
        ...

    def answer(self, session_id: str, reference: str) -> ClipAnswer | None:
        """What a clip was recognised as while it came in, so that it is not logged twice."""
        ...

    async def clip(
        self, session_id: str, *, seconds: float, ending_s_ago: float = 0.0, fresh: bool = False
    ) -> Samples | None:
        """The `seconds` that ended `ending_s_ago`; shorter when less of them is held.

        None when nothing may be listened to, or nothing is held from that time. With `ASKED` the
        client records first, so that this takes as long as the clip; `ending_s_ago` must be 0.
        With `RING` that is so when it is to be `fresh`: what sounds from now on.
        """
        ...

    def hum(self, session_id: str, reference: str) -> HumAnswer | None:
        """Which tune a given clip hums, if it was found to be a hum while it came in."""
        ...

    async def words(self, samples: Samples) -> str:
        """What is sung in a clip; "" when nobody can tell, or not soon enough."""
        ...

    async def keep_listening(self, session_id: str, *, on: bool) -> Listening:
        """Begin to keep the last minutes in memory, or stop it and wipe them at once.

        Returns:
            What may be heard from now on: `RING` when they are kept. A client without a
            microphone, or whose user refuses it, stays as it is.
        """
        ...


class UnknownTunes(Protocol):
    """What was heard and could not be named yet."""

    def name(
        self, tune_id: TuneId, *, title: str = "", artist: str = "", track_id: TrackId | None = None
    ) -> object:
        """Give a tune its name in words, or say which track of the library it is."""
        ...


class Recognition(Protocol):
    """Names clips and remembers what was heard. Synchronous: call it in a worker thread."""

    def recognise(
        self,
        samples: Samples,
        *,
        source: HeardSource,
        session_id: str = "",
        device: str = "",
        place: str = "",
        at: datetime | None = None,
        log: bool = True,
    ) -> ClipAnswer:
        """Name the recording that a clip comes from; `at` is when it began, None: just now."""
        ...

    def correct(self, heard_id: HeardId, track_id: TrackId | None) -> None:
        """Learn what an event really was: a track, or (None) not what was said."""
        ...

    @property
    def heard(self) -> HeardLog:
        """The log of what was heard."""
        ...

    @property
    def unknowns(self) -> UnknownTunes: ...


class Humming(Protocol):
    """Finds the tune of a hum in the library. Synchronous: call it in a worker thread."""

    def warm(self) -> None:
        """Load what the first hum needs."""
        ...

    def listen(self, samples: Samples, rate_hz: int) -> Contour:
        """Follow the one voice of a clip, and say whether somebody hums there at all."""
        ...

    def answer(
        self,
        samples: Samples,
        rate_hz: int,
        *,
        transcript: str = "",
        session_id: str = "",
        count: int = 10,
    ) -> HumAnswer:
        """Look for the tune; `transcript` is what is sung, if it is sung with words."""
        ...

    def pick(self, hum_id: int, track_id: TrackId) -> None:
        """Learn which track a hum was meant to be."""
        ...


class SpotifyTarget(Protocol):
    """The Spotify account of whoever asks; what it returns is what Spotify reports.

    Each but `connected` raises `SourceRefused` or `SourceUnreachable` without a usable answer, and
    `PlayerNotResponding` when Spotify took a command and does not report that it was done.
    """

    async def connected(self) -> bool: ...
    async def search(self, words: str) -> "tuple[SpotifyItem, ...]": ...
    async def play(self, uri: str) -> "SpotifyPlayback": ...
    async def pause(self) -> "SpotifyPlayback": ...
    async def resume(self) -> "SpotifyPlayback": ...
    async def now(self) -> "SpotifyPlayback": ...


@dataclass(frozen=True, slots=True)
class OnAir:
    """What a radio station plays."""

    says: str = ""
    """The title that the station sends; it may be late, or an advertisement."""
    title: str = ""
    """What our own recogniser heard; "" when it knows no such recording."""
    artist: str = ""
    certainty: Certainty = Certainty.UNKNOWN


class StationListener(Protocol):
    """Tells what a station plays that somebody listens to."""

    async def now(self, station: Station) -> OnAir: ...


@dataclass(frozen=True, slots=True)
class ToolServices:
    """Everything that tools act on; made once by whoever starts the program."""

    catalog: Catalog
    searcher: Searcher
    playback: Playback
    playlists: Playlists
    history: History
    ratings: Ratings
    clock: Callable[[], datetime] = local_now
    """Gives the present local time; always with a time zone."""
    clips: ClipSource | None = None
    """Sound around the user; None where no client can give any."""
    recognition: Recognition | None = None
    """Names recordings; None when that is switched off."""
    humming: Humming | None = None
    """Names hummed tunes; None when that is switched off."""
    recommender: Recommender | None = None
    """Chooses music for wishes and says why; None where nothing is recommended."""
    finder: MusicFinder | None = None
    """Finds music by what it is like, by its words and by its cover; None: by name only."""
    taste: TasteProfile | None = None
    """What is known of tastes; None where only likes and dislikes are kept."""
    smart_playlists: SmartPlaylists | None = None
    """Playlists that fill themselves; None where there are only ordinary ones."""
    timers: TimerStore | None = None
    """Sleep timers and alarms; None where none can be set."""
    timers_watched: bool = True
    """Whether this program acts on them; False where it ends after the answer."""
    wish_of: Callable[[str], MusicWish] = understood
    """Understands a wish in words of any language."""
    stations: Stations | None = None
    """Radio stations; None where there is no radio."""
    rooms: Rooms | None = None
    """The speakers of the house; None where there is only `playback`."""
    spotify: SpotifyTarget | None = None
    """Spotify as a place to play; None where it is not set up."""
    on_air: StationListener | None = None
    """What a radio station plays; None where there is no radio."""
    facts: TrackFacts | None = None
    """What is known of recordings beyond their names; None where nothing is."""


@dataclass(frozen=True, slots=True)
class ToolContext:
    """One turn's view: the services, the conversation, and what the user allowed in it."""

    services: ToolServices
    session_id: str = ""
    references: tuple[Reference, ...] = ()
    """The numbered list on the page, number 1 first."""
    offered: frozenset[int] = frozenset()
    """Tracks that this conversation was recommended before; others come first."""
    said: str = ""
    """The words of the request that is carried out, where a sentence held several."""
    consent: Consent = field(default_factory=Consent)
    """What may be destroyed in this turn, judged by the user's own words."""
    spoken: bool = False
    """Whether the request was spoken: listening to a question takes longer than reading one."""
    recognised: Mapping[str, Fact] = field(default_factory=dict)
    """Facts of what this conversation recognised last, with `heard_id`, `track_id`, `tune_id`."""
