"""`refrain chat`: a conversation in the terminal."""

import asyncio
import contextlib
import sys
from typing import Annotated

import typer

from server.commands.options import Data, settings_for
from server.commands.terminal import TERMINAL_SESSION, fresh_session, print_results
from server.conversations import Conversation, open_conversation
from server.settings import Settings

app = typer.Typer(add_completion=False)
_GOODBYE = frozenset({"exit", "quit", "bye", ":q"})


@app.command()
def chat(
    context: typer.Context,
    *,
    new: Annotated[bool, typer.Option("--new", help="Begin a fresh conversation.")] = False,
    session: Annotated[
        str | None, typer.Option(help="Take up this conversation.", show_default="the last one")
    ] = None,
    data: Data = None,
) -> None:
    """Talk in the terminal, until "quit" or Ctrl-D."""
    settings = settings_for(context, data)
    session_id = session or (fresh_session() if new else TERMINAL_SESSION)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_chat(settings, session_id))


async def _chat(settings: Settings, session_id: str) -> None:
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):
            # Line editing and history; some Pythons are built without it.
            import readline  # noqa: F401, PLC0415
        print('Ask for music, or for "help". Leave with "quit".')
    async with open_conversation(settings, session_id) as conversation:
        while (text := await asyncio.to_thread(_read_line)) is not None:
            if text.lower() in _GOODBYE:
                return
            if text:
                await _turn(conversation, text)


async def _turn(conversation: Conversation, text: str) -> None:
    def show(piece: str) -> None:
        print(piece, end="", flush=True)

    record = await conversation.say(text, show)
    print()
    if record.error is not None:
        print(record.error)
    print_results(record)


def _read_line() -> str | None:
    try:
        return input("> " if sys.stdin.isatty() else "").strip()
    except EOFError:
        return None
