"""`refrain models list | get | add | verify`. Only `get` and `add` fetch, and they ask first."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from server.commands.local_models import add
from server.commands.model_fetching import fetch, megabytes
from server.commands.options import Data, settings_for
from server.errors import BadRequest, ModelRejected
from server.models_lock import LockedModel, ModelsLock, read_lock
from server.models_store import ModelsStore, ModelState
from server.settings import Settings

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="List, fetch and verify model files."
)
app.command("add")(add)
_NONE_REQUIRED = "Refrain needs no model file."


@app.command("list")
def list_models(context: typer.Context, data: Data = None) -> None:
    """Show every model: what for, size, licences, source, and whether it is here."""
    lock, store = read_lock(), _store(settings_for(context, data))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("model", no_wrap=True)
    table.add_column("here", no_wrap=True)
    table.add_column("what", overflow="fold")
    for name, model in lock.models.items():
        size = megabytes(sum(file.bytes for file in model.files))
        wanted = "fetched by make setup" if model.required else "optional"
        table.add_row(
            name,
            store.state(name, model),
            f"{model.role}\n{size}, {wanted}\nweights: {model.weights_licence}\n"
            f"code: {model.code_licence}\nsource: {model.source}",
        )
    Console().print(table)
    print(f"Looked for in: {', '.join(str(one) for one in store.folders)}")


@app.command()
def get(
    context: typer.Context,
    names: Annotated[
        list[str] | None, typer.Argument(help="Which; without names, all required ones.")
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    data: Data = None,
) -> None:
    """Fetch models after saying what they are, and verify them."""
    lock, store = read_lock(), _store(settings_for(context, data))
    chosen = _chosen(lock, names)
    if not chosen:
        print(_NONE_REQUIRED)
        return
    fetch(store, chosen, yes=yes)


@app.command()
def verify(context: typer.Context, data: Data = None) -> None:
    """Read every model file that is here and compare its checksum."""
    lock, store = read_lock(), _store(settings_for(context, data))
    damaged = []
    for name, model in lock.models.items():
        state = store.state(name, model, verify=True)
        print(f"{name}: {state}")
        if state is ModelState.DAMAGED or (model.required and state is ModelState.MISSING):
            damaged.append(name)
    if not lock.models:
        print(_NONE_REQUIRED)
    if damaged:
        raise ModelRejected(
            f"Not usable: {', '.join(damaged)}.",
            next_step=f"Run: refrain models get {' '.join(damaged)}",
        )


def _store(settings: Settings) -> ModelsStore:
    return ModelsStore(*settings.model_folders)


def _chosen(lock: ModelsLock, names: list[str] | None) -> dict[str, LockedModel]:
    if not names:
        return lock.required()
    if unknown := [name for name in names if name not in lock.models]:
        raise BadRequest(f"There is no model {unknown[0]!r}.", next_step="See: refrain models list")
    return {name: lock.models[name] for name in names}
