"""`refrain erase`: erase everything that is kept of one person, for good."""

from typing import Annotated

import typer

from knowledge.database import Database
from knowledge.folding import fold
from knowledge.people.current import HOUSEHOLD
from knowledge.people.erasure import Erasure
from server.commands.options import Data, settings_for
from server.commands.whose import person_named
from server.errors import BadSettings
from server.running import find_running

app = typer.Typer(add_completion=False)


@app.command()
def erase(
    context: typer.Context,
    *,
    person: Annotated[str, typer.Option(help="Whom; by default the household.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data: Data = None,
) -> None:
    """Erase everything that is kept of a person. It cannot be taken back.

    The music, the queue and the settings stay. So does the household, without a past.
    """
    settings = settings_for(context, data)
    if find_running(settings) is not None:
        raise BadSettings(
            "Refrain is running, and may be writing about them just now.",
            next_step="Stop it first, or erase yourself in the page: Settings, Privacy.",
        )
    database = Database.at(settings.database_path)
    try:
        whose = person_named(database, person)
        name = person.strip() if whose != HOUSEHOLD else "household"
        if not yes:
            print(f"Everything that is kept of {_named(name)} will be erased, for good.")
            print("To keep a copy, run first: refrain export")
            if fold(typer.prompt(f'Write "{name}" to go on')) != fold(name):
                raise BadSettings("Nothing was erased.")
        erased = Erasure(database, settings.data).erase(whose)
        print(f"Erased {_named(name)}: {erased.rows:,} entries.")
    finally:
        database.close()


def _named(name: str) -> str:
    return "the household" if name == "household" else name
