"""A part that takes a while to load: asked for at once, there when it is there."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from server.errors import Problem, problem_of

_LOG = logging.getLogger(__name__)
_RETRY_AFTER_S = 10.0
"""A part that could not be loaded is tried again when it is asked for after so long."""


class EngineState(StrEnum):
    """How far an engine is."""

    IDLE = "idle"
    """Nobody asked for it yet."""
    LOADING = "loading"
    READY = "ready"
    UNUSABLE = "unusable"


class Closes(Protocol):
    """Something that holds processes, threads or connections."""

    async def close(self) -> None: ...


T = TypeVar("T", bound=Closes)


class Engine(Generic[T]):
    """Loads something in the background; a failure is kept as a problem, and tried again later."""

    def __init__(
        self,
        what: str,
        load: Callable[[], Awaitable[T]],
        *,
        changed: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Note how to load it; nothing happens before `start` or `get`.

        Args:
            what: for the log.
            load: makes it, ready for use.
            changed: told whenever `state` did.
            clock: seconds.
        """
        self._what = what
        self._load = load
        self._changed = changed
        self._clock = clock
        self._task: asyncio.Task[T] | None = None
        self._failed_at = 0.0
        self._error: Exception | None = None
        self._closed = False

    @property
    def state(self) -> EngineState:
        if self._error is not None:
            return EngineState.UNUSABLE
        if self._task is None:
            return EngineState.IDLE
        return EngineState.READY if self.value is not None else EngineState.LOADING

    @property
    def value(self) -> T | None:
        """It, when it is loaded."""
        task = self._task
        if task is None or not task.done() or task.cancelled() or task.exception() is not None:
            return None
        return task.result()

    @property
    def problem(self) -> Problem | None:
        """Why it cannot be used, and what to do about it."""
        return None if self._error is None else problem_of(self._error)

    def start(self) -> None:
        """Begin to load it, unless that was begun already."""
        if self._task is None and not self._closed:
            self._task = asyncio.create_task(self._loading())
            self._task.add_done_callback(self._done)
            self._changed()

    async def get(self) -> T:
        """It, when it is loaded.

        Raises:
            Exception: what went wrong when it was loaded.
        """
        if self._error is not None and self._clock() - self._failed_at >= _RETRY_AFTER_S:
            self._task = self._error = None
        self.start()
        if self._task is None:
            raise asyncio.CancelledError
        return await asyncio.shield(self._task)

    async def close(self) -> None:
        """Give everything back."""
        self._closed = True
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        if (value := self.value) is not None:
            await value.close()

    def _done(self, task: asyncio.Task[T]) -> None:
        if not task.cancelled():
            task.exception()  # it is kept; perhaps nobody waits for it
        self._changed()

    async def _loading(self) -> T:
        try:
            return await self._load()
        except Exception as error:
            self._error, self._failed_at = error, self._clock()
            _LOG.log(
                logging.ERROR if problem_of(error).code == "internal_error" else logging.INFO,
                "%s cannot be used: %r",
                self._what,
                error,
            )
            raise
