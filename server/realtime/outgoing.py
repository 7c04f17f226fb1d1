"""What waits to be sent to one client: in order, bounded, only the newest of each state."""

import asyncio
from collections import deque
from typing import Any

ServerEvent = dict[str, Any]
MAX_WAITING = 1_000


class Outgoing:
    """A queue that never blocks the one who puts something in.

    A client that does not read fast enough is given up rather than remembered for: when
    `MAX_WAITING` messages wait, `next` returns None and the connection ends.
    """

    def __init__(self, limit: int = MAX_WAITING) -> None:
        self._limit = limit
        self._waiting: deque[list[ServerEvent]] = deque()
        self._latest: dict[str, list[ServerEvent]] = {}
        self._changed = asyncio.Event()
        self._closed = False

    @property
    def overflowed(self) -> bool:
        """Whether the client was too slow."""
        return self._closed and len(self._waiting) >= self._limit

    def put(self, message: ServerEvent) -> None:
        """Send `message` after everything that waits."""
        if self._closed:
            return
        self._waiting.append([message])
        if len(self._waiting) >= self._limit:
            self._closed = True
        self._changed.set()

    def put_latest(self, message: ServerEvent) -> None:
        """Send `message`; one of the same type that still waits is replaced by it."""
        kind = str(message["type"])
        slot = self._latest.get(kind)
        if slot is not None and slot:
            slot[0] = message
            return
        self.put(message)
        if not self._closed:
            self._latest[kind] = self._waiting[-1]

    def close(self) -> None:
        """End it: `next` returns None at once."""
        self._closed = True
        self._changed.set()

    async def next(self) -> ServerEvent | None:
        """Wait for the next message; None when it was closed or the client is too slow."""
        while not self._waiting and not self._closed:
            self._changed.clear()
            await self._changed.wait()
        if self._closed:
            return None
        slot = self._waiting.popleft()
        message = slot.pop()
        kind = str(message["type"])
        if self._latest.get(kind) is slot:
            del self._latest[kind]
        return message
