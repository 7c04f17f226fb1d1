"""Speak mpv's JSON protocol over its socket, without ever blocking.

The library python-mpv-jsonipc was tried and left: it starts mpv and waits for it with sleeps,
waits up to two minutes for an answer in the calling thread, runs two threads for each player,
and calls back on one of them; and it wants to own the process, while ours may outlive us. What
is needed of the protocol fits here: https://mpv.io/manual/stable/#json-ipc
"""

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

_MAX_LINE = 4 * 1024 * 1024
"""A playlist of many long names is one line."""


class MpvCommandFailed(Exception):
    """mpv understood the connection, but not or not now the command."""


class MpvGone(Exception):
    """The connection ended, or there never was one."""


class MpvConnection:
    """One connection to one mpv. Made by `connect`."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        on_event: Callable[[Mapping[str, Any]], None],
        on_gone: Callable[[], None],
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._on_event = on_event
        self._on_gone = on_gone
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._last_id = 0
        self._alive = True
        self._task = asyncio.get_running_loop().create_task(self._listen())

    @classmethod
    async def connect(
        cls,
        address: Path | socket.socket,
        *,
        on_event: Callable[[Mapping[str, Any]], None],
        on_gone: Callable[[], None],
        timeout_s: float = 1.0,
    ) -> "MpvConnection":
        """Connect to an mpv.

        Args:
            address: the path given to mpv's --input-ipc-server, or our end of a socket pair.
            on_event: called with each event, on the event loop.
            on_gone: called once when mpv ends the connection; not by `close`.
            timeout_s: how long to wait.

        Raises:
            MpvGone: nobody listens there.
        """
        target: dict[str, Any] = (
            {"path": str(address)} if isinstance(address, Path) else {"sock": address}
        )
        try:
            async with asyncio.timeout(timeout_s):
                reader, writer = await asyncio.open_unix_connection(limit=_MAX_LINE, **target)
        except (OSError, TimeoutError) as error:
            raise MpvGone(f"Nobody listens on {address}.") from error
        return cls(reader, writer, on_event, on_gone)

    @property
    def alive(self) -> bool:
        return self._alive

    async def command(self, *words: Any, timeout_s: float = 2.0) -> Any:
        """Do something and return mpv's answer.

        Raises:
            MpvCommandFailed: mpv says no.
            MpvGone: mpv is not there any more, or does not answer.
        """
        return await self._request(list(words), timeout_s)

    async def named_command(self, name: str, *, timeout_s: float = 2.0, **fields: Any) -> Any:
        """The same with named arguments, for commands whose order changed between versions."""
        return await self._request({"name": name, **fields}, timeout_s)

    async def get(self, name: str, default: Any = None) -> Any:
        """The value of a property; `default` when it has none at the moment."""
        try:
            return await self.command("get_property", name)
        except MpvCommandFailed:
            return default

    async def set(self, name: str, value: Any) -> None:
        await self.command("set_property", name, value)

    async def close(self) -> None:
        """Leave mpv alone."""
        self._on_gone = _nothing
        self._task.cancel()
        await asyncio.wait([self._task])  # unlike awaiting it, this hides no cancelling of our own
        self._end()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    async def _request(self, words: Any, timeout_s: float) -> Any:
        if not self._alive:
            raise MpvGone("mpv has ended.")
        self._last_id += 1
        request_id = self._last_id
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[request_id] = answer
        line = json.dumps({"command": words, "request_id": request_id}) + "\n"
        try:
            async with asyncio.timeout(timeout_s):
                self._writer.write(line.encode())
                await self._writer.drain()
                return await answer
        except (OSError, TimeoutError) as error:
            raise MpvGone("mpv does not answer.") from error
        finally:
            del self._answers[request_id]

    async def _listen(self) -> None:
        try:
            while line := await self._reader.readline():
                self._take(line)
        except (OSError, ValueError) as error:
            _log.warning("The connection to mpv broke: %s", error)
        self._end()
        self._on_gone()

    def _take(self, line: bytes) -> None:
        try:
            message = json.loads(line)
        except ValueError:
            _log.warning("mpv said something that is not JSON: %.100r", line)
            return
        if not isinstance(message, dict):
            return
        if "event" in message:
            self._on_event(message)
            return
        answer = self._answers.get(message.get("request_id", 0))
        if answer is None or answer.done():
            return
        if message.get("error") == "success":
            answer.set_result(message.get("data"))
        else:
            answer.set_exception(MpvCommandFailed(str(message.get("error"))))

    def _end(self) -> None:
        self._alive = False
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(MpvGone("mpv has ended."))
        self._writer.close()


def _nothing() -> None:
    """Nobody needs to know: we left on purpose."""
