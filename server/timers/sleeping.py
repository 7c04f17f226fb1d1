"""The last seconds of a sleep timer: the music gets quieter, stops, and is as loud as before."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from knowledge.timers.models import SleepTimer
from server.timers.fading import Sleep, fade
from server.timers.outlet import Outlet
from tools.errors import ToolError

_LOG = logging.getLogger(__name__)
_TRIES = 3
_BETWEEN_TRIES_S = 2.0


class FallingAsleep:
    """One fade at a time in one place. Lives on the event loop."""

    def __init__(self, outlet: Outlet, *, clock: Callable[[], datetime], sleep: Sleep) -> None:
        self._outlet = outlet
        self._clock = clock
        self._sleep = sleep
        self._task: asyncio.Task[bool] | None = None
        self._volume: int | None = None
        self.timer: SleepTimer | None = None
        """For which it is under way, or done."""

    @property
    def done(self) -> bool:
        return self._task is not None and self._task.done()

    def begin(self, timer: SleepTimer, done: Callable[[], None]) -> None:
        """Fade from now on and stop at the time of `timer`; `done` is called then."""
        self.timer = timer
        self._task = asyncio.create_task(self._run(timer))
        self._task.add_done_callback(lambda _task: done())

    async def result(self) -> bool:
        """Whether the music was stopped; False when nothing played or nothing could be done."""
        task, self._task, self.timer = self._task, None, None
        if task is None:
            return False
        try:
            return await task
        except ToolError as error:
            _LOG.warning("The music could not be stopped: %s", error)
            return False

    async def cancel(self) -> None:
        """Give it up; the music is as loud as before."""
        task, self._task, self.timer = self._task, None, None
        if task is None:
            return
        task.cancel()
        await asyncio.wait([task])
        await self._restore()

    async def _run(self, timer: SleepTimer) -> bool:
        outlet = self._outlet
        if not outlet.plays:
            await self._wait_for(timer)
        left_s = self._left_s(timer)
        if outlet.plays and left_s > 0 and outlet.can_fade:
            self._volume = outlet.volume
            done = await fade(outlet, self._volume, 0, left_s, sleep=self._sleep)
            if not done:
                self._volume = None  # somebody's hand is on the volume: it stays as it is
        await self._wait_for(timer)
        if not outlet.plays:
            await self._restore()
            return False
        await self._stop()
        await self._restore()
        return True

    async def _stop(self) -> None:
        for last in (False,) * (_TRIES - 1) + (True,):
            try:
                await self._outlet.stop()
            except ToolError:
                if last:
                    raise
                await self._sleep(_BETWEEN_TRIES_S)
            else:
                return

    async def _wait_for(self, timer: SleepTimer) -> None:
        while (left_s := self._left_s(timer)) > 0:
            await self._sleep(min(left_s, 1.0))

    def _left_s(self, timer: SleepTimer) -> float:
        return 0.0 if timer.at is None else timer.at.timestamp() - self._clock().timestamp()

    async def _restore(self) -> None:
        volume, self._volume = self._volume, None
        if volume is None or not self._outlet.can_fade:
            return
        try:
            await self._outlet.set_volume(volume)
        except ToolError as error:
            _LOG.warning("The volume could not be set back: %s", error)
