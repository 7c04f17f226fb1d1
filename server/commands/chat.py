"""`refrain chat`: a conversation in the terminal."""

import contextlib
import sys
from concurrent.futures import CancelledError
from typing import Annotated

import typer
from anyio.from_thread import BlockingPortal, start_blocking_portal

from server.commands.options import Data, settings_for
from server.commands.terminal import TERMINAL_SESSION, fresh_session, print_results
from server.conversations import Conversation, open_conversation

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
    """Talk in the terminal, until "quit" or Ctrl-D. Ctrl-C ends an answer."""
    settings = settings_for(context, data)
    session_id = session or (fresh_session() if new else TERMINAL_SESSION)
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):
            # Line editing and history; some Pythons are built without it.
            import readline  # noqa: F401, PLC0415
        print('Ask for music, or for "help". Leave with "quit".')
    # The event loop has a thread of its own: players and the server's pings go on while this
    # one waits for a line.
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(open_conversation(settings, session_id)) as conversation,
    ):
        while (text := _read_line()) is not None and text.lower() not in _GOODBYE:
            if text:
                _turn(portal, conversation, text)


def _turn(portal: BlockingPortal, conversation: Conversation, text: str) -> None:
    def show(piece: str) -> None:
        print(piece, end="", flush=True)

    turn = portal.start_task_soon(conversation.say, text, show)
    try:
        record = turn.result()
    except (KeyboardInterrupt, CancelledError):
        turn.cancel()
        print(" …")
        return
    print()
    if record.error is not None:
        print(record.error)
    print_results(record)


def _read_line() -> str | None:
    """One line; None at the end of the input, and on Ctrl-C."""
    try:
        return input("> " if sys.stdin.isatty() else "").strip()
    except (EOFError, KeyboardInterrupt):
        print()
        return None
