"""Options that several commands share."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from server.settings import Settings, load_settings

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Keep everything of this installation here."),
]

SoundFiles = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE]...", help="Sound files of any format, or - for standard input."),
]
Microphone = Annotated[bool, typer.Option("--mic", help="Listen to this machine's microphone.")]


def settings_for(
    context: typer.Context, data: Path | None, flags: Mapping[str, Any] | None = None
) -> Settings:
    """The settings; `--data` counts before and after the command's name."""
    named, above = data, context.parent
    while named is None and above is not None:
        named, above = above.params.get("data"), above.parent
    return load_settings(named, flags)
