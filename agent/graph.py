"""The LangGraph agent: one model node, one tools node, and what must be watched between them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from importlib import resources
from typing import Any, cast

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, AgentState, ModelRequest, ModelResponse
from langchain.tools import ToolRuntime
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.tools import BaseTool, StructuredTool
from langgraph.prebuilt.tool_node import ToolCallRequest
from langgraph.types import Command

from agent.errors import ModelMisbehaved
from agent.events import ResultsNumbered, ToolFinished, ToolStarted
from agent.offline import OFFLINE, OfflineModel
from agent.references import after_call
from agent.speech import looks_like_call, printed_call
from agent.turn import Outcome, Turn
from tools.report import report
from tools.result import Failed, ToolResult
from tools.tool import Tool
from tools.toolbox import TOOLBOX

logger = logging.getLogger(__name__)

MAX_TOOL_CALLS = 8
MAX_MODEL_CALLS = 6
TOOL_NAMES = frozenset(tool.name for tool in TOOLBOX)


class ModelFellBack:
    """Sent into the stream when the language model gave way: what it half said is void."""


def system_prompt() -> str:
    """The instructions for a language model: always the same bytes, so that servers cache them."""
    return resources.files("agent").joinpath("prompts/system.md").read_text("utf-8")


def langchain_tool(tool: Tool[Any]) -> StructuredTool:
    """`tool` as LangChain knows tools: JSON for the model, the `ToolResult` as its artifact."""

    async def act(runtime: ToolRuntime[Turn], **arguments: Any) -> tuple[str, ToolResult]:
        result = await tool.call(arguments, runtime.context.tool_context)
        return report(result), result

    return StructuredTool(
        name=tool.name,
        description=tool.description,
        args_schema=tool.arguments,
        coroutine=act,
        response_format="content_and_artifact",
    )


class TurnWatch(AgentMiddleware[AgentState[Any], Turn]):
    """Chooses the model for each call, and reports and limits the tool calls."""

    def __init__(
        self, offline: OfflineModel, *, name: str = OFFLINE, timeout_s: float | None = None
    ) -> None:
        """Watch the turns of the offline model, or of the language model called `name`."""
        super().__init__()
        self._offline = offline
        self._name = name
        self._timeout_s = timeout_s

    async def awrap_model_call(
        self,
        request: ModelRequest[Turn],
        handler: Callable[[ModelRequest[Turn]], Awaitable[ModelResponse[Any]]],
    ) -> ModelResponse[Any]:
        """Ask the language model; whatever goes wrong, the offline model answers instead."""
        turn = request.runtime.context
        turn.model_calls += 1
        enough = turn.model_calls > MAX_MODEL_CALLS or len(turn.outcomes) >= MAX_TOOL_CALLS
        if self._name != OFFLINE and not turn.fell_back and not enough:
            turn.model = self._name
            try:
                async with asyncio.timeout(self._timeout_s):
                    return _usable(await handler(request))
            except Exception as error:  # noqa: BLE001  any failure of a remote model
                reason = str(error) or f"no answer within {self._timeout_s:g} s"
                logger.warning("%s gave way to the offline model: %s", self._name, reason)
                turn.fell_back = reason
        elif enough and not turn.fell_back:
            turn.fell_back = "too many steps"
        if self._name != OFFLINE:
            request.runtime.stream_writer(ModelFellBack())
        turn.model = OFFLINE
        return await handler(
            request.override(model=self._offline.for_turn(turn), tools=[], system_message=None)
        )

    async def awrap_tool_call(
        self,
        request: ToolCallRequest,
        handler: Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]],
    ) -> ToolMessage | Command[Any]:
        """Say that the tool started and how it ended, and remember what it found."""
        turn = cast(Turn, request.runtime.context)
        async with turn.one_at_a_time:  # a model may call several at once: in their order
            return await self._call(turn, request, handler)

    @staticmethod
    async def _call(
        turn: Turn,
        request: ToolCallRequest,
        handler: Callable[[ToolCallRequest], Awaitable[ToolMessage | Command[Any]]],
    ) -> ToolMessage | Command[Any]:
        call = request.tool_call
        call_id, name = str(call["id"] or ""), call["name"]
        write = request.runtime.stream_writer
        arguments: Mapping[str, Any] = call["args"]
        write(ToolStarted(call_id, name, arguments))
        if len(turn.outcomes) >= MAX_TOOL_CALLS:
            result: ToolResult = Failed("too_many_calls", "too many steps for one request")
            message: ToolMessage | Command[Any] = ToolMessage(
                report(result), name=name, tool_call_id=call_id, artifact=result, status="error"
            )
        else:
            message = await handler(request)
            result = _result_of(message)
        turn.outcomes.append(Outcome(call_id, name, arguments, result))
        before = turn.session.results
        turn.session = after_call(turn.session, name, arguments, result)
        write(ToolFinished(call_id, name, result))
        if turn.session.results is not before:
            write(ResultsNumbered(turn.session.results))
        return message


def build_graph(
    offline: OfflineModel,
    *,
    model: BaseChatModel | None = None,
    name: str = OFFLINE,
    timeout_s: float | None = None,
) -> Any:
    """Compile the agent; `model` is the language model called `name`, None for offline only.

    There is no checkpointer: a session is kept by `SessionStore`, one row a turn.
    """
    tools: Sequence[BaseTool] = [langchain_tool(tool) for tool in TOOLBOX]
    return create_agent(
        model or offline,
        tools=tools,
        system_prompt=system_prompt() if model is not None else None,
        middleware=[TurnWatch(offline, name=name, timeout_s=timeout_s)],
        context_schema=Turn,
    )


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
