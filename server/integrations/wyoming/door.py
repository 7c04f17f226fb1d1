"""The port: who may come in, how many at once, and for how long they may say nothing."""

import asyncio
import itertools
import logging
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from wyoming.error import Error

from knowledge.people.current import HOUSEHOLD, acting_as
from server.integrations.wyoming.connection import Connection, WyomingParts
from server.integrations.wyoming.wire import (
    HEADER_BYTES,
    WireBroken,
    WireLimits,
    hang_up,
    read_event,
    write_event,
)
from server.listening import listen_on

_LOG = logging.getLogger(__name__)
_LIMITS: Final = WireLimits()
_UNSENT: Final = 256 * 1024
"""Bytes that may wait for a client to read them."""
_STRANGERS: Final = 100
"""Addresses that were turned away are named once each in the log, and so many at most."""


class Sources:
    """Which addresses may connect."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self._networks = [ip_network(one, strict=False) for one in allowed]

    def allow(self, host: str) -> bool:
        """Whether this address may; a name is none."""
        try:
            address: IPv4Address | IPv6Address = ip_address(host.partition("%")[0])
        except ValueError:
            return False
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        return any(address in network for network in self._networks)


class WyomingDoor:
    """Listens, and answers whoever may ask. For one event loop."""

    def __init__(self, parts: WyomingParts) -> None:
        self._parts = parts
        self._settings = parts.settings.wyoming
        self._sources = Sources(self._settings.allowed)
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._strangers: set[str] = set()
        self._server: asyncio.Server | None = None

    @property
    def open_connections(self) -> int:
        """How many are connected."""
        return len(self._tasks)

    async def open(self) -> None:
        """Listen.

        Raises:
            PortTaken: the port could not be had.
        """
        listener = listen_on(self._settings.host, self._settings.port, exactly=True)
        listener.setblocking(False)
        self._server = await asyncio.start_server(self._come, sock=listener, limit=HEADER_BYTES)
        _LOG.info("Wyoming clients are answered on %s port %d.", *listener.getsockname()[:2])

    async def close(self) -> None:
        """Listen no more, and hang up."""
        if self._server is not None:
            self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _come(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        name = writer.get_extra_info("peername")
        host = str(name[0]) if isinstance(name, tuple) else ""
        if not self._sources.allow(host):
            self._turn_away(host)
            writer.transport.abort()
            return
        task = asyncio.get_running_loop().create_task(self._attend(reader, writer, host))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _attend(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str
    ) -> None:
        writer.transport.set_write_buffer_limits(high=_UNSENT)
        try:
            if len(self._tasks) > self._settings.max_connections:
                busy = Error("As many clients are connected as may; try again later.", "busy")
                await write_event(busy.event(), writer)
                return
            with acting_as(HOUSEHOLD):
                await self._converse(reader, writer, host)
        except (OSError, TimeoutError) as error:
            _LOG.debug("a Wyoming client is gone: %r", error)
        except Exception:  # noqa: BLE001  nobody else would hear of it
            _LOG.exception("a Wyoming client could not be answered")
        finally:
            await hang_up(writer)

    async def _converse(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str
    ) -> None:
        connection = Connection(
            self._parts,
            lambda event: write_event(event, writer),
            peer=host,
            name=f"wyoming-{next(self._numbers)}",
        )
        try:
            while True:
                event = await read_event(reader, _LIMITS, idle_s=self._settings.idle_timeout_s)
                if event is None or not await connection.handle(event):
                    return
        except WireBroken as error:
            _LOG.info("a Wyoming client at %s was hung up on: %s", host, error)
            await write_event(Error(str(error), "bad_request").event(), writer)
        finally:
            await connection.close()

    def _turn_away(self, host: str) -> None:
        if host not in self._strangers and len(self._strangers) < _STRANGERS:
            self._strangers.add(host)
            _LOG.warning(
                "%s may not use the Wyoming port. If it should, name it in wyoming.allowed.", host
            )
