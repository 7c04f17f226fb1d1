"""Our own chat model: no network, no weights of gigabytes, an answer in milliseconds.

It is a LangChain chat model like any other, so the graph does not know the difference: it emits
tool calls, and once the tools have answered it words the reply from their results.
"""

import json
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, ToolCall, ToolCallChunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import PrivateAttr

from agent import reply, talk
from agent.planner import Planner
from agent.replies import render
from agent.turn import Call, Outcome, Turn
from tools.result import Found

OFFLINE = "offline"
_LOOKING = frozenset({"search_music", "recommend_music", "now_playing", "recall_history"})
_PIECE = re.compile(r"[^.!?,:;]+[.!?,:;]*\s*|\S+\s*")


class OfflineModel(BaseChatModel):
    """Decides with a `Planner`, speaks with `agent.reply`."""

    # Private to pydantic: they are neither validated nor dumped, being no configuration.
    _planner: Planner = PrivateAttr()
    _turn: Turn | None = PrivateAttr(default=None)

    @classmethod
    def deciding_with(cls, planner: Planner, turn: Turn | None = None) -> "OfflineModel":
        """A model that decides with `planner` about `turn`."""
        model = cls()
        model.__pydantic_private__ = {"_planner": planner, "_turn": turn}
        return model

    def for_turn(self, turn: Turn) -> "OfflineModel":
        """The same model, looking at `turn`: messages alone do not hold what it is about."""
        return self.deciding_with(self._planner, turn)

    @property
    def _llm_type(self) -> str:
        return "refrain-offline"

    def bind_tools(self, *_args: Any, **_kwargs: Any) -> Runnable[LanguageModelInput, AIMessage]:
        """The tools are known already."""
        return self

    # The messages are not read: all that matters of them is in the turn.

    def _generate(self, *_args: Any, **_kwargs: Any) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self.respond())])

    def _stream(self, *_args: Any, **_kwargs: Any) -> Iterator[ChatGenerationChunk]:
        yield from map(_generation, _chunks(self.respond()))

    async def _astream(self, *_args: Any, **_kwargs: Any) -> AsyncIterator[ChatGenerationChunk]:
        for chunk in _chunks(self.respond()):
            yield _generation(chunk)

    def respond(self) -> AIMessage:
        """The next tool call of the plan, or the reply when there is none left."""
        turn = self._turn
        if turn is None:
            return AIMessage(content=talk.offer_help(0))
        done = turn.outcomes[turn.planned_at :]
        if turn.plan is None:
            if any(outcome.tool not in _LOOKING for outcome in turn.outcomes):
                # A language model failed after it had acted: say what it did, do nothing twice.
                return AIMessage(content=reply.word(turn.outcomes, turn=turn.session.turns))
            turn.plan = self._planner.plan(turn)
            turn.planned_at = len(turn.outcomes)
            done = []
        call = _next_call(turn, done)
        if call is not None:
            number = len(turn.outcomes) + 1
            made = ToolCall(
                name=call.tool,
                args=dict(call.arguments),
                id=f"{turn.id}-{number}",
                type="tool_call",
            )
            return AIMessage(content="", tool_calls=[made])
        if turn.plan.say:
            said = render(turn.plan.say, turn.language, turn=turn.session.turns)
            return AIMessage(content=said)
        return AIMessage(content=reply.word(done, turn=turn.session.turns, asked=turn.text))


def _next_call(turn: Turn, done: Sequence[Outcome]) -> Call | None:
    plan = turn.plan
    if plan is None or plan.say:
        return None
    if done and not isinstance(done[-1].result, Found):
        return None
    if len(done) < len(plan.calls):
        return plan.calls[len(done)]
    if plan.then is not None and len(done) == len(plan.calls) and done:
        last = done[-1].result
        if isinstance(last, Found) and last.items:
            numbers = list(range(1, len(turn.session.results) + 1))
            return Call(plan.then.tool, {"numbers": numbers, **plan.then.arguments})
    return None


def _chunks(message: AIMessage) -> list[AIMessageChunk]:
    if message.tool_calls:
        made = message.tool_calls[0]
        chunk = ToolCallChunk(
            name=made["name"],
            args=_json(made["args"]),
            id=made["id"],
            index=0,
            type="tool_call_chunk",
        )
        return [AIMessageChunk(content="", tool_call_chunks=[chunk], chunk_position="last")]
    pieces = _PIECE.findall(str(message.content)) or [""]
    chunks = [AIMessageChunk(content=piece) for piece in pieces[:-1]]
    return [*chunks, AIMessageChunk(content=pieces[-1], chunk_position="last")]


def _generation(chunk: AIMessageChunk) -> ChatGenerationChunk:
    return ChatGenerationChunk(message=chunk)


def _json(arguments: dict[str, Any]) -> str:
    return json.dumps(arguments, ensure_ascii=False, default=str)
