"""`refrain demo`: a scripted conversation with the demo library, checked sentence by sentence."""

import asyncio
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import typer
from rich.console import Console

from knowledge.database import Database
from knowledge.indexer import Indexer
from server.commands.demo_library import ensure_demo_library
from server.commands.index_progress import index_progress
from server.commands.options import Data, settings_for
from server.demo_conversation import DemoConversation, Outcome
from server.opening import open_services
from server.settings import PlayerSettings, Settings

app = typer.Typer(add_completion=False)


@app.command()
def demo(context: typer.Context, data: Data = None) -> None:
    """Run a scripted conversation; the exit code is 0 only if every step did what it says.

    It has a library of its own, and changes nothing of yours.
    """
    settings = settings_for(context, data)
    console = Console(highlight=False)
    folder = ensure_demo_library(settings.demo_library)
    own = settings.model_copy(update={"data": settings.data / "demo-installation"})
    _index(own, folder)
    with tempfile.TemporaryDirectory(prefix="refrain-demo-") as scratch:
        failed = asyncio.run(_converse(_copy(own, Path(scratch)), console))
    if failed:
        console.print(f"{failed} steps did not do what they say.", style="bold red")
        raise typer.Exit(1)
    console.print("Every step did what it says.", style="bold green")


def _index(settings: Settings, folder: Path) -> None:
    with closing(Database.at(settings.database_path)) as database:
        indexer = Indexer(
            database, settings.covers, (folder,), workers=2, models=settings.model_folders
        )
        with index_progress() as show:
            indexer.scan(show)
            indexer.analyse(show)


def _copy(settings: Settings, scratch: Path) -> Settings:
    """The same library in a scratch folder, so that every run begins alike."""
    with (
        closing(sqlite3.connect(settings.database_path)) as source,
        closing(sqlite3.connect(scratch / "library.db")) as target,
    ):
        source.backup(target)
    # mpv really decodes; without it the silent player does, and as fast as time goes by.
    kind = PlayerSettings(kind="silent")
    if shutil.which("mpv") is not None:
        kind = PlayerSettings(kind="mpv", mpv_audio_output="null")
    return settings.model_copy(update={"data": scratch, "player": kind})


async def _converse(settings: Settings, console: Console) -> int:
    failed = 0
    async with open_services(settings, serving=False) as services:
        player = services.playback.player
        summary = services.catalog.summary()
        console.print(
            f"{summary.tracks} tracks by {summary.artists} artists; "
            f"player: {'none' if player is None else player.name}, silent here\n",
            style="dim",
        )
        async for outcome in DemoConversation(services).run():
            _show(console, outcome)
            failed += not outcome.ok
    return failed


def _show(console: Console, outcome: Outcome) -> None:
    record = outcome.record
    console.print(f"you      {record.text}", style="bold", markup=False)
    console.print(f"refrain  {record.error or record.reply}", markup=False)
    for result in record.results[:3]:
        line = f"         {result['number']}. {result['title']} — {result['subtitle']}"
        console.print(line, markup=False, style="cyan")
    mark, style = ("ok", "green") if outcome.ok else ("NOT SO", "bold red")
    console.print(f"  {mark}: {outcome.step.proves}", style=style, markup=False)
    console.print(f"  seen: {outcome.seen}\n", style="dim", markup=False)
