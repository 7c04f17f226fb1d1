"""What some players can do beyond the `Player` protocol; playback asks with isinstance."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from knowledge.models import QueueItem
from knowledge.playback_memory import PlaybackSettings


@runtime_checkable
class AdjustablePlayer(Protocol):
    """Follows the settings for crossfade and loudness levelling."""

    def adjust(self, settings: PlaybackSettings) -> None:
        """Use these from the next track on."""
        ...


@runtime_checkable
class RemotePlayer(Protocol):
    """Lives elsewhere and may be found playing, after a restart or a broken connection."""

    def believe(self, known: Callable[[str], bool]) -> None:
        """`known` says whether an item id is in the queue, so that it may go on playing."""
        ...


@runtime_checkable
class IndependentPlayer(Protocol):
    """Plays on while this program is not running, and can be met again."""

    async def prepare_all(self, items: Sequence[QueueItem]) -> None:
        """Say everything that follows, since nobody may be there to say it later."""
        ...

    async def reattach(self) -> bool:
        """Find the device that was left playing; True when it is there."""
        ...


@dataclass(frozen=True, slots=True)
class RoomSound:
    """What one room of a player of several does, as the device itself reported it."""

    room: str
    connected: bool
    on: bool
    """Whether the player's sound comes out here."""
    volume: int
    """0 to 100."""
    muted: bool


@runtime_checkable
class MultiRoomPlayer(Protocol):
    """Sounds in several rooms at once, in step."""

    @property
    def rooms(self) -> tuple[RoomSound, ...]:
        """Every room, whether or not its speaker is there."""
        ...

    async def sound_in(self, rooms: Collection[str]) -> None:
        """Sound in these rooms and no others; returns once the device reports it so."""
        ...

    async def set_room_volume(self, room: str, volume: int, *, muted: bool = False) -> RoomSound:
        """Set the volume of one room, 0 to 100."""
        ...
