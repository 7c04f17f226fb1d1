"""What a served installation does besides answering: index, watch, tell the pages, warm up."""

import asyncio
import logging
import threading
from contextlib import AsyncExitStack

from knowledge.imports.importer import Importer
from knowledge.models import Queue
from knowledge.people.erasure import Erasure
from server.going_on import GoingOn
from server.media.foresight import Foresight
from server.services import Services
from server.speakers import discover
from server.timers.scheduler import TimerScheduler, start_timers
from server.turns import Turns
from tools.players.deck import PlaybackListener
from tools.players.playback import Playback
from tools.players.player import PlayerState

_LOG = logging.getLogger(__name__)


async def start_serving(services: Services, stack: AsyncExitStack) -> None:
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
        services.tools,
        services.timers,
        lambda person: hub.publish("timers", services.timers_message, to=person),
    )
    stack.push_async_callback(scheduler.close)

    def changed(queue: Queue, state: PlayerState) -> None:
        services.music_reference.look()
        services.sources.scrobbling.look()
        hub.publish("queue", services.queue_message)
        hub.publish("player", services.player_message)
        soon.look_at(queue)
        if services.settings.player.go_on and not scheduler.ends_with_the_music(services.playback):
            going_on.look_at(queue, state)

    services.playback.listen(changed)
    await _follow_rooms(services, stack, scheduler)
    await asyncio.to_thread(services.incoming.sweep)
    # What somebody wanted erased is erased before anybody sees anything.
    await asyncio.to_thread(Erasure(services.database, services.settings.data).resume)
    _tell_pages(services)
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
    _follow_library(services, stack)
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
    if services.settings.wyoming.enabled or services.settings.wyoming.satellites:
        from server.integrations.wyoming.start import start_wyoming  # noqa: PLC0415  if wanted

        await start_wyoming(services, stack)


def _tell_pages(services: Services) -> None:
    """Let the pages hear of everything that is not music."""
    hub = services.hub
    services.recognition.tell(
        lambda person: hub.publish("heard", services.heard_message, to=person)
    )
    services.microphones.tell(lambda: hub.publish("listening", services.listening_message))
    services.monitors.tell(lambda: hub.publish("monitors", services.monitors_message))
    services.timelines.tell(lambda: hub.publish_from_thread("timeline", services.timeline_message))
    services.speech.metrics.show(
        "connections", "Pages and clients that are connected.", lambda: len(hub)
    )
    services.speech.tell(lambda: hub.publish("speech", services.speech.message))


async def _discover(services: Services, stack: AsyncExitStack) -> None:
    """Look for renderers in the network, which may take a while or fail."""
    known = {one.location for one in services.settings.players.dlna}
    try:
        found = await discover(
            services.database, services.catalog, services.addresses, services.rooms, known
        )
    except OSError as error:
        _LOG.warning("The network was not asked for renderers: %s", error)
        return
    for playback in found:
        stack.push_async_callback(playback.close)
        playback.listen(
            lambda _queue, _state: services.hub.publish("rooms", services.rooms_message)
        )
        await playback.open()


def _going_on_there(
    playback: Playback, going_on: GoingOn, scheduler: TimerScheduler
) -> PlaybackListener:
    def changed(queue: Queue, state: PlayerState) -> None:
        if not scheduler.ends_with_the_music(playback):
            going_on.look_at(queue, state)

    return changed


async def _follow_rooms(
    services: Services, stack: AsyncExitStack, scheduler: TimerScheduler
) -> None:
    """Tell the pages of every room, and go on with music in those that have their own queue."""
    if services.settings.players.discover:
        discovering = asyncio.create_task(_discover(services, stack))
        stack.callback(discovering.cancel)
    hub, go_on = services.hub, services.settings.player.go_on
    for playback in services.rooms.playbacks:
        playback.listen(lambda _queue, _state: hub.publish("rooms", services.rooms_message))
        if playback is services.playback:
            continue
        going_on = GoingOn(playback, services.recommending.recommender.next_for)
        stack.push_async_callback(going_on.close)
        if go_on:
            playback.listen(_going_on_there(playback, going_on, scheduler))
        await playback.open()


def _follow_library(services: Services, stack: AsyncExitStack) -> None:
    """Begin the work that follows every change of the library, here and elsewhere."""
    hub = services.hub
    services.sources.start(
        changed=lambda: hub.publish_from_thread("library", services.library_message)
    )
    services.chores.start()
    stack.push_async_callback(asyncio.to_thread, services.chores.close)


async def _read_languages(turns: Turns) -> None:
    await turns.loaded()
    from agent.understanding.pivot.language import load_all  # noqa: PLC0415  heavy, as the agent

    await asyncio.to_thread(load_all)
