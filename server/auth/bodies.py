"""Bodies of requests: bounded in size and in the time they may take."""

import asyncio
import contextlib

from starlette.datastructures import Headers
from starlette.types import Message, Receive

from server.errors import TooLarge

MAX_BODY_BYTES = 1_000_000
_BODY_TIMEOUT_S = 20.0
_SLOWEST_UPLOAD = 50_000.0
"""Bytes a second that an upload must reach on the whole, after its first `_BODY_TIMEOUT_S`."""
_DRAINED_BYTES = 16_000_000
_DRAIN_TIMEOUT_S = 2.0


class Replayed:
    """Hands on a body that was already read, and afterwards what the connection says."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._message: Message | None = {"type": "http.request", "body": body}
        self._receive = receive

    async def __call__(self) -> Message:
        message, self._message = self._message, None
        return message or await self._receive()


class Upload:
    """A large body on its way to a route: bounded in size and time, never held as a whole."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._got = 0
        self._ends_at = asyncio.get_running_loop().time() + _BODY_TIMEOUT_S
        self.is_complete = False

    async def __call__(self) -> Message:
        """Give the next piece.

        Raises:
            TooLarge: more bytes than allowed, or too few of them in the time there was.
        """
        if self.is_complete:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._ends_at + self._got / _SLOWEST_UPLOAD):
                message = await self._receive()
        except TimeoutError as error:
            raise TooLarge("The request took too long to arrive.") from error
        self.is_complete = not message.get("more_body", False)
        self._got += len(message.get("body", b""))
        if self._got > self._limit:
            raise _body_too_large(self._limit)
        return message

    async def drain(self) -> None:
        """Read what nobody wanted, for a moment: who still sends seldom sees the answer."""
        left = _DRAINED_BYTES
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_TIMEOUT_S):
                while not self.is_complete and left > 0:
                    message = await self._receive()
                    left -= len(message.get("body", b""))
                    self.is_complete = not message.get("more_body", False)


async def read_body(headers: Headers, receive: Receive) -> bytes:
    """The whole body, read before anything else runs, so that its size and time are bounded."""
    check_length(headers, MAX_BODY_BYTES)
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_TIMEOUT_S):
            more = True
            while more:
                message = await receive()
                body += message.get("body", b"")
                if len(body) > MAX_BODY_BYTES:
                    raise _body_too_large(MAX_BODY_BYTES)
                more = message["type"] == "http.request" and message.get("more_body", False)
    except TimeoutError as error:
        raise TooLarge("The request took too long to arrive.") from error
    return bytes(body)


def check_length(headers: Headers, limit: int) -> None:
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or len(declared) > 18 or int(declared) > limit:
        raise _body_too_large(limit)


def _body_too_large(limit: int) -> TooLarge:
    return TooLarge(f"The request is larger than {limit} bytes.")
