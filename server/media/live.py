"""Converts a recording while it is being sent: the first bytes leave at once.

A worker thread converts no further ahead of the client than a few pieces, and stops when the
client leaves. What is sent cannot be sought in, so nothing of it is kept.
"""

import asyncio
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from server.errors import ServerBusy
from server.media.conversion import MEDIA_TYPES, Stopped, TargetFormat, convert

_PIECE_BYTES: Final = 32_768
_PIECES: Final = 16
"""How many pieces may wait for one client."""
_MOST: Final = 8
_STALLED_S: Final = 600.0
"""A client that takes nothing for so long is given up; one that is paused may be slow."""
_SPARE_S: Final = 0.5
_HEADERS_BYTES: Final = 4_096


class LiveConversion:
    """One recording on its way to one client."""

    def __init__(self) -> None:
        """Make one on the event loop of the client."""
        self._loop = asyncio.get_running_loop()
        self._pieces: asyncio.Queue[bytes | Exception | None] = asyncio.Queue()
        self._room = threading.Semaphore(_PIECES)
        self._gathered = bytearray()
        self.stop = threading.Event()

    def write(self, data: bytes) -> int:
        """Take what was converted; waits while the client is behind. For the worker."""
        if not self.stop.is_set():
            self._gathered += data
            if len(self._gathered) >= _PIECE_BYTES:
                self._hand_over()
        return len(data)

    def finish(self, error: Exception | None = None) -> None:
        """Nothing follows. For the worker."""
        if self._gathered and not self.stop.is_set():
            self._hand_over()
        if self.stop.is_set() and error is None:
            error = Stopped()  # in its last frame, whose bytes went nowhere
        self._tell(error)

    async def piece(self) -> bytes:
        """The next bytes; b"" at the end.

        Raises:
            NotPlayable: it cannot be converted, or not to its end.
        """
        found = await self._pieces.get()
        self._room.release()
        if isinstance(found, Exception):
            raise found
        return found or b""

    def close(self) -> None:
        """The client is gone: convert no further."""
        self.stop.set()
        self._room.release()

    def _hand_over(self) -> None:
        if not self._room.acquire(timeout=_STALLED_S):
            self.stop.set()
        if not self.stop.is_set():
            self._tell(bytes(self._gathered))
        self._gathered.clear()

    def _tell(self, what: bytes | Exception | None) -> None:
        try:
            self._loop.call_soon_threadsafe(self._pieces.put_nowait, what)
        except RuntimeError:  # the server is gone
            self.stop.set()


class LiveConversions:
    """Those that are under way, a bounded number of them."""

    def __init__(self, *, most: int = _MOST) -> None:
        self._most = most
        self._workers = ThreadPoolExecutor(most, thread_name_prefix="convert-live")
        self._running: dict[Future[None], LiveConversion] = {}

    @property
    def running(self) -> int:
        """How many convert now."""
        return len(self._running)

    async def answer(
        self,
        source: Path,
        wanted: TargetFormat,
        *,
        kbps: int | None,
        start_s: float = 0.0,
        length: int | None = None,
        headers: dict[str, str],
    ) -> "LiveAnswer":
        """The answer that sends it, once its first bytes are there.

        Args:
            source: the recording.
            wanted: in which format.
            kbps: kilobits a second of lossy formats.
            start_s: where to begin.
            length: promise so many bytes; zeros follow a shorter recording.
            headers: further ones.

        Raises:
            NotPlayable: it cannot be converted.
            ServerBusy: too many are under way.
        """
        if len(self._running) >= self._most:
            raise ServerBusy("Too many recordings are being converted.")
        conversion = LiveConversion()
        work = self._workers.submit(_convert, conversion, source, wanted, kbps, start_s)
        self._running[work] = conversion
        work.add_done_callback(lambda done: self._running.pop(done, None))
        try:
            first = await conversion.piece()
        except BaseException:
            conversion.close()
            raise
        return LiveAnswer(conversion, first, MEDIA_TYPES[wanted], length, headers)

    def close(self) -> None:
        """Stop all of them."""
        for conversion in tuple(self._running.values()):
            conversion.close()
        self._workers.shutdown(wait=True, cancel_futures=True)


class LiveAnswer(StreamingResponse):
    """Sends a conversion, and ends it with the connection."""

    def __init__(
        self,
        conversion: LiveConversion,
        first: bytes,
        media_type: str,
        length: int | None,
        headers: dict[str, str],
    ) -> None:
        known = {"accept-ranges": "none", **headers}
        if length is not None:
            known["content-length"] = str(length)
        pieces = _pieces(conversion, first)
        body = pieces if length is None else _exactly(length, pieces)
        super().__init__(body, media_type=media_type, headers=known)
        self._conversion = conversion

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._conversion.close()


def estimated_bytes(wanted: TargetFormat, kbps: int | None, seconds: float) -> int | None:
    """Enough bytes for a recording in this format; None where nobody can tell before."""
    if kbps is None or seconds <= 0.0:
        return None
    varies = 1.1 if wanted is TargetFormat.OPUS else 1.0
    return round((seconds + _SPARE_S) * kbps * 125 * varies) + _HEADERS_BYTES


async def _pieces(conversion: LiveConversion, first: bytes) -> AsyncIterator[bytes]:
    piece = first
    while piece:
        yield piece
        piece = await conversion.piece()


async def _exactly(length: int, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """So many bytes: what is too long is cut off, what is too short followed by zeros."""
    async for piece in pieces:
        yield piece[:length]
        length -= len(piece[:length])
        if length <= 0:
            return
    while length > 0:
        zeros = bytes(min(length, _PIECE_BYTES))
        yield zeros
        length -= len(zeros)


def _convert(
    conversion: LiveConversion,
    source: Path,
    wanted: TargetFormat,
    kbps: int | None,
    start_s: float,
) -> None:
    sink: Any = conversion
    try:
        convert(source, sink, wanted, conversion.stop, kbps=kbps, start_s=start_s)
    except Exception as error:  # noqa: BLE001  who waits for the next piece gets it
        conversion.finish(error)
    else:
        conversion.finish()
