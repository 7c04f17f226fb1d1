"""What a run looks like: a table on the terminal, and a Markdown report with plots."""

import re
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table as TerminalTable
from rich.text import Text

from evals.baseline import Change, write_metrics
from evals.documentation import describe
from evals.evaluation import Cell, Plot
from evals.plots import draw
from evals.runner import Outcome

_STYLES = {"better": "green", "worse": "red", "new": "cyan", "changed": "yellow", "same": "dim"}


def terminal_table(outcome: Outcome) -> TerminalTable:
    """The metrics beside their baseline."""
    kind = "quick run" if outcome.quick else "full run"
    table = TerminalTable(title=f"{outcome.name} ({kind})", title_justify="left")
    table.add_column("metric", no_wrap=True)
    table.add_column("value", justify="right")
    table.add_column("baseline", justify="right")
    table.add_column("change", justify="right")
    table.add_column("unit")
    for change in outcome.changes:
        row = describe(outcome.name, change.metric)
        table.add_row(
            change.metric,
            _number(change.value),
            "" if change.baseline is None else _number(change.baseline),
            Text(_difference(change), style=_STYLES[change.verdict]),
            row.unit if row else "not documented",
        )
    return table


def write_report(outcome: Outcome, folder: Path) -> tuple[Path, bool]:
    """Write `report.md`, `metrics.json` and the plots into `folder`/NAME.

    Returns:
        The path of the report, and whether its plots could be drawn (matplotlib is optional).
    """
    folder = folder / (f"{outcome.name}-quick" if outcome.quick else outcome.name)
    folder.mkdir(parents=True, exist_ok=True)
    write_metrics(folder / "metrics.json", outcome.report.metrics)
    pictures = {plot.title: folder / f"{_file_name(plot)}.png" for plot in outcome.report.plots}
    drawn = draw([(plot, pictures[plot.title]) for plot in outcome.report.plots])
    path = folder / "report.md"
    path.write_text("\n".join(_lines(outcome, pictures if drawn else {})) + "\n", "utf-8")
    return path, drawn


def _lines(outcome: Outcome, pictures: dict[str, Path]) -> list[str]:
    lines = [f"# {outcome.name}", "", "Quick run." if outcome.quick else "Full run.", ""]
    lines += [f"> {note}" for note in outcome.report.notes] + [""] * bool(outcome.report.notes)
    lines += ["## Metrics", ""]
    lines += _markdown(
        ("metric", "value", "baseline", "change", "unit", "meaning"),
        [_metric_cells(outcome.name, change) for change in outcome.changes],
    )
    for table in outcome.report.tables:
        lines += ["", f"## {table.title}", "", *_markdown(table.columns, table.rows)]
    for plot in outcome.report.plots:
        if picture := pictures.get(plot.title):
            lines += ["", f"## {plot.title}", "", f"![{plot.title}]({picture.name})"]
    if outcome.report.plots and not pictures:
        lines += ["", "No plots: matplotlib is not installed (dependency group `plots`)."]
    return lines


def _metric_cells(name: str, change: Change) -> tuple[Cell, ...]:
    row = describe(name, change.metric)
    return (
        f"`{change.metric}`",
        _number(change.value),
        "" if change.baseline is None else _number(change.baseline),
        _difference(change),
        row.unit if row else "",
        row.meaning if row else "**not documented**",
    )


def _markdown(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[str]:
    return [
        _markdown_row(columns),
        "|" + "---|" * len(columns),
        *(_markdown_row(row) for row in rows),
    ]


def _markdown_row(cells: Sequence[Cell]) -> str:
    words = (_number(cell) if isinstance(cell, float) else str(cell) for cell in cells)
    return "| " + " | ".join(word.replace("|", "\\|").replace("\n", " ") for word in words) + " |"


def _difference(change: Change) -> str:
    if change.difference is None:
        return "new"
    return "=" if change.verdict == "same" else f"{change.difference:+.4g} {change.verdict}"


def _number(value: Cell) -> str:
    return str(value) if isinstance(value, (str, int)) else f"{value:.4g}"


def _file_name(plot: Plot) -> str:
    return re.sub(r"[^a-z0-9]+", "-", plot.title.lower()).strip("-") or "plot"
