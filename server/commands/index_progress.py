"""The indexer's progress as a bar in the terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from knowledge.progress import IndexPhase, IndexProgress

_SAID = {IndexPhase.MELODIES: "finding melodies"}


@contextmanager
def index_progress() -> Iterator[Callable[[IndexProgress], None]]:
    """A bar while the block runs; gives the listener that moves it."""
    columns = (
        TextColumn("{task.fields[phase]}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, phase="")

        def show(progress: IndexProgress) -> None:
            bar.update(
                task,
                completed=progress.done,
                total=progress.total or None,
                phase=_SAID.get(progress.phase, str(progress.phase)),
                description=Path(progress.current).name[:40] if progress.current else "",
            )

        yield show
