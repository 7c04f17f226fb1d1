"""`refrain models add llm`: a language model on this machine, after saying what it costs."""

import sys
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from server.commands.model_fetching import fetch, megabytes
from server.commands.options import Data, settings_for
from server.errors import BadRequest
from server.models_lock import LockedModel, ModelsLock, read_lock
from server.models_store import ModelsStore, ModelState

_KIND = "llm"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a local model takes, measured on one core of a server (see docs/local-model.md)."""

    memory: str
    start: str
    turn: str
    right: str
    """How often it chose the right tool for roundabout requests that rules do not read."""
    warning: str = ""


_UPLOADED = (
    "Uploaded by somebody unknown, without a licence text. Refrain knows the file only by its "
    "checksum and never runs code of these packages. Take it only if you accept that."
)
COSTS = {
    "smollm2-135m": Cost("0.3 GB", "5 CPU s", "0.4 CPU s", "one in five: to try the way it works"),
    "qwen-coder-0.5b": Cost("0.7 GB", "9 CPU s", "0.5 CPU s", "about a third", _UPLOADED),
    "qwen-coder-1.5b": Cost("2.0 GB", "20 CPU s", "1.2 CPU s", "about two in three", _UPLOADED),
}


def add(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help='What to add: "llm".')],
    *,
    model: Annotated[str, typer.Option("--model", help="Which one, by its name.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    data: Data = None,
) -> None:
    """Add a language model on this machine: says what there is and what it costs, and asks."""
    if kind != _KIND:
        raise BadRequest(f"There is no kind {kind!r} to add.", next_step="Say: models add llm")
    lock, settings = read_lock(), settings_for(context, data)
    store = ModelsStore(*settings.model_folders)
    _show(lock, store)
    name = model or _ask(yes=yes)
    if name not in COSTS:
        raise BadRequest(f"There is no local model {name!r}.", next_step=f"One of: {_names()}")
    if warning := COSTS[name].warning:
        print(f"Warning: {warning}")
    fetch(store, {name: lock.models[name]}, yes=yes)
    if find_spec("xllamacpp") is None:
        print('Its program is missing. Install it: pip install "refrain[llm]"')
    print(
        "To use it, put this into config.toml (or set REFRAIN_MODEL__PROVIDER and "
        f'REFRAIN_MODEL__MODEL):\n\n[model]\nprovider = "local"\nmodel = "{name}"'
    )


def _show(lock: ModelsLock, store: ModelsStore) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("model", no_wrap=True)
    table.add_column("what it is and costs", overflow="fold")
    for name, cost in COSTS.items():
        known = lock.models[name]
        here = store.state(name, known) is ModelState.PRESENT
        size = megabytes(sum(file.bytes for file in known.files))
        table.add_row(
            name,
            f"{size}{', is here' if here else ''}; {cost.memory} of memory, {cost.start} to load, "
            f"{cost.turn} a request\nchooses rightly: {cost.right}\n"
            f"weights: {known.weights_licence}\nsource: {_shortly(known)}",
        )
    Console().print(table)


def _shortly(model: LockedModel) -> str:
    first = model.packages[0]
    more = len(model.packages) - 1
    return f"{first.name}=={first.version}" + (f" and {more} more packages" if more else "")


def _ask(*, yes: bool) -> str:
    if yes:
        return next(iter(COSTS))  # the one whose licence and author are clear
    if not sys.stdin.isatty():
        raise BadRequest(
            "There is nobody to ask.", next_step="Name one with --model and add --yes."
        )
    return str(typer.prompt("Which", default=next(iter(COSTS))))


def _names() -> str:
    return ", ".join(COSTS)
