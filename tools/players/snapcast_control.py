"""The control protocol of Snapcast: JSON-RPC 2.0, one message a line, over TCP (port 1705).

Source: doc/json_rpc_api/control.md of Snapcast 0.26.
"""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

from tools.errors import PlayerNotResponding, PlayerRefused

_MAX_LINE = 4_000_000
"""A status of hundreds of clients is smaller; more is no Snapcast server."""
_TIMEOUT_S = 3.0


class SnapcastControl:
    """One connection. Commands wait for their answers; news are told as they come."""

    def __init__(self, name: str, on_news: Callable[[], None]) -> None:
        """Make it unconnected; `on_news` is called whenever something changed at the server."""
        self._name = name
        self._on_news = on_news
        self._writer: asyncio.StreamWriter | None = None
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._number = 0

    @property
    def connected(self) -> bool:
        return self._writer is not None

    async def follow(self, host: str, port: int, connected: Callable[[], None]) -> None:
        """Connect, and read until the server goes away.

        Raises:
            OSError: it cannot be reached.
        """
        async with asyncio.timeout(_TIMEOUT_S):
            reader, writer = await asyncio.open_connection(host, port, limit=_MAX_LINE)
        self._writer = writer
        try:
            connected()
            while line := await reader.readline():
                self._take(line)
        except (ValueError, OSError):
            return  # a line without end, or a broken connection: both end it
        finally:
            self._writer = None
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(PlayerNotResponding(f"{self._name} went away."))
            self._waiting.clear()
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give a command and wait for its answer.

        Raises:
            PlayerRefused: the server says no.
            PlayerNotResponding: it is gone, or does not answer.
        """
        writer = self._writer
        if writer is None:
            raise PlayerNotResponding(f"{self._name} is not connected.")
        self._number += 1
        number = self._number
        future = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        message = {"id": number, "jsonrpc": "2.0", "method": method, "params": parameters}
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                writer.write(f"{json.dumps(message)}\r\n".encode())
                await writer.drain()
                answer = await future
        except (OSError, TimeoutError) as error:
            raise PlayerNotResponding(f"{self._name} does not answer.") from error
        finally:
            self._waiting.pop(number, None)
        if "error" in answer:
            says = str(dict(answer["error"]).get("message", "no"))[:200]
            raise PlayerRefused(f"{self._name} says: {says}.")
        result = answer.get("result")
        return result if isinstance(result, dict) else {}

    def _take(self, line: bytes) -> None:
        try:
            message = json.loads(line)
        except ValueError:
            return
        for one in message if isinstance(message, list) else [message]:
            if not isinstance(one, dict):
                continue
            future = self._waiting.get(one.get("id", -1))
            if future is not None and not future.done():
                future.set_result(one)
            elif "method" in one:
                self._on_news()
