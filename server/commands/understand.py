"""`refrain understand`: what requests mean, for scripts and for "why did it do that?".

Imports no web framework and no language model library: it answers in a fraction of a second.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from agent.understanding import NameSource, Understander, Understanding, as_json
from server.commands.options import Data, settings_for
from server.settings import Settings

app = typer.Typer(add_completion=False)
_MAX_LINE = 10_000


@app.command()
def understand(
    context: typer.Context,
    requests: Annotated[
        list[str] | None, typer.Argument(help="Requests; without any they are read from stdin.")
    ] = None,
    *,
    json_lines: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, as scripts want it.")
    ] = False,
    data: Data = None,
) -> None:
    """Print what each request means; they come as arguments or, one a line, from stdin."""
    settings = settings_for(context, data)
    understander = Understander(_names(settings))
    for text in requests or _lines(sys.stdin):
        meant = understander.understand(text)
        print(
            json.dumps({"text": text} | as_json(meant), ensure_ascii=False)
            if json_lines
            else _line(meant)
        )
        sys.stdout.flush()


def _names(settings: Settings) -> NameSource | None:
    """The names in the library of this data folder, when there is one."""
    path: Path = settings.database_path
    if not path.exists():
        return None
    # Half a second of imports that only an existing library is worth.
    from agent.names import LibraryNames  # noqa: PLC0415
    from knowledge.catalog import Catalog  # noqa: PLC0415
    from knowledge.database import Database  # noqa: PLC0415
    from knowledge.playlists import Playlists  # noqa: PLC0415

    database = Database.at(path)
    catalog = Catalog(database, settings.covers)
    return LibraryNames(catalog, Playlists(database, catalog))


def _lines(source: Iterable[str]) -> Iterator[str]:
    for line in source:
        yield line.rstrip("\r\n")[:_MAX_LINE]


def _line(meant: Understanding) -> str:
    slots = ", ".join(f"{name}={'/'.join(values)}" for name, values in meant.slots.items())
    read = f"  [{meant.language}: {meant.english}]" if meant.english else ""
    return f"{meant.intent}  ({meant.confidence:.2f}, {meant.source})  {slots}".rstrip() + read
