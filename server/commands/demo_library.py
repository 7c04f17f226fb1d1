"""Makes the demo library with a progress bar."""

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from knowledge.demo import make_demo_library


def ensure_demo_library(folder: Path) -> Path:
    """Make the demo library in `folder` unless it is there, and return the folder."""
    console = Console(stderr=True)
    columns = (
        TextColumn("Making the demo library"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def progress(done: int, total: int, title: str) -> None:
            bar.update(task, completed=done, total=total, description=title)

        make_demo_library(folder, progress)
    return folder
