"""The console script `refrain`. Each command is imported only when it runs."""

import gc
import logging
import os
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from server.commands.failures import explain

PLUGINS = "refrain.commands"
"""Entry point group: a name and a typer app, such as `eval = "evals.cli:app"`."""

_COMMANDS = {
    "serve": "Start the server and the page.",
    "chat": "Talk in the terminal.",
    "ask": "Ask one thing, and print the answer.",
    "talk": "Talk with your voice, or with sound files.",
    "understand": "Read requests from standard input and print what each one means.",
    "index": "Scan music folders and analyse what is new.",
    "import": "Take in your listening history from Spotify, ListenBrainz or Last.fm.",
    "identify": "Say which recording a sound file, or what the microphone hears, is from.",
    "hum": "Say which tune somebody hums, whistles or sings.",
    "timeline": "Say what plays in a long recording, from when to when.",
    "sound": "Tell what a recording sounds like.",
    "heard": "List what was recognised, when and where.",
    "export": "Write everything that is kept of a person into a ZIP file.",
    "erase": "Erase everything that is kept of a person, for good.",
    "mcp": "Offer Refrain's tools to another assistant on standard input and output.",
    "alexa": "Print what a custom Alexa skill is set up with.",
    "people": "List, add and remove the people who use Refrain.",
    "devices": "List and end what comes in: browsers, programs, apps.",
    "audit": "Show who logged in, and what was changed.",
    "timers": "List and cancel sleep timers and alarms.",
    "services": "Show services such as MusicBrainz and Last.fm, and connect accounts.",
    "duplicates": "Find recordings that the library holds several times.",
    "packs": "Share fingerprints and names between installations.",
    "demo": "Run a scripted conversation with a small library made for it.",
    "models": "List, fetch and verify model files.",
    "doctor": "Check what is there, what is missing, and how to get it.",
    "version": "Print the version.",
}


class LazyGroup(TyperGroup):
    """Knows its commands by name, and imports a module when its command is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        del ctx
        return [*_COMMANDS, *sorted(_plugins())]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A stand-in with the name and one line of help; see `resolve_command`."""
        del ctx
        if cmd_name in _COMMANDS:
            return TyperCommand(cmd_name, help=_COMMANDS[cmd_name])
        if cmd_name in _plugins():
            return TyperCommand(cmd_name, help=f"Run {cmd_name}; see refrain {cmd_name} --help.")
        return None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Import the command that is called."""
        self.commands = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        name, stand_in, rest = super().resolve_command(ctx, args)
        return name, None if stand_in is None else _load(str(name)), rest


app = typer.Typer(
    cls=LazyGroup,
    name="refrain",
    help="Refrain: a self-hosted music assistant that you talk to.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def refrain(
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="Keep everything of this installation here."),
    ] = None,
) -> None:
    """Refrain: a self-hosted music assistant that you talk to."""
    del data  # the commands read it from the context


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line; every failure becomes a sentence and an exit code."""
    debugging = os.environ.get("REFRAIN_DEBUG", "") not in {"", "0"}
    logging.basicConfig(level=logging.DEBUG if debugging else logging.CRITICAL)
    if not debugging:
        # What libraries say to programmers, such as which optional part they miss.
        warnings.simplefilter("ignore")
    try:
        typer.main.get_command(app).main(arguments, prog_name="refrain")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  the last place before the user
        if debugging:
            traceback.print_exc()
        explain(error)
        return 1
    return 0


def _load(name: str) -> Any:
    with _without_collecting():
        if name in _COMMANDS:
            # "import" is no name that a module may have.
            module = import_module(f"server.commands.{'importing' if name == 'import' else name}")
            return typer.main.get_command(module.app)
        return typer.main.get_command(_plugins()[name].load())


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Import without looking for garbage, which modules do not make.

    Looking through all of them again and again takes a sixth of the time to start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # what is there stays, and need not be looked through later either
        gc.enable()


def _plugins() -> dict[str, Any]:
    return {one.name: one for one in entry_points(group=PLUGINS) if one.name not in _COMMANDS}
