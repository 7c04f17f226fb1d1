"""Runs turns of the agent, which is loaded while the server already answers."""

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from concurrent.futures import Future
from typing import Protocol

from agent.events import AgentEvent

_LOG = logging.getLogger(__name__)
_MAX_AT_ONCE = 16


class TurnTaker(Protocol):
    """What the server needs of the agent."""

    def run(self, text: str, *, session_id: str) -> AsyncIterator[AgentEvent]: ...


class Turns:
    """The agent, loaded once in the background: its libraries take more than a second."""

    def __init__(self, make: Callable[[], TurnTaker]) -> None:
        self._make = make
        self._agent: Future[TurnTaker] = Future()
        self._started = False
        self._at_once = asyncio.Semaphore(_MAX_AT_ONCE)

    def warm(self) -> None:
        """Begin to load the agent, unless that was begun already."""
        if not self._started:
            self._started = True
            threading.Thread(target=self._load, name="load-agent", daemon=True).start()

    async def run(self, text: str, *, session_id: str) -> AsyncGenerator[AgentEvent, None]:
        """One turn; waits for the agent when it is still being loaded. Close it to end it."""
        self.warm()
        agent = await asyncio.shield(asyncio.wrap_future(self._agent))
        async with self._at_once:
            events = agent.run(text, session_id=session_id)
            try:
                async for event in events:
                    yield event
            finally:
                if isinstance(events, AsyncGenerator):
                    await events.aclose()

    def _load(self) -> None:
        try:
            self._agent.set_result(self._make())
        except Exception as error:  # noqa: BLE001  whoever waits for the agent gets it
            # The trace is for whoever looks for it; the user gets the cause with the turn.
            _LOG.error("the agent could not be loaded: %r", error)
            _LOG.debug("where it failed", exc_info=error)
            self._agent.set_exception(error)
