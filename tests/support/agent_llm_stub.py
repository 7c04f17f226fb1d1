"""A language model's server on this machine, with the OpenAI protocol and a script for a brain."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from agent.models import ModelSettings


@dataclass(frozen=True, slots=True)
class Says:
    """Answers with text, in small pieces."""

    text: str


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls tools, each with its arguments; an argument may also be broken JSON."""

    calls: tuple[tuple[str, dict[str, Any] | str], ...]
    before: str = ""
    """Text said before the calls."""


@dataclass(frozen=True, slots=True)
class Fails:
    """Answers with an HTTP error."""

    status: int = 500


@dataclass(frozen=True, slots=True)
class Hangs:
    """Takes the request and never answers; or goes silent after `first`."""

    first: str = ""


Step = Says | Calls | Fails | Hangs


def calls(tool: str, /, **arguments: Any) -> Calls:
    return Calls(((tool, arguments),))


@dataclass(slots=True)
class StubModel:
    """What the server shall answer, request by request, and what it was asked."""

    port: int = 0
    script: list[Step] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)

    def settings(self, *, timeout_s: float = 5.0) -> ModelSettings:
        return ModelSettings(
            provider="openai",
            model="stub",
            base_url=f"http://127.0.0.1:{self.port}/v1",
            timeout_s=timeout_s,
        )

    def will(self, *steps: Step) -> None:
        self.script.extend(steps)

    @property
    def last_messages(self) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self.requests[-1]["messages"]
        return messages


@asynccontextmanager
async def open_stub() -> AsyncIterator[StubModel]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    stub = StubModel()
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    stub.port = listening.getsockname()[1]
    config = uvicorn.Config(
        _app(stub), log_level="error", ws="none", lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110  uvicorn offers no event
        await asyncio.sleep(0.01)
    try:
        yield stub
    finally:
        server.should_exit = True
        server.force_exit = True
        await serving
        listening.close()


def _app(stub: StubModel) -> FastAPI:
    app = FastAPI()

    @app.post("/v1/chat/completions")
    async def complete(request: Request) -> Response:
        body = await request.json()
        stub.requests.append(body)
        step = stub.script.pop(0) if stub.script else Says("I have nothing to say.")
        if isinstance(step, Fails):
            return JSONResponse({"error": {"message": "the stub fails"}}, step.status)
        if isinstance(step, Hangs) and not step.first:
            await asyncio.sleep(30)
        return StreamingResponse(_stream(step), media_type="text/event-stream")

    return app


async def _stream(step: Says | Calls | Hangs) -> AsyncIterator[str]:
    yield _event({"role": "assistant", "content": ""})
    if isinstance(step, Hangs):
        for piece in _pieces(step.first):
            yield _event({"content": piece})
        await asyncio.sleep(30)
    elif isinstance(step, Says):
        for piece in _pieces(step.text):
            yield _event({"content": piece})
        yield _event({}, "stop")
    else:
        for piece in _pieces(step.before):
            yield _event({"content": piece})
        for index, (name, arguments) in enumerate(step.calls):
            text = arguments if isinstance(arguments, str) else json.dumps(arguments)
            function = {"name": name, "arguments": ""}
            opening = {"index": index, "id": f"call_{index}", "type": "function"}
            yield _event({"tool_calls": [{**opening, "function": function}]})
            for piece in _pieces(text):
                yield _event({"tool_calls": [{"index": index, "function": {"arguments": piece}}]})
        yield _event({}, "tool_calls")
    yield "data: [DONE]\n\n"


def _pieces(text: str) -> list[str]:
    return [text[start : start + 7] for start in range(0, len(text), 7)]


def _event(delta: dict[str, Any], finish: str | None = None) -> str:
    chunk = {
        "id": "stub",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "stub",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(chunk)}\n\n"
