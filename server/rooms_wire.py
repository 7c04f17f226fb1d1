"""Rooms as JSON."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tools.players.player import PlaybackStatus
from tools.players.rooms import Room, Rooms

_OUT = ConfigDict(frozen=True)
_IN = ConfigDict(extra="forbid")
RoomName = Annotated[str, Field(max_length=100)]


class RoomOut(BaseModel):
    """A room, or a speaker that stands in none."""

    model_config = _OUT
    name: str
    is_room: bool
    player: str
    """The player whose queue sounds there: rooms of one player share it."""
    connected: bool
    active: bool
    """Whether the queue of this room goes to this speaker."""
    status: str
    volume: int
    muted: bool
    title: str
    """What sounds or is paused there; "" for nothing."""
    artist: str

    @classmethod
    def of(cls, room: Room) -> "RoomOut":
        current = room.playback.queue.current if room.sounds else None
        return cls(
            name=room.name,
            is_room=room.is_room,
            player=room.player.name,
            connected=room.connected,
            active=room.playback.player is room.player,
            status=room.status,
            volume=room.volume,
            muted=room.muted,
            title="" if current is None else current.track.title,
            artist="" if current is None else current.track.artist,
        )


class RoomsOut(BaseModel):
    model_config = _OUT
    several: bool
    """Whether rooms have queues of their own."""
    sounding: bool
    """Whether anything sounds anywhere."""
    rooms: tuple[RoomOut, ...]

    @classmethod
    def of(cls, rooms: Rooms) -> "RoomsOut":
        shown = tuple(RoomOut.of(room) for room in rooms.all)
        sounding = any(room.status != PlaybackStatus.IDLE for room in shown)
        return cls(several=rooms.several, sounding=sounding, rooms=shown)


class MoveMusicIn(BaseModel):
    """Let the music of one place go on in another."""

    model_config = _IN
    to: RoomName
    """A room, a speaker, or "" for the main queue."""
    source: RoomName = ""
    """Where it plays now; "" for the main queue."""


class RoomVolumeIn(BaseModel):
    model_config = _IN
    volume: Annotated[int, Field(ge=0, le=100)]
    muted: bool = False
