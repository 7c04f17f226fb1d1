"""What an evaluation is, and what it hands back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

Item = TypeVar("Item")
Cell = str | int | float


class Progress(Protocol):
    """Where an evaluation says how far it is. Calls are cheap enough for every item."""

    def start(self, description: str, total: int) -> None:
        """Begin a step of `total` items; the step before it is over."""

    def advance(self, count: int = 1) -> None:
        """Say that `count` more items of the current step are done."""


def each(progress: Progress, description: str, items: Sequence[Item]) -> Iterator[Item]:
    """Go through `items` as one step of `progress`."""
    progress.start(description, len(items))
    for item in items:
        yield item
        progress.advance()


@dataclass(frozen=True, slots=True)
class Table:
    """Detail for the report: one row for each set, case or family."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or one group of bars, of a plot. `x` and `y` are equally long."""

    label: str
    x: tuple[str, ...] | tuple[float, ...]
    y: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture for the report. Bars want words as `x`; lines and points want numbers.

    Spans draw a row for each series: `x` is where each span begins, `y` how long it is.
    """

    title: str
    x_label: str
    y_label: str
    series: tuple[Series, ...]
    kind: Literal["bars", "lines", "points", "spans"] = "bars"
    logarithmic: Literal["", "x", "xy"] = ""
    """Axes that are logarithmic."""
    y_range: tuple[float, float] | None = None
    """What the vertical axis shows; None for what the values need."""


@dataclass(frozen=True, slots=True)
class EvalReport:
    """What one run found out."""

    metrics: Mapping[str, float]
    """Flat names to finite numbers; each name has a row in `evals/README.md`."""
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """Sentences the reader of the numbers must know, such as a data set that was absent."""


class Evaluation(Protocol):
    """One question about quality. Made without arguments; heavy imports wait for `run`."""

    name: str
    """What follows `refrain eval`."""
    summary: str
    """One line for the list of evaluations."""

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Measure. `quick` takes seconds and is part of the tests; otherwise minutes are fine.

        Raises:
            EvaluationImpossible: data or a program it cannot do without is not there.
        """
