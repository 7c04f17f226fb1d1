"""Who asks through MCP, and what they may do.

The guard established that for the HTTP request. A message may be handled in a task that another
request began, so it is established once more around every message.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerMiddleware, ServerRequestContext
from mcp.server.mcpserver.exceptions import ToolError
from starlette.requests import Request

from server.auth.identity import NOBODY, Identity, Permission, acting_for, identity_of

_asking: ContextVar[Identity] = ContextVar("refrain_mcp_identity", default=NOBODY)


def who_asks() -> Identity:
    """The person of the message that is being handled."""
    return _asking.get()


def for_the_asker(without_request: Identity) -> ServerMiddleware[Any]:
    """Handle each message for the person of its request, or for `without_request`.

    There is no request on standard input and output: who can start our program can read its files,
    and is the owner. A message over HTTP that lost its request is nobody's.
    """

    async def handle(ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult:
        found = ctx.request
        identity = identity_of(found) if isinstance(found, Request) else without_request
        before = _asking.set(identity)
        try:
            with acting_for(identity):
                return await call_next(ctx)
        finally:
            _asking.reset(before)

    return handle


def require(*permissions: Permission, refusal: Callable[[str], Exception] = ToolError) -> None:
    """Go on only if the asker may do all of this.

    Raises:
        ToolError: a permission is missing (or what `refusal` makes).
    """
    missing = [one.value for one in permissions if not who_asks().may(one)]
    if missing:
        raise refusal(f"This token does not allow {' and '.join(missing)}. Nothing was done.")
