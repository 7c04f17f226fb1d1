"""A message without its language: what is to be said, by its id in a catalogue, and with what.

Tools and plans say what they mean as a `Say`; `agent.replies` words it in the language of the
request. Numbers stay numbers, so that each language can choose its plural.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Say:
    """One message of the catalogues `agent/replies/catalogues/*.ftl`."""

    id: str
    values: Mapping[str, "Value"] = field(default_factory=dict)
    """What its variables stand for; text is said as it is, a `Say` is worded first."""
    english: str = ""
    """The words in English, for messages that only the other languages keep in their catalogues:
    what a tool writes of itself. "" when the English catalogue has the message."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Several things in one sentence: "A, B and C", "A or B", "A, B, and 7 more on the page"."""

    parts: tuple["Value", ...]
    word: Literal["and", "or", "comma", "also"] = "and"
    more: int = 0
    """How many there are beside the ones named."""


Value: TypeAlias = str | int | float | Say | Listed
