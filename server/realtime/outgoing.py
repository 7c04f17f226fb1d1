"""What waits to be sent to one client: in order, bounded, only the newest of each state."""

import asyncio
from collections import deque
from typing import Any

ServerEvent = dict[str, Any]
MAX_WAITING = 1_000
MAX_WAITING_BYTES = 8_000_000
"""Of sound in base64: more than two minutes of our voice."""
_SOUND = "response.output_audio.delta"


class Outgoing:
    """A queue that never blocks the one who puts something in.

    A client that does not read fast enough is given up rather than remembered for: when
    `MAX_WAITING` messages or `MAX_WAITING_BYTES` of sound wait, `next` returns None and the
    connection ends.
    """

    def __init__(self, limit: int = MAX_WAITING, *, limit_bytes: int = MAX_WAITING_BYTES) -> None:
        self._limit = limit
        self._limit_bytes = limit_bytes
        self._bytes = 0
        self._waiting: deque[list[ServerEvent]] = deque()
        self._latest: dict[str, list[ServerEvent]] = {}
        self._changed = asyncio.Event()
        self._closed = False
        self._ending = False

    @property
    def overflowed(self) -> bool:
        """Whether the client was too slow."""
        return self._closed and self._is_full

    def put(self, message: ServerEvent) -> None:
        """Send `message` after everything that waits."""
        if self._closed:
            return
        self._waiting.append([message])
        self._bytes += _sound_bytes(message)
        if self._is_full:
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

    def drop_sound(self, response_id: str) -> None:
        """Do not send what waits of a response's sound: it was cut short."""
        for slot in [one for one in self._waiting if one[0].get("type") == _SOUND]:
            if slot[0]["response_id"] == response_id:
                self._bytes -= _sound_bytes(slot[0])
                self._waiting.remove(slot)

    def close_after_all(self) -> None:
        """End it once everything that waits is sent."""
        self._ending = True
        self._changed.set()

    def close(self) -> None:
        """End it: `next` returns None at once."""
        self._closed = True
        self._changed.set()

    async def next(self) -> ServerEvent | None:
        """Wait for the next message; None when it was closed or the client is too slow."""
        while not self._waiting and not self._closed and not self._ending:
            self._changed.clear()
            await self._changed.wait()
        if self._closed or not self._waiting:
            return None
        slot = self._waiting.popleft()
        message = slot.pop()
        self._bytes -= _sound_bytes(message)
        kind = str(message["type"])
        if self._latest.get(kind) is slot:
            del self._latest[kind]
        return message

    @property
    def _is_full(self) -> bool:
        return len(self._waiting) >= self._limit or self._bytes >= self._limit_bytes


def _sound_bytes(message: ServerEvent) -> int:
    return len(message["delta"]) if message.get("type") == _SOUND else 0
