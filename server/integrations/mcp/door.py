"""MCP over HTTP, under /mcp/: made when it is asked for first, closed with the application.

Streamable HTTP without sessions. Requests of 2026-07-28 stand for themselves; those of clients
that still begin with `initialize` (2025-11-25 and before) are answered the same way, each by
itself, so that a restart loses no conversation. Host names, origins, tokens, body sizes and rates
are the guard's matter, before anything comes here.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from server.errors import ServerBusy, problem_of
from server.services import Services

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

PATHS = ("/mcp", "/mcp/")
_AT_ONCE = 64


class McpDoor:
    """An ASGI application: the MCP server of the services that are open now."""

    def __init__(self) -> None:
        self._services: Services | None = None
        self._app: asyncio.Future[ASGIApp] | None = None
        self._runner: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()
        self._inside = 0

    @asynccontextmanager
    async def open(self, services: Services) -> AsyncIterator[None]:
        """Answer from these services until the block ends."""
        self._services, self._app, self._closing = services, None, asyncio.Event()
        try:
            yield
        finally:
            self._services = None
            self._closing.set()
            if self._runner is not None:
                await asyncio.wait([self._runner])  # hides no cancelling of our own
                if not self._runner.cancelled():
                    self._runner.result()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":  # there are no sessions to end, and no stream outside them
            await Response(status_code=405, headers={"allow": "POST"})(scope, receive, send)
            return
        if self._services is None or self._inside >= _AT_ONCE:
            problem = problem_of(ServerBusy("Too many requests to /mcp/ at once."))
            await JSONResponse(problem.body(), problem.status)(scope, receive, send)
            return
        self._inside += 1
        try:
            app = await self._opened(self._services)
            await app({**scope, "path": "/", "root_path": "", "raw_path": b"/"}, receive, send)
        finally:
            self._inside -= 1

    async def _opened(self, services: Services) -> ASGIApp:
        if self._app is None:
            self._app = asyncio.get_running_loop().create_future()
            self._runner = asyncio.get_running_loop().create_task(self._run(services, self._app))
        return await asyncio.shield(self._app)

    async def _run(self, services: Services, ready: asyncio.Future[ASGIApp]) -> None:
        """Hold the session manager open: it must be entered and left by the same task."""
        try:
            server, app = await asyncio.to_thread(_make, services)
            async with server.session_manager.run():
                ready.set_result(app)
                await self._closing.wait()
        except Exception as error:
            if not ready.done():
                ready.set_exception(error)
                self._app = None
                return
            raise


def _make(services: Services) -> "tuple[MCPServer, ASGIApp]":
    # The SDK takes most of a second to import: only who uses it waits for that.
    from mcp.server.transport_security import TransportSecuritySettings  # noqa: PLC0415

    from server.integrations.mcp.building import build_server  # noqa: PLC0415

    server = build_server(services)
    app = server.streamable_http_app(
        streamable_http_path="/",
        stateless_http=True,
        json_response=True,
        # The guard knows the names of this machine; the SDK knows only loopback.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    return server, app
