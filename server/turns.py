"""Runs turns of the agent, which is loaded while the server already answers."""

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from concurrent.futures import Future
from typing import Any, Protocol

from agent.events import AgentEvent
from knowledge.people.current import acting_as, current_person

_LOG = logging.getLogger(__name__)
_MAX_AT_ONCE = 16


class TurnTaker(Protocol):
    """What the server needs of the agent."""

    def run(
        self, text: str, *, session_id: str, speaker: str = "", spoken: bool = False
    ) -> AsyncIterator[AgentEvent]: ...

    async def amend(self, session_id: str, spoken: str, *, turn_id: str = "") -> bool:
        """Remember of a reply only what was heard of it."""
        ...

    async def remember(self, text: str, *, session_id: str) -> None:
        """Keep what the user said although it will not be answered."""
        ...


class Turns:
    """The agent, loaded once in the background: its libraries take more than a second."""

    def __init__(self, make: Callable[[], TurnTaker]) -> None:
        self._make = make
        self._agent: Future[TurnTaker] = Future()
        self._started = False
        self._at_once = asyncio.Semaphore(_MAX_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    def warm(self) -> None:
        """Begin to load the agent, unless that was begun already."""
        if not self._started:
            self._started = True
            # Waited for at the end: a daemon amid C++ code then would abort the process.
            threading.Thread(target=self._load, name="load-agent").start()

    @property
    def is_loaded(self) -> bool:
        """Whether nobody waits for the agent any more."""
        return self._agent.done()

    async def loaded(self) -> None:
        """Wait until the agent is there, or cannot be."""
        self.warm()
        await asyncio.wait([asyncio.wrap_future(self._agent)])

    async def run(
        self, text: str, *, session_id: str, speaker: str = "", spoken: bool = False
    ) -> AsyncGenerator[AgentEvent, None]:
        """One turn; waits for the agent when it is still being loaded. Close it to end it.

        Args:
            text: what was said.
            session_id: the conversation.
            speaker: who said it, where the client knows.
            spoken: whether it was spoken and not typed.
        """
        self.warm()
        waiting, person = True, current_person()
        try:
            agent = await self._ready()
            async with self._at_once:
                waiting = False
                events = agent.run(text, session_id=session_id, speaker=speaker, spoken=spoken)
                try:
                    async for event in events:
                        yield event
                finally:
                    if isinstance(events, AsyncGenerator):
                        await events.aclose()
        except (asyncio.CancelledError, GeneratorExit):
            if waiting:  # ended before its turn came: what was said stays said
                with acting_as(person):
                    self._later(self._remember(text, session_id))
            raise

    async def amend(self, session_id: str, spoken: str, *, turn_id: str = "") -> bool:
        """Remember of a reply only what was heard of it before the user cut in.

        Close the turn first when it is still under way. What is run after this was called finds
        the amended conversation.

        Args:
            session_id: the conversation.
            spoken: what was heard; empty when it was nothing.
            turn_id: of `TurnStarted`: which reply; by default the one that the conversation ends
                with, and none when it does not end with one.

        Returns:
            Whether what is remembered changed.
        """
        self.warm()
        return await (await self._ready()).amend(session_id, spoken, turn_id=turn_id)

    async def _ready(self) -> TurnTaker:
        return await asyncio.shield(asyncio.wrap_future(self._agent))

    async def _remember(self, text: str, session_id: str) -> None:
        try:
            await (await self._ready()).remember(text, session_id=session_id)
        except Exception:  # noqa: BLE001  nobody waits for it
            _LOG.exception("what was said is lost")

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _load(self) -> None:
        try:
            self._agent.set_result(self._make())
        except Exception as error:  # noqa: BLE001  whoever waits for the agent gets it
            # The trace is for whoever looks for it; the user gets the cause with the turn.
            _LOG.error("the agent could not be loaded: %r", error)
            _LOG.debug("where it failed", exc_info=error)
            self._agent.set_exception(error)
