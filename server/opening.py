"""The composition root: every part of Refrain is made here, and only here."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from agent.session import SessionStore
from knowledge.catalog import Catalog
from knowledge.covers_look.library import CoverLooks
from knowledge.database import Database
from knowledge.history import History
from knowledge.lyrics.index import LyricsIndex
from knowledge.playlists import Playlists
from knowledge.ratings import Ratings
from knowledge.recognition.service import RecognitionService
from knowledge.search import Searcher
from knowledge.search.finder import MusicFinder
from knowledge.search.wish_fit import LibraryWishFit
from knowledge.search.wish_judge import WishJudge
from knowledge.sound.library import SoundLibrary
from knowledge.sources.track_facts import TrackFacts
from knowledge.stations import Stations
from knowledge.timers.store import TimerStore
from server.auth.keys import open_key
from server.auth.parts import open_auth
from server.auth.signed_urls import SignedUrls
from server.background import background_chores, meaning_of_library
from server.indexing import Indexing
from server.library_roots import remember_roots
from server.media.addresses import OwnAddresses
from server.media.playable import PlayableFiles
from server.presenter import Presenter
from server.realtime.hub import Hub
from server.realtime.present import PresentClients
from server.recognising import humming_service, recognition_service
from server.recognition.addresses import AddressGuard
from server.recognition.fetch import Fetcher
from server.recognition.incoming import IncomingFolder
from server.recognition.microphones import Microphones
from server.recognition.monitors import Monitors
from server.recognition.naming import ClipNaming
from server.recognition.recognition import Recognition
from server.recognition.sung_words import SungWords
from server.recognition.timelines import Timelines
from server.recommending import open_recommending
from server.services import Services
from server.serving import start_serving
from server.settings import Settings
from server.sources.opened import MusicServices
from server.sources.radio import Radio
from server.sources.spotify_target import SpotifyOfPerson
from server.sources.station_now import StationEar
from server.speakers import Speaker, look_for, open_players, open_rooms
from server.turns import Turns, TurnTaker
from server.voice.reference import MusicReference, place_of
from server.voice.repairing import names_repaired
from server.voice.speech import Speech
from tools.context import ToolServices
from tools.players.browser import BrowserPlayer
from tools.players.player import Player
from tools.players.rooms import Rooms


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
        signed = SignedUrls(open_key(settings.key_file).derived(SignedUrls.PURPOSE))
        addresses = OwnAddresses(settings.server, signed, catalog.path_of)
        chosen = (
            open_players(
                settings, catalog, browser, addresses, serving=serving, outliving=outliving
            )
            if players is None
            else tuple(Speaker(player) for player in players)
        )
        rooms = await asyncio.to_thread(open_rooms, settings, database, catalog, chosen)
        playback = rooms.main
        for each in rooms.playbacks:
            stack.push_async_callback(each.close)
        look_for(chosen)
        browser.believe(lambda item_id: any(one.id == item_id for one in playback.queue.items))
        known = recognition or recognition_service(settings, database, catalog)
        services = _assemble(
            settings,
            database,
            catalog,
            browser,
            rooms,
            addresses,
            signed,
            agent,
            known,
            speech,
            serving=serving,
        )
        stack.push_async_callback(services.speech.close)
        stack.push_async_callback(services.music_reference.close)
        stack.push_async_callback(services.recognition.close)
        stack.push_async_callback(services.timelines.close)
        stack.push_async_callback(services.monitors.close)
        stack.callback(services.playable.close)
        stack.push_async_callback(asyncio.to_thread, services.sources.close)
        if services.meaning is not None:
            stack.push_async_callback(asyncio.to_thread, services.meaning.close)
        if serving:
            await start_serving(services, stack)
        else:
            await playback.open()  # music that an earlier command left playing
        yield services


def _open_database(settings: Settings) -> Database:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Database.at(settings.database_path)


def _assemble(
    settings: Settings,
    database: Database,
    catalog: Catalog,
    browser: BrowserPlayer,
    rooms: Rooms,
    addresses: OwnAddresses,
    signed: SignedUrls,
    agent: Callable[[], TurnTaker] | None,
    known: RecognitionService,
    speech: Speech | None,
    *,
    serving: bool,
) -> Services:
    key, playback = open_key(settings.key_file), rooms.main
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
    sources = MusicServices(settings, database)
    stations = Stations(database, most=settings.sources.stations_max)
    radio = Radio(fetcher)
    recommending = open_recommending(
        settings,
        database,
        catalog,
        ratings,
        playlists,
        sounding,
        fit=fit,
        nearness=sources.nearness,
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
        stations=stations,
        timers=(timers := TimerStore(database)),
        timers_watched=serving,
        rooms=rooms,
        spotify=SpotifyOfPerson(sources) if sources.spotify.is_on else None,
        on_air=StationEar(radio, recognition, recognise.enabled),
        facts=TrackFacts(
            lyrics,
            sources.fetched,
            sources.completions,
            path_of=catalog.path_of,
            ask=sources.ask_about if settings.sources.discogs else None,
        ),
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
        chores=background_chores(database, looks, meaning, sources.follow),
        playlists=playlists,
        recommending=recommending,
        history=history,
        ratings=ratings,
        sessions=sessions,
        playback=playback,
        browser=browser,
        presenter=Presenter(ratings),
        auth=open_auth(database, key, public_url=settings.server.public_url),
        signed_urls=signed,
        addresses=addresses,
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
        sources=sources,
        stations=stations,
        radio=radio,
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
