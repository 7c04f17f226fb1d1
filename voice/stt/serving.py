"""Transcribers that wait for something else: so many requests at once, and the rest in a queue."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Generic, TypeVar

from voice.errors import HearingFailed
from voice.stt.fair_queue import FairQueue, Waiting
from voice.stt.transcriber import Transcript, Urgency

T = TypeVar("T")


class FairServing(Generic[T]):
    """Serves requests in the order of `FairQueue`, `slots` at a time. For one event loop."""

    def __init__(self, work: Callable[[T], Awaitable[Transcript]], slots: int) -> None:
        self._work = work
        self._slots = slots
        self._queue: FairQueue[T] = FairQueue()
        self._serving: list[asyncio.Task[None]] = []
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many wait for a slot."""
        return self._queue.waiting

    async def ask(self, request: T, *, who: str, urgency: Urgency) -> Transcript:
        """Wait for one's turn, and for the answer.

        Raises:
            HearingBusy: too many wait, or a partial request had to give way.
            HearingFailed: closed; and whatever the work raises.
        """
        if self._closed:
            raise HearingFailed("The speech recogniser is closed.")
        if not self._serving:
            slots = range(self._slots)
            self._serving = [asyncio.create_task(self._serve(slot)) for slot in slots]
        answer = await self._queue.ask(request, who=who, urgency=urgency)
        if not isinstance(answer, Transcript):
            raise HearingFailed("The speech recogniser gave no answer.")
        return answer

    async def close(self) -> None:
        """Refuse who waits, and stop what runs."""
        self._closed = True
        for task in self._serving:
            task.cancel()
        await asyncio.gather(*self._serving, return_exceptions=True)
        self._queue.refuse_all(HearingFailed("The speech recogniser is closed."))

    async def _serve(self, slot: int) -> None:
        while True:
            waiting = await self._queue.next(slot)
            working = asyncio.ensure_future(self._work(waiting.request))
            # Whoever gave up waiting does not keep the slot from others.
            waiting.answer.add_done_callback(partial(_give_up, working))
            try:
                await asyncio.wait([working])
                _settle(waiting, working)
            except asyncio.CancelledError:
                working.cancel()
                if not waiting.answer.done():
                    waiting.answer.set_exception(HearingFailed("The speech recogniser is closed."))
                raise


def _give_up(working: asyncio.Future[Transcript], _answer: asyncio.Future[object]) -> None:
    working.cancel()


def _settle(waiting: Waiting[T], working: asyncio.Future[Transcript]) -> None:
    if working.cancelled() or waiting.answer.done():
        if not waiting.answer.done():
            waiting.answer.cancel()
        return
    if (error := working.exception()) is not None:
        waiting.answer.set_exception(error)
    else:
        waiting.answer.set_result(working.result())
