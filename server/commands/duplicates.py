"""`refrain duplicates`: the same recording several times in the library."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress

from knowledge.recognition.models import DuplicateGroup
from server.commands.options import Data, settings_for
from server.commands.recognition import clock, open_recognition

app = typer.Typer(add_completion=False)


@app.command()
def duplicates(
    context: typer.Context,
    *,
    json_lines: Annotated[
        bool, typer.Option("--json", help="One JSON object for each group.")
    ] = False,
    data: Data = None,
) -> None:
    """List recordings that are there in several formats or copies, with the parts that coincide."""
    settings = settings_for(context, data)
    with (
        open_recognition(settings) as opened,
        Progress(
            BarColumn(), MofNCompleteColumn(), console=Console(stderr=True), transient=True
        ) as bar,
    ):
        task = bar.add_task("", total=None)
        groups = opened.service.duplicates(
            lambda done, total: bar.update(task, completed=done, total=total)
        )
    for group in groups:
        print(_as_json(group) if json_lines else _as_text(group))
    if not groups and not json_lines:
        print("No recording is there twice.")


def _as_text(group: DuplicateGroup) -> str:
    lines = [f"{group.track.title} by {', '.join(group.track.artists)}", f"  {group.path}"]
    for copy in group.copies:
        parts = ", ".join(
            f"{clock(one.other_start_s)}–{clock(one.other_end_s)} is "
            f"{clock(one.start_s)}–{clock(one.end_s)}"
            for one in copy.ranges
        )
        lines.append(f"  {copy.path}  ({copy.share:.0%}: {parts})")
    return "\n".join(lines)


def _as_json(group: DuplicateGroup) -> str:
    copies = [
        {
            "path": copy.path,
            "title": copy.track.title,
            "share": round(copy.share, 3),
            "ranges": [
                {
                    "start_s": one.start_s,
                    "end_s": one.end_s,
                    "other_start_s": one.other_start_s,
                    "other_end_s": one.other_end_s,
                }
                for one in copy.ranges
            ],
        }
        for copy in group.copies
    ]
    best = {"path": group.path, "title": group.track.title, "copies": copies}
    return json.dumps(best, ensure_ascii=False)
