"""What players in other places share: an address for the sound, a state, and being ducked."""

import asyncio
import contextlib
import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from knowledge.models import QueueItem
from tools.errors import NoPlayer, NothingPlaying, PlayerNotResponding, ToolError
from tools.players.announcer import Announcer
from tools.players.confirmation import confirm_playing
from tools.players.ducking import DUCK_SHARE
from tools.players.player import (
    PlaybackStatus,
    PlayerCapability,
    PlayerEventKind,
    PlayerListener,
    PlayerState,
)

_log = logging.getLogger(__name__)

COMMAND_TIMEOUT_S: Final = 3.0
_POLL_S = 0.1
_FIRST_RETRY_S = 0.5
_LAST_RETRY_S = 30.0


@dataclass(frozen=True, slots=True)
class Served:
    """Where a device fetches a recording."""

    url: str
    media_type: str
    """Such as "audio/flac"."""


ServedTo = Callable[[QueueItem, str], Awaitable[Served]]
"""The address of an item as the device with that host name or address reaches it.

Raises `PlayerRefused` when the recording is not there, `NoPlayer` when no address of this
machine can be reached from there."""


async def ended(task: asyncio.Task[None]) -> None:
    """End a task, whatever became of it; a cancelling or timeout of our own is not hidden."""
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        task.exception()  # seen, so that nobody complains of it


class PlayerElsewhere(ABC):
    """A device that reports its state over the network; the position goes on by our clock."""

    def __init__(
        self,
        name: str,
        capabilities: frozenset[PlayerCapability],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._capabilities = capabilities
        self._clock = clock
        self._connected = False
        self._closed = False
        self._reported = PlayerState()
        self._reported_at = clock()
        self._announcer = Announcer()
        self._trouble: str | None = None
        """Why the item that was asked for does not sound, in words of the device."""
        self._absent = ""
        """Why it is not connected, as a sentence, where there is more to say than that."""
        self._proving = False
        """Whether something was asked for that is not proven to sound."""
        self._commands = asyncio.Lock()
        self._ducked = False
        self._ducking: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None

    @property
    def name(self) -> str:
        return self._name

    @property
    def connected(self) -> bool:
        return self._connected and not self._closed

    @property
    def capabilities(self) -> frozenset[PlayerCapability]:
        return self._capabilities

    @property
    def state(self) -> PlayerState:
        state = self._reported
        if state.status is not PlaybackStatus.PLAYING:
            return state
        position_s = state.position_s + self._clock() - self._reported_at
        if state.duration_s > 0:
            position_s = min(position_s, state.duration_s)
        return replace(state, position_s=max(0.0, position_s))

    def listen(self, listener: PlayerListener) -> None:
        self._announcer.listen(listener)

    async def play(
        self, item: QueueItem, *, start_s: float = 0.0, timeout_s: float = 3.0
    ) -> PlayerState:
        self._expect_there()
        try:
            async with asyncio.timeout(timeout_s), self._commands:
                self._proving, self._trouble = True, None
                await self._sound(item, start_s, timeout_s)
        except TimeoutError as error:
            await self._take_back()
            raise PlayerNotResponding(
                f"{self.name} did not start within {timeout_s:g} s."
            ) from error
        except BaseException:
            await self._take_back()
            raise
        finally:
            self._proven()
        return self.state

    async def stop(self) -> PlayerState:
        await self._take_back()
        return self.state

    def start(self) -> None:
        """Begin to look for the device, and keep looking whenever it goes away."""
        if self._keeping is None and not self._closed:
            self._keeping = asyncio.get_running_loop().create_task(self._keep_connected())

    def duck(self, on: bool) -> None:
        """Quieter for a while: these devices have no gain beside their volume, so that is used.

        The state goes on showing the volume that the user wants.
        """
        self._ducked = on
        if PlayerCapability.VOLUME not in self.capabilities or not self.connected:
            return
        if self._ducking is None or self._ducking.done():
            self._ducking = asyncio.get_running_loop().create_task(self._follow_ducking())

    async def close(self) -> None:
        """Let go of the device; what we play there is silent then."""
        self._closed = True
        for task in (self._ducking, self._keeping):
            if task is not None:
                await ended(task)
        with contextlib.suppress(ToolError, OSError, TimeoutError):
            async with asyncio.timeout(COMMAND_TIMEOUT_S):
                await self._let_go()
        self._connected = False
        self._report(self._silent())

    # What a kind of device does

    @abstractmethod
    async def _attend(self) -> None:
        """Connect, set `_connected`, and follow the device until it goes away (return, raise)."""

    @abstractmethod
    async def _sound(self, item: QueueItem, start_s: float, timeout_s: float) -> None:
        """Sound `item` instead of everything else; return once the device proved it.

        Whatever is raised, or when it is cancelled, `_take_back` follows.
        """

    @abstractmethod
    async def _take_back(self) -> None:
        """Silence what is ours, whatever the device does; raises nothing that it answers."""

    @abstractmethod
    async def _let_go(self) -> None:
        """Silence what is ours, and disconnect."""

    @abstractmethod
    async def _set_device_volume(self, volume: int) -> None:
        """Set the volume of the device, 0 to 100."""

    @abstractmethod
    async def _refresh(self) -> None:
        """Ask the device for its state and `_report` it."""

    # For the kinds

    def _proven(self) -> None:
        """A start is over, whatever became of it."""
        self._proving = False

    async def _keep_connected(self) -> None:
        wait_s = _FIRST_RETRY_S
        while True:
            began = self._clock()
            try:
                await self._attend()
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001  whatever a device does, it may come back
                _log.debug("%s is not there: %r", self._name, error)
            if self._connected:
                self._gone()
            if self._clock() - began > _LAST_RETRY_S:
                wait_s = _FIRST_RETRY_S
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, _LAST_RETRY_S)

    def _came(self) -> None:
        """The device answers: whoever waits for it may go on."""
        self._connected = True
        self._announcer.say(PlayerEventKind.STATE, self.state)

    def _gone(self) -> None:
        """The device vanished: say so, with what it was playing."""
        self._connected = False
        last = replace(self.state, status=PlaybackStatus.IDLE)
        self._report(self._silent())
        self._announcer.say(PlayerEventKind.DISCONNECTED, last)

    def _silent(self) -> PlayerState:
        return PlayerState(volume=self._reported.volume, muted=self._reported.muted)

    def _report(self, state: PlayerState) -> None:
        """Take over what the device said just now."""
        self._reported = state
        self._reported_at = self._clock()

    def _proof(self) -> PlayerState:
        """The last report as it is, for `confirm_playing`; raises what is wrong."""
        if not self._connected:
            raise NoPlayer(f"{self._name} went away.")
        return self._reported

    async def _confirm(self, item: QueueItem, start_s: float | None, timeout_s: float) -> None:
        """Ask the device until it proves that `item` sounds.

        Raises:
            PlayerNotResponding: it did not in time.
            ToolError: what `_proof` says.
        """
        asking = asyncio.get_running_loop().create_task(self._keep_asking())
        try:
            await confirm_playing(
                self._proof, item.id, player=self._name, timeout_s=timeout_s, since_s=start_s
            )
        finally:
            await ended(asking)

    async def _keep_asking(self) -> None:
        while True:
            with contextlib.suppress(PlayerNotResponding):
                await self._refresh()
            await asyncio.sleep(_POLL_S)

    async def _until(self, condition: Callable[[], bool], what: str) -> None:
        """Ask the device until its report says so.

        Raises:
            PlayerNotResponding: it does not in time.
        """
        deadline = self._clock() + COMMAND_TIMEOUT_S
        while True:
            await self._refresh()
            if condition():
                return
            if self._clock() > deadline:
                raise PlayerNotResponding(f"{self._name} did not {what}.")
            await asyncio.sleep(_POLL_S / 2)

    def _expect_there(self) -> None:
        if not self.connected:
            raise NoPlayer(self._absent or f"{self._name} is not connected.")

    def _expect_sounding(self) -> PlayerState:
        self._expect_there()
        if self._reported.status is PlaybackStatus.IDLE:
            raise NothingPlaying("Nothing is playing.")
        return self.state

    # Volume and ducking

    def _device_volume(self, wanted: int) -> int:
        return round(wanted * DUCK_SHARE) if self._ducked else wanted

    def _shown_volume(self, reported: int) -> int:
        """The volume to show: what the user wants, though the device is quieter for a while."""
        wanted = self._reported.volume
        return wanted if reported == self._device_volume(wanted) else reported

    async def _follow_ducking(self) -> None:
        done: bool | None = None
        while done is not self._ducked:
            done = self._ducked
            try:
                async with asyncio.timeout(COMMAND_TIMEOUT_S):
                    await self._set_device_volume(self._device_volume(self._reported.volume))
            except (ToolError, OSError, TimeoutError) as error:
                _log.warning("%s was not made quieter or louder: %s", self._name, error)
