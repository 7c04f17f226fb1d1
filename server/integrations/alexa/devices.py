"""Each Echo that asked: a speaker with a queue of its own, which the agent knows as a room."""

import asyncio
import hashlib
import logging
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from knowledge.models import QueueItem
from knowledge.people.current import current_person
from knowledge.playback_memory import PlaybackMemory
from knowledge.queue import QueueStore
from server.integrations.alexa.player import CONFIRM_S, AlexaPlayer, Stream
from server.services import Services
from tools.errors import PlayerRefused
from tools.players.playback import Playback
from tools.players.rooms import Room, Rooms

_LOG = logging.getLogger(__name__)
_MOST: Final = 32
_LINK_S: Final = 4 * 3600.0
"""An address of a track is good for longer than anybody pauses it."""


@dataclass(frozen=True, slots=True)
class Echo:
    """One device."""

    name: str
    player: AlexaPlayer
    playback: Playback


class Echoes:
    """The devices, each met with its first request. For one event loop."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._known: OrderedDict[str, Echo] = OrderedDict()
        self._lock = asyncio.Lock()

    async def get(self, device_id: str) -> Echo:
        """The device with this id of Amazon's."""
        name = self.name_of(device_id)
        async with self._lock:
            echo = self._known.get(name)
            if echo is None:
                echo = self._known[name] = await self._meet(name)
            self._known.move_to_end(name)
            if len(self._known) > _MOST:
                _, oldest = self._known.popitem(last=False)
                await self._part(oldest)
            return echo

    def name_of(self, device_id: str) -> str:
        """What we call it: as configured, else "echo" and a few letters of its own."""
        short = f"echo-{hashlib.sha256(device_id.encode()).hexdigest()[:6]}"
        return self._services.settings.alexa.rooms.get(short, short)

    async def close(self) -> None:
        """Keep the queues and let go of the devices."""
        while self._known:
            _, echo = self._known.popitem()
            await self._part(echo)

    async def _meet(self, name: str) -> Echo:
        _LOG.info("an Echo asks for the first time; it is called %s", name)
        player = AlexaPlayer(name, self._stream)
        database = self._services.database
        playback = await asyncio.to_thread(
            lambda: Playback(
                QueueStore(database, self._services.catalog, room=f"alexa {name}"),
                self._services.history,
                (player,),
                memory=PlaybackMemory(database, room=f"alexa {name}"),
                timeout_s=CONFIRM_S,
            )
        )

        def item_of(item_id: str) -> QueueItem | None:
            return next((one for one in playback.queue.items if one.id == item_id), None)

        player.knows(item_of)
        await playback.open()
        rooms = self._rooms
        if rooms is not None:
            rooms.add(Room(name, playback, player, is_room=False))
        return Echo(name, player, playback)

    async def _part(self, echo: Echo) -> None:
        rooms = self._rooms
        if rooms is not None:
            rooms.remove(echo.player)
        await echo.playback.close()

    @property
    def _rooms(self) -> Rooms | None:
        return self._services.tools.rooms

    async def _stream(self, item: QueueItem) -> Stream:
        """Where Amazon's devices fetch a track: MP3 by https, signed, for a few hours."""
        base = self._services.settings.server.public_url.rstrip("/")
        if not base.startswith("https://"):
            raise PlayerRefused("An Echo fetches music by https only; set server.public_url.")
        person, sign = current_person(), self._services.signed_urls.sign
        track = item.track
        path = sign(f"/api/tracks/{track.id}/audio", valid_s=_LINK_S, person=person)
        picture = ""
        if track.cover_id:
            shown = sign(f"/api/covers/{track.cover_id}", valid_s=_LINK_S, person=person)
            picture = f"{base}{shown}&size=512"
        return Stream(f"{base}{path}&format=mp3", picture)
