"""`refrain train-fingerprint --data FOLDER`: makes the weights that are kept in git.

Composes and renders its own music (fluidsynth and a sound font), lets espeak-ng speak, trains on
a GPU if there is one, and writes the network. Rendering takes a minute an hour of music on one
core; MODEL_CARD.md says how the weights in git were made.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from knowledge.fingerprint.encoder import WEIGHTS

SOUNDFONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
"""Where Debian's package fluid-soundfont-gm puts it."""
PIECE_S = 38.0
STATE = "state.pt"

app = typer.Typer(help="Train the encoder of fingerprints (needs torch, onnx and soundfile).")


@app.callback(invoke_without_command=True)
def train(
    data: Annotated[Path, typer.Option("--data", help="Folder for rendered sound and the state.")],
    *,
    pieces: Annotated[int, typer.Option("--pieces", min=1, help="How many to compose.")] = 430,
    first: Annotated[int, typer.Option("--first", min=0, help="Number of the first piece.")] = 0,
    minutes: Annotated[float, typer.Option("--minutes", min=0, help="How long to train.")] = 8.5,
    clips: Annotated[int, typer.Option("--clips", min=2, help="Clips in a batch.")] = 640,
    soundfont: Annotated[
        Path, typer.Option("--soundfont", help="A General MIDI sound font.")
    ] = SOUNDFONT,
    resume: Annotated[
        Path | None, typer.Option("--resume", help="State of an earlier run to go on from.")
    ] = None,
    output: Annotated[Path, typer.Option("--output", help="Where the weights go.")] = WEIGHTS,
) -> None:
    """Render what is not rendered yet, train, and write the weights."""
    # Heavy, and only wanted once training really begins.
    from knowledge.fingerprint.training.export import export  # noqa: PLC0415
    from knowledge.fingerprint.training.learning import Plan  # noqa: PLC0415
    from knowledge.fingerprint.training.rendering import render_all  # noqa: PLC0415
    from knowledge.fingerprint.training.session import run  # noqa: PLC0415

    console = Console()
    numbers = range(first, first + pieces)
    music, speech = render_all(data, numbers, PIECE_S, soundfont, console.print)
    plan = Plan(seconds=60 * minutes, clips=clips)
    network = run(
        music, speech, data / STATE, plan, report=console.print, resume=resume, seed=first + 1
    )
    export(network, output)
    console.print(f"weights are in {output}, the state in {data / STATE}")
