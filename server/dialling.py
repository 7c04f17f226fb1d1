"""Connects a command of the terminal to the server that runs already on this machine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from server.errors import ServerUnreachable
from server.running import RunningServer

_MAX_MESSAGE: Final = 16_000_000


@asynccontextmanager
async def dial(
    running: RunningServer, session_id: str, *, text_only: bool = False
) -> AsyncIterator[ClientConnection]:
    """A conversation with it until the block ends.

    Raises:
        ServerUnreachable: it does not let us in.
    """
    address = running.url.replace("http", "ws", 1) + f"/v1/realtime?session={session_id}"
    try:
        socket = await connect(
            address + "&modalities=text" * text_only,
            additional_headers={"Authorization": f"Bearer {running.control}"},
            max_size=_MAX_MESSAGE,
            max_queue=None,  # or its farewell waits for unread messages before it, ten seconds long
            proxy=None,
        )
    except (InvalidHandshake, WebSocketException, OSError) as error:
        raise ServerUnreachable(f"The server at {running.url} does not let us in.") from error
    async with socket:
        yield socket
