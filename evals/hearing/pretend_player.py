"""A speaker that says "playing" to everything: what is measured is what was chosen."""

from collections.abc import Callable

from knowledge.models import QueueItem
from tools.players.player import (
    PlaybackStatus,
    PlayerCapability,
    PlayerListener,
    PlayerState,
)


class PretendPlayer:
    """Confirms every command at once; its tracks have no files and never end."""

    name = "pretend"
    connected = True
    capabilities: frozenset[PlayerCapability] = frozenset(PlayerCapability)

    def __init__(self) -> None:
        self._state = PlayerState()
        self._listeners: list[Callable[..., None]] = []

    @property
    def state(self) -> PlayerState:
        return self._state

    def listen(self, listener: PlayerListener) -> None:
        self._listeners.append(listener)

    async def play(
        self, item: QueueItem, *, start_s: float = 0.0, timeout_s: float = 3.0
    ) -> PlayerState:
        del timeout_s
        return self._now(
            PlayerState(
                PlaybackStatus.PLAYING, item.id, start_s, item.track.duration_s, self._state.volume
            )
        )

    async def prepare(self, item: QueueItem | None) -> None:
        """Nothing ever ends, so nothing follows."""

    async def pause(self) -> PlayerState:
        return self._with(PlaybackStatus.PAUSED)

    async def resume(self) -> PlayerState:
        return self._with(PlaybackStatus.PLAYING)

    async def stop(self) -> PlayerState:
        return self._now(PlayerState(volume=self._state.volume))

    async def seek(self, position_s: float) -> PlayerState:
        old = self._state
        return self._now(
            PlayerState(old.status, old.item_id, position_s, old.duration_s, old.volume)
        )

    async def set_volume(self, volume: int, *, muted: bool = False) -> PlayerState:
        old = self._state
        return self._now(
            PlayerState(old.status, old.item_id, old.position_s, old.duration_s, volume, muted)
        )

    async def close(self) -> None:
        """Nothing is open."""

    def _with(self, status: PlaybackStatus) -> PlayerState:
        old = self._state
        return self._now(
            PlayerState(status, old.item_id, old.position_s, old.duration_s, old.volume)
        )

    def _now(self, state: PlayerState) -> PlayerState:
        self._state = state
        return state
