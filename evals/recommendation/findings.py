"""What one part of the evaluation found out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from evals.evaluation import Cell, EvalReport, Plot, Table

Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Metrics by name, with what explains them."""

    metrics: Mapping[str, float] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()
    notes: tuple[str, ...] = ()


def report(parts: Iterable[Findings]) -> EvalReport:
    """All parts as one report, in their order."""
    kept = list(parts)
    return EvalReport(
        metrics={name: value for part in kept for name, value in part.metrics.items()},
        tables=tuple(table for part in kept for table in part.tables),
        plots=tuple(plot for part in kept for plot in part.plots),
        notes=tuple(note for part in kept for note in part.notes),
    )
