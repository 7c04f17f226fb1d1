"""Where timers let music sound and fall silent: the music of the house, or that of one room."""

from dataclasses import dataclass

from knowledge.models import Queue
from tools.players.abilities import MultiRoomPlayer
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus, Player, PlayerCapability
from tools.players.rooms import Room, Rooms


@dataclass(frozen=True, slots=True)
class Outlet:
    """What a timer acts on. Live: it tells how things are now."""

    playback: Playback
    room: Room | None = None
    """None: whatever player of `playback` is in use."""

    @property
    def player(self) -> Player | None:
        return self.playback.player if self.room is None else self.room.player

    @property
    def queue(self) -> Queue:
        return self.playback.queue

    @property
    def plays(self) -> bool:
        status = self.playback.state.status if self.room is None else self.room.status
        return status is PlaybackStatus.PLAYING

    @property
    def volume(self) -> int:
        return self.playback.state.volume if self.room is None else self.room.volume

    @property
    def muted(self) -> bool:
        return self.playback.state.muted if self.room is None else self.room.muted

    @property
    def can_fade(self) -> bool:
        """Whether the volume can be set."""
        player = self.player
        return player is not None and PlayerCapability.VOLUME in player.capabilities

    @property
    def in_step(self) -> bool:
        """Whether the same music sounds in other rooms, too, which it is to go on doing."""
        room = self.room
        if room is None or room.member is None or not isinstance(room.player, MultiRoomPlayer):
            return False
        return any(one.on and one.room != room.name for one in room.player.rooms)

    async def set_volume(self, volume: int, *, muted: bool = False) -> int:
        """Set the volume, on the way to another: it is not remembered. Returns what was taken.

        Raises:
            ToolError: the device did not take it.
        """
        room = self.room
        if room is not None and (member := room.member) is not None:
            # A room that is off is muted, and shall stay so.
            return (await room.set_volume(volume, muted=muted or not member.on))[0]
        return (await self.playback.set_volume(volume, muted, remember=False)).volume

    async def stop(self) -> None:
        """Fall silent, so that it can go on at the same place.

        Raises:
            ToolError: the device did not.
        """
        if self.room is not None and self.in_step:
            await self.room.stop()
        else:
            await self.playback.stop(keep_place=True)


def outlet_of(rooms: Rooms, key: str) -> Outlet | None:
    """The outlet that a timer names; None when there is no such room any more."""
    if not key:
        return Outlet(rooms.main)
    room = rooms.find(key)
    return None if room is None else Outlet(room.playback, room)
