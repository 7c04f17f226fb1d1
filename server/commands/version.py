"""`refrain version`."""

import platform

import typer

from server.version import VERSION

app = typer.Typer(add_completion=False)


@app.command()
def version() -> None:
    """Print the version."""
    print(f"refrain {VERSION} (Python {platform.python_version()}, {platform.system()})")
