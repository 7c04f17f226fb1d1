"""The composition root: every part of Refrain is made here, and only here."""

import asyncio
import secrets
import shutil
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from agent.session import SessionStore
from knowledge.catalog import Catalog
from knowledge.chores import Chores
from knowledge.covers_look.library import CoverLooks
from knowledge.database import Database
from knowledge.history import History
from knowledge.imports.importer import Importer
from knowledge.lyrics.index import LyricsIndex
from knowledge.meaning.library import MeaningOfLibrary
from knowledge.melody.service import HummingService
from knowledge.models import Queue
from knowledge.playback_memory import PlaybackMemory, PlaybackSettings
from knowledge.playlists import Playlists
from knowledge.queue import QueueStore
from knowledge.ratings import Ratings
from knowledge.recognition.service import RecognitionService
from knowledge.search import Searcher
from knowledge.search.finder import MusicFinder
from knowledge.search.wish_fit import LibraryWishFit
from knowledge.search.wish_judge import WishJudge
from knowledge.sound.library import SoundLibrary
from knowledge.timers.store import TimerStore
from server.background import background_chores, meaning_of_library
from server.going_on import GoingOn
from server.indexing import Indexing
from server.library_roots import remember_roots
from server.media.foresight import Foresight
from server.media.playable import PlayableFiles
from server.presenter import Presenter
from server.realtime.hub import Hub
from server.realtime.outgoing import ServerEvent
from server.realtime.present import PresentClients
from server.recognising import humming_service, recognition_service
from server.recognition.addresses import AddressGuard
from server.recognition.fetch import Fetcher
from server.recognition.incoming import IncomingFolder
from server.recognition.microphones import Microphones
from server.recognition.monitors import Monitors
from server.recognition.naming import ClipNaming
from server.recognition.recognition import Recognition
from server.recognition.shown import monitor_out, timeline_out
from server.recognition.sung_words import SungWords
from server.recognition.timelines import Timelines
from server.recommending import Recommending, open_recommending
from server.settings import Settings
from server.timers.scheduler import start_timers
from server.timers_wire import TimersOut
from server.turns import Turns, TurnTaker
from server.voice.reference import MusicReference, place_of
from server.voice.repairing import names_repaired
from server.voice.speech import Speech
from server.wire import IndexOut, NumberedResultOut, PlayerOut
from tools.context import ToolServices
from tools.players.browser import BrowserPlayer
from tools.players.mpv import MpvPlayer
from tools.players.playback import Playback
from tools.players.player import Player, PlayerState
from tools.players.silent import SilentPlayer


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
    speech: Speech
    timers: TimerStore
    tools: ToolServices
    music_reference: MusicReference
    """What the music sounds like now, so that no microphone mistakes it for speech."""

    def greeting(self, session_id: str) -> tuple[Callable[[], ServerEvent], ...]:
        """What a client is told first: its conversation so far, and the state of everything."""
        return (
            lambda: self.transcript_message(session_id),
            self.queue_message,
            self.player_message,
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
        timers = TimersOut.of(self.timers, self.playback.queue)
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

    def queue_changed(self) -> None:
        """Tell the pages; from any thread."""
        self.hub.publish_from_thread("queue", self.queue_message)

    def library_changed(self) -> None:
        """Tell the pages; from any thread."""
        self.hub.publish_from_thread("library", self.library_message)
        self.chores.look_again()


@asynccontextmanager
async def open_services(
    settings: Settings,
    *,
    serving: bool = True,
    outliving: bool = False,
    players: tuple[Player, ...] | None = None,
    agent: Callable[[], TurnTaker] | None = None,
    recognition: RecognitionService | None = None,
    speech: Speech | None = None,
) -> AsyncIterator[Services]:
    """Open everything, and close it in reverse order.

    Args:
        settings: the configuration.
        serving: index and watch in the background, and offer the pages as a player.
        outliving: what mpv plays goes on when these services are closed.
        players: use these instead of the configured ones.
        agent: makes another agent than the usual one.
        recognition: recognises in place of the usual service.
        speech: hears and speaks in place of the usual service.

    Raises:
        DatabaseUnusable: the library file is damaged or newer than this program.
    """
    async with AsyncExitStack() as stack:
        database = await asyncio.to_thread(_open_database, settings)
        stack.callback(database.close)
        catalog = Catalog(database, settings.covers)
        presenter = Presenter(Ratings(database))
        browser = BrowserPlayer(lambda track: presenter.track(track).model_dump(mode="json"))
        chosen = (
            _players(settings, catalog, browser, serving=serving, outliving=outliving)
            if players is None
            else players
        )
        playback = await asyncio.to_thread(_open_playback, settings, database, catalog, chosen)
        stack.push_async_callback(playback.close)
        browser.believe(lambda item_id: any(one.id == item_id for one in playback.queue.items))
        known = recognition or recognition_service(settings, database, catalog)
        services = _assemble(
            settings, database, catalog, browser, playback, agent, known, speech, serving=serving
        )
        stack.push_async_callback(services.speech.close)
        stack.push_async_callback(services.music_reference.close)
        stack.push_async_callback(services.recognition.close)
        stack.push_async_callback(services.timelines.close)
        stack.push_async_callback(services.monitors.close)
        stack.callback(services.playable.close)
        if services.meaning is not None:
            stack.push_async_callback(asyncio.to_thread, services.meaning.close)
        if serving:
            await _start_serving(services, stack)
        else:
            await playback.open()  # music that an earlier command left playing
        yield services


def _open_database(settings: Settings) -> Database:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Database.at(settings.database_path)


def _players(
    settings: Settings,
    catalog: Catalog,
    browser: BrowserPlayer,
    *,
    serving: bool,
    outliving: bool,
) -> tuple[Player, ...]:
    kind = settings.player.kind
    if kind == "silent":
        return (SilentPlayer(catalog.path_of),)
    offered: list[Player] = []
    if serving and kind in {"auto", "browser"}:
        offered.append(browser)
    if kind == "mpv" or (kind == "auto" and shutil.which("mpv") is not None):
        offered.append(_mpv(settings, catalog, outliving=outliving))
    return tuple(offered)


def _open_playback(
    settings: Settings, database: Database, catalog: Catalog, players: tuple[Player, ...]
) -> Playback:
    memory = PlaybackMemory(database)
    configured = PlaybackSettings(settings.player.crossfade_s, settings.player.levelling)
    if memory.settings() == PlaybackSettings() != configured:
        memory.keep_settings(configured)
    return Playback(
        QueueStore(database, catalog), History(database, catalog), players, memory=memory
    )


def _assemble(
    settings: Settings,
    database: Database,
    catalog: Catalog,
    browser: BrowserPlayer,
    playback: Playback,
    agent: Callable[[], TurnTaker] | None,
    known: RecognitionService,
    speech: Speech | None,
    *,
    serving: bool,
) -> Services:
    ratings = Ratings(database)
    playlists = Playlists(database, catalog)
    history = History(database, catalog)
    searcher = Searcher(database, catalog)
    sessions = SessionStore(database)
    recognise = settings.recognition
    talk = speech or Speech(settings, repair=names_repaired(catalog, playlists))
    words = SungWords(talk)
    microphones = Microphones(
        ring_seconds=recognise.ring_seconds if recognise.enabled else 0, words=words
    )
    library = settings.library
    recognition = Recognition(known, enabled=recognise.enabled)
    guard = AddressGuard(
        allow_private=recognise.allow_private_urls, allowed_hosts=recognise.allowed_url_hosts
    )
    fetcher = Fetcher(guard)
    sounding, looks = SoundLibrary(database), CoverLooks(database, settings.covers)
    meaning = meaning_of_library(settings, database, sounding)
    lyrics, judge = LyricsIndex(database), WishJudge(database, sounding)
    fit = LibraryWishFit(database, sounding, judge=judge)
    vectors = None if meaning is None else meaning.vectors
    finder = MusicFinder(
        searcher, sounding, vectors, lyrics, looks, database, catalog=catalog, judge=judge
    )
    recommending = open_recommending(
        settings, database, catalog, ratings, playlists, sounding, fit=fit
    )
    humming = humming_service(settings, database, catalog, searcher=searcher, lyrics=lyrics)
    tools = ToolServices(
        catalog=catalog,
        searcher=searcher,
        playback=playback,
        playlists=playlists,
        history=history,
        ratings=ratings,
        clips=microphones,
        recognition=known if recognise.enabled else None,
        humming=humming,
        recommender=recommending.recommender,
        finder=finder,
        taste=recommending.taste,
        smart_playlists=recommending.smart_playlists,
        wish_of=recommending.wish_of,
        timers=(timers := TimerStore(database)),
        timers_watched=serving,
    )
    return Services(
        settings=settings,
        instance=secrets.token_hex(8),
        database=database,
        catalog=catalog,
        searcher=searcher,
        finder=finder,
        sounding=sounding,
        lyrics=lyrics,
        cover_looks=looks,
        meaning=meaning,
        chores=background_chores(database, looks, meaning),
        playlists=playlists,
        recommending=recommending,
        history=history,
        ratings=ratings,
        sessions=sessions,
        playback=playback,
        browser=browser,
        presenter=Presenter(ratings),
        playable=PlayableFiles(settings.playable),
        indexing=Indexing(
            database,
            settings.covers,
            remember_roots(database, library.roots),
            workers=library.workers,
            watch=library.watch,
            fingerprints=recognise.enabled,
            fingerprinted=known.look_again,
            models=settings.model_folders,
            melodies=recognise.enabled and recognise.melodies,
        ),
        turns=Turns(agent or _agent_maker(settings, tools, sessions)),
        hub=Hub(),
        present=PresentClients(),
        recognition=recognition,
        humming=humming,
        naming=ClipNaming(recognition, humming, words=words),
        microphones=microphones,
        incoming=IncomingFolder(settings.incoming),
        fetcher=fetcher,
        timelines=Timelines(known),
        monitors=Monitors(
            recognition,
            guard,
            fetcher,
            settings.monitors_file,
            at_most=recognise.monitors_max,
        ),
        speech=talk,
        timers=timers,
        tools=tools,
        music_reference=MusicReference(
            lambda: place_of(playback.queue, playback.state), catalog.path_of
        ),
    )


def _agent_maker(
    settings: Settings, tools: ToolServices, sessions: SessionStore
) -> Callable[[], TurnTaker]:
    def make() -> TurnTaker:
        # LangChain takes more than a second to import: the page is served before that.
        from server.agent_factory import make_agent  # noqa: PLC0415

        return make_agent(settings, tools, sessions)

    return make


async def _read_languages(turns: Turns) -> None:
    await turns.loaded()
    from agent.understanding.pivot.language import load_all  # noqa: PLC0415  heavy, as the agent

    await asyncio.to_thread(load_all)


async def _start_serving(services: Services, stack: AsyncExitStack) -> None:
    hub = services.hub
    teller = asyncio.create_task(hub.run())
    stack.callback(teller.cancel)

    soon = Foresight(
        services.catalog,
        services.playable,
        wanted=lambda: services.playback.player is services.browser,
    )
    stack.push_async_callback(soon.close)
    going_on = GoingOn(services.playback, services.recommending.recommender.next_for)
    stack.push_async_callback(going_on.close)
    scheduler = start_timers(
        services.tools, services.timers, lambda: hub.publish("timers", services.timers_message)
    )
    stack.push_async_callback(scheduler.close)

    def changed(queue: Queue, state: PlayerState) -> None:
        services.music_reference.look()
        hub.publish("queue", services.queue_message)
        hub.publish("player", services.player_message)
        soon.look_at(queue)
        if services.settings.player.go_on and not scheduler.ends_with_the_music:
            going_on.look_at(queue, state)

    services.playback.listen(changed)
    await asyncio.to_thread(services.incoming.sweep)
    services.recognition.tell(lambda: hub.publish("heard", services.heard_message))
    services.microphones.tell(lambda: hub.publish("listening", services.listening_message))
    services.monitors.tell(lambda: hub.publish("monitors", services.monitors_message))
    services.timelines.tell(lambda: hub.publish_from_thread("timeline", services.timeline_message))
    services.speech.metrics.show(
        "connections", "Pages and clients that are connected.", lambda: len(hub)
    )
    services.speech.tell(lambda: hub.publish("speech", services.speech.message))
    services.recognition.warm()
    if services.settings.recognition.enabled:
        await services.monitors.resume()
    importer = Importer(services.database)

    def analysed(stop: threading.Event) -> None:
        importer.rematch(stop)  # what was listened to elsewhere may be here now
        services.recognition.look_again(stop)

    services.indexing.start(
        changed=lambda: hub.publish("index", services.index_message),
        library_changed=services.library_changed,
        analysed=analysed,
        melodies=None if services.humming is None else services.humming.warm,
    )
    stack.push_async_callback(services.indexing.close)
    services.chores.start()
    stack.push_async_callback(asyncio.to_thread, services.chores.close)
    await services.playback.open()
    services.turns.warm()
    services.speech.start(after=services.turns.loaded)  # what is typed is answered first
    # Names and vocabulary of a large library take a moment to read: not within the first search.
    warming = asyncio.create_task(asyncio.to_thread(services.searcher.warm))
    stack.callback(warming.cancel)
    reading = asyncio.create_task(_read_languages(services.turns))
    stack.callback(reading.cancel)
    keeping_up = asyncio.create_task(services.recommending.keep_up(services.library_changed))
    stack.callback(keeping_up.cancel)
    listening = asyncio.create_task(asyncio.to_thread(services.finder.warm))
    stack.callback(listening.cancel)


def _mpv(settings: Settings, catalog: Catalog, *, outliving: bool) -> Player:
    return MpvPlayer(
        catalog.path_of,
        detached_in=settings.data if outliving else None,
        audio_output=settings.player.mpv_audio_output,
    )
