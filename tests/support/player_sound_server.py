"""Recordings over HTTP with Range, for players that fetch what they play."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from knowledge.models import QueueItem
from tools.errors import PlayerRefused
from tools.players.elsewhere import Served, ServedTo


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def sound_server(
    path_of: Callable[[int], Path], host: str = "127.0.0.1"
) -> AsyncIterator[ServedTo]:
    """Serve the files of tracks; gives what a player needs to address them."""

    async def audio(request: Request) -> Response:
        path = path_of(int(request.path_params["track"]))
        return FileResponse(path, media_type="audio/wav") if path.is_file() else Response("", 404)

    routes = [Route("/{track:int}.wav", audio, methods=["GET", "HEAD"])]
    port = free_port(host)
    config = uvicorn.Config(
        Starlette(routes=routes), host=host, port=port, log_level="error", lifespan="off"
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  uvicorn tells it in no other way
        await asyncio.sleep(0.01)

    async def served(item: QueueItem, _host: str) -> Served:
        if not path_of(item.track.id).is_file():
            raise PlayerRefused("The file is gone.")
        return Served(f"http://{host}:{port}/{item.track.id}.wav", "audio/wav")

    try:
        yield served
    finally:
        server.should_exit = True
        server.force_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await running
