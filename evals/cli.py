"""`refrain eval NAME [--quick] [--json FILE]`.

The command line of the server finds this app through the entry point group `refrain.commands`,
so that nothing imports `evals`.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from evals.baseline import baseline_path, write_metrics
from evals.errors import EvalError
from evals.progress import TerminalProgress
from evals.registry import EVALUATIONS, load
from evals.report import terminal_table, write_report
from evals.runner import run_evaluation

app = typer.Typer(
    help="Measure how good Refrain is.",
    no_args_is_help=False,
    # A group takes options after its argument only when told so.
    context_settings={"allow_interspersed_args": True},
    subcommand_metavar="",
)


@app.callback(invoke_without_command=True)
def evaluate(
    name: Annotated[
        str | None, typer.Argument(help="What to measure; without it, list what there is.")
    ] = None,
    *,
    quick: Annotated[bool, typer.Option("--quick", help="Measure less, in seconds.")] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the metrics as one flat JSON object.")
    ] = None,
    reports: Annotated[
        Path, typer.Option("--reports", help="Folder for the report and its plots.")
    ] = Path("reports"),
    save_baseline: Annotated[
        bool, typer.Option("--save-baseline", help="Keep these numbers as the new baseline.")
    ] = False,
) -> None:
    """Measure one thing, compare it with the baseline and write a report."""
    console = Console()
    try:
        if name is None:
            console.print(_list())
            return
        evaluation = load(name)
        with TerminalProgress(Console(stderr=True)) as progress:
            outcome = run_evaluation(evaluation, quick=quick, progress=progress)
    except EvalError as error:
        Console(stderr=True).print(str(error), style="red", markup=False)
        raise typer.Exit(2) from error
    console.print(terminal_table(outcome))
    for note in outcome.report.notes:
        console.print(note, style="yellow", markup=False)
    path, drawn = write_report(outcome, reports)
    without = "" if drawn else " (no plots: matplotlib is not installed)"
    console.print(f"Report: {path}{without}", markup=False, highlight=False, soft_wrap=True)
    if json_file is not None:
        write_metrics(json_file, outcome.report.metrics)
    if save_baseline:
        write_metrics(baseline_path(name, quick=quick), outcome.report.metrics)


def _list() -> Table:
    table = Table(title="Evaluations", title_justify="left")
    table.add_column("name", no_wrap=True)
    table.add_column("measures")
    for name in sorted(EVALUATIONS):
        try:
            summary = load(name).summary
        except ImportError as error:
            summary = f"not available here: {error}"
        table.add_row(name, summary)
    return table
