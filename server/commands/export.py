"""`refrain export [FILE]`: everything that is kept of one person, as a ZIP file."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from knowledge.database import Database
from knowledge.people.archive import PersonArchive
from server.commands.options import Data, settings_for
from server.commands.whose import person_named
from server.errors import BadSettings
from server.version import VERSION

app = typer.Typer(add_completion=False)
_PRIVATE = 0o600


@app.command()
def export(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to; - is standard output.")
    ] = None,
    *,
    person: Annotated[str, typer.Option(help="Whose; by default the household's.")] = "",
    data: Data = None,
) -> None:
    """Write everything that is kept of a person into a ZIP file of JSON lines."""
    settings = settings_for(context, data)
    database = Database.at(settings.database_path)
    try:
        whose = person_named(database, person)
        pieces = PersonArchive(database, settings.data, version=VERSION).pieces(whose)
        if file is not None and str(file) == "-":
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            return
        target = file or Path("refrain-export.zip")
        try:
            # Never over another file; nobody else reads it.
            opened = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        except FileExistsError as error:
            raise BadSettings(
                f"{target} is there already.", next_step="Name another file: refrain export FILE"
            ) from error
        except OSError as error:
            raise BadSettings(f"{target} cannot be written: {error.strerror}.") from error
        with os.fdopen(opened, "wb") as out:
            for piece in pieces:
                out.write(piece)
        print(f"{target}: {target.stat().st_size:,} bytes. Its README.txt says what is in it.")
    finally:
        database.close()
