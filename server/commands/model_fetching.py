"""Fetching model files at a terminal: what they are, whether to, and how far it is."""

import sys
from collections.abc import Mapping

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from server.errors import BadRequest
from server.models_lock import LockedModel
from server.models_store import ModelsStore, ModelState


def fetch(store: ModelsStore, chosen: Mapping[str, LockedModel], *, yes: bool) -> None:
    """Fetch what is missing of `chosen`, after saying what it is and, without `yes`, asking.

    Raises:
        BadRequest: there is nobody to ask.
        ModelNotFetched: pip could not fetch a wheel.
        ModelRejected: something has another checksum than pinned.
    """
    missing = {
        name: model
        for name, model in chosen.items()
        if store.state(name, model, verify=True) is not ModelState.PRESENT
    }
    for name in chosen:
        if name not in missing:
            print(f"{name} is here and verified.")
    for name, model in missing.items():
        _describe(name, model)
    if missing:
        total = sum(model.download_bytes for model in missing.values())
        print(f"{megabytes(total)} in all, into {store.folder}")
    if missing and not yes:
        if not sys.stdin.isatty():
            raise BadRequest(
                "There is nobody to ask.", next_step="Add --yes to fetch without asking."
            )
        typer.confirm("Fetch?", abort=True)
    for name, model in missing.items():
        _get(store, name, model)
        print(f"{name} is here and verified.")


def _describe(name: str, model: LockedModel) -> None:
    print(f"{name} ({model.role})")
    kept = megabytes(sum(file.bytes for file in model.files))
    if model.is_installed:
        print(f"  size:    {kept}, part of an installed package")
        print(f"  source:  {model.source}")
    else:
        print(f"  size:    {megabytes(model.download_bytes)} to fetch, {kept} to keep")
        print(f"  source:  {model.source}, read as data, never run")
    print(f"  licence: weights {model.weights_licence}; code {model.code_licence}")
    if model.notice:
        print(f"  notice:  {model.notice}")


def _get(store: ModelsStore, name: str, model: LockedModel) -> None:
    columns = (TextColumn(name), BarColumn(), DownloadColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=model.download_bytes)
        store.get(
            name,
            model,
            lambda done, total, what: bar.update(
                task, completed=done, total=total, description=what
            ),
        )


def megabytes(size: int) -> str:
    """Make "12.3 MB"."""
    return f"{size / 1e6:.1f} MB"
