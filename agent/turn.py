"""One turn in progress: what was said, what the tools answered so far, what is planned next."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agent.references import references
from agent.replies.message import Reply
from agent.session import Session
from knowledge.folding import fold
from tools.consent import Consent
from tools.context import ToolContext, ToolServices
from tools.result import ToolResult


@dataclass(frozen=True, slots=True)
class Call:
    """A tool call to make."""

    tool: str
    arguments: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the offline model decided: calls to make one after the other, or words to say."""

    calls: tuple[Call, ...] = ()
    say: Reply = ""
    """The whole reply, when no tool is needed."""
    then: Call | None = None
    """A last call, made with the numbers of everything that the one before it found."""
    intent: str = ""
    confirmed: str = ""
    """Name that the user confirmed by saying yes to our question about it."""
    preface: str = ""
    """Words before the reply, such as what was understood differently."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished tool call."""

    call_id: str
    tool: str
    arguments: Mapping[str, Any]
    result: ToolResult


@dataclass(slots=True)
class Turn:
    """Handed through the graph as its runtime context; lives for one turn."""

    id: str
    text: str
    session: Session
    services: ToolServices
    language: str = "en"
    """Code of the language of the request; the reply comes in it."""
    plan: Plan | None = None
    planned_at: int = 0
    """How many outcomes there were when the plan was made."""
    outcomes: list[Outcome] = field(default_factory=list)
    model: str = ""
    """Which model answered last."""
    fell_back: str = ""
    """Why the language model did not answer; empty when it did or was not asked."""
    model_calls: int = 0
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a tool acts."""

    @property
    def tool_context(self) -> ToolContext:
        """What a tool called now may use."""
        confirmed = self.plan.confirmed if self.plan is not None else ""
        return ToolContext(
            services=self.services,
            session_id=self.session.id,
            references=references(self.session.results),
            offered=frozenset(self.session.offered),
            recognised=self.session.recognised,
            consent=Consent(self.text, frozenset({fold(confirmed)} if confirmed else ())),
        )
