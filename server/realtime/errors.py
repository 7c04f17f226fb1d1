"""What a client did that cannot be done: an error event, and the connection goes on."""

from typing import Any

from pydantic import ValidationError
from pydantic_core import from_json

from server.realtime.outgoing import ServerEvent


class Refused(ValueError):
    """An event that cannot be taken; `code` is the one that clients know."""

    def __init__(self, code: str, message: str, *, param: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.param = param


class NoSuchItem(Refused):
    """An id that names no item of the conversation."""

    def __init__(self, item_id: str, param: str = "item_id") -> None:
        super().__init__("item_not_found", f"There is no item {item_id!r}.", param=param)


def error_event(
    code: str,
    message: str,
    *,
    kind: str = "invalid_request_error",
    param: str | None = None,
    event_id: str | None = None,
) -> ServerEvent:
    """An error as OpenAI's clients read it; `event_id` names the client's event behind it."""
    error: dict[str, Any] = {"type": kind, "code": code, "message": message, "param": param}
    return {"type": "error", "error": error | {"event_id": event_id}}


def event_id_of(text: str) -> str | None:
    """The id that the client gave its event, if one can be made out at all."""
    try:
        value = from_json(text)
    except ValueError:
        return None
    found = value.get("event_id") if isinstance(value, dict) else None
    return found if isinstance(found, str) and len(found) <= 512 else None


def explain(error: ValidationError) -> tuple[str, str]:
    """Code and words for a message that is no event."""
    first = error.errors(include_url=False, include_context=False)[0]
    if first["type"] == "json_invalid":
        return "invalid_json", "The message is not valid JSON."
    if first["type"] in {"union_tag_invalid", "union_tag_not_found"} and len(first["loc"]) == 0:
        return "unknown_event", f"Unknown event: {str(first['msg'])[:200]}"
    place = ".".join(str(part) for part in first["loc"][1:])
    return "invalid_value", f"{place or 'message'}: {first['msg']}"[:500]
