"""Tells every open page what changed: queue, player, index, library."""

import asyncio
import logging
from collections.abc import Callable, Iterable

from server.realtime.outgoing import Outgoing, ServerEvent

_LOG = logging.getLogger(__name__)
_GATHER_S = 0.05
"""Changes within so many seconds are told once."""

Make = Callable[[], ServerEvent]
"""Makes a message from the state as it is when it is called; runs in a worker thread."""


class Hub:
    """The clients that are connected now, and what they have to be told.

    State, not a log: a page that missed ten changes of the queue gets the newest one. All
    messages are made one after the other by one task, so that none is older than the one before.
    """

    def __init__(self) -> None:
        self._clients: set[Outgoing] = set()
        self._pending: dict[str, Make] = {}
        self._greetings: list[tuple[Outgoing, tuple[Make, ...]]] = []
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def __len__(self) -> int:
        return len(self._clients)

    def join(self, client: Outgoing, greeting: Iterable[Make] = ()) -> None:
        """Tell `client` the greeting first, and every change from now on."""
        self._clients.add(client)
        self._greetings.append((client, tuple(greeting)))
        self._changed.set()

    def leave(self, client: Outgoing) -> None:
        self._clients.discard(client)

    def publish(self, kind: str, make: Make) -> None:
        """Tell everyone soon; once for all changes of `kind` until then."""
        self._pending[kind] = make
        self._changed.set()

    def publish_from_thread(self, kind: str, make: Make) -> None:
        """Like `publish`, from a thread that is not the event loop's."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.publish, kind, make)

    async def run(self) -> None:
        """Tell until cancelled."""
        while True:
            await self._changed.wait()
            if not self._greetings:
                await asyncio.sleep(_GATHER_S)
            self._changed.clear()
            greetings, self._greetings = self._greetings, []
            for client, makes in greetings:
                for make in makes:
                    await self._tell((client,), make)
            pending, self._pending = self._pending, {}
            if self._clients:
                for make in pending.values():
                    await self._tell(tuple(self._clients), make)

    async def _tell(self, clients: tuple[Outgoing, ...], make: Make) -> None:
        try:
            message = await asyncio.to_thread(make)
        except Exception:  # noqa: BLE001  one message less is no reason to fall silent
            _LOG.exception("the pages could not be told what changed")
            return
        for client in clients:
            client.put_latest(message)
