"""`refrain ask TEXT`: one turn."""

import asyncio
import json
import sys
from typing import Annotated

import typer

from server.commands.options import Data, settings_for
from server.commands.terminal import TERMINAL_SESSION, print_results
from server.conversations import TurnRecord, open_conversation
from server.settings import Settings

app = typer.Typer(add_completion=False)


@app.command()
def ask(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="What you want.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one object: tool calls, results and reply.")
    ] = False,
    session: Annotated[
        str, typer.Option(help="Which conversation this belongs to.")
    ] = TERMINAL_SESSION,
    data: Data = None,
) -> None:
    """Ask one thing, and print the answer.

    Talks to the server of this data folder when it runs; else the music comes from this machine.
    """
    settings = settings_for(context, data)
    record = asyncio.run(_ask(settings, " ".join(text), session))
    if as_json:
        print(json.dumps(record.as_json(), ensure_ascii=False, default=str))
    elif record.error is None:
        print(record.reply)
        print_results(record)
    else:
        print(record.error, file=sys.stderr)
    if record.error is not None:
        raise typer.Exit(1)


async def _ask(settings: Settings, text: str, session: str) -> TurnRecord:
    async with open_conversation(settings, session) as conversation:
        return await conversation.say(text)
