"""What happens between a language model and the tools: who answers, which calls are made.

The policy for one turn:

1. A closed command ("pause", "volume 40") is read exactly offline, and no language model is asked.
   A model that only chooses calls is asked only where the offline model has no plan, and not when
   that is sure that it is nothing about music: small models take a pizza for a playlist.
2. The language model makes one plan: its tool calls, step by step. Each is judged before it runs
   (`agent.grounding`); facts that it forgot are put back, what nothing bears out is refused.
3. A refused call goes back to the model with what to mend: `MAX_REPAIRS` times in a turn.
4. After that, and whenever the model fails, is too slow or misbehaves, the offline model answers.
   What was done already is not done twice.
5. Names of music are data. When one that the model was shown could be taken for an order, the model
   may only do what the person's words ask for, and the offline model words the reply.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

from langchain.agents.middleware import AgentMiddleware, AgentState, ModelRequest, ModelResponse
from langchain_core.messages import AIMessage, HumanMessage, ToolMessage
from langgraph.prebuilt.tool_node import ToolCallRequest
from langgraph.types import Command

from agent.errors import ModelMisbehaved
from agent.events import ResultsNumbered, ToolFinished, ToolStarted
from agent.grounding.effects import Effect
from agent.grounding.grounds import grounds_of, guard_of, has_read_order
from agent.grounding.guard import REFUSALS
from agent.offline import OFFLINE, OfflineModel
from agent.references import after_call
from agent.speech import looks_like_call, printed_call
from agent.turn import Call, Outcome, Plan, Turn
from tools.report import cleaned, report
from tools.result import Failed, ToolResult
from tools.toolbox import TOOLBOX

logger = logging.getLogger(__name__)

MAX_TOOL_CALLS = 8
MAX_MODEL_CALLS = 6
MAX_REPAIRS = 1
"""How many refused calls of a turn a language model may mend."""
TOOLS = {tool.name: tool for tool in TOOLBOX}
TOOL_NAMES = frozenset(TOOLS)
_CLOSED = frozenset({"control_playback"})
"""Tools whose requests are read exactly offline."""


class ModelFellBack:
    """Sent into the stream when the language model gave way: what it half said is void."""


class TurnWatch(AgentMiddleware[AgentState[Any], Turn]):
    """Chooses the model for each call, and reports, judges and limits the tool calls."""

    def __init__(
        self,
        offline: OfflineModel,
        *,
        name: str = OFFLINE,
        timeout_s: float | None = None,
        speaks: bool = True,
    ) -> None:
        """Watch the turns of the offline model, or of the language model called `name`.

        Args:
            offline: answers when no language model is to, or can.
            name: what to call the language model.
            timeout_s: after so long without a complete answer it has failed, in seconds.
            speaks: whether it also words the reply; a small one only chooses the tool call.
        """
        super().__init__()
        self._offline = offline
        self._name = name
        self._timeout_s = timeout_s
        self._speaks = speaks

    async def awrap_model_call(
        self,
        request: ModelRequest[Turn],
        handler: Callable[[ModelRequest[Turn]], Awaitable[ModelResponse[Any]]],
    ) -> ModelResponse[Any]:
        """Ask the language model; whatever goes wrong, the offline model answers instead."""
        turn = request.runtime.context
        turn.model_calls += 1
        if self._name != OFFLINE and turn.plan is None and not turn.fell_back:
            self._prepare(turn)
        if self._name != OFFLINE and turn.plan is None and not turn.fell_back:
            turn.model = turn.planned_by = self._name
            try:
                asked = request if self._speaks else _request_alone(request, turn)
                async with asyncio.timeout(self._timeout_s):
                    answer = _usable(await handler(asked))
                if _calls_tools(answer) or not has_read_order(turn):
                    return answer
                turn.fell_back = "it has read a name that could be taken for an order"
                turn.plan = _as_planned(turn) if turn.outcomes else None
            except Exception as error:  # noqa: BLE001  any failure of a remote model
                reason = str(error) or f"no answer within {self._timeout_s:g} s"
                logger.warning("%s gave way to the offline model: %s", self._name, reason)
                turn.fell_back = reason
        if self._name != OFFLINE:
            request.runtime.stream_writer(ModelFellBack())
        turn.model = OFFLINE
        if turn.fell_back:
            turn.planned_by = ""
        return await handler(
            request.override(model=self._offline.for_turn(turn), tools=[], system_message=None)
        )

    def _prepare(self, turn: Turn) -> None:
        """Read the request offline once, and see whether the language model shall go on."""
        if turn.grounds is None:
            plan = self._offline.plan(turn)
            turn.grounds = grounds_of(turn, plan)
            reading = turn.grounds.reading
            if self._speaks:
                is_read = not reading.is_open and _is_closed(plan)
            else:
                is_read = bool(plan.calls) or not reading.is_open or reading.is_foreign
            if is_read:
                turn.plan = plan
                return
        if len(turn.refused_at) > MAX_REPAIRS:
            turn.fell_back = "its calls were refused"
        elif turn.model_calls > MAX_MODEL_CALLS or _calls_made(turn) >= MAX_TOOL_CALLS:
            turn.fell_back = "too many steps"
        elif not self._speaks and turn.outcomes:
            turn.plan = _as_planned(turn)

    async def awrap_tool_call(
        self,
        request: ToolCallRequest,
        handler: Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]],
    ) -> ToolMessage | Command[Any]:
        """Say that the tool started and how it ended, and remember what it found."""
        turn = cast(Turn, request.runtime.context)
        async with turn.one_at_a_time:  # a model may call several at once: in their order
            judged = await self._judged(turn, request)
            return await _call(turn, request, handler, judged)

    @staticmethod
    async def _judged(turn: Turn, request: ToolCallRequest) -> Mapping[str, Any] | Failed:
        """The arguments to call with; a language model's only if something bears them out."""
        name, arguments = request.tool_call["name"], request.tool_call["args"]
        if _calls_made(turn) >= MAX_TOOL_CALLS:
            return Failed("too_many_calls", "too many steps for one request")
        if turn.plan is not None or turn.grounds is None or name not in TOOLS:
            return arguments
        guard = guard_of(turn, turn.grounds)
        return await asyncio.to_thread(guard.judge, TOOLS[name], arguments)


async def _call(
    turn: Turn,
    request: ToolCallRequest,
    handler: Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]],
    judged: Mapping[str, Any] | Failed,
) -> ToolMessage | Command[Any]:
    call = request.tool_call
    call_id, name = str(call["id"] or ""), call["name"]
    write = request.runtime.stream_writer
    arguments: Mapping[str, Any] = call["args"] if isinstance(judged, Failed) else judged
    write(ToolStarted(call_id, name, arguments))
    if isinstance(judged, Failed):
        logger.info("%s was not called: %s", name, judged.reason)
        result: ToolResult = judged
        message: ToolMessage | Command[Any] = ToolMessage(
            report(result), name=name, tool_call_id=call_id, artifact=result, status="error"
        )
    else:
        message = await handler(request.override(tool_call={**call, "args": dict(arguments)}))
        result = _result_of(message)
    if turn.plan is None and isinstance(result, Failed) and result.code in REFUSALS:
        # Nothing was done: no words, and no later plan, may rest on it.
        turn.refused_at.add(turn.model_calls)
        write(ToolFinished(call_id, name, result))
        return message
    turn.outcomes.append(Outcome(call_id, name, arguments, result))
    before = turn.session.results
    turn.session = after_call(turn.session, name, arguments, result)
    write(ToolFinished(call_id, name, result))
    if turn.session.results is not before:
        write(ResultsNumbered(turn.session.results))
    return message


def _request_alone(request: ModelRequest[Turn], turn: Turn) -> ModelRequest[Turn]:
    """What a model reads that only chooses a call: the request, and what was wrong with its call.

    No name of the library reaches it, so no name can give it orders.
    """
    words = turn.text
    last = request.messages[-1] if request.messages else None
    if isinstance(last, ToolMessage):
        words = f"{words}\n({cleaned(str(last.content), 200)})"
    return request.override(messages=[HumanMessage(words)], tools=[], system_message=None)


def _calls_made(turn: Turn) -> int:
    return len(turn.outcomes) + len(turn.refused_at)


def _is_closed(plan: Plan) -> bool:
    """Whether the request is one of those that rules read better than any language model."""
    if not plan.calls or plan.rest:
        return False
    return all(call.tool in _CLOSED for call in plan.calls)


def _as_planned(turn: Turn) -> Plan:
    """What a language model did that does not speak, as a plan for the offline model to finish."""
    calls = tuple(Call(outcome.tool, outcome.arguments) for outcome in turn.outcomes)
    reading = turn.grounds.reading if turn.grounds is not None else None
    plays = reading is not None and Effect.PLAY in reading.licensed
    chose = calls[-1].tool == "recommend_music"
    then = Call("play_music", {"mode": "now"}) if plays and chose else None
    return Plan(calls, then=then, intent=reading.intent if reading is not None else "")


def _calls_tools(answer: ModelResponse[Any]) -> bool:
    return bool(cast(AIMessage, answer.result[-1]).tool_calls)


def _usable(response: ModelResponse[Any]) -> ModelResponse[Any]:
    """`response`, with a printed tool call made a real one.

    Raises:
        ModelMisbehaved: it is neither an answer nor a call that can be read.
    """
    message = response.result[-1] if response.result else None
    if not isinstance(message, AIMessage):
        raise ModelMisbehaved("the model gave no answer")
    if message.tool_calls:
        if message.response_metadata.get("finish_reason") == "length":
            raise ModelMisbehaved("the model was cut off in the middle of a tool call")
        return response
    if message.invalid_tool_calls:
        raise ModelMisbehaved("the model called a tool with arguments that are not JSON")
    text = message.text
    if not looks_like_call(text, TOOL_NAMES):
        return response
    printed = printed_call(text, TOOL_NAMES)
    if printed is None:
        raise ModelMisbehaved("the model printed a tool call that cannot be read")
    name, arguments = printed
    call = {"name": name, "args": arguments, "id": f"printed-{message.id}", "type": "tool_call"}
    repaired = AIMessage(content="", tool_calls=[call], id=message.id)
    return ModelResponse(result=[*response.result[:-1], repaired])


def _result_of(message: ToolMessage | Command[Any]) -> ToolResult:
    artifact = getattr(message, "artifact", None)
    if artifact is not None:
        return artifact  # type: ignore[no-any-return]
    text = message.text if isinstance(message, ToolMessage) else ""
    logger.info("a tool call was refused: %s", text)
    return Failed("invalid_arguments", "that request was not complete", "Say it in other words.")
