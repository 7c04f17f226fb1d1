"""`refrain alexa`: what the developer console of Alexa wants to have."""

import json
from typing import Annotated

import typer

from server.integrations.alexa.model import LOCALES, interaction_model

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def alexa() -> None:
    """Set up a custom Alexa skill."""


@app.command()
def model(
    *,
    locale: Annotated[
        str, typer.Option(help=f"Language and country: {', '.join(LOCALES)}.")
    ] = LOCALES[0],
    name: Annotated[str, typer.Option(help='What people say after "Alexa, ask".')] = "my refrain",
) -> None:
    """Print the interaction model, for the JSON editor of the developer console."""
    try:
        made = interaction_model(locale, name)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    print(json.dumps(made, ensure_ascii=False, indent=2))
