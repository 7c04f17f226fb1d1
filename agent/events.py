"""What happens in a turn, as past-tense facts in the order in which they happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tools.result import ToolResult


@dataclass(frozen=True, slots=True)
class TurnStarted:
    turn_id: str
    text: str


@dataclass(frozen=True, slots=True)
class ToolStarted:
    call_id: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ToolFinished:
    call_id: str
    name: str
    result: ToolResult


@dataclass(frozen=True, slots=True)
class ResultsNumbered:
    """The numbered list that "the second one" refers to from now on."""

    items: tuple["NumberedResult", ...]


@dataclass(frozen=True, slots=True)
class NumberedResult:
    number: int
    kind: str
    """"track", "album", "artist" or "playlist"."""
    id: int
    title: str
    subtitle: str
    cover_id: str | None = None
    duration_s: float | None = None
    note: str = ""
    """Why it is here, or when it was heard."""


@dataclass(frozen=True, slots=True)
class ReplyDelta:
    """A piece of the reply, in speaking order."""

    text: str
    language: str = "en"
    """Code of the language that the reply is in, for whoever speaks it."""


@dataclass(frozen=True, slots=True)
class TurnFinished:
    turn_id: str
    reply: str
    model: str
    """Which model answered: "offline", or the name of the LLM."""
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class TurnFailed:
    turn_id: str
    code: str
    message: str


AgentEvent = (
    TurnStarted
    | ToolStarted
    | ToolFinished
    | ResultsNumbered
    | ReplyDelta
    | TurnFinished
    | TurnFailed
)
