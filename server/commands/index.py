"""`refrain index [DIR…]`: scan and analyse now, with progress."""

import threading
from pathlib import Path
from typing import Annotated

import typer

from knowledge.analysis.model_files import tagger_folder
from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.imports.importer import Importer
from knowledge.indexer import Indexer
from knowledge.melody.run import has_model
from server.commands.index_progress import index_progress
from server.commands.options import Data, settings_for
from server.errors import BadSettings
from server.library_roots import forget_root, remember_roots, remembered_roots
from server.running import alone_in
from server.settings import Settings

app = typer.Typer(add_completion=False)


@app.command()
def index(
    context: typer.Context,
    folders: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[DIR]...", help="Folders with music; they are remembered."),
    ] = None,
    *,
    analyse: Annotated[
        bool, typer.Option(help="Also listen: loudness, tempo, key, moods and more.")
    ] = True,
    melodies: Annotated[
        bool, typer.Option(help="Also find the tunes, so that they can be hummed; this is slow.")
    ] = True,
    retry: Annotated[
        bool, typer.Option("--retry", help="Also try again what could not be listened to.")
    ] = False,
    forget: Annotated[
        Path | None, typer.Option("--forget", metavar="DIR", help="Stop looking in this folder.")
    ] = None,
    data: Data = None,
) -> None:
    """Scan music folders and analyse what is new. Without folders: the known ones."""
    for folder in folders or ():
        if not folder.expanduser().is_dir():
            raise BadSettings(f"{folder} is not a folder.", next_step="Name a folder that exists.")
    settings = settings_for(context, data)
    with alone_in(settings):
        database = Database.at(settings.database_path)
        try:
            if forget is not None and not forget_root(database, forget.expanduser().absolute()):
                raise BadSettings(
                    f"{forget} is not one of the music folders.", next_step=_known(database)
                )
            given = [folder.expanduser().absolute() for folder in folders or ()]
            roots = remember_roots(database, [*settings.library.roots, *given])
            if not roots and forget is None:
                raise BadSettings(
                    "There is no music folder yet.", next_step="Name one: refrain index DIR"
                )
            melodies = analyse and melodies
            _index(settings, database, roots, analyse=analyse, melodies=melodies, retry=retry)
        finally:
            database.close()


def _index(
    settings: Settings,
    database: Database,
    roots: tuple[Path, ...],
    *,
    analyse: bool,
    melodies: bool,
    retry: bool,
) -> None:
    heard = settings.recognition
    indexer = Indexer(
        database,
        settings.covers,
        roots,
        workers=settings.library.workers,
        models=settings.model_folders,
        melodies=heard.enabled and heard.melodies,
    )
    if retry:
        print(f"{indexer.retry_failed()} recordings are tried again.")
    stop = threading.Event()
    with index_progress() as show:
        try:
            indexer.scan(show)
            Importer(database).rematch(stop)
            if analyse:
                indexer.analyse(show, stop)
            if melodies:
                indexer.find_melodies(show, stop)
        except KeyboardInterrupt:
            stop.set()
            print("Stopped; the next run goes on from here.")
    summary = Catalog(database, settings.covers).summary()
    print(
        f"{summary.tracks} tracks, {summary.albums} albums, {summary.artists} artists, "
        f"{summary.duration_s / 3600:.1f} hours"
    )
    if analyse and tagger_folder(settings.model_folders) is None:
        print("Listened without the tagger; for instruments and genres: refrain models get musicnn")
    if melodies and heard.enabled and heard.melodies and not has_model(settings.model_folders):
        print("Found no tunes in recordings; for that: refrain models get basic-pitch")
    if summary.refused:
        print(f"{summary.refused} files were refused; refrain doctor says why.")


def _known(database: Database) -> str:
    roots = remembered_roots(database)
    return "They are: " + ", ".join(map(str, roots)) if roots else "There are none."
