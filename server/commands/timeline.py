"""`refrain timeline FILE`: what plays in a long recording, from when to when?"""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from knowledge.audio.container import open_audio
from knowledge.fingerprint.timeline import TimelineEntry, timeline_of
from knowledge.models import Track
from server.commands.options import Data, settings_for
from server.commands.recognition import OpenRecognition, clock, open_recognition
from server.recognition.timelines import LibrarySearch

app = typer.Typer(add_completion=False)


@app.command()
def timeline(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A DJ mix, a concert, a film: any sound file.")],
    *,
    json_lines: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, as scripts want it.")
    ] = False,
    data: Data = None,
) -> None:
    """Say which recordings of the library play in a long file; gaps are unknown."""
    settings = settings_for(context, data)
    with open_recognition(settings) as opened:
        entries = _entries(opened, file)
        tracks = opened.service.tracks({one.recording for one in entries if one.recording})
        for entry in entries:
            track = tracks.get(entry.recording or "")
            print(_as_json(opened, entry, track) if json_lines else _as_text(entry, track))


def _entries(opened: OpenRecognition, file: Path) -> tuple[TimelineEntry, ...]:
    with open_audio(file) as (_, stream):
        length = float((stream.duration or 0) * (stream.time_base or 0)) or None
    columns = (TextColumn("listening"), BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=length)
        return timeline_of(
            file,
            LibrarySearch(opened.service),
            lambda heard_s: bar.update(task, completed=heard_s, description=clock(heard_s)),
        )


def _as_text(entry: TimelineEntry, track: Track | None) -> str:
    span = f"{clock(entry.start_s):>8} – {clock(entry.end_s):<8}"
    if track is None:
        return f"{span} unknown"
    sure = "" if entry.certainty.value == "certain" else "probably "
    changed = f"  ({entry.speed - 1:+.1%})" if abs(entry.speed - 1) > 0.01 else ""
    return f"{span} {sure}{track.title} by {', '.join(track.artists)}{changed}"


def _as_json(opened: OpenRecognition, entry: TimelineEntry, track: Track | None) -> str:
    said: dict[str, Any] = {
        "start_s": round(entry.start_s, 2),
        "end_s": round(entry.end_s, 2),
        "track": None,
        "certainty": "unknown",
    }
    if track is not None:
        said |= {
            "track": opened.presenter.track(track).model_dump(mode="json"),
            "certainty": entry.certainty.value,
            "probability": round(entry.probability, 4),
            "offset_s": round(entry.offset_s, 2),
            "speed": round(entry.speed, 4),
            "pitch": round(entry.pitch, 2),
        }
    return json.dumps(said, ensure_ascii=False)
