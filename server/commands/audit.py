"""`refrain audit`: who did what, when and from where."""

import json
import time
from dataclasses import asdict
from typing import Annotated

import typer

from server.commands.options import Data, settings_for
from server.commands.people import opened

app = typer.Typer(add_completion=False)


@app.command()
def audit(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=50_000, help="Lines.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print one object a line.")] = False,
    data: Data = None,
) -> None:
    """Show the newest logins, changes of people, and access that was given or taken."""
    with opened(settings_for(context, data)) as auth:
        for one in reversed(auth.audit.entries(limit=limit)):
            if as_json:
                print(json.dumps(asdict(one)))
                continue
            at = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(one.at))
            who = one.who or "household"
            print(f"{at}  {one.action:<20} {who:<16} {one.what}  [{one.address}]".rstrip())
