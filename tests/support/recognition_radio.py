"""A web server that answers byte for byte what a test wrote, and remembers what it was asked."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Pieces = Sequence[bytes | float]
"""What is sent, and for how many seconds nothing is."""


@dataclass(slots=True)
class StubSite:
    """What a test needs of the server."""

    port: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Host header and path of every request."""

    def url(self, path: str, host: str = "site.test") -> str:
        return f"http://{host}:{self.port}{path}"


def answer(body: bytes, *headers: str, status: str = "200 OK", length: bool = True) -> bytes:
    """One HTTP answer."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


@asynccontextmanager
async def stub_site(pages: Mapping[str, Pieces]) -> AsyncIterator[StubSite]:
    """Serve `pages` by path on a free port; anything else is 404."""
    site = StubSite()
    tasks: set[asyncio.Task[None]] = set()

    def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A task of our own: asyncio complains about those it made when they are cancelled.
        task = asyncio.create_task(talk(reader, writer))
        tasks.add(task)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                path = head[0].split(" ")[1]
                host = next(line[6:] for line in head if line.lower().startswith("host: "))
                site.asked.append((host, path))
                for piece in pages.get(path, (answer(b"", status="404 Not Found"),)):
                    if isinstance(piece, bytes):
                        writer.write(piece)
                        await writer.drain()
                    else:
                        await asyncio.sleep(piece)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
