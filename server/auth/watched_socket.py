"""A WebSocket lives as long as what opened it: who is logged out is not listened to for hours."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.types import Message, Receive, Send

LOOK_EVERY_S: Final = 20.0
_POLICY_VIOLATION: Final = 1008


class WatchedSocket:
    """Receives for the application, and now and then looks whether the client still may."""

    def __init__(
        self,
        receive: Receive,
        send: Send,
        *,
        still: Callable[[], Awaitable[bool]],
        every_s: float | None = None,
    ) -> None:
        """Stand between.

        Args:
            receive: of the connection.
            send: of the connection.
            still: whether who opened it may still come in.
            every_s: how often that is looked at; by default every `LOOK_EVERY_S`.
        """
        self._receive = receive
        self._send = send
        self._still = still
        self._every_s = LOOK_EVERY_S if every_s is None else every_s
        self._loop = asyncio.get_running_loop()
        self._next = self._loop.time() + self._every_s
        self._coming: asyncio.Future[Message] | None = None

    async def __call__(self) -> Message:
        """The next message; that the client left, once it may come in no more."""
        while True:
            if self._coming is None:
                self._coming = asyncio.ensure_future(self._receive())
            await asyncio.wait({self._coming}, timeout=max(0.0, self._next - self._loop.time()))
            if self._loop.time() >= self._next:
                self._next = self._loop.time() + self._every_s
                if not await self._still():
                    self.close()
                    closing = {"type": "websocket.close", "code": _POLICY_VIOLATION}
                    await self._send({**closing, "reason": "Log in again."})
                    return {"type": "websocket.disconnect", "code": _POLICY_VIOLATION}
            if self._coming.done():
                coming, self._coming = self._coming, None
                return coming.result()

    def close(self) -> None:
        """Wait for nothing any more."""
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None
