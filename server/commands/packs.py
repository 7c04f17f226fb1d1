"""`refrain packs`: fingerprints and names to share between installations, without any sound."""

from pathlib import Path
from typing import Annotated

import typer

from server.commands.options import Data, settings_for
from server.commands.recognition import open_recognition

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def packs() -> None:
    """Share what can be recognised: fingerprints and names, no sound."""


@app.command("list")
def list_packs(context: typer.Context, data: Data = None) -> None:
    """List the packs that were taken in."""
    with open_recognition(settings_for(context, data)) as opened:
        found = opened.service.packs()
        for pack in found:
            print(f"{pack.id}  {pack.name}: {pack.recordings} recordings")
        if not found:
            print("There are no packs. Take one in: refrain packs import FILE")


@app.command("export")
def export_pack(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write it, such as mine.refrainpack")],
    *,
    name: Annotated[str, typer.Option(help="What the pack is called.")] = "My library",
    artist: Annotated[str, typer.Option(help="Only recordings of this artist.")] = "",
    data: Data = None,
) -> None:
    """Write the fingerprints and names of this library's recordings."""
    with open_recognition(settings_for(context, data)) as opened:
        catalog = opened.catalog
        if artist:
            known = catalog.artist_named(artist)
            tracks = catalog.artist_tracks(known.id) if known is not None else ()
        else:
            total = catalog.summary().tracks
            tracks = catalog.list_tracks(limit=total)[0] if total else ()
        count = opened.service.export_pack(file, [track.id for track in tracks], name=name)
        print(f"{count} recordings in {file}")


@app.command("import")
def import_pack(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A .refrainpack of another installation.")],
    data: Data = None,
) -> None:
    """Take in a pack: its recordings can then be named, though they are not in the library."""
    with open_recognition(settings_for(context, data)) as opened:
        pack = opened.service.import_pack(file)
        print(
            f"{pack.name}: {pack.recordings} recordings. Remove it: refrain packs remove {pack.id}"
        )


@app.command("remove")
def remove_pack(
    context: typer.Context,
    pack_id: Annotated[str, typer.Argument(metavar="ID", help="From refrain packs list.")],
    data: Data = None,
) -> None:
    """Remove a pack; its recordings are not recognised any more."""
    with open_recognition(settings_for(context, data)) as opened:
        opened.service.remove_pack(pack_id)
        print("Removed.")
