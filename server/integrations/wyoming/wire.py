"""Events on the wire, read with limits: the peer may be anybody who reaches the port.

The reader of the package `wyoming` believes every length that it is told; this one does not. The
format is that of its README: a line with `type`, `data`, `data_length` and `payload_length`, then
so many bytes of further data as JSON, then so many bytes of payload.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Final

from wyoming.event import Event, async_write_event

HEADER_BYTES: Final = 64 * 1024
_MOST_TYPE: Final = 64
_ARRIVES_S: Final = 20.0
"""What follows a header is there by then."""
_TAKEN_S: Final = 20.0
"""A peer that does not read for so long is gone."""


@dataclass(frozen=True, slots=True)
class WireLimits:
    """How much of one event is taken, bytes."""

    data: int = 256 * 1024
    payload: int = 1024 * 1024
    """A second of sound is 32 kB; the bridges send 2 kB at a time."""


class WireBroken(Exception):
    """The peer does not speak the protocol, or too much of it at once."""


async def read_event(
    reader: asyncio.StreamReader, limits: WireLimits, *, idle_s: float | None
) -> Event | None:
    """The next event, or None when the peer has hung up between two.

    Args:
        reader: made with `limit=HEADER_BYTES`.
        limits: of the parts behind the header.
        idle_s: how long to wait for the whole header; None: for ever.

    Raises:
        WireBroken: it is no event, or one that is too large.
        TimeoutError: nothing came, or not all of it.
    """
    try:
        async with asyncio.timeout(idle_s):
            line = await reader.readline()
    except ValueError as error:  # longer than the reader's limit
        raise WireBroken("The header is too long.") from error
    if not line:
        return None
    header = _object(line, "header")
    kind = header.get("type")
    if not isinstance(kind, str) or not 0 < len(kind) <= _MOST_TYPE:
        raise WireBroken("The header names no type.")
    data = header.get("data") or {}
    if not isinstance(data, dict):
        raise WireBroken("The data is no object.")
    more = _length(header, "data_length", limits.data)
    size = _length(header, "payload_length", limits.payload)
    try:
        async with asyncio.timeout(_ARRIVES_S):
            if more:
                data = data | _object(await reader.readexactly(more), "data")
            payload = await reader.readexactly(size) if size else None
    except asyncio.IncompleteReadError as error:
        raise WireBroken("The event ends too early.") from error
    return Event(kind, data, payload)


async def write_event(event: Event, writer: asyncio.StreamWriter) -> None:
    """Send an event.

    Raises:
        OSError: the peer is gone.
        TimeoutError: it does not read.
    """
    async with asyncio.timeout(_TAKEN_S):
        await async_write_event(event, writer)


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """Close; a peer that does not follow is dropped."""
    writer.close()
    try:
        async with asyncio.timeout(1.0):
            await writer.wait_closed()
    except (OSError, TimeoutError):
        writer.transport.abort()


def text_of(data: dict[str, Any], key: str, most: int) -> str:
    """A text in an event's data; "" when there is none.

    Raises:
        WireBroken: it is something else, or longer than `most` characters.
    """
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise WireBroken(f"{key} is no text.")
    if len(value) > most:
        raise WireBroken(f"{key} has more than {most} characters.")
    return value


def _length(header: dict[str, Any], key: str, most: int) -> int:
    value = header.get(key)
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise WireBroken(f"{key} is no length.")
    if value > most:
        raise WireBroken(f"{key} is {value}; at most {most} bytes are taken.")
    return value


def _object(raw: bytes, what: str) -> dict[str, Any]:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise WireBroken(f"The {what} is not JSON.") from error
    if not isinstance(value, dict):
        raise WireBroken(f"The {what} is no object.")
    return value
