"""`refrain doctor`."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.commands.options import Data, settings_for
from server.doctor import examine
from server.findings import Finding, Health

app = typer.Typer(add_completion=False)
_STYLES = {
    Health.OK: "green",
    Health.OPTIONAL: "dim",
    Health.WARNING: "yellow",
    Health.BROKEN: "bold red",
}


@app.command()
def doctor(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
    data: Data = None,
) -> None:
    """Check what is there, what is missing, and how to get it.

    The exit code is 1 only when something is missing that Refrain cannot do without.
    """
    findings = list(examine(settings_for(context, data)))
    if as_json:
        print(json.dumps([asdict(one) for one in findings], ensure_ascii=False, default=str))
    else:
        Console().print(_table(findings))
    if any(one.health is Health.BROKEN for one in findings):
        raise typer.Exit(1)


def _table(findings: list[Finding]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("what", "", "detail", "what to do"):
        table.add_column(column, overflow="fold")
    for one in findings:
        style = _STYLES[one.health]
        table.add_row(
            Text(one.what), Text(one.health, style=style), Text(one.detail), Text(one.remedy)
        )
    return table
