"""One turn in progress: what was said, what the tools answered so far, what is planned next."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from agent.references import references
from agent.replies.manner import Style
from agent.replies.message import Reply
from agent.session import Question, Session
from agent.understanding import Part, Translation
from knowledge.folding import fold
from tools.consent import Consent
from tools.context import ToolContext, ToolServices
from tools.result import ToolResult

if TYPE_CHECKING:
    from agent.grounding.grounds import Grounds


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
    confidence: float = 1.0
    """Calibrated probability that `intent` is right, 0 to 1."""
    confirmed: str = ""
    """Name that the user confirmed by saying yes to our question about it."""
    preface: str = ""
    """Words before the reply, such as what was understood differently."""
    request: str = ""
    """The English request that this answers, as it was understood: a correction changes it."""
    words: str = ""
    """The same as it was said, without the other requests of the sentence."""
    rest: tuple[Part, ...] = ()
    """The other requests of the same sentence, planned once this one is done."""
    regardless: bool = False
    """Whether all calls are made, whatever became of the ones before."""
    left: int = 0
    """How many more were asked for than are done at once."""
    remember: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the session to set: who speaks, how much is to be said."""


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
    said: Translation | None = None
    """The request in English, part by part."""
    spoken: bool = False
    """Whether it was spoken: then a question costs more than a typed one."""
    style: Style = field(default_factory=Style)
    """How replies are worded as configured; the conversation may have asked for less or more."""
    plan: Plan | None = None
    planned_at: int = 0
    """How many outcomes there were when the plan was made."""
    outcomes: list[Outcome] = field(default_factory=list)
    model: str = ""
    """Which model answered last."""
    fell_back: str = ""
    """Why the language model did not answer; empty when it did or was not asked."""
    model_calls: int = 0
    planned_by: str = ""
    """Which language model chose the tool calls; empty when the offline model did."""
    grounds: "Grounds | None" = None
    """What was read offline before a language model was asked."""
    refused_at: set[int] = field(default_factory=set)
    """In which of its answers a language model called what was refused, and changed nothing."""
    told: list[tuple[str, bool]] = field(default_factory=list)
    """What is said of the parts of the sentence that are done; whether it was a question."""
    asked: Question | None = None
    """The question among it, to be kept although other parts came after it."""
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
            spoken=self.spoken,
            said=self.plan.words if self.plan is not None else "",
            consent=Consent(self.text, frozenset({fold(confirmed)} if confirmed else ())),
        )
