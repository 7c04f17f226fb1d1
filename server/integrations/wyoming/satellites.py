"""Connects to every satellite of the configuration, and again when it went away."""

import asyncio
import logging
import random
import socket
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from wyoming.event import Event
from wyoming.info import Describe
from wyoming.satellite import RunSatellite

from server.errors import ServerError
from server.integrations.wyoming.satellite import Satellite, SatelliteParts
from server.integrations.wyoming.wire import (
    HEADER_BYTES,
    WireBroken,
    WireLimits,
    hang_up,
    read_event,
    write_event,
)
from server.settings_integrations import WyomingSatelliteSettings
from voice.errors import VoiceError

_LOG = logging.getLogger(__name__)
_LIMITS: Final = WireLimits()
_CONNECT_S: Final = 10.0
_FIRST_S: Final = 1.0
_LONGEST_S: Final = 60.0
_SETTLED_S: Final = 30.0
"""A connection that lasted for so long was a good one: the next try comes soon."""
_GONE_S: Final = 30
"""A satellite that may be silent for hours is asked by TCP itself whether it is still there."""


class Satellites:
    """Keeps the connections. For one event loop."""

    def __init__(
        self,
        settings: tuple[WyomingSatelliteSettings, ...],
        parts: SatelliteParts,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._settings = settings
        self._parts = parts
        self._sleep = sleep
        self._tasks: list[asyncio.Task[None]] = []
        self._connected: set[str] = set()

    @property
    def connected(self) -> frozenset[str]:
        """Names of the satellites that are there now."""
        return frozenset(self._connected)

    def start(self) -> None:
        """Connect, in the background."""
        self._tasks = [asyncio.create_task(self._keep(one)) for one in self._settings]

    async def close(self) -> None:
        """Hang up."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep(self, settings: WyomingSatelliteSettings) -> None:
        wait_s, told = _FIRST_S, ""
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                await self._talk_with(settings)
                problem = "it hung up"
            except (OSError, TimeoutError, WireBroken, ServerError, VoiceError) as error:
                problem = str(error) or "it does not answer"
            except Exception:  # noqa: BLE001  whatever it is, the satellite is tried again
                _LOG.exception("the satellite %s broke", settings.name)
                problem = "something went wrong here"
            if problem != told:
                _LOG.warning("the satellite %s is away: %s", settings.name, problem)
                told = problem
            if loop.time() - began > _SETTLED_S:
                wait_s = _FIRST_S
            await self._sleep(wait_s * random.uniform(0.8, 1.2))
            wait_s = min(wait_s * 2, _LONGEST_S)

    async def _talk_with(self, settings: WyomingSatelliteSettings) -> None:
        """Connect, and follow the satellite until it is gone."""
        address = urlsplit(settings.uri)
        async with asyncio.timeout(_CONNECT_S):
            reader, writer = await asyncio.open_connection(
                address.hostname, address.port, limit=HEADER_BYTES
            )
        _keep_alive(writer)

        async def write(event: Event) -> None:
            await write_event(event, writer)

        satellite = Satellite(settings, self._parts, write)
        try:
            await satellite.open()
            await write(Describe().event())
            await write(RunSatellite().event())
            self._connected.add(settings.name)
            _LOG.info("the satellite %s is there", settings.name)
            while (event := await read_event(reader, _LIMITS, idle_s=None)) is not None:
                await satellite.handle(event)
        finally:
            self._connected.discard(settings.name)
            await satellite.close()
            await hang_up(writer)


def _keep_alive(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    if connection is None:
        return
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", _GONE_S), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)):
        if (option := getattr(socket, name, None)) is not None:
            connection.setsockopt(socket.IPPROTO_TCP, option, value)
