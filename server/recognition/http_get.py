"""One HTTP GET over a connection to an address that was checked before.

Small on purpose: what a library does by itself (proxies, redirects, cookies, resolving a name once
more, unpacking compressed bodies) is what must not happen here.
"""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import h11

from server.errors import UrlNotFetched
from server.recognition.addresses import Target

_CONNECT_TIMEOUT_S = 5.0
_HEADER_TIMEOUT_S = 10.0
_CHUNK_TIMEOUT_S = 10.0
_READ_BYTES = 65_536
_SHOUTCAST = b"ICY 200"
"""How old radio servers begin an answer; the rest of it is HTTP/1.0."""
_USER_AGENT = b"Refrain"


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer, and its body to be read once."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name; of several with one name the last."""
    body: AsyncIterator[bytes]
    """Raises UrlNotFetched when the connection breaks or stands still."""


@asynccontextmanager
async def get(
    target: Target,
    context: ssl.SSLContext | None = None,
    *,
    further: Mapping[str, str] | None = None,
) -> AsyncIterator[Answer]:
    """Ask for `target`; the connection is closed at the end of the block.

    Args:
        target: what was checked by an AddressGuard.
        context: how to check certificates; by default with those the system trusts.
        further: headers of the request besides the usual ones.

    Raises:
        UrlNotFetched: it does not answer in time, or with something else than HTTP.
    """
    reader, writer = await _connect(target, context)
    try:
        connection = h11.Connection(h11.CLIENT)
        request = h11.Request(
            method="GET",
            target=target.path.encode("ascii"),
            headers=[
                (b"host", target.authority.encode("ascii")),
                (b"user-agent", _USER_AGENT),
                (b"accept", b"audio/*, */*;q=0.5"),
                (b"accept-encoding", b"identity"),
                (b"connection", b"close"),
                *((name.encode(), value.encode()) for name, value in (further or {}).items()),
            ],
        )
        writer.write(
            (connection.send(request) or b"") + (connection.send(h11.EndOfMessage()) or b"")
        )
        try:
            async with asyncio.timeout(_HEADER_TIMEOUT_S):
                await writer.drain()
                head = await _head(connection, reader)
        except (OSError, h11.ProtocolError) as error:
            raise UrlNotFetched("The other side did not answer as a web server does.") from error
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in head.headers}
        yield Answer(head.status_code, headers, _body(connection, reader))
    except h11.LocalProtocolError as error:
        raise UrlNotFetched("That address cannot be asked for.") from error
    finally:
        writer.close()
        with contextlib.suppress(OSError):  # TimeoutError is one
            async with asyncio.timeout(1.0):
                await writer.wait_closed()


async def _connect(
    target: Target, context: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    failure: Exception | None = None
    secure = target.scheme == "https"
    tls = (context or await asyncio.to_thread(ssl.create_default_context)) if secure else None
    for address in target.addresses[:4]:
        try:
            async with asyncio.timeout(_CONNECT_TIMEOUT_S):
                return await asyncio.open_connection(
                    address,
                    target.port,
                    ssl=tls,
                    server_hostname=target.host if secure else None,
                    limit=2 * _READ_BYTES,
                )
        except (OSError, ValueError) as error:  # TimeoutError and SSLError are OSErrors
            failure = error
    if isinstance(failure, ssl.SSLError):
        raise UrlNotFetched("Its certificate cannot be trusted.") from failure
    raise UrlNotFetched("The other side cannot be reached.") from failure


async def _head(connection: h11.Connection, reader: asyncio.StreamReader) -> h11.Response:
    first = True
    while True:
        event = connection.next_event()
        if isinstance(event, h11.Response):
            return event
        if event is h11.NEED_DATA:
            data = await reader.read(_READ_BYTES)
            if first:
                while len(data) < len(_SHOUTCAST) and _SHOUTCAST.startswith(data):
                    more = await reader.read(_READ_BYTES)
                    if not more:
                        break
                    data += more
                if data.startswith(_SHOUTCAST):
                    data = b"HTTP/1.0 200" + data[len(_SHOUTCAST) :]
                first = False
            connection.receive_data(data)
        elif not isinstance(event, h11.InformationalResponse):
            raise h11.RemoteProtocolError("no answer")


async def _body(connection: h11.Connection, reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    try:
        while True:
            event = connection.next_event()
            if isinstance(event, h11.Data):
                yield bytes(event.data)
            elif event is h11.NEED_DATA:
                async with asyncio.timeout(_CHUNK_TIMEOUT_S):
                    data = await reader.read(_READ_BYTES)
                connection.receive_data(data)
            else:
                return
    except (OSError, h11.ProtocolError) as error:
        raise UrlNotFetched("The connection broke off.") from error
