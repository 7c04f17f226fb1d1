"""The rooms of a house: which speaker stands where, and what plays in which of them.

A speaker with a room of its own has a queue of its own, so that the kitchen and the bedroom can
play different things; everything without a room (the page, this machine) shares the one queue of
the installation. Rooms of one `MultiRoomPlayer` share its queue, and sound in step.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from knowledge.folding import fold
from knowledge.people.belonging import device_key
from tools.errors import NoPlayer, NoSuchRoom, NothingPlaying, PlayerUnable, ToolError
from tools.players.abilities import MultiRoomPlayer, RoomSound
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus, Player, PlayerCapability

EVERYWHERE: Final = "everywhere"
_MAX_ASKERS = 1000
_ARTICLES = frozenset({"the", "my", "our", "a"})


@dataclass(frozen=True, slots=True)
class Room:
    """A place with a speaker."""

    name: str
    """As people call it: "kitchen"."""
    playback: Playback
    player: Player
    """The speaker that stands there."""
    called: tuple[str, ...] = ()
    """Other names of it."""
    is_room: bool = True
    """False for a speaker that stands in no room and goes by its own name: "mpv"."""

    @property
    def member(self) -> RoomSound | None:
        """What this room does within a player of several rooms; None when it has its own."""
        player = self.player
        if not isinstance(player, MultiRoomPlayer):
            return None
        return next((one for one in player.rooms if one.room == self.name), None)

    @property
    def connected(self) -> bool:
        member = self.member
        return self.player.connected and (member is None or member.connected)

    @property
    def status(self) -> PlaybackStatus:
        """What the speaker reports for this room."""
        member = self.member
        if self.playback.player is not self.player or (member is not None and not member.on):
            return PlaybackStatus.IDLE
        return self.playback.state.status

    @property
    def sounds(self) -> bool:
        """Whether something plays or is paused here."""
        return self.status is not PlaybackStatus.IDLE

    @property
    def volume(self) -> int:
        member = self.member
        return self.player.state.volume if member is None else member.volume

    @property
    def muted(self) -> bool:
        member = self.member
        return self.player.state.muted if member is None else member.muted

    async def take(self) -> None:
        """Let what is played next sound here, and only here of the rooms of this player.

        Raises:
            NoPlayer: the speaker is not there.
        """
        if not self.connected:
            raise NoPlayer(f"The {self.name} speaker is not connected.")
        if isinstance(self.player, MultiRoomPlayer) and self.member is not None:
            await self.player.sound_in((self.name,))
        if self.playback.player is not self.player:
            await self.playback.select(self.player.name)

    async def set_volume(self, volume: int, *, muted: bool = False) -> tuple[int, bool]:
        """Set the volume of this room, 0 to 100 (clamped); what the speaker took.

        Raises:
            PlayerUnable: the volume of this speaker cannot be changed from here.
            NoPlayer, PlayerNotResponding: it did not take it.
        """
        volume = min(max(volume, 0), 100)
        if PlayerCapability.VOLUME not in self.player.capabilities:
            raise PlayerUnable(f"The {self.name} speaker cannot change its volume from here.")
        if isinstance(self.player, MultiRoomPlayer) and self.member is not None:
            sound = await self.player.set_room_volume(self.name, volume, muted=muted)
            return sound.volume, sound.muted
        if self.playback.player is self.player:
            state = await self.playback.set_volume(volume, muted)
        else:
            state = await self.player.set_volume(volume, muted=muted)
        return state.volume, state.muted

    async def pause(self) -> None:
        """Be silent here, so that it can go on; the other rooms of this player are not touched.

        Raises:
            NothingPlaying: nothing sounds here.
        """
        self._expect_sounding()
        if not await self._leave_group():
            await self.playback.pause()

    async def resume(self) -> None:
        """Go on here."""
        player, member = self.player, self.member
        if isinstance(player, MultiRoomPlayer) and member is not None and not member.on:
            others = [one.room for one in player.rooms if one.on]
            playing = self.playback.state.status is PlaybackStatus.PLAYING
            await player.sound_in([*others, self.name] if playing else [self.name])
            if playing:
                return
        elif self.playback.player is not self.player:
            await self.take()
        await self.playback.resume()

    async def stop(self) -> None:
        """Fall silent here."""
        self._expect_sounding()
        if not await self._leave_group():
            await self.playback.stop()

    async def _leave_group(self) -> bool:
        """Take this room out of those that sound together; False when no other does."""
        player = self.player
        if not isinstance(player, MultiRoomPlayer) or self.member is None:
            return False
        others = [one.room for one in player.rooms if one.on and one.room != self.name]
        if others:
            await player.sound_in(others)
        return bool(others)

    def _expect_sounding(self) -> None:
        if not self.sounds:
            raise NothingPlaying(f"Nothing is playing there: {self.name}.")


@dataclass(frozen=True, slots=True)
class Placed:
    """A player, the queue it plays from, and where it stands."""

    playback: Playback
    player: Player
    room: str = ""
    """"" for a player that stands in several rooms, or in none that has a name."""
    called: tuple[str, ...] = ()


class Rooms:
    """All rooms, and the queue that belongs to none. Lives on the event loop."""

    def __init__(self, main: Playback, placed: Iterable[Placed] = ()) -> None:
        self.main = main
        """Where music plays when nobody says a room."""
        self._placed = tuple(placed)
        self._guests: tuple[Room, ...] = ()
        self._asked_from: dict[str, str] = {}
        self._last: dict[str, str] = {}

    @property
    def all(self) -> tuple[Room, ...]:
        """Every room, and behind them the players that stand in none, under their own names.

        What rooms a player of several has may change whenever its server says so.
        """
        found: list[Room] = []
        for one in self._placed:
            if one.room:
                found.append(Room(one.room, one.playback, one.player, one.called))
            elif isinstance(one.player, MultiRoomPlayer):
                sounds = one.player.rooms
                found += [Room(sound.room, one.playback, one.player) for sound in sounds]
        in_rooms = {id(room.player) for room in found}
        return (
            *found,
            *self._guests,
            *(
                Room(player.name, self.main, player, is_room=False)
                for player in self.main.players
                if id(player) not in in_rooms
            ),
        )

    def add(self, room: Room) -> None:
        """A speaker that came by itself, with a queue of its own."""
        self._guests = (*self._guests, room)

    def remove(self, player: Player) -> None:
        """A speaker that came by itself is gone."""
        self._guests = tuple(room for room in self._guests if room.player is not player)

    @property
    def several(self) -> bool:
        """Whether there is more than the one queue without a room."""
        return any(room.is_room for room in self.all)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which a room may be called, as configured."""
        return tuple(name for room in self.all for name in (room.name, *room.called))

    @property
    def playbacks(self) -> tuple[Playback, ...]:
        """Every queue once, that of no room first."""
        further = [one.playback for one in self._placed] + [one.playback for one in self._guests]
        return tuple(dict.fromkeys((self.main, *further)))

    def find(self, said: str) -> Room | None:
        """The room called so: "kitchen", "the kitchen", "kitchen speaker"."""
        wanted = _plain(said)
        for room in self.all:
            if wanted and wanted in {_plain(name) for name in (room.name, *room.called)}:
                return room
        return None

    def named(self, said: str) -> Room:
        """The room called so.

        Raises:
            NoSuchRoom: there is none; the message names those there are.
        """
        room = self.find(said)
        if room is None:
            raise NoSuchRoom(said, tuple(one.name for one in self.all))
        return room

    def key(self, room: Room | None) -> str:
        """What the music of a room is kept under; "" is that of no room, which some share."""
        return "" if room is None or room.playback is self.main else room.name

    def asks_from(self, session_id: str, room: str) -> None:
        """The client of this conversation stands in `room`; "" when it does not say.

        Whose device it is counts with the name of the conversation, which anybody may choose.
        """
        _keep(self._asked_from, device_key(session_id), room)

    def here(self, session_id: str) -> Room | None:
        """The room of the asking device; None when it is in none that has a speaker."""
        return self.find(self._asked_from.get(device_key(session_id), ""))

    def spoken_of(self, session_id: str, room: Room | None) -> None:
        """This conversation is about the music in `room` from now on."""
        _keep(self._last, device_key(session_id), "" if room is None else room.name)

    def meant(self, session_id: str) -> Room | None:
        """The room of a request that names none; None: the main queue.

        That is where the device stands, or what the conversation was about while it sounds, or
        the only room that sounds at all.
        """
        if (here := self.here(session_id)) is not None:
            return here
        last = self.find(self._last.get(device_key(session_id), ""))
        if last is not None and last.sounds:
            return last
        if self.main.state.status is not PlaybackStatus.IDLE:
            return None
        sounding = [room for room in self.all if room.sounds]
        queues = {id(room.playback) for room in sounding}
        return sounding[0] if len(queues) == 1 else None

    def to_play(self, session_id: str) -> Room | None:
        """The room for new music when none is named; None: the main queue."""
        here = self.here(session_id)
        if here is not None:
            return here
        last = self.find(self._last.get(device_key(session_id), ""))
        return last if last is not None and last.sounds else None

    async def move(self, source: Room | None, target: Room | None) -> Playback:
        """Let what plays in `source` go on in `target`; None is the main queue.

        When the target does not start, the source plays on.

        Returns:
            The playback that has the music now.

        Raises:
            NothingPlaying: nothing plays in the source.
            NoPlayer, PlayerNotResponding, PlayerRefused: the target does not play.
        """
        old = self.main if source is None else source.playback
        new = self.main if target is None else target.playback
        state, queue = old.state, old.queue
        if state.status is PlaybackStatus.IDLE or queue.current is None:
            raise NothingPlaying("Nothing is playing that could be moved.")
        if old is new:
            if target is not None:
                await target.take()
            return new
        was_playing = state.status is PlaybackStatus.PLAYING
        if was_playing:
            state = await old.pause()
        try:
            if target is not None:
                await target.take()
            await new.take_over(queue, start_s=state.position_s)
        except ToolError:
            if was_playing:
                await old.resume()
            raise
        await old.clear()
        return new

    async def everywhere(self) -> Playback:
        """Let what is played next sound in every room that can be in step with others.

        Raises:
            PlayerUnable: no speakers here can.
        """
        for playback in self.playbacks:
            for player in playback.players:
                if isinstance(player, MultiRoomPlayer) and player.connected:
                    await player.sound_in([one.room for one in player.rooms if one.connected])
                    if playback.player is not player:
                        await playback.select(player.name)
                    return playback
        raise PlayerUnable("The speakers here cannot play in step with each other.")

    def sounding(self) -> tuple[Playback, ...]:
        """Every playback on which something plays or is paused."""
        return tuple(one for one in self.playbacks if one.state.status is not PlaybackStatus.IDLE)


def _plain(said: str) -> str:
    """The words of a room's name that tell it from others."""
    words = fold(said).split()
    while words and words[0] in _ARTICLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in {"speaker", "speakers", "player"}:
        words = words[:-1]
    return " ".join(words)


def _keep(kept: dict[str, str], key: str, room: str) -> None:
    kept.pop(key, None)
    if room:
        kept[key] = room
    while len(kept) > _MAX_ASKERS:
        kept.pop(next(iter(kept)))
