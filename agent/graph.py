"""The LangGraph agent: one model node, one tools node, and `agent.watch` between them."""

from collections.abc import Sequence
from importlib import resources
from typing import Any

from langchain.agents import create_agent
from langchain.tools import ToolRuntime
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import SystemMessage
from langchain_core.tools import BaseTool, StructuredTool

from agent.offline import OFFLINE, OfflineModel
from agent.turn import Turn
from agent.watch import TurnWatch
from tools.report import report
from tools.result import ToolResult
from tools.tool import Tool
from tools.toolbox import TOOLBOX


def system_prompt() -> str:
    """The instructions for a language model: always the same bytes, so that servers cache them."""
    return resources.files("agent").joinpath("prompts/system.md").read_text("utf-8")


def prefix(name: str) -> SystemMessage:
    """The instructions as the first message for the model called `name`.

    What a request to a language model begins with, these and the tools, is byte for byte the same
    in every turn of every conversation; the time, what plays and the request come after it. Most
    servers keep such a beginning by themselves. Anthropic's keep it up to a mark.
    """
    if not name.startswith("anthropic:"):
        return SystemMessage(system_prompt())
    marked = {"type": "text", "text": system_prompt(), "cache_control": {"type": "ephemeral"}}
    return SystemMessage([marked])


def langchain_tools() -> Sequence[BaseTool]:
    """The toolbox as LangChain knows tools, in an order that never changes."""
    return [langchain_tool(tool) for tool in TOOLBOX]


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


def build_graph(
    offline: OfflineModel,
    *,
    model: BaseChatModel | None = None,
    name: str = OFFLINE,
    timeout_s: float | None = None,
    speaks: bool = True,
) -> Any:
    """Compile the agent; `model` is the language model called `name`, None for offline only.

    There is no checkpointer: a session is kept by `SessionStore`, one row a turn.
    """
    return create_agent(
        model or offline,
        tools=langchain_tools(),
        system_prompt=prefix(name) if model is not None else None,
        middleware=[TurnWatch(offline, name=name, timeout_s=timeout_s, speaks=speaks)],
        context_schema=Turn,
    )
