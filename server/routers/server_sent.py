"""Server-sent events and errors, as OpenAI's clients read them."""

from typing import Any

from pydantic_core import to_json

from server.errors import Problem


def server_sent(data: dict[str, Any] | str) -> bytes:
    """One event without a name; its data is JSON, or a word such as "[DONE]"."""
    return b"data: " + (data.encode() if isinstance(data, str) else to_json(data)) + b"\n\n"


def openai_body(problem: Problem) -> dict[str, Any]:
    """The JSON body of an error: ours, with what OpenAI's clients look for."""
    kind = "invalid_request_error" if problem.status < 500 else "server_error"
    return {"error": {**problem.body()["error"], "type": kind, "param": None}}
