"""The sleep timer of one room: from when it is set until the music there has stopped."""

from collections.abc import Callable
from datetime import datetime

from knowledge.models import Queue
from knowledge.timers import schedule
from knowledge.timers.models import SleepTimer, SleepUntil
from server.timers.fading import Sleep
from server.timers.outlet import Outlet
from server.timers.sleeping import FallingAsleep

_WAITING_FOR_MUSIC = frozenset({SleepUntil.SONG, SleepUntil.ALBUM, SleepUntil.QUEUE})


class Bedtime:
    """What is known of it. Lives on the event loop."""

    def __init__(self, outlet: Outlet, *, clock: Callable[[], datetime], sleep: Sleep) -> None:
        self.outlet = outlet
        self.timer: SleepTimer | None = None
        self._falling = FallingAsleep(outlet, clock=clock, sleep=sleep)
        self._queue = outlet.queue
        self._ends = False
        self._ended = False

    @property
    def falling_for(self) -> SleepTimer | None:
        """The timer whose fade is under way, or done."""
        return self._falling.timer

    @property
    def over(self) -> bool:
        """Whether nothing is left to be done."""
        return self.timer is None and self._falling.timer is None

    @property
    def ends_with_the_music(self) -> bool:
        """Whether the music is to end by itself."""
        return self.timer is not None and self.timer.until in _WAITING_FOR_MUSIC

    def ends(self, queue: Queue) -> bool:
        """Whether playback is to end with the current item of `queue`.

        Not where the same music goes on in other rooms: then this room is taken out of them.
        """
        timer = self.timer
        self._ends = (
            timer is not None
            and not self.outlet.in_step
            and schedule.stops_after_current(timer, queue)
        )
        return self._ends

    def music_ended(self) -> bool:
        """Playback ended as `ends` said; returns whether it did for this room."""
        self._ended = self._ended or self._ends
        return self._ends

    def music_changed(self, queue: Queue) -> bool:
        """The queue is `queue` now; returns whether there is something to be done."""
        timer, before, self._queue = self.timer, self._queue, queue
        if timer is None:
            return False
        went_on = before.current != queue.current
        if went_on and self.outlet.in_step and schedule.stops_after_current(timer, before):
            self._ended = True
            return True
        return schedule.counted(timer, queue) != timer

    async def follow(self, timer: SleepTimer | None, wake: Callable[[], None]) -> bool | None:
        """Begin, go on with, or give up a fade.

        Args:
            timer: the one that is due here.
            wake: called when the fade is done.

        Returns:
            Whether the music was stopped; None as long as the timer is not over.
        """
        if self._ended:
            self._ended = False
            if self.timer is not None:
                if self.outlet.in_step:
                    await self.outlet.stop()
                return True
        if self._falling.timer != timer:
            await self._falling.cancel()
        if timer is None:
            return None
        if self._falling.timer is None:
            self._falling.begin(timer, done=wake)
        return await self._falling.result() if self._falling.done else None

    async def close(self) -> None:
        """A fade that is under way is taken back."""
        await self._falling.cancel()
