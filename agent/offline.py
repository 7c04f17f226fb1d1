"""Our own chat model: no network, no weights of gigabytes, an answer in milliseconds.

It is a LangChain chat model like any other, so the graph does not know the difference: it emits
tool calls, and once the tools have answered it words the reply from their results.
"""

import json
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, ToolCall, ToolCallChunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import PrivateAttr

from agent import reply, talk
from agent.planner import Planner
from agent.replies import render
from agent.session import REQUESTS
from agent.speakers import remembering
from agent.turn import Call, Outcome, Plan, Turn
from agent.understanding import Intent
from tools.message import Say
from tools.result import Failed, Found

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

    def plan(self, turn: Turn) -> Plan:
        """What this model would do about `turn`; nothing is done."""
        return self._planner.plan(turn)

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
            return AIMessage(content=render(talk.HELP))
        done = turn.outcomes[turn.planned_at :]
        if turn.plan is None:
            if any(outcome.tool not in _LOOKING for outcome in turn.outcomes):
                # A language model failed after it had acted: say what it did, do nothing twice.
                return AIMessage(content=reply.word_turn(turn, turn.outcomes))
            turn.plan = self._planner.plan(turn)
            turn.planned_at = len(turn.outcomes)
            done = []
        while (call := _next_call(turn, done)) is None:
            _finish(turn, turn.plan, done)
            if not turn.plan.rest:
                return AIMessage(content=_reply(turn, turn.plan))
            turn.plan = self._planner.next(turn, turn.plan)
            turn.planned_at = len(turn.outcomes)
            done = []
        number = len(turn.outcomes) + 1
        made = ToolCall(
            name=call.tool,
            args=dict(call.arguments),
            id=f"{turn.id}-{number}",
            type="tool_call",
        )
        return AIMessage(content="", tool_calls=[made])


def _finish(turn: Turn, plan: Plan, done: Sequence[Outcome]) -> None:
    """Word what became of one request of the sentence, and remember what matters of it."""
    turn.session = remembering(turn.session, plan.remember)
    if plan.intent == Intent.UNDO:  # what was taken back is not to be taken back again
        turn.session = replace(turn.session, undo=(), undo_turn=-1)
    if plan.intent in REQUESTS and plan.request:
        turn.session = replace(turn.session, last_request=plan.request)
    if plan.regardless and any(isinstance(each.result, Found) for each in done):
        done = [each for each in done if isinstance(each.result, Found)]
    words = reply.say(turn, plan.say) if plan.say else reply.word_turn(turn, done)
    question = turn.session.question if _asks(plan, done) else None
    if question is not None and turn.asked is not None:
        # One question in a turn: this one waits until the person comes back to it.
        later = Say(
            "one-question",
            {"what": plan.request},
            english=f"First that: then ask me again to {plan.request}",
        )
        turn.told.append((reply.say(turn, later), False))
    else:
        turn.told.append((words, question is not None))
        turn.asked = question or turn.asked
    if plan.rest:  # the next request does not answer it
        turn.session = replace(turn.session, question=None)


def _asks(plan: Plan, done: Sequence[Outcome]) -> bool:
    return "question" in plan.remember or (
        bool(done) and not isinstance(done[-1].result, Found | Failed)
    )


def _reply(turn: Turn, plan: Plan) -> str:
    """All that is to be said; what is asked comes last."""
    if turn.asked is not None:
        turn.session = replace(turn.session, question=turn.asked)
    said = list(dict.fromkeys(words for words, asks in turn.told if not asks))
    if plan.left:
        more = Say(
            "too-many-requests",
            {"count": plan.left},
            english="That was more than I do at once. Say the rest again",
        )
        said.append(reply.say(turn, more))
    said += [words for words, asks in turn.told if asks]
    return " ".join(filter(None, said))


def _next_call(turn: Turn, done: Sequence[Outcome]) -> Call | None:
    plan = turn.plan
    if plan is None or plan.say:
        return None
    if done and not isinstance(done[-1].result, Found) and not plan.regardless:
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
