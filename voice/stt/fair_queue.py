"""Who is served next when more speak than there are workers."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from voice.errors import HearingBusy
from voice.stt.transcriber import Urgency

T = TypeVar("T")
MAX_WAITING = 64
MAX_OF_ONE = 4


@dataclass(slots=True, eq=False)  # two requests are never the same one, however alike
class Waiting(Generic[T]):
    """One request and where its answer goes."""

    request: T
    who: str
    urgency: Urgency
    worker: int | None
    """Only this worker can do it; None: any can."""
    answer: asyncio.Future[object] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class FairQueue(Generic[T]):
    """Final before partial; among equals, whoever was served longest ago. For one event loop."""

    def __init__(self, limit: int = MAX_WAITING, limit_of_one: int = MAX_OF_ONE) -> None:
        self._limit = limit
        self._limit_of_one = limit_of_one
        self._waiting: deque[Waiting[T]] = deque()
        self._served: dict[str, int] = {}
        self._turn = 0
        self._changed = asyncio.Condition()

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return len(self._waiting)

    async def ask(
        self, request: T, *, who: str, urgency: Urgency, worker: int | None = None
    ) -> object:
        """Queue a request and wait for its answer.

        Raises:
            HearingBusy: too many wait, or it is partial and something final waits or came.
        """
        self._make_room(who, urgency)
        waiting = Waiting(request, who, urgency, worker)
        self._waiting.append(waiting)
        async with self._changed:
            self._changed.notify_all()
        try:
            return await waiting.answer
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)

    async def next(self, worker: int) -> Waiting[T]:
        """The next request that this worker can do; waits for one."""
        async with self._changed:
            while (chosen := self._best(worker)) is None:
                await self._changed.wait()
        self._waiting.remove(chosen)
        self._turn += 1
        self._served[chosen.who] = self._turn
        if len(self._served) > 10 * self._limit:
            oldest = sorted(self._served, key=self._served.__getitem__)[: 5 * self._limit]
            for who in oldest:
                del self._served[who]
        return chosen

    def refuse_all(self, error: Exception) -> None:
        """Nobody will be served any more."""
        for waiting in tuple(self._waiting):
            _refuse(waiting, error)
        self._waiting.clear()

    def _best(self, worker: int) -> Waiting[T] | None:
        able = [one for one in self._waiting if one.worker in {None, worker}]
        if not able:
            return None
        return min(able, key=lambda one: (one.urgency, self._served.get(one.who, 0)))

    def _make_room(self, who: str, urgency: Urgency) -> None:
        partial = [one for one in self._waiting if one.urgency is Urgency.PARTIAL]
        if urgency is Urgency.PARTIAL:
            if len(partial) < len(self._waiting):
                raise HearingBusy("Others have finished speaking and wait.")
            given_up = [one for one in partial if one.who == who]
        else:
            given_up = partial
        for one in given_up:
            self._waiting.remove(one)
            _refuse(one, HearingBusy("Something newer or more urgent came."))
        of_one = sum(one.who == who for one in self._waiting)
        if len(self._waiting) >= self._limit or of_one >= self._limit_of_one:
            raise HearingBusy("Too many speak at once; wait a moment and say it again.")


def _refuse(waiting: Waiting[T], error: Exception) -> None:
    if not waiting.answer.done():
        waiting.answer.set_exception(error)
