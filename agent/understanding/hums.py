"""Whether a request is about a tune that the person hums, in several languages.

The templates of the grammar are English and were there before the weights; these few requests are
told by expressions of their own, which are read when the first of them is looked for.
"""

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources

from knowledge.folding import fold

_MACRO = re.compile(r"<(\w+)>")
_MAX_CHARACTERS = 400


class HumRequest(StrEnum):
    """What is said of a hum."""

    NOW = "now"
    """It was hummed, or is being hummed."""
    SOON = "soon"
    """It is about to be hummed."""
    TUNE = "tune"
    """A tune is asked for, be it hummed or played around."""
    AGAIN = "again"
    """One more try; only after a hum."""


def hum_request(text: str) -> HumRequest | None:
    """What `text` says of a hum; None when it is about something else."""
    said = fold(text[:_MAX_CHARACTERS])
    patterns = _patterns()
    if not said or patterns["not"].search(said):
        return None
    for kind in (HumRequest.SOON, HumRequest.NOW, HumRequest.TUNE, HumRequest.AGAIN):
        if patterns[kind.value].search(said):
            return kind
    return None


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    source = resources.files("agent.understanding").joinpath("hums.toml").read_text("utf-8")
    data = tomllib.loads(source)
    words: Mapping[str, str] = data.pop("words")

    def filled(pattern: str) -> str:
        return _MACRO.sub(lambda match: words[match[1]], pattern)

    return {
        name: re.compile("|".join(f"(?:{filled(one)})" for each in kinds.values() for one in each))
        for name, kinds in data.items()
    }
