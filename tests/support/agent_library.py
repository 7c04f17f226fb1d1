"""A small library with everything the agent acts on, real but for the speaker."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import insert

from agent.events import (
    AgentEvent,
    NumberedResult,
    ReplyDelta,
    ResultsNumbered,
    ToolFinished,
    ToolStarted,
    TurnFailed,
    TurnFinished,
)
from agent.loop import Agent
from agent.models import ModelSettings
from agent.session import SessionStore
from agent_ears import FakeEars, FakeRecognition
from humming_fake import FakeHumming
from knowledge.analysis.sound import Axis
from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.covers_look.library import CoverLooks
from knowledge.database import Database
from knowledge.drafts import TrackDraft
from knowledge.history import History
from knowledge.lyrics.index import LyricsIndex
from knowledge.models import Track
from knowledge.playlists import Playlists
from knowledge.queue import QueueStore
from knowledge.ratings import Ratings
from knowledge.recognition.heard import HeardLog
from knowledge.recommend.recommender import Recommender
from knowledge.recommend.smart_playlists import SmartPlaylists
from knowledge.schema import features
from knowledge.search import Searcher
from knowledge.search.finder import MusicFinder
from knowledge.search.wish_fit import LibraryWishFit
from knowledge.search.wish_judge import WishJudge
from knowledge.sound.library import SoundLibrary
from knowledge.sound.rows import write_sound
from knowledge.taste.profile import TasteProfile
from knowledge.timers.store import TimerStore
from knowledge.wishes import LibraryNames, parse_wish
from player_fake import FakePlayer
from sound_library import Song, sound_of
from tools.context import Recognition, ToolContext, ToolServices
from tools.players.playback import Playback
from tools.result import ToolResult

NOW = datetime(2026, 11, 22, 20, 30, tzinfo=timezone(timedelta(hours=1)))

# title, artist, album, year, genre, moods, energy
_MUSIC: tuple[tuple[str, str, str, int, str, str, float], ...] = (
    ("Blue Rondo", "Dave Brubeck", "Time Out", 1959, "Jazz", "", 0.55),
    ("Take Five", "Dave Brubeck", "Time Out", 1959, "Jazz", "", 0.40),
    ("Kathy's Waltz", "Dave Brubeck", "Time Out", 1959, "Jazz", "calm", 0.30),
    ("Unsquare Dance", "Dave Brubeck", "Time Further Out", 1961, "Jazz", "playful", 0.60),
    ("Hallelujah", "Leonard Cohen", "Various Positions", 1984, "Folk", "sad", 0.20),
    ("Suzanne", "Leonard Cohen", "Songs", 1967, "Folk", "calm", 0.12),
    ("Hallelujah", "Jeff Buckley", "Grace", 1994, "Rock", "sad", 0.35),
    ("Grace", "Jeff Buckley", "Grace", 1994, "Rock", "", 0.70),
    ("Hayloft", "Mother Mother", "O My Heart", 2008, "Rock", "energetic", 0.90),
    ("Hayloft II", "Mother Mother", "Inside", 2021, "Rock", "energetic", 0.92),
    ("Feeling Good", "Nina Simone", "I Put a Spell on You", 1965, "Soul", "", 0.50),
    ("Sinnerman", "Nina Simone", "Pastel Blues", 1965, "Soul", "driving", 0.80),
    ("Wild Is the Wind", "Nina Simone", "Wild Is the Wind", 1966, "Soul", "sad", 0.15),
    ("Gymnopédie No. 1", "Erik Satie", "Piano Works", 1990, "Classical", "calm", 0.05),
    ("Gymnopédie No. 2", "Erik Satie", "Piano Works", 1990, "Classical", "calm", 0.06),
    ("Gnossienne No. 1", "Erik Satie", "Piano Works", 1990, "Classical", "calm", 0.07),
    ("Clair de Lune", "Claude Debussy", "Suite bergamasque", 1989, "Classical", "calm", 0.04),
    ("Get Lucky", "Daft Punk", "Random Access Memories", 2013, "Electronic", "happy", 0.75),
    ("One More Time", "Daft Punk", "Discovery", 2001, "Electronic", "party", 0.95),
    ("Genesis", "Justice", "Cross", 2007, "Electronic", "", 0.93),
    ("Land of Confusion", "Genesis", "Invisible Touch", 1986, "Rock", "", 0.78),
    ("Porcelain", "Moby", "Play", 1999, "Electronic", "calm", 0.25),
    ("Natural Blues", "Moby", "Play", 1999, "Electronic", "", 0.45),
)


def drafts() -> tuple[TrackDraft, ...]:
    numbers: dict[str, int] = {}
    made = []
    for title, artist, album, year, genre, moods, _ in _MUSIC:
        numbers[album] = numbers.get(album, 0) + 1
        made.append(
            TrackDraft(
                audio_hash=_hash(title, artist),
                title=title,
                artists=(artist,),
                album=album,
                album_artist=artist,
                track_no=numbers[album],
                year=year,
                genres=(genre,),
                moods=tuple(moods.split()),
                duration_s=200.0,
                codec="flac",
            )
        )
    return tuple(made)


def _hash(title: str, artist: str) -> str:
    return hashlib.sha256(f"{title}/{artist}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One turn as a listener saw it."""

    events: tuple[AgentEvent, ...]

    @property
    def reply(self) -> str:
        return "".join(e.text for e in self.events if isinstance(e, ReplyDelta)).strip()

    @property
    def calls(self) -> list[str]:
        return [e.name for e in self.events if isinstance(e, ToolStarted)]

    @property
    def started(self) -> list[ToolStarted]:
        return [e for e in self.events if isinstance(e, ToolStarted)]

    @property
    def outcomes(self) -> list[ToolResult]:
        return [e.result for e in self.events if isinstance(e, ToolFinished)]

    @property
    def kinds(self) -> list[str]:
        return [result.kind for result in self.outcomes]

    @property
    def results(self) -> tuple[NumberedResult, ...]:
        lists = [e.items for e in self.events if isinstance(e, ResultsNumbered)]
        return lists[-1] if lists else ()

    @property
    def titles(self) -> list[str]:
        return [result.title for result in self.results]

    @property
    def finished(self) -> TurnFinished:
        return next(e for e in self.events if isinstance(e, TurnFinished))

    @property
    def failed(self) -> TurnFailed:
        return next(e for e in self.events if isinstance(e, TurnFailed))


@dataclass(slots=True)
class Home:
    """One installation in a folder, with a fake speaker and a clock that stands still."""

    database: Database
    services: ToolServices
    player: FakePlayer
    sessions: SessionStore
    agent: Agent
    ears: FakeEars
    recognition: FakeRecognition
    humming: FakeHumming
    log: list[str] = field(default_factory=list)

    async def say(self, text: str, session_id: str = "kitchen") -> TurnRecord:
        events = [event async for event in self.agent.run(text, session_id=session_id)]
        record = TurnRecord(tuple(events))
        self.log += [f"> {text}", record.reply]
        return record

    @property
    def playing(self) -> str | None:
        """The title that sounds, by the player's own account."""
        item = self.player.playing
        return item.track.title if item is not None else None

    @property
    def status(self) -> str:
        return str(self.player.state.status)

    @property
    def queued(self) -> list[str]:
        return [item.track.title for item in self.services.playback.queue.items]

    def track_id(self, title: str, artist: str = "") -> int:
        tracks, _ = self.services.catalog.list_tracks(limit=500)
        return next(
            t.id for t in tracks if t.title == title and (not artist or artist in t.artists)
        )

    def track(self, title: str, artist: str = "") -> Track:
        return self.services.catalog.track(self.track_id(title, artist))

    def context(self, **more: object) -> ToolContext:
        return ToolContext(self.services, session_id="kitchen", **more)  # type: ignore[arg-type]


@asynccontextmanager
async def open_home(
    folder: Path,
    *,
    model: ModelSettings | None = None,
    player: FakePlayer | None = None,
    ears: FakeEars | None = None,
    recognises: Recognition | None = None,
) -> AsyncIterator[Home]:
    """Open the library in `folder`, filling it at the first time.

    `recognises` takes the place of the fake recognition.
    """
    database = Database.at(folder / "library.db")
    catalog = Catalog(database, folder / "covers")
    if catalog.summary().tracks == 0:
        fill(database)
    speaker = player or FakePlayer("speaker")
    history = History(database, catalog)
    ears = ears or FakeEars()
    humming = FakeHumming()
    recognition = FakeRecognition(HeardLog(database, catalog, clock=NOW.timestamp))
    playback = Playback(QueueStore(database, catalog), history, [speaker], clock=lambda: NOW)
    services = ToolServices(
        catalog=catalog,
        searcher=Searcher(database, catalog),
        playback=playback,
        playlists=Playlists(database, catalog),
        history=history,
        ratings=Ratings(database),
        clock=lambda: NOW,
        clips=ears,
        recognition=recognises or recognition,
        humming=humming,
        timers=TimerStore(database, clock=lambda: NOW),
    )
    services = recommending(database, catalog, services, folder / "covers")
    sessions = SessionStore(database)
    agent = Agent(services, sessions=sessions, model=model)
    try:
        yield Home(database, services, speaker, sessions, agent, ears, recognition, humming)
    finally:
        await playback.close()
        database.close()


def recommending(
    database: Database, catalog: Catalog, services: ToolServices, covers: Path
) -> ToolServices:
    """Who chooses and finds music, on what the library sounds like; exploring nothing."""
    sounding = SoundLibrary(database)
    judge = WishJudge(database, sounding)
    taste = TasteProfile(database, sounding, services.ratings, clock=NOW.timestamp)
    recommender = Recommender(
        database,
        catalog,
        services.ratings,
        sounding,
        LibraryWishFit(database, sounding, judge=judge),
        taste,
        explore=False,
        seed=1,
    )
    finder = MusicFinder(
        services.searcher,
        sounding,
        None,
        LyricsIndex(database),
        CoverLooks(database, covers),
        database,
        catalog=catalog,
        judge=judge,
    )
    names = LibraryNames(database)
    return replace(
        services,
        recommender=recommender,
        finder=finder,
        taste=taste,
        smart_playlists=SmartPlaylists(
            database, services.playlists, recommender, clock=lambda: NOW
        ),
        wish_of=lambda text: parse_wish(text, names=names),
    )


def _hear(database: Database) -> None:
    """Write how the music sounds, as the analysis of sound would have heard it."""
    with database.write() as connection:
        for place, (title, artist, _, _, genre, moods, energy) in enumerate(_MUSIC):
            played = genre in {"Classical", "Jazz"}
            sound = {
                Axis.ENERGY: energy,
                Axis.LOUDNESS: energy,
                Axis.DANCEABILITY: 0.9 if genre == "Electronic" else 0.8 * energy,
                Axis.VALENCE: 0.1 if moods == "sad" else 0.9 if moods == "happy" else 0.5,
                Axis.ACOUSTICNESS: 0.1 if genre == "Electronic" else 1.0 - energy,
                Axis.INSTRUMENTALNESS: 0.95 if played else 0.1,
                Axis.VOCALS: 0.05 if played else 0.9,
            }
            song = Song(title, (sound, sound), bpm=60.0 + 100.0 * energy)
            heard = sound_of(song)
            write_sound(connection, _hash(title, artist), heard, heard_at=place + 1.0)


def fill(database: Database) -> None:
    """Write the music and what an analyser would have found."""
    CatalogWriter(database).add(drafts())
    _hear(database)
    with database.write() as connection:
        connection.execute(
            insert(features),
            [
                {
                    "audio_hash": _hash(title, artist),
                    "analyser": "signal/1",
                    "loudness_lufs": -18.0,
                    "peak": 0.9,
                    "energy": energy,
                    "tempo_bpm": 60.0 + 100.0 * energy,
                    "tempo_confidence": 0.9,
                }
                for title, artist, _, _, _, _, energy in _MUSIC
            ],
        )
