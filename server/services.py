"""Everything of one installation, opened, and what its clients are told of it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from agent.session import SessionStore
from knowledge.catalog import Catalog
from knowledge.chores import Chores
from knowledge.covers_look.library import CoverLooks
from knowledge.database import Database
from knowledge.history import History
from knowledge.lyrics.index import LyricsIndex
from knowledge.meaning.library import MeaningOfLibrary
from knowledge.melody.service import HummingService
from knowledge.people.accounts import Accounts
from knowledge.people.current import PersonId
from knowledge.playlists import Playlists
from knowledge.ratings import Ratings
from knowledge.search import Searcher
from knowledge.search.finder import MusicFinder
from knowledge.sound.library import SoundLibrary
from knowledge.stations import Stations
from knowledge.timers.store import TimerStore
from server.auth.app_passwords import AppPasswords
from server.auth.parts import AuthParts
from server.auth.signed_urls import SignedUrls
from server.indexing import Indexing
from server.media.addresses import OwnAddresses
from server.media.playable import PlayableFiles
from server.presenter import Presenter
from server.realtime.hub import Hub
from server.realtime.outgoing import ServerEvent
from server.realtime.present import PresentClients
from server.recognition.fetch import Fetcher
from server.recognition.incoming import IncomingFolder
from server.recognition.microphones import Microphones
from server.recognition.monitors import Monitors
from server.recognition.naming import ClipNaming
from server.recognition.recognition import Recognition
from server.recognition.shown import monitor_out, timeline_out
from server.recognition.timelines import Timelines
from server.recommending import Recommending
from server.rooms_wire import RoomsOut
from server.settings import Settings
from server.sources.opened import MusicServices
from server.sources.radio import Radio
from server.timers_wire import TimersOut
from server.turns import Turns
from server.voice.reference import MusicReference
from server.voice.speech import Speech
from server.wire import IndexOut, NumberedResultOut, PlayerOut
from tools.context import ToolServices
from tools.players.browser import BrowserPlayer
from tools.players.playback import Playback
from tools.players.rooms import Rooms


@dataclass(frozen=True, slots=True)
class Services:
    """Everything of one installation, opened."""

    settings: Settings
    instance: str
    """Random name of this process, so that a client knows whom it talks to."""
    database: Database
    catalog: Catalog
    searcher: Searcher
    finder: MusicFinder
    """Finds music for wishes that `knowledge.wishes` parsed."""
    sounding: SoundLibrary
    lyrics: LyricsIndex
    cover_looks: CoverLooks
    meaning: MeaningOfLibrary | None
    chores: Chores
    """Makes in the background what the three before need."""
    playlists: Playlists
    recommending: Recommending
    history: History
    ratings: Ratings
    sessions: SessionStore
    playback: Playback
    browser: BrowserPlayer
    presenter: Presenter
    auth: AuthParts
    """People, browsers, programs and devices."""
    signed_urls: SignedUrls
    addresses: OwnAddresses
    """Where devices fetch recordings from us."""
    """Signs addresses of sound and pictures for players that cannot send headers."""
    playable: PlayableFiles
    indexing: Indexing
    turns: Turns
    hub: Hub
    present: PresentClients
    recognition: Recognition
    humming: HummingService | None
    """Names tunes that are hummed; None when that is switched off."""
    naming: ClipNaming
    """Decides whether a clip is a recording or a hum, and names it."""
    microphones: Microphones
    incoming: IncomingFolder
    fetcher: Fetcher
    timelines: Timelines
    monitors: Monitors
    sources: MusicServices
    """Services in the network that know about music."""
    stations: Stations
    radio: Radio
    """Passes on the sound of stations."""
    speech: Speech
    timers: TimerStore
    tools: ToolServices
    music_reference: MusicReference
    """What the music sounds like now, so that no microphone mistakes it for speech."""

    @property
    def accounts(self) -> Accounts:
        """The people."""
        return self.auth.accounts

    @property
    def app_passwords(self) -> AppPasswords:
        """Their passwords for one app each."""
        return self.auth.app_passwords

    def greeting(self, session_id: str) -> tuple[Callable[[], ServerEvent], ...]:
        """What a client is told first: its conversation so far, and the state of everything."""
        return (
            lambda: self.transcript_message(session_id),
            self.queue_message,
            self.player_message,
            self.rooms_message,
            self.index_message,
            self.library_message,
            self.listening_message,
            self.timeline_message,
            self.monitors_message,
            self.timers_message,
            self.speech.message,
        )

    def queue_message(self) -> ServerEvent:
        queue = self.presenter.queue(self.playback.queue)
        return {"type": "refrain.queue", "queue": queue.model_dump(mode="json")}

    def player_message(self) -> ServerEvent:
        player = PlayerOut.of(self.playback.player, self.playback.state)
        return {"type": "refrain.player", "player": player.model_dump(mode="json")}

    def index_message(self) -> ServerEvent:
        index = IndexOut.of(self.indexing.status())
        return {"type": "refrain.index", "index": index.model_dump(mode="json")}

    def library_message(self) -> ServerEvent:
        return {"type": "refrain.library", "revision": self.catalog.revision}

    def listening_message(self) -> ServerEvent:
        return {
            "type": "refrain.listen.state",
            **self.microphones.state().model_dump(mode="json"),
        }

    def heard_message(self) -> ServerEvent:
        return {"type": "refrain.heard", "revision": self.recognition.revision}

    def timeline_message(self) -> ServerEvent:
        jobs = [timeline_out(job, self.presenter).news() for job in self.timelines.all()]
        return {"type": "refrain.timeline", "jobs": jobs}

    def monitors_message(self) -> ServerEvent:
        items = [monitor_out(one).model_dump(mode="json") for one in self.monitors.all()]
        return {"type": "refrain.monitors", "items": items}

    def timers_message(self) -> ServerEvent:
        timers = TimersOut.of(self.timers, self.rooms)
        return {"type": "refrain.timers", **timers.model_dump(mode="json")}

    def transcript_message(self, session_id: str) -> ServerEvent:
        items: list[dict[str, Any]] = []
        for message in self.sessions.load(session_id).messages:
            item: dict[str, Any] = {"role": message.role, "text": message.text}
            if message.results:
                item["results"] = [
                    NumberedResultOut.of(one).model_dump(mode="json") for one in message.results
                ]
            items.append(item)
        return {"type": "refrain.transcript", "items": items}

    @property
    def rooms(self) -> Rooms:
        """Every queue, and where its speakers stand."""
        return self.tools.rooms or Rooms(self.playback)

    def rooms_message(self) -> ServerEvent:
        return {"type": "refrain.rooms", **RoomsOut.of(self.rooms).model_dump(mode="json")}

    async def forget(self, person: PersonId) -> None:
        """Let go of what is held in memory of somebody who is erased."""
        for playback in self.rooms.playbacks:
            await playback.left_by(person)
        await self.monitors.forget(person)
        self.timelines.forget(person)
        await asyncio.to_thread(self.sources.disconnect, person)
        self.recommending.recommender.forget(person)
        self.accounts.look_again()  # or they could still come in for a second

    def queue_changed(self) -> None:
        """Tell the pages; from any thread."""
        self.hub.publish_from_thread("queue", self.queue_message)

    def library_changed(self) -> None:
        """Tell the pages; from any thread."""
        self.hub.publish_from_thread("library", self.library_message)
        self.chores.look_again()
