"""`refrain heard`: what was recognised, when and where."""

from typing import Annotated

import typer

from knowledge.recognition.models import HeardEvent
from server.commands.options import Data, settings_for
from server.commands.recognition import clock, open_recognition
from server.recognition_wire import HeardOut

app = typer.Typer(add_completion=False)


@app.command()
def heard(
    context: typer.Context,
    about: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORDS]...", help="Only this title, artist, place or device."),
    ] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many, newest first.")] = 20,
    json_lines: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    data: Data = None,
) -> None:
    """List what was heard, newest first."""
    settings = settings_for(context, data)
    with open_recognition(settings) as opened:
        events = opened.service.heard.search(about=" ".join(about or ()), limit=limit)
        for event in events:
            if json_lines:
                print(HeardOut.of(event, opened.presenter).model_dump_json())
            else:
                print(_as_text(event))
        if not events and not json_lines:
            print("Nothing was heard yet." if not about else "Nothing like that was heard.")


def _as_text(event: HeardEvent) -> str:
    when = f"{event.at.astimezone():%Y-%m-%d %H:%M}"
    name = f"{event.title} by {event.artist}" if event.artist else event.title or "unknown"
    sure = "probably " if event.certainty.value == "likely" else ""
    where = ", ".join(part for part in (event.place, event.device, event.source.value) if part)
    at = f" at {clock(event.offset_s)}" if event.offset_s is not None and event.title else ""
    return f"{when}  {sure}{name}{at}  ({where})"
