"""Tells every open page what changed: queue, player, index, library."""

import asyncio
import logging
from collections.abc import Callable

from server.realtime.outgoing import Outgoing, ServerEvent

_LOG = logging.getLogger(__name__)
_GATHER_S = 0.05
"""Changes within so many seconds are told once."""


class Hub:
    """The clients that are connected now, and what they have to be told.

    State, not a log: a page that missed ten changes of the queue gets the newest one.
    """

    def __init__(self) -> None:
        self._clients: set[Outgoing] = set()
        self._pending: dict[str, Callable[[], ServerEvent]] = {}
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def __len__(self) -> int:
        return len(self._clients)

    def join(self, client: Outgoing) -> None:
        self._clients.add(client)

    def leave(self, client: Outgoing) -> None:
        self._clients.discard(client)

    def publish(self, kind: str, make: Callable[[], ServerEvent]) -> None:
        """Tell everyone soon. `make` runs in a worker thread, once for all changes of `kind`."""
        self._pending[kind] = make
        self._changed.set()

    def publish_from_thread(self, kind: str, make: Callable[[], ServerEvent]) -> None:
        """Like `publish`, from a thread that is not the event loop's."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.publish, kind, make)

    async def run(self) -> None:
        """Tell until cancelled."""
        while True:
            await self._changed.wait()
            await asyncio.sleep(_GATHER_S)
            self._changed.clear()
            pending, self._pending = self._pending, {}
            if not self._clients:
                continue
            for kind, make in pending.items():
                try:
                    message = await asyncio.to_thread(make)
                except Exception:  # noqa: BLE001  one message less is no reason to fall silent
                    _LOG.exception("could not tell the pages about %s", kind)
                    continue
                for client in tuple(self._clients):
                    client.put_latest(message)
