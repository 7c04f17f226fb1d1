"""The protocol that every kind of speaker fulfils."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from knowledge.models import QueueItem


class PlayerCapability(StrEnum):
    PAUSE = "pause"
    SEEK = "seek"
    VOLUME = "volume"
    GAPLESS = "gapless"
    CROSSFADE = "crossfade"
    LOUDNESS = "loudness"


class PlaybackStatus(StrEnum):
    IDLE = "idle"
    PLAYING = "playing"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class PlayerState:
    """What the device itself reported last; never what we hope."""

    status: PlaybackStatus = PlaybackStatus.IDLE
    item_id: str | None = None
    """The queue item that sounds or is paused."""
    position_s: float = 0.0
    duration_s: float = 0.0
    volume: int = 100
    """0 to 100."""
    muted: bool = False


class PlayerEventKind(StrEnum):
    STATE = "state"
    """The state changed in some other way than below."""
    ADVANCED = "advanced"
    """The device went on by itself to the item announced with `prepare` (gapless)."""
    ENDED = "ended"
    """The last item ended and nothing follows."""
    FAILED = "failed"
    """The device cannot play the current item; `message` says why."""
    DISCONNECTED = "disconnected"


@dataclass(frozen=True, slots=True)
class PlayerEvent:
    kind: PlayerEventKind
    state: PlayerState
    """The state after the event. For ENDED, FAILED and DISCONNECTED it is idle, and `item_id`
    and `position_s` say which item it was about and how far it came."""
    message: str = ""


PlayerListener = Callable[[PlayerEvent], None]
"""Called on the event loop; must not block."""


class Player(Protocol):
    """One speaker. Every command returns only what the device has confirmed.

    Each method raises `PlayerNotResponding` when the device confirms nothing in time,
    `PlayerRefused` when it says no, and `NoPlayer` when it is not there at all.
    """

    @property
    def name(self) -> str:
        """Short name for people: "this page", "mpv"."""
        ...

    @property
    def connected(self) -> bool: ...

    @property
    def capabilities(self) -> frozenset[PlayerCapability]: ...

    @property
    def state(self) -> PlayerState:
        """The last confirmed state, with the position carried forward by the clock."""
        ...

    def listen(self, listener: PlayerListener) -> None:
        """Be told of everything the device does by itself."""
        ...

    async def play(
        self, item: QueueItem, *, start_s: float = 0.0, timeout_s: float = 3.0
    ) -> PlayerState:
        """Sound `item` from `start_s`; returns only when the device reports playback.

        When that fails, nothing sounds: a start that comes too late is taken back.
        """
        ...

    async def prepare(self, item: QueueItem | None) -> None:
        """Say what follows, so that the device can go on without a gap; None: nothing."""
        ...

    async def pause(self) -> PlayerState: ...

    async def resume(self) -> PlayerState: ...

    async def stop(self) -> PlayerState: ...

    async def seek(self, position_s: float) -> PlayerState: ...

    async def set_volume(self, volume: int, *, muted: bool = False) -> PlayerState: ...

    async def close(self) -> None: ...
