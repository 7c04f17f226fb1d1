"""`refrain train-melody`: makes the weights that tell the tune from its band and are kept in git.

Composes, plays and mixes its own songs, half of them with fluidsynth and a sound font;
MODEL_CARD.md says how the weights in git were made. Needs scikit-learn.
"""

import shutil
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console

from knowledge.melody.extraction import melodic

SOUNDFONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
"""Where Debian's package fluid-soundfont-gm puts it."""

app = typer.Typer(help="Train what tells a tune from its band (needs scikit-learn).")


@app.callback(invoke_without_command=True)
def train_melody(
    models: Annotated[Path, typer.Option("--models", help="Folder of model files.")],
    *,
    songs: Annotated[int, typer.Option("--songs", min=2, help="How many to make.")] = 240,
    first: Annotated[int, typer.Option("--first", min=0, help="Number of the first song.")] = 1000,
    soundfont: Annotated[
        Path, typer.Option("--soundfont", help="A General MIDI sound font.")
    ] = SOUNDFONT,
    output: Annotated[
        Path, typer.Option("--output", help="Where the weights go.")
    ] = melodic.WEIGHTS,
) -> None:
    """Make songs, train on them, and write the weights."""
    # Only wanted once training really begins.
    from knowledge.melody.extraction.training import learning  # noqa: PLC0415

    console = Console()
    font = soundfont if soundfont.is_file() and shutil.which("fluidsynth") else None
    if font is None:
        console.print(
            "Without fluidsynth and its sound font all songs are played by our own instruments, "
            "and the weights differ from those in git. On Debian: "
            "apt install fluidsynth fluid-soundfont-gm"
        )
    made = learning.lessons(range(first, first + songs), [models], font, console.print)
    weights = learning.train(made, console.print)
    weights |= learning.train_strikes(made, weights, console.print)
    output.parent.mkdir(parents=True, exist_ok=True)
    np.savez(output, **weights)  # type: ignore[arg-type]
    console.print(f"weights are in {output}")
