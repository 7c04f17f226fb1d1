"""A player whose library blocks and has to be asked: Chromecast, Sonos.

Every call of the library runs in a worker thread with a limit of its own, one after the other.
"""

import asyncio
import contextlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from knowledge.models import QueueItem
from tools.errors import PlayerNotResponding, PlayerRefused, ToolError
from tools.players.elsewhere import COMMAND_TIMEOUT_S, PlayerElsewhere, ServedTo
from tools.players.player import (
    PlaybackStatus,
    PlayerCapability,
    PlayerEventKind,
    PlayerState,
)

_T = TypeVar("_T")
_CONNECT_S = 10.0
_SECOND_S = 1.2
"""Within so much a place told in whole seconds agrees with our clock."""
_CAPABILITIES = frozenset({PlayerCapability.PAUSE, PlayerCapability.SEEK, PlayerCapability.VOLUME})


@dataclass(frozen=True, slots=True)
class DeviceReport:
    """What a device says of itself."""

    status: PlaybackStatus
    address: str
    """The address that sounds or is paused; "" for none."""
    position_s: float
    duration_s: float
    volume: int
    """0 to 100."""
    muted: bool
    trouble: str = ""
    """Why it cannot play what it was given."""


class BlockingDevice(Protocol):
    """A device through its library. Calls block, and raise what the library raises."""

    def connect(self) -> None: ...
    def report(self) -> DeviceReport: ...
    def load(self, address: str, media_type: str, title: str, start_s: float) -> None: ...
    def play(self) -> None: ...
    def pause(self) -> None: ...
    def stop(self) -> None: ...
    def seek(self, position_s: float) -> None: ...
    def set_volume(self, volume: int) -> None: ...
    def set_muted(self, muted: bool) -> None: ...
    def close(self) -> None: ...


class PolledPlayer(PlayerElsewhere):
    """Plays on one such device. It cannot be told what follows: a gap remains between tracks."""

    def __init__(
        self,
        served: ServedTo,
        make: Callable[[], BlockingDevice],
        *,
        host: str,
        name: str,
        poll_s: float = 1.0,
    ) -> None:
        """Make a player; `start` connects it.

        Args:
            served: the address of a recording as the device reaches it.
            make: makes the device, unconnected; loads its library.
            host: name or address of the device.
            name: what people call it.
            poll_s: how often it is asked while it plays; a fifth as often otherwise.
        """
        super().__init__(name, _CAPABILITIES)
        self._served, self._make, self._host = served, make, host
        self._poll_s = poll_s
        self._device: BlockingDevice | None = None
        self._asked: tuple[str, QueueItem] | None = None
        self._said_s = 0.0
        self._numbers = itertools.count(1)
        self._calls = asyncio.Lock()

    async def prepare(self, item: QueueItem | None) -> None:
        """Nothing: playback starts the next track when this one ended."""

    async def pause(self) -> PlayerState:
        self._expect_sounding()
        await self._do(lambda one: one.pause())
        await self._until(lambda: self._reported.status is not PlaybackStatus.PLAYING, "pause")
        return self.state

    async def resume(self) -> PlayerState:
        self._expect_sounding()
        await self._do(lambda one: one.play())
        if self._asked is not None:
            await self._confirm(self._asked[1], None, COMMAND_TIMEOUT_S)
        return self.state

    async def seek(self, position_s: float) -> PlayerState:
        self._expect_sounding()
        await self._do(lambda one: one.seek(position_s))
        await self._until(lambda: abs(self._said_s - position_s) <= 2.0, "confirm the new position")
        return self.state

    async def set_volume(self, volume: int, *, muted: bool = False) -> PlayerState:
        self._expect_there()
        self._report(replace(self.state, volume=volume, muted=muted))
        await self._set_device_volume(self._device_volume(volume))
        await self._do(lambda one: one.set_muted(muted))
        await self._refresh()
        return self.state

    async def _sound(self, item: QueueItem, start_s: float, timeout_s: float) -> None:
        served = await self._served(item, self._host)
        sign = "&" if "?" in served.url else "?"
        address = f"{served.url}{sign}n={next(self._numbers)}"
        self._asked = (address, item)
        self._report(self._silent())
        title, media_type = item.track.title, served.media_type
        await self._do(lambda one: one.load(address, media_type, title, start_s))
        await self._confirm(item, start_s, timeout_s)

    async def _attend(self) -> None:
        device = await asyncio.to_thread(self._make)
        try:
            async with asyncio.timeout(_CONNECT_S):
                await asyncio.to_thread(device.connect)
            self._device = device
            await self._refresh()
            self._came()
            while True:
                playing = self._reported.status is PlaybackStatus.PLAYING
                await asyncio.sleep(self._poll_s if playing else 5 * self._poll_s)
                if not self._proving:
                    await self._follow()
        finally:
            self._device = None
            with contextlib.suppress(Exception):
                await asyncio.to_thread(device.close)

    async def _let_go(self) -> None:
        if self._device is not None and self._asked is not None:
            await self._take_back()

    async def _do(self, command: Callable[[BlockingDevice], _T]) -> _T:
        """Let the library do it in a worker thread.

        Raises:
            PlayerNotResponding: it did not, for whatever reason.
        """
        device = self._device
        if device is None:
            raise PlayerNotResponding(f"{self.name} is not connected.")
        try:
            async with self._calls, asyncio.timeout(COMMAND_TIMEOUT_S):
                return await asyncio.to_thread(command, device)
        except Exception as error:
            raise PlayerNotResponding(f"{self.name} does not answer.") from error

    async def _refresh(self) -> None:
        said = await self._do(lambda one: one.report())
        before = self.state
        ours = self._asked is not None and said.address == self._asked[0]
        self._trouble = said.trouble if said.trouble and self._proving else None
        volume = self._shown_volume(said.volume)
        if not ours or self._asked is None or said.status is PlaybackStatus.IDLE:
            self._report(PlayerState(volume=volume, muted=said.muted))
            return
        item = self._asked[1]
        self._said_s = position_s = said.position_s
        same = before.item_id == item.id and before.status is said.status
        if same and 0.0 <= before.position_s - position_s < _SECOND_S:
            position_s = before.position_s
        self._report(
            PlayerState(
                status=said.status,
                item_id=item.id,
                position_s=position_s,
                duration_s=said.duration_s or item.track.duration_s,
                volume=volume,
                muted=said.muted,
            )
        )

    async def _follow(self) -> None:
        before = self.state
        await self._refresh()
        silent = self._reported.status is PlaybackStatus.IDLE
        if before.status is not PlaybackStatus.IDLE and silent:
            self._asked = None
            last = replace(before, status=PlaybackStatus.IDLE)
            self._announcer.say(PlayerEventKind.ENDED, last)
        elif replace(self.state, position_s=0.0) != replace(before, position_s=0.0):
            self._announcer.say(PlayerEventKind.STATE, self.state)

    def _proof(self) -> PlayerState:
        if self._trouble is not None:
            raise PlayerRefused(f"{self.name} cannot play it: {self._trouble}.")
        return replace(super()._proof(), position_s=self._said_s)

    async def _take_back(self) -> None:
        self._asked = None
        self._report(self._silent())
        if self._device is not None:
            with contextlib.suppress(ToolError):
                await self._do(lambda one: one.stop())

    async def _set_device_volume(self, volume: int) -> None:
        await self._do(lambda one: one.set_volume(volume))
