"""Sound for a Snapcast stream: decoded in a worker, at the pace of the clock, without gaps.

The server sounds what it gets a fixed time later (`buffer` in its configuration), so that all
rooms can be in step. What is heard now is therefore what was sent that long ago.
"""

import asyncio
import contextlib
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from knowledge.errors import KnowledgeError
from knowledge.models import QueueItem
from tools.errors import PlayerNotResponding, PlayerRefused
from tools.players.elsewhere import ended
from tools.players.live_pcm import LivePcm, PcmSource
from tools.players.pcm import BYTES_PER_S, PcmReader

_PIECE_S: Final = 0.05
_LEAD_S: Final = 0.15
"""So much is sent ahead of the clock, so that a busy machine leaves no gap."""
_TICK_S: Final = 0.03
_CONNECT_S: Final = 2.0

OpenReader = Callable[[QueueItem, float], Awaitable[PcmSource]]
"""Opens an item at a place in it; raises `PlayerRefused`."""
StreamOf = Callable[[QueueItem], Awaitable[str]]
"""The address of this server under which the station of an item is heard."""


@dataclass(slots=True)
class _Part:
    """One item on the way to the ears."""

    item: QueueItem
    begins_s: float
    """When in the stream it begins."""
    start_s: float
    """Where in the recording it begins."""
    duration_s: float
    ends_s: float | None = None
    failed: str = ""


class SnapcastFeed:
    """The stream of one player. Lives on the event loop."""

    def __init__(
        self,
        source: str,
        *,
        latency_s: float,
        open_reader: OpenReader,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make it silent.

        Args:
            source: "tcp://host:port" of a source in server mode, or "pipe:///path".
            latency_s: how much later the server sounds what it gets.
            open_reader: opens what is played.
            clock: seconds that never go backwards.
        """
        self._source = urlsplit(source)
        self._latency_s = latency_s
        self._open_reader = open_reader
        self._clock = clock
        self._writer: asyncio.StreamWriter | None = None
        self._task: asyncio.Task[None] | None = None
        self._parts: list[_Part] = []
        self._reader: PcmSource | None = None
        self._next: QueueItem | None = None
        self._began = 0.0
        self._sent_s = 0.0
        self._heard: _Part | None = None
        self.advanced: Callable[[QueueItem], None] = lambda _item: None
        """Told when the next item begins to be heard."""
        self.ended: Callable[[QueueItem, str], None] = lambda _item, _why: None
        """Told when the last item was heard to its end, or why one cannot be played."""

    @property
    def running(self) -> bool:
        return self._task is not None and not self._task.done()

    @property
    def heard_s(self) -> float:
        """How much of the stream was heard since it began."""
        return min(self._clock() - self._began - self._latency_s, self._sent_s)

    @property
    def place(self) -> tuple[QueueItem, float, float] | None:
        """The item that is heard now, the place in it and its length; None when nothing is."""
        part = self._part_at(self.heard_s)
        if part is None or not self.running:
            return None
        into_s = max(0.0, self.heard_s - part.begins_s)
        return part.item, part.start_s + into_s, part.duration_s

    @property
    def following(self) -> QueueItem | None:
        """What was said to come next, unless it is on its way already."""
        return self._next

    async def begin(self, item: QueueItem, start_s: float) -> None:
        """Send `item` from `start_s`, instead of everything before.

        Raises:
            PlayerRefused: it cannot be decoded.
            PlayerNotResponding: the source does not take sound.
        """
        await self.end()
        reader = await self._open_reader(item, start_s)
        try:
            self._writer = await self._connect()
        except BaseException:
            await asyncio.to_thread(reader.close)
            raise
        self._reader = reader
        self._began, self._sent_s = self._clock(), 0.0
        part = _Part(item, 0.0, start_s, reader.duration_s or item.track.duration_s)
        self._parts, self._heard = [part], part
        self._task = asyncio.get_running_loop().create_task(self._run())

    def follow_with(self, item: QueueItem | None) -> None:
        """Say what comes after the item that is heard."""
        self._next = item
        while len(self._parts) > 1 and self._parts[-1] is not self._heard:
            # It was sent already, though nobody heard it: it is cut off, and another may follow.
            self._parts.pop()
            self._drop_reader()

    async def end(self) -> None:
        """Send nothing more."""
        task, self._task = self._task, None
        if task is not None:
            await ended(task)
        self._drop_reader()
        self._parts, self._heard, self._next = [], None, None
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _run(self) -> None:
        try:
            while True:
                await self._send_piece()
                self._tell()
                if self._over():
                    return
        except OSError as error:
            self._finish(self._parts[-1].item, f"The stream broke: {error.strerror or 'closed'}.")

    async def _send_piece(self) -> None:
        ahead_s = self._sent_s - (self._clock() - self._began)
        if ahead_s > _LEAD_S or self._reader is None:
            await asyncio.sleep(min(max(ahead_s - _LEAD_S, _TICK_S), _TICK_S * 2))
        reader, writer = self._reader, self._writer
        if reader is None:
            await self._open_next()
            return
        if self._sent_s - (self._clock() - self._began) > _LEAD_S:
            return
        piece = await asyncio.to_thread(reader.read, _PIECE_S)
        if reader is not self._reader:
            return  # it was replaced meanwhile
        if not piece:
            self._parts[-1].ends_s = self._sent_s
            self._drop_reader()
            return
        if writer is not None:
            late_s = self._clock() - self._began - self._sent_s
            if late_s > 2 * _LEAD_S:
                self._began += late_s  # the machine slept: what was not sent is not heard either
            writer.write(piece)
            await writer.drain()
        self._sent_s += len(piece) / BYTES_PER_S

    async def _open_next(self) -> None:
        item = self._next
        if item is None or self._parts[-1].failed:
            return
        self._next = None
        begins_s = self._parts[-1].ends_s
        part = _Part(item, self._sent_s if begins_s is None else begins_s, 0.0, 0.0)
        try:
            reader = await self._open_reader(item, 0.0)
        except PlayerRefused as error:
            part.failed, part.ends_s = str(error), part.begins_s
        else:
            part.duration_s = reader.duration_s or item.track.duration_s
            self._reader = reader
        self._parts.append(part)

    def _tell(self) -> None:
        """Tell when another item begins to be heard."""
        part = self._part_at(self.heard_s)
        if part is None or part is self._heard or part.failed:
            return
        self._heard = part
        del self._parts[: self._parts.index(part)]
        self.advanced(part.item)

    def _over(self) -> bool:
        """Whether everything was heard."""
        last = self._parts[-1]
        if last.ends_s is None or (self._next is not None and not last.failed):
            return False
        if self.heard_s < last.ends_s - 0.001:
            return False
        self._finish(last.item, last.failed)
        return True

    def _finish(self, item: QueueItem, why: str) -> None:
        self._task = None
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
        self._drop_reader()
        self._parts, self._heard = [], None
        self.ended(item, why)

    def _part_at(self, heard_s: float) -> _Part | None:
        found = None
        for part in self._parts:
            if found is None or part.begins_s <= heard_s:
                found = part
        return found

    def _drop_reader(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    async def _connect(self) -> asyncio.StreamWriter:
        try:
            async with asyncio.timeout(_CONNECT_S):
                if self._source.scheme == "tcp":
                    _, writer = await asyncio.open_connection(
                        self._source.hostname, self._source.port
                    )
                    return writer
                return await _open_pipe(Path(self._source.path))
        except (OSError, TimeoutError) as error:
            raise PlayerNotResponding(
                "The Snapcast server takes no sound at its source. Compare `source` in "
                "config.toml with the one in snapserver.conf."
            ) from error


async def _open_pipe(path: Path) -> asyncio.StreamWriter:
    """Write to a named pipe that the server reads; fails at once when nobody does."""
    number = await asyncio.to_thread(os.open, path, os.O_WRONLY | os.O_NONBLOCK)
    loop = asyncio.get_running_loop()
    file = os.fdopen(number, "wb", 0)
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, file)
    return asyncio.StreamWriter(transport, protocol, None, loop)


def reader_of(
    path_of: Callable[[int], Path],
    gain_of: Callable[[QueueItem], float],
    stream_of: StreamOf | None = None,
) -> OpenReader:
    """Opens files of the library, and stations where `stream_of` tells where they are heard."""

    def open_file(item: QueueItem, start_s: float) -> PcmReader:
        try:
            path = path_of(item.track.id)
        except KnowledgeError as error:
            raise PlayerRefused(str(error)) from error
        return PcmReader(path, start_s=start_s, gain_db=gain_of(item))

    async def open_reader(item: QueueItem, start_s: float) -> PcmSource:
        if not item.track.is_live:
            return await asyncio.to_thread(open_file, item, start_s)
        if stream_of is None:
            raise PlayerRefused("Radio plays only while refrain serve runs.")
        reader = await asyncio.to_thread(LivePcm, await stream_of(item))
        try:
            await asyncio.to_thread(reader.prove)
        except BaseException:
            reader.close()
            raise
        return reader

    return open_reader
