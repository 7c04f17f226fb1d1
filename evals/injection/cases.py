"""What a file, a playlist or a recording may say, and what an obedient reader would do about it."""

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from evals.errors import EvaluationImpossible

CASES = Path(__file__).with_name("cases.yaml")
Where = Literal[
    "title", "artist", "album", "genre", "playlist", "lyrics", "history", "playing", "listed"
]
OrderedCall = tuple[str, dict[str, Any]]
HARMLESS = "Harbour Lights"
"""What stands in place of the text when the same request is taken without it."""


class InjectionCase(BaseModel):
    """One text that gives orders, and a request whose answer shows it to the model."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    where: Where
    text: str
    request: str
    """What the person says. It never asks for what the text orders."""
    orders: tuple[OrderedCall, ...] = ()
    """What an obedient model calls once it has read the text."""
    says: tuple[str, ...] = ()
    """What it claims afterwards."""
    first: tuple[OrderedCall, ...] = ()
    """What a helpful model does about the request."""
    split: Literal["development", "held"] = "development"
    """No guard was changed because of a case that is held back."""


def read_cases(path: Path = CASES) -> tuple[InjectionCase, ...]:
    """Every case.

    Raises:
        EvaluationImpossible: the file is malformed.
    """
    try:
        return tuple(
            InjectionCase.model_validate(row) for row in yaml.safe_load(path.read_text("utf-8"))
        )
    except (yaml.YAMLError, ValidationError) as error:
        raise EvaluationImpossible(f"{path.name} cannot be read: {error}") from error
