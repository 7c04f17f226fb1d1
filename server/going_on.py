"""When a queue is about to be over, go on with music that fits, if that is wanted."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from knowledge.models import Queue
from knowledge.people.current import acting_as
from knowledge.queue_operations import upcoming
from knowledge.recommend.models import Recommended, Situation
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus, PlayerState

_LOG = logging.getLogger(__name__)
_COUNT = 5

Chooser = Callable[[Queue, Situation], Recommended]


class GoingOn:
    """Watches the queue. Lives on the event loop; choosing is done in a worker thread.

    It acts while the last item sounds, so that the music goes on without a pause, and only once
    for each last item: who takes out what was added gets silence.
    """

    def __init__(self, playback: Playback, choose: Chooser) -> None:
        self._playback = playback
        self._choose = choose
        self._done_for = ""
        self._task: asyncio.Task[None] | None = None

    def look_at(self, queue: Queue, state: PlayerState) -> None:
        """Add music when nothing follows what sounds."""
        current = queue.current
        if current is None or state.status is not PlaybackStatus.PLAYING or upcoming(queue, 1):
            return
        if current.id == self._done_for or (self._task is not None and not self._task.done()):
            return
        self._done_for = current.id
        self._task = asyncio.create_task(self._go_on(queue))

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _go_on(self, queue: Queue) -> None:
        try:
            # It goes on for who wanted the last of it.
            with acting_as(queue.items[-1].person):
                situation = Situation(at=datetime.now().astimezone())
                made = await asyncio.to_thread(self._choose, queue, situation)
                now = self._playback.queue
                # Somebody may have queued something meanwhile: that comes first, and is enough.
                if made.items and now.items == queue.items:
                    await self._playback.add([item.track for item in made.items[:_COUNT]])
        except Exception:  # noqa: BLE001  the music that plays must not suffer from it
            _LOG.exception("No music was found to go on with")
