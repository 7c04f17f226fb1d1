"""A player for machines without speakers: it decodes everything and sounds nowhere.

"Playing" is as true here as elsewhere: the file was opened, its samples were decoded, and they
are read no faster than they would sound.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.models import QueueItem
from tools.errors import NothingPlaying, PlayerNotResponding, PlayerRefused
from tools.players.announcer import Announcer
from tools.players.confirmation import confirm_playing
from tools.players.decoded_audio import DecodedAudio
from tools.players.ducking import DUCK_DB
from tools.players.player import (
    PlaybackStatus,
    PlayerCapability,
    PlayerEventKind,
    PlayerListener,
    PlayerState,
)

_PIECE_S = 0.25
"""So much is decoded ahead of the clock at a time."""


class SilentPlayer:
    """Decodes at the pace of the clock, without output. Always connected until it is closed."""

    capabilities = frozenset(
        {
            PlayerCapability.PAUSE,
            PlayerCapability.SEEK,
            PlayerCapability.VOLUME,
            PlayerCapability.GAPLESS,
        }
    )

    def __init__(
        self,
        path_of: Callable[[int], Path],
        *,
        name: str = "silent (no speakers)",
        speed: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Make a player.

        Args:
            path_of: the file of a track id; may block and raise `KnowledgeError`.
            name: what people call it.
            speed: how many seconds of music pass in one second, above 0.
            clock: seconds that never go backwards.
            sleep: waits for so many seconds.
        """
        self._path_of = path_of
        self._name = name
        self._speed = speed
        self._clock = clock
        self._sleep = sleep
        self._announcer = Announcer()
        self._state = PlayerState()
        self._audio: DecodedAudio | None = None
        self._next: QueueItem | None = None
        self._task: asyncio.Task[None] | None = None
        self._running = asyncio.Event()
        self._reading = asyncio.Lock()
        self._anchor = (0.0, 0.0)
        self._gain_db = 0.0
        self._closed = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def connected(self) -> bool:
        return not self._closed

    @property
    def state(self) -> PlayerState:
        return self._state

    @property
    def level_db(self) -> float:
        """Loudness of what was decoded last, dB relative to full scale; -inf for silence."""
        return -math.inf if self._audio is None else self._audio.level_db + self._gain_db

    def listen(self, listener: PlayerListener) -> None:
        self._announcer.listen(listener)

    def duck(self, on: bool) -> None:
        """Be silent a little more quietly."""
        self._gain_db = DUCK_DB if on else 0.0

    async def play(
        self, item: QueueItem, *, start_s: float = 0.0, timeout_s: float = 3.0
    ) -> PlayerState:
        await self._silence()
        self._next = None
        try:
            async with asyncio.timeout(timeout_s):
                audio = await self._open(item, start_s)
        except TimeoutError as error:
            raise PlayerNotResponding(f"The file did not open within {timeout_s:g} s.") from error
        self._begin(item, audio, start_s)
        task = self._task = asyncio.get_running_loop().create_task(self._run())
        try:
            return await confirm_playing(
                lambda: self._proof(task), item.id, player=self._name, timeout_s=timeout_s
            )
        except BaseException:
            await self._silence()
            raise

    async def prepare(self, item: QueueItem | None) -> None:
        self._next = item

    async def pause(self) -> PlayerState:
        self._expect_sounding()
        self._running.clear()
        self._state = replace(self._state, status=PlaybackStatus.PAUSED)
        return self._state

    async def resume(self) -> PlayerState:
        self._expect_sounding()
        self._anchor = (self._clock(), self._state.position_s)
        self._running.set()
        self._state = replace(self._state, status=PlaybackStatus.PLAYING)
        return self._state

    async def stop(self) -> PlayerState:
        self._next = None
        await self._silence()
        return self._state

    async def seek(self, position_s: float) -> PlayerState:
        self._expect_sounding()
        async with self._reading:
            audio = self._audio
            if audio is None:
                raise NothingPlaying("Nothing is playing.")
            await asyncio.to_thread(audio.seek, position_s)
            self._anchor = (self._clock(), position_s)
            self._state = replace(self._state, position_s=position_s)
        return self._state

    async def set_volume(self, volume: int, *, muted: bool = False) -> PlayerState:
        self._state = replace(self._state, volume=volume, muted=muted)
        return self._state

    async def close(self) -> None:
        self._closed = True
        await self.stop()

    # Inside

    async def _open(self, item: QueueItem, start_s: float) -> DecodedAudio:
        def opened() -> DecodedAudio:
            try:
                path = self._path_of(item.track.id)
            except KnowledgeError as error:
                raise PlayerRefused(str(error)) from error
            return DecodedAudio(path, start_s=start_s, first_s=_PIECE_S)

        return await asyncio.to_thread(opened)

    def _begin(self, item: QueueItem, audio: DecodedAudio, start_s: float) -> None:
        """Let `item` sound from now on. The first piece decoded may reach further than asked."""
        self._audio = audio
        started_s = min(start_s, audio.position_s)
        self._anchor = (self._clock(), started_s)
        self._running.set()
        self._state = replace(
            self._state,
            status=PlaybackStatus.PLAYING,
            item_id=item.id,
            position_s=started_s,
            duration_s=audio.duration_s or item.track.duration_s,
        )

    async def _run(self) -> None:
        """Read piece after piece, and wait whenever the clock is behind."""
        try:
            while True:
                await self._running.wait()
                if not await self._read_on():
                    if not await self._go_on():
                        return
                    continue
                await self._sleep(_PIECE_S / 5 / self._speed)
        except PlayerRefused as error:
            await self._end(PlayerEventKind.FAILED, str(error))

    async def _read_on(self) -> bool:
        """Bring the position to where the clock is; False when the file ended."""
        async with self._reading:
            audio = self._audio
            if audio is None or not self._running.is_set():
                return True
            now, started_s = self._anchor
            due_s = started_s + (self._clock() - now) * self._speed
            while audio.position_s < due_s + _PIECE_S:
                if await asyncio.to_thread(audio.read, _PIECE_S) == 0.0:
                    break
            if self._running.is_set():
                self._state = replace(self._state, position_s=min(due_s, audio.position_s))
            return due_s < audio.position_s

    async def _go_on(self) -> bool:
        """The file came to its end: go on with the prepared item without a gap."""
        item, self._next = self._next, None
        if item is None:
            await self._end(PlayerEventKind.ENDED)
            return False
        done = self._audio
        try:
            audio = await self._open(item, 0.0)
        except PlayerRefused as error:
            self._state = replace(self._state, item_id=item.id, position_s=0.0)
            await self._end(PlayerEventKind.FAILED, str(error))
            return False
        if done is not None:
            await asyncio.to_thread(done.close)
        self._begin(item, audio, 0.0)
        self._announcer.say(PlayerEventKind.ADVANCED, self._state)
        return True

    async def _end(self, kind: PlayerEventKind, message: str = "") -> None:
        last = replace(self._state, status=PlaybackStatus.IDLE)
        audio, self._audio = self._audio, None
        self._state = PlayerState(volume=last.volume, muted=last.muted)
        self._running.clear()
        if audio is not None:
            await asyncio.to_thread(audio.close)
        self._announcer.say(kind, last, message)

    async def _silence(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])  # unlike `await task` it hides no cancelling of our own
        async with self._reading:
            audio, self._audio = self._audio, None
            if audio is not None:
                await asyncio.to_thread(audio.close)
        self._running.clear()
        self._state = PlayerState(volume=self._state.volume, muted=self._state.muted)

    def _proof(self, task: asyncio.Task[None]) -> PlayerState:
        if task.done() and task is self._task and self._state.status is PlaybackStatus.IDLE:
            raise PlayerRefused("The file ended or broke at once.")
        return self._state

    def _expect_sounding(self) -> None:
        if self._state.status is PlaybackStatus.IDLE:
            raise NothingPlaying("Nothing is playing.")
