"""Tells every open page what changed: queue, player, index, library."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from functools import partial

from knowledge.people.current import PersonId, acting_as, current_person
from server.realtime.outgoing import Outgoing, ServerEvent

_LOG = logging.getLogger(__name__)
_GATHER_S = 0.05
"""Changes within so many seconds are told once."""

Make = Callable[[], ServerEvent]
"""Makes a message from the state as it is when it is called; runs in a worker thread."""


class Hub:
    """The clients that are connected now, and what they have to be told.

    State, not a log: a page that missed ten changes of the queue gets the newest one. All
    messages are made one after the other by one task, so that none is older than the one before,
    and for each person who is connected apart: what one likes is in the queue of all.
    """

    def __init__(self) -> None:
        self._clients: dict[Outgoing, PersonId] = {}
        self._pending: dict[tuple[str, PersonId | None], Make] = {}
        self._greetings: list[tuple[Outgoing, tuple[Make, ...]]] = []
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def __len__(self) -> int:
        return len(self._clients)

    def join(self, client: Outgoing, greeting: Iterable[Make] = ()) -> None:
        """Tell `client`, which is of whom this runs for, the greeting first, then every change."""
        self._clients[client] = current_person()
        self._greetings.append((client, tuple(greeting)))
        self._changed.set()

    def leave(self, client: Outgoing) -> None:
        self._clients.pop(client, None)

    def publish(self, kind: str, make: Make, *, to: PersonId | None = None) -> None:
        """Tell everyone soon, or one person; once for all changes of `kind` until then."""
        self._pending[kind, to] = make
        self._changed.set()

    def publish_from_thread(self, kind: str, make: Make, *, to: PersonId | None = None) -> None:
        """Like `publish`, from a thread that is not the event loop's."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(partial(self.publish, kind, make, to=to))

    async def run(self) -> None:
        """Tell until cancelled."""
        while True:
            await self._changed.wait()
            if not self._greetings:
                await asyncio.sleep(_GATHER_S)
            self._changed.clear()
            greetings, self._greetings = self._greetings, []
            for client, makes in greetings:
                person = self._clients.get(client)
                if person is not None:
                    for make in makes:
                        await self._tell((client,), make, person)
            pending, self._pending = self._pending, {}
            for (_, to), make in pending.items():
                for person in sorted(set(self._clients.values())):
                    if to in {None, person}:
                        theirs = [one for one, whose in self._clients.items() if whose == person]
                        await self._tell(tuple(theirs), make, person)

    async def _tell(self, clients: tuple[Outgoing, ...], make: Make, person: PersonId) -> None:
        try:
            with acting_as(person):
                message = await asyncio.to_thread(make)
        except Exception:  # noqa: BLE001  one message less is no reason to fall silent
            _LOG.exception("the pages could not be told what changed")
            return
        for client in clients:
            client.put_latest(message)
