"""`refrain serve`: the server and the page."""

import asyncio
import contextlib
import logging
import os
import shutil
import sys
import webbrowser
from pathlib import Path
from typing import Annotated, Any

import typer

from server.app import create_app
from server.auth.tokens import AccessToken, is_loopback, open_token
from server.commands.options import Data, settings_for
from server.errors import BadSettings
from server.listening import Server, address_of, listen_on
from server.opening import open_services
from server.running import RunningServer, alone_in, noted
from server.settings import Settings

app = typer.Typer(add_completion=False)


@app.command()
def serve(
    context: typer.Context,
    music: Annotated[
        list[Path] | None,
        typer.Option("--music", metavar="DIR", help="A folder with music; may be repeated."),
    ] = None,
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Make the demo library, if it is not there, and use it.")
    ] = False,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; others than 127.0.0.1 need a token.")
    ] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; 0 is any.")] = None,
    watch: Annotated[bool, typer.Option(help="Notice changed files by itself.")] = True,
    player: Annotated[
        str | None, typer.Option(help="auto, browser, mpv or silent: where the sound comes out.")
    ] = None,
    open_page: Annotated[
        bool, typer.Option("--open", help="Open the page in a browser, if there is one.")
    ] = False,
    data: Data = None,
) -> None:
    """Start the server and the page."""
    folders = [_music_folder(folder) for folder in music or ()]
    flags = _flags(host, port, player, watch=watch)
    settings = settings_for(context, data, flags)
    _log_to_terminal()
    with alone_in(settings):
        if demo:
            # Making sounds needs libraries that serving does not.
            from server.commands.demo_library import ensure_demo_library  # noqa: PLC0415

            folders.append(ensure_demo_library(settings.demo_library))
        if folders:
            roots = (*settings.library.roots, *folders)
            library = settings.library.model_copy(update={"roots": roots})
            settings = settings.model_copy(update={"library": library})
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(settings, exactly=port is not None, open_page=open_page))


async def _serve(settings: Settings, *, exactly: bool, open_page: bool) -> None:
    token = open_token(settings)
    host = settings.server.host
    listener = listen_on(host, settings.server.port, exactly=exactly)
    with listener:
        async with open_services(settings) as services:
            address = address_of(host, listener)
            services.addresses.listening_at(address)
            note = RunningServer(os.getpid(), address, token.control, services.instance)
            with contextlib.ExitStack() as stack:

                def listening() -> None:
                    stack.enter_context(noted(settings, note))
                    _announce(settings, address, token, has_music=bool(services.indexing.roots))
                    if open_page:
                        _open_page(address)

                opened = contextlib.nullcontext(services)
                server = Server(
                    create_app(settings, token=token, services=opened), listening=listening
                )
                await server.serve(sockets=[listener])
    print("Stopped.", flush=True)


def _announce(settings: Settings, address: str, token: AccessToken, *, has_music: bool) -> None:
    wanted = settings.server.port
    if wanted not in {0, int(address.rpartition(":")[2])}:
        print(f"Port {wanted} is used by another program; listening on the next free one.")
    page = address
    if token.value is not None and token.is_new:
        page = f"{address}/?token={token.value}"
        print(f"The access token is kept in {settings.token_file} and shown only this once.")
    elif token.value is not None:
        print("Log in with your access token" + _where_token(settings) + ".")
    print(f"Refrain is at {page}", flush=True)
    if not is_loopback(settings.server.host):
        print("Other machines reach it under this machine's name or address, with the token.")
    if not has_music:
        print("Give it music with: refrain serve --music DIR, or try: refrain serve --demo")
    print("Press Ctrl-C to stop.", flush=True)


def _where_token(settings: Settings) -> str:
    return "" if settings.server.token is not None else f" (in {settings.token_file})"


def _log_to_terminal() -> None:
    """Show warnings; with REFRAIN_DEBUG=1 everything is shown already."""
    if logging.getLogger().level > logging.WARNING:
        shown = "%(levelname)s %(name)s: %(message)s"
        logging.basicConfig(level=logging.WARNING, format=shown, force=True)


def _open_page(address: str) -> None:
    """Open a browser only where there is a screen for it."""
    has_screen = sys.platform in {"darwin", "win32"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if not has_screen or (sys.platform == "linux" and shutil.which("xdg-open") is None):
        print("There is no browser to open here.", flush=True)
        return
    with contextlib.suppress(webbrowser.Error):
        webbrowser.open(address)


def _music_folder(folder: Path) -> Path:
    folder = folder.expanduser().absolute()
    if not folder.is_dir():
        raise BadSettings(
            f"{folder} is not a folder.", next_step="Give --music a folder that exists."
        )
    return folder


def _flags(
    host: str | None, port: int | None, player: str | None, *, watch: bool
) -> dict[str, Any]:
    server = {"host": host, "port": port}
    flags: dict[str, Any] = {
        "server": {key: value for key, value in server.items() if value is not None}
    }
    if not watch:
        flags["library"] = {"watch": False}
    if player is not None:
        flags["player"] = {"kind": player}
    return flags
