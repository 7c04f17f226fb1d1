"""Progress of an evaluation, for eyes or for nobody."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars


class SilentProgress:
    """Progress that nobody watches."""

    def start(self, description: str, total: int) -> None:
        """Say nothing."""

    def advance(self, count: int = 1) -> None:
        """Say nothing."""


class TerminalProgress:
    """One bar for each step, on the terminal. Use it as a context manager."""

    def __init__(self, console: Console) -> None:
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
        )
        self._step: int | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def start(self, description: str, total: int) -> None:
        """Begin a bar for the step."""
        self._step = self._bars.add_task(description, total=total)

    def advance(self, count: int = 1) -> None:
        """Move the bar of the current step."""
        if self._step is not None:
            self._bars.advance(self._bars.tasks[self._step].id, count)
