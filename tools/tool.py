"""What a tool is, and how a call of one always ends in a `ToolResult`."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from knowledge.errors import KnowledgeError
from tools.context import ToolContext
from tools.errors import ToolError
from tools.permissions import may_call
from tools.result import Failed, ToolResult

logger = logging.getLogger(__name__)

Arguments = TypeVar("Arguments", bound=BaseModel)
DEFAULT_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Tool(Generic[Arguments]):
    """One thing the agent may do."""

    name: str
    description: str
    """For a language model: when to use it and what it returns."""
    arguments: type[Arguments]
    act: Callable[[Arguments, ToolContext], Awaitable[ToolResult]]
    timeout_s: float = DEFAULT_TIMEOUT_S

    async def call(self, arguments: Mapping[str, Any], context: ToolContext) -> ToolResult:
        """Run the tool. Never raises (except when cancelled) and never takes over `timeout_s`."""
        try:
            parsed = self.arguments.model_validate(dict(arguments))
        except ValidationError as error:
            return Failed("invalid_arguments", _first_problem(error), "Say it in other words.")
        if not may_call(self.name, parsed):
            return Failed(
                "not_permitted",
                "whoever asks here may not do that",
                "Do it in the page, or let this device do more.",
            )
        try:
            async with asyncio.timeout(self.timeout_s):
                return await self.act(parsed, context)
        except TimeoutError:
            return Failed(
                "tool_timeout",
                f"that took longer than {self.timeout_s:.0f} seconds",
                "Please try again.",
            )
        except ToolError as error:
            return Failed(error.code, str(error) or _docstring(error), error.next_step)
        except KnowledgeError as error:
            return Failed(error.code, str(error) or _docstring(error))
        except Exception:
            logger.exception("tool %s failed", self.name)
            return Failed(
                "internal_error",
                "something went wrong inside Refrain",
                "Please try again; the log says more.",
            )


def _docstring(error: Exception) -> str:
    return (type(error).__doc__ or type(error).__name__).strip().splitlines()[0]


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in problem["loc"])
    return f"{where}: {problem['msg']}" if where else str(problem["msg"])
