"""`refrain import FILE…`: take in a listening history from elsewhere."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from knowledge.database import Database
from knowledge.imports.export_file import size_of
from knowledge.imports.importer import Importer
from knowledge.imports.models import ImportCounts, ImportReport
from knowledge.people.current import acting_as
from server.commands.options import Data, settings_for
from server.commands.whose import person_named
from server.errors import BadSettings

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.command()
def take_in(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...",
            help="Exports of Spotify, ListenBrainz or Last.fm: zip, JSON, JSON lines or CSV.",
        ),
    ] = None,
    *,
    person: Annotated[str, typer.Option(help="Whose listening it is.")] = "",
    list_imports: Annotated[bool, typer.Option("--list", help="List what was taken in.")] = False,
    forget: Annotated[
        int | None, typer.Option("--forget", metavar="ID", help="Remove an import again.")
    ] = None,
    data: Data = None,
) -> None:
    """Take in your own listening history: it counts like what was played here."""
    settings = settings_for(context, data)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database.at(settings.database_path)
    try:
        whose = person_named(database, person)
        with acting_as(whose):
            importer = Importer(database)
            if forget is not None and not importer.forget(forget):
                raise BadSettings(
                    f"There is no import {forget}.", next_step="See them: refrain import --list"
                )
            for path in files or ():
                _show(_take(importer, path))
            if list_imports:
                for report in importer.reports():
                    _show(report)
    finally:
        database.close()


def _take(importer: Importer, path: Path) -> ImportReport:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[found]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(path.name[:40], total=size_of(path), found="")

        def told(size: int, counts: ImportCounts) -> None:
            bar.update(task, advance=size, found=f"{counts.added} new listens")

        return importer.take(path, told=told)


def _show(report: ImportReport) -> None:
    counts = report.counts
    print(f"{report.id}  {report.name} ({report.source or 'unknown'})")
    print(f"   {counts.added} listens, {counts.matched} of them to tracks of this library")
    if counts.known:
        print(f"   {counts.known} were known already")
    if counts.unusable:
        print(f"   {counts.unusable} entries are no music, or damaged")
    if not report.done:
        print("   It broke off; take in the same file again, and it goes on.")
    if report.unmatched_artists:
        names = ", ".join(f"{name} ({count})" for name, count in report.unmatched_artists[:8])
        print(f"   not in the library, most played: {names}")
