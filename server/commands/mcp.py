"""`refrain mcp`: our tools for another assistant, over standard input and output."""

import asyncio
from typing import Annotated

import typer

from server.commands.options import Data, settings_for
from server.running import find_running
from server.settings import Settings

app = typer.Typer(add_completion=False)


@app.command()
def mcp(
    context: typer.Context,
    *,
    alone: Annotated[
        bool, typer.Option("--alone", help="Do not use the server that runs already.")
    ] = False,
    data: Data = None,
) -> None:
    """Speak MCP on standard input and output, for assistants that start programs themselves.

    Uses the server of this data folder when it runs; else the music comes from this machine.
    """
    settings = settings_for(context, data)
    running = None if alone else find_running(settings)
    if running is not None:
        from server.integrations.mcp.bridge import bridge  # noqa: PLC0415  only then needed

        asyncio.run(bridge(running.url, running.control))
    else:
        asyncio.run(_alone(settings))


async def _alone(settings: Settings) -> None:
    # Both take a second to import, and are not needed beside a running server.
    from server.auth.identity import OWNER  # noqa: PLC0415
    from server.integrations.mcp.building import build_server  # noqa: PLC0415
    from server.opening import open_services  # noqa: PLC0415

    async with open_services(settings, serving=False, outliving=True) as services:
        await build_server(services, without_request=OWNER).run_stdio_async()
