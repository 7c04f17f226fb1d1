"""Snapcast as a player: one sound in several rooms, in step (snapserver and its snapclients).

We send the sound to a source of the server, and say over its control protocol who hears it: the
rooms are its clients, each with a volume of its own. A room that is off is muted; a client that
plays another stream of the server is left alone until somebody wants our sound there.
"""

import asyncio
import contextlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from knowledge.models import QueueItem
from knowledge.playback_memory import PlaybackSettings
from tools.errors import NoPlayer, NoSuchRoom, NothingPlaying, PlayerNotResponding
from tools.players.abilities import RoomSound
from tools.players.elsewhere import COMMAND_TIMEOUT_S, PlayerElsewhere
from tools.players.levelling import levelling_gain_db
from tools.players.player import (
    PlaybackStatus,
    PlayerCapability,
    PlayerEventKind,
    PlayerState,
)
from tools.players.snapcast_control import SnapcastControl
from tools.players.snapcast_feed import SnapcastFeed, StreamOf, reader_of
from tools.players.snapcast_house import (
    SnapClient,
    SnapHouse,
    clients_by_room,
    read_house,
    room_sound,
)

_CAPABILITIES = frozenset(PlayerCapability) - {PlayerCapability.CROSSFADE}
_PLAYING = "playing"
_AGAIN_S = 0.5


class SnapcastPlayer(PlayerElsewhere):
    """Plays on one stream of one Snapcast server."""

    def __init__(
        self,
        path_of: Callable[[int], Path],
        *,
        name: str = "Snapcast",
        host: str = "127.0.0.1",
        port: int = 1705,
        source: str = "tcp://127.0.0.1:4953",
        stream: str = "Refrain",
        rooms: Mapping[str, str] | None = None,
        latency_s: float = 1.0,
        stream_of: StreamOf | None = None,
    ) -> None:
        """Make a player; `start` connects it.

        Args:
            path_of: the file of a track id; may block and raise `KnowledgeError`.
            name: what people call it.
            host: name or address of the server.
            port: its control port, TCP.
            source: where it takes sound: "tcp://host:port" or "pipe:///path".
            stream: the name of that source.
            rooms: rooms by the id or the name of a client; None: as Snapcast calls the clients.
            latency_s: `buffer` of the server, in seconds.
            stream_of: where radio stations are heard; None: nowhere.
        """
        super().__init__(name, _CAPABILITIES)
        self._host, self._port, self._stream = host, port, stream
        self._named = dict(rooms or {})
        self._settings = PlaybackSettings()
        self._control = SnapcastControl(name, self._news)
        self._feed = SnapcastFeed(
            source, latency_s=latency_s, open_reader=reader_of(path_of, self._gain_db, stream_of)
        )
        self._feed.advanced = self._advanced
        self._feed.ended = self._ended
        self._house = SnapHouse()
        self._wanted: dict[str, int] = {}
        """The volume that the user wants, by client, where that is not what is set."""
        self._paused: tuple[QueueItem, float, float] | None = None
        self._after: QueueItem | None = None
        """What follows what is paused."""
        self._last = PlayerState()
        """What sounded when the server went away."""
        self._looking: asyncio.Task[None] | None = None
        self._stale = False
        """Whether the server changed since it was last asked."""

    @property
    def state(self) -> PlayerState:
        """What is heard now, which is later than what is sent."""
        sounding = self._shown_state
        if self._proving or not self.connected:
            return PlayerState(volume=sounding.volume, muted=sounding.muted)
        return sounding

    @property
    def _shown_state(self) -> PlayerState:
        rooms = [room for room in self.rooms if room.on]
        volume = round(sum(room.volume for room in rooms) / len(rooms)) if rooms else 100
        silent = PlayerState(volume=volume, muted=bool(self._paused is None and self._hushed))
        place, status = self._feed.place, PlaybackStatus.PLAYING
        if self._paused is not None:
            place, status = self._paused, PlaybackStatus.PAUSED
        if place is None:
            return silent
        item, position_s, duration_s = place
        return replace(
            silent, status=status, item_id=item.id, position_s=position_s, duration_s=duration_s
        )

    @property
    def rooms(self) -> tuple[RoomSound, ...]:
        by_room = clients_by_room(self._house, self._named)
        there = self.connected
        return tuple(
            room_sound(room, clients if there else [], self._stream)
            for room, clients in by_room.items()
        )

    def adjust(self, settings: PlaybackSettings) -> None:
        """Levelling from the next track on; Snapcast cannot crossfade."""
        self._settings = settings

    # Commands

    async def prepare(self, item: QueueItem | None) -> None:
        if self._paused is not None:
            self._after = item
        else:
            self._feed.follow_with(item)

    async def pause(self) -> PlayerState:
        place = self._expect_place()
        if self._paused is None:
            self._paused, self._after = place, self._feed.following
            await self._hush(True)  # what was sent already would be heard a second longer
            await self._feed.end()
        return self.state

    async def resume(self) -> PlayerState:
        self._expect_place()
        if self._paused is not None:
            item, position_s, _ = self._paused
            await self._go_on(item, position_s, self._after)
        return self.state

    async def stop(self) -> PlayerState:
        sounded = self._feed.running
        self._paused = None
        await self._feed.end()
        if sounded and self.connected:
            await self._hush(True)
        return self.state

    async def seek(self, position_s: float) -> PlayerState:
        item, _, duration_s = self._expect_place()
        if self._paused is not None:
            self._paused = (item, position_s, duration_s)
            return self.state
        await self._go_on(item, position_s, self._feed.following)
        return self.state

    async def set_volume(self, volume: int, *, muted: bool = False) -> PlayerState:
        self._expect_there()
        for client in self._ours(lambda client: not client.muted):
            await self._set_client(client, volume, muted=False)
        if self._paused is None:
            await self._hush(muted)
        await self._refresh()
        return self.state

    # Rooms

    async def sound_in(self, rooms: Collection[str]) -> None:
        self._expect_there()
        by_room = clients_by_room(self._house, self._named)
        wanted = [client for room in rooms for client in by_room.get(room, ()) if client.connected]
        if not wanted:
            raise NoPlayer(f"No Snapcast client is connected in {' or '.join(rooms) or 'a room'}.")
        strangers = [client for client in wanted if client.stream != self._stream]
        if strangers:
            await self._bring(strangers, [client.id for client in wanted])
        ids = {client.id for client in wanted}
        for client in self._ours(lambda _client: True):
            if client.muted == (client.id in ids):
                await self._set_client(client, client.volume, muted=client.id not in ids)
        await self._until(
            lambda: {client.id for client in self._ours(lambda one: not one.muted)} >= ids,
            "take the sound to these rooms",
        )

    async def set_room_volume(self, room: str, volume: int, *, muted: bool = False) -> RoomSound:
        self._expect_there()
        clients = clients_by_room(self._house, self._named).get(room, [])
        there = [client for client in clients if client.connected]
        if not there:
            raise NoSuchRoom(room, tuple(one.room for one in self.rooms if one.connected))
        for client in there:
            await self._set_client(client, volume, muted=muted)
        await self._refresh()
        return next(one for one in self.rooms if one.room == room)

    async def _be_heard(self) -> None:
        """Let at least one room have our sound.

        Raises:
            NoPlayer: no client is connected.
        """
        if not any(room.on for room in self.rooms):
            there = [room.room for room in self.rooms if room.connected]
            if not there:
                raise NoPlayer(f"{self.name} has no client that is connected.")
            await self.sound_in(there)

    async def _bring(self, strangers: list[SnapClient], wanted: list[str]) -> None:
        """Bring clients that play another stream to ours, and nobody else with them."""
        for client in strangers:
            if set(self._house.members(client.group)) <= set(wanted):
                await self._control.call("Group.SetStream", id=client.group, stream_id=self._stream)
                continue
            others = [one for one in self._house.members(client.group) if one != client.id]
            await self._control.call("Group.SetClients", id=client.group, clients=others)
            await self._refresh()  # it has a group of its own now
            alone = next(one for one in self._house.clients if one.id == client.id)
            await self._control.call("Group.SetStream", id=alone.group, stream_id=self._stream)
        await self._refresh()

    def _ours(self, wanted: Callable[[SnapClient], bool]) -> list[SnapClient]:
        """The connected clients of our rooms that have our stream."""
        ours = [one for room in clients_by_room(self._house, self._named).values() for one in room]
        return [one for one in ours if one.connected and one.stream == self._stream and wanted(one)]

    # The server

    async def _attend(self) -> None:
        try:
            await self._control.follow(self._host, self._port, self._look)
        finally:
            self._last = replace(self._shown_state, status=PlaybackStatus.IDLE)
            self._paused = None
            await self._feed.end()

    def _look(self) -> None:
        """Read the state of the server as soon as it can be told."""
        self._looking = asyncio.get_running_loop().create_task(self._look_now())

    async def _look_now(self) -> None:
        """Read it until it was read whole and nothing changed meanwhile."""
        while True:
            self._stale = False
            before = self.rooms
            try:
                await self._refresh()
            except PlayerNotResponding:
                if not self._control.connected:
                    return
                await asyncio.sleep(_AGAIN_S)
                continue
            there, self._connected = self._connected, True
            if not there or self.rooms != before:
                self._announcer.say(PlayerEventKind.STATE, self.state)
            if not self._stale:
                return

    def _news(self) -> None:
        self._stale = True
        if not self._proving and (self._looking is None or self._looking.done()):
            self._look()

    async def _refresh(self) -> None:
        house = read_house(await self._control.call("Server.GetStatus"))
        clients = tuple(replace(one, volume=self._wanted_of(one)) for one in house.clients)
        self._house = replace(house, clients=clients)

    def _wanted_of(self, client: SnapClient) -> int:
        """The volume that the user wants, though the client is quieter while it is ducked."""
        wanted = self._wanted.get(client.id)
        if wanted is not None and client.volume == self._device_volume(wanted):
            return wanted
        self._wanted.pop(client.id, None)
        return client.volume

    def _proven(self) -> None:
        super()._proven()
        # Read what changed while a start was being proven.
        if self._stale and self._control.connected:
            self._news()

    async def _let_go(self) -> None:
        await self._feed.end()
        if self._looking is not None:
            self._looking.cancel()

    def _gone(self) -> None:
        self._connected = False
        self._announcer.say(PlayerEventKind.DISCONNECTED, self._last)

    async def _set_client(self, client: SnapClient, volume: int, *, muted: bool) -> None:
        self._wanted[client.id] = volume
        percent = self._device_volume(volume)
        await self._control.call(
            "Client.SetVolume", id=client.id, volume={"percent": percent, "muted": muted}
        )

    @property
    def _hushed(self) -> bool:
        groups = {client.group for client in self._ours(lambda _client: True)}
        return bool(groups) and groups <= self._house.muted_groups

    async def _hush(self, on: bool) -> None:
        """Mute our groups, or let them sound."""
        for group in {client.group for client in self._ours(lambda _client: True)}:
            if (group in self._house.muted_groups) != on:
                await self._control.call("Group.SetMute", id=group, mute=on)
        await self._refresh()

    async def _set_device_volume(self, volume: int) -> None:
        """Each client has its own volume: see `_follow_ducking`."""

    async def _follow_ducking(self) -> None:
        done: bool | None = None
        while done is not self._ducked:
            done = self._ducked
            with contextlib.suppress(PlayerNotResponding):
                for client in self._ours(lambda client: not client.muted):
                    await self._set_client(client, client.volume, muted=False)

    # The sound

    async def _sound(self, item: QueueItem, start_s: float, timeout_s: float) -> None:
        self._paused = None
        await self._be_heard()
        await self._feed.begin(item, start_s)
        await self._hush(False)
        await self._confirm(item, start_s, timeout_s)

    async def _take_back(self) -> None:
        await self._feed.end()

    async def _go_on(self, item: QueueItem, position_s: float, after: QueueItem | None) -> None:
        """Send `item` from there, and `after` behind it."""
        self._paused = None
        self._proving = True
        try:
            await self._feed.begin(item, position_s)
            self._feed.follow_with(after)
            await self._hush(False)
            await self._confirm(item, position_s, COMMAND_TIMEOUT_S)
        finally:
            self._proving = False

    def _proof(self) -> PlayerState:
        """Playing is what the server says of our stream, and what its clients have heard of it."""
        if not self._connected:
            raise NoPlayer(f"{self.name} went away.")
        state = self._shown_state
        streams = self._house.streams or {}
        if streams.get(self._stream) != _PLAYING or self._feed.heard_s <= 0.0:
            return replace(state, status=PlaybackStatus.IDLE)
        return state

    def _expect_place(self) -> tuple[QueueItem, float, float]:
        self._expect_there()
        place = self._paused or self._feed.place
        if place is None:
            raise NothingPlaying("Nothing is playing.")
        return place

    def _gain_db(self, item: QueueItem) -> float:
        return levelling_gain_db(item.track) if self._settings.levelling else 0.0

    def _advanced(self, _item: QueueItem) -> None:
        self._announcer.say(PlayerEventKind.ADVANCED, self.state)

    def _ended(self, item: QueueItem, why: str) -> None:
        if self._proving:
            return
        kind = PlayerEventKind.FAILED if why else PlayerEventKind.ENDED
        last = replace(self._silent(), item_id=item.id)
        self._announcer.say(kind, last, f"{self.name} cannot play it: {why}" if why else "")
