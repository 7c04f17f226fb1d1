"""`refrain train-understanding --data FOLDER`: makes the weights that are kept in git.

Deterministic; a few minutes on one core. Nothing held back is read, see `data`.
"""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from agent.understanding.classifier import WEIGHTS
from agent.understanding.grammar import Grammar
from agent.understanding.language import load_language
from agent.understanding.lexicon import load_lexicon
from agent.understanding.training import intents, labelled, slots, words
from agent.understanding.training.data import FILES, split
from agent.understanding.training.generate import Generator

GRAMMAR_REQUESTS = 72
"""Made for each intent from the grammar."""
TEMPLATE_REQUESTS = 6
"""Made from each training template."""

app = typer.Typer(help="Train the offline reader of requests (needs scikit-learn).")


@app.callback(invoke_without_command=True)
def train(
    data: Annotated[Path, typer.Option("--data", help="Folder that holds language/*.jsonl.gz.")],
    *,
    embedder: Annotated[
        Path | None,
        typer.Option(
            "--embedder",
            help="Folder with model.onnx and tokenizer.json of a sentence embedder, to distil "
            "the word vectors again; without it the vectors in git are kept.",
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", help="Where the weights go.")] = WEIGHTS,
) -> None:
    """Train word weights, intents and slots, and write them."""
    console = Console()
    language = load_language()
    grammar, generator = Grammar(language), Generator(language)
    rows = [(row, name) for name in FILES for row in split(data / "language", name)[0]]
    by_template = generator.from_templates(TEMPLATE_REQUESTS)
    requests = [*generator.from_grammar(GRAMMAR_REQUESTS), *by_template]
    console.print(f"{len(rows)} labelled rows, {len(requests)} made requests")
    items = [labelled.label(row, name, grammar) for row, name in rows]
    items += [labelled.made(request, language) for request in requests]
    if embedder is not None:
        words.save(*words.distil(embedder), output / "words.npz")
    vectors = words.weigh_words(output / "words.npz", [item.bare for item in items])
    calibration = intents.train(items, vectors, output)
    console.print(
        f"temperatures {calibration.temperatures}, music from {calibration.threshold:.2f}"
    )
    examples = slots.examples_of([row for row, _ in rows], by_template, load_lexicon())
    slots.train(examples, output / "slots.npz")
    console.print(f"{len(examples)} tagged requests; weights are in {output}")
