"""The services of one installation, made as configured and run in the background.

Everything that waits for the network happens in threads of their own: one for each kind of look-up,
one for scrobbling, and a few for what somebody asks for. A turn of the conversation never waits for
a service.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar, get_args

from knowledge.covers import CoverStore
from knowledge.database import Database
from knowledge.errors import NotInLibrary, SourceRefused, SourceUnreachable
from knowledge.lyrics.fetched import FetchedLyrics
from knowledge.lyrics.fetching import LOOKUP as LYRICS_LOOKUP
from knowledge.lyrics.fetching import LyricsFetching
from knowledge.models import TrackId
from knowledge.people.current import PersonId
from knowledge.sources.answers import AnswerCache
from knowledge.sources.completions import Completions
from knowledge.sources.lastfm import LastFm
from knowledge.sources.listenbrainz import ListenBrainzSimilar
from knowledge.sources.lookups import Lookups
from knowledge.sources.lrclib import Lrclib
from knowledge.sources.neighbours.asking import NeighbourAsking
from knowledge.sources.neighbours.nearness import Nearness
from knowledge.sources.neighbours.store import NeighbourStore
from knowledge.sources.rate_limit import RateLimit
from knowledge.sources.recordings import recording_of
from knowledge.sources.scrobbling.models import ScrobbleService
from knowledge.sources.web_service import WebService
from server.errors import ServerBusy
from server.settings import Settings
from server.settings_sources import SourcesSettings, discogs_token, lastfm_secret
from server.sources.keys import KeyRing
from server.sources.pictures import PictureFetcher
from server.sources.scrobbling import Scrobbling
from server.sources.spotify_remote import SpotifyRemote

_LOG = logging.getLogger(__name__)
_LOOK_EVERY_S = 3_600.0
_JOIN_S = 5.0
_ASKERS = 4
_MOST_WAITING = 12
_EVERY_S = {"lrclib": 0.5, "lastfm": 0.25, "listenbrainz": 0.2, "labs": 1.0, "discogs": 1.1}
Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class ServiceClients:
    """How each service is reached; all of them are there, switched on or not."""

    musicbrainz: WebService
    lrclib: WebService
    lastfm: WebService
    listenbrainz: WebService
    labs: WebService
    discogs: WebService

    def all(self) -> tuple[WebService, ...]:
        return (
            self.musicbrainz,
            self.lrclib,
            self.lastfm,
            self.listenbrainz,
            self.labs,
            self.discogs,
        )


class MusicServices:
    """Everything that asks other services. Made at any time; `start` begins the work."""

    def __init__(self, settings: Settings, database: Database) -> None:
        """Prepare; asks nobody yet.

        Args:
            settings: the configuration.
            database: the library.
        """
        wanted = settings.sources
        self.settings = wanted
        self._all_settings = settings
        self._database = database
        self.cache = AnswerCache(database)
        self.clients = _clients(wanted, self.cache)
        self.keys = KeyRing(settings.data / "keys")
        self.fetched = FetchedLyrics(database)
        self.completions = Completions(database)
        self.neighbours = NeighbourStore(database)
        self.nearness = Nearness(self.neighbours) if wanted.similar else None
        key = wanted.lastfm_key
        secret = lastfm_secret(wanted)
        self.lastfm = (
            None
            if key is None
            else LastFm(
                self.clients.lastfm,
                key.get_secret_value(),
                secret.get_secret_value() if secret else "",
            )
        )
        self.scrobbling = Scrobbling(
            database,
            self.keys,
            self.clients.listenbrainz,
            self.lastfm if secret else None,
            now_playing=wanted.now_playing,
        )
        self.discogs_token = discogs_token(wanted)
        self.spotify = SpotifyRemote(wanted, self.keys)
        self.lookups: tuple[Lookups, ...] = ()
        self.pictures: PictureFetcher | None = None
        self._neighbour_thread: threading.Thread | None = None
        self.neighbour_problem = ""
        self._stop = threading.Event()
        self._look = threading.Event()
        self._askers = ThreadPoolExecutor(_ASKERS, thread_name_prefix="services")
        self._waiting = threading.BoundedSemaphore(_ASKERS + _MOST_WAITING)

    def start(self, *, changed: Callable[[], None]) -> None:
        """Begin the work in the background. Call on the event loop.

        Args:
            changed: is told, from other threads, when the library knows more than before.
        """
        wanted = self.settings
        lookups: list[Lookups] = []
        if wanted.lrclib:
            lyrics = LyricsFetching(self._database, Lrclib(self.clients.lrclib), self.fetched)
            lookups.append(Lookups(LYRICS_LOOKUP, self._database, lyrics.ask, changed=changed))
        if wanted.musicbrainz:
            lookups += self._musicbrainz(changed)
        self.lookups = tuple(lookups)
        for one in self.lookups:
            one.start()
        if wanted.similar:
            self._neighbour_thread = threading.Thread(
                target=self._ask_neighbours, name="neighbours", daemon=True
            )
            self._neighbour_thread.start()
        self.scrobbling.open()
        self.scrobbling.start()

    def follow(self, stop: threading.Event | None = None) -> None:
        """The library changed: let what services said stand in again, and look for new recordings.

        A chore; see `knowledge.chores`.
        """
        del stop
        self.fetched.use()
        self.completions.fill()
        for one in self.lookups:
            one.look_again()
        self._look.set()

    async def run(self, ask: Callable[[], Said]) -> Said:
        """Ask a service for somebody who waits, without holding up anybody else.

        Raises:
            ServerBusy: too many wait for services already.
            SourceUnreachable, SourceRefused: as `ask`.
        """
        if not self._waiting.acquire(blocking=False):
            raise ServerBusy("Too many wait for other services.")
        loop = asyncio.get_running_loop()
        coming = self._askers.submit(ask)
        coming.add_done_callback(lambda _: self._waiting.release())
        return await asyncio.wrap_future(coming, loop=loop)

    def ask_discogs(self, track_id: TrackId) -> None:
        """Look up the release of a track and keep what is found; blocks.

        Raises:
            NotInLibrary: there is no such track.
            SourceUnreachable, SourceRefused: there was no usable answer.
        """
        # The client is imported only where it is used.
        from knowledge.sources.discogs import Discogs  # noqa: PLC0415

        with self._database.read() as connection:
            recording = recording_of(connection, track_id)
        if recording is None:
            raise NotInLibrary(f"There is no track number {track_id} in the library.")
        token = self.discogs_token.get_secret_value() if self.discogs_token else ""
        facts = Discogs(self.clients.discogs, token).facts(recording)
        self.completions.keep(recording.audio_hash, "discogs", facts, certainty=0.7)

    async def ask_about(self, track_id: TrackId) -> None:
        """The same, for somebody who waits: without holding up anybody else."""
        await self.run(lambda: self.ask_discogs(track_id))

    def disconnect(self, person: PersonId) -> None:
        """Forget every account of a person who leaves."""
        for service in get_args(ScrobbleService):
            self.scrobbling.disconnect(service, person)
        self.spotify.disconnect(person)
        self.keys.remove_all(person)

    def close(self) -> None:
        """Stop everything soon; what is left is done next time."""
        self._stop.set()
        self._look.set()
        if self.pictures is not None:
            self.pictures.close()
        for client in self.clients.all():
            client.close()
        for one in self.lookups:
            one.close()
        self.scrobbling.close()
        if self._neighbour_thread is not None:
            self._neighbour_thread.join(_JOIN_S)
        self._askers.shutdown(wait=False, cancel_futures=True)

    def _musicbrainz(self, changed: Callable[[], None]) -> list[Lookups]:
        # musicbrainzngs is imported only where it is used.
        from knowledge.recognition.online import OnlineNaming  # noqa: PLC0415
        from knowledge.sources.completing import (  # noqa: PLC0415
            COVERART_LOOKUP,
            MUSICBRAINZ_LOOKUP,
            CoverArtCompleting,
            MusicBrainzCompleting,
        )
        from knowledge.sources.musicbrainz_search import MusicBrainzSearch  # noqa: PLC0415

        key = self._all_settings.recognition.acoustid_key
        naming = (
            None
            if key is None
            else OnlineNaming(
                key.get_secret_value(),
                acoustid_url=self.settings.acoustid_url,
                musicbrainz=self.clients.musicbrainz,
                timeout_s=self.settings.timeout_s,
            )
        )
        tags = MusicBrainzCompleting(
            self._database,
            MusicBrainzSearch(self.clients.musicbrainz),
            self.completions,
            by_sound=None if naming is None else naming.name,
        )
        lookups = [Lookups(MUSICBRAINZ_LOOKUP, self._database, tags.ask, changed=changed)]
        if self.settings.cover_art:
            base = self.settings.cover_art_url
            self.pictures = PictureFetcher(base)
            covers = CoverArtCompleting(
                self._database,
                self.completions,
                CoverStore(self._all_settings.covers),
                self.pictures,
                base_url=base,
            )
            art = Lookups(COVERART_LOOKUP, self._database, covers.ask, changed=changed)
            lookups.append(art)
        return lookups

    def _ask_neighbours(self) -> None:
        asking = NeighbourAsking(
            self._database,
            self.neighbours,
            lastfm=self.lastfm,
            listenbrainz=ListenBrainzSimilar(self.clients.labs),
        )
        while not self._stop.is_set():
            self._look.clear()
            try:
                asking.run(self._stop.is_set)
                self.neighbour_problem = ""
            except (SourceUnreachable, SourceRefused) as error:
                self.neighbour_problem = str(error)
            except Exception:  # noqa: BLE001  the next round tries again
                _LOG.warning("Neighbours could not be asked for", exc_info=True)
            self._look.wait(_LOOK_EVERY_S)
            self._stop.wait(1.0)


def _clients(wanted: SourcesSettings, cache: AnswerCache) -> ServiceClients:
    def client(name: str, base_url: str, every_s: float) -> WebService:
        return WebService(
            name,
            base_url,
            limit=RateLimit(every_s),
            timeout_s=wanted.timeout_s,
            attempts=1 + wanted.retries,
            cache=cache,
        )

    return ServiceClients(
        musicbrainz=client("MusicBrainz", wanted.musicbrainz_url, wanted.musicbrainz_every_s),
        lrclib=client("LRCLIB", wanted.lrclib_url, _EVERY_S["lrclib"]),
        lastfm=client("Last.fm", wanted.lastfm_url, _EVERY_S["lastfm"]),
        listenbrainz=client("ListenBrainz", wanted.listenbrainz_url, _EVERY_S["listenbrainz"]),
        labs=client("ListenBrainz Labs", wanted.listenbrainz_labs_url, _EVERY_S["labs"]),
        discogs=client("Discogs", wanted.discogs_url, _EVERY_S["discogs"]),
    )
