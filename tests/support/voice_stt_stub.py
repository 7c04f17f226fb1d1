"""A speech recogniser's server on this machine, with OpenAI's interface and a script for ears."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import UploadFile


@dataclass(frozen=True, slots=True)
class Answers:
    """One answer of the server."""

    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    after_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What the server was asked."""

    fields: dict[str, str]
    sound: bytes
    key: str


def heard(text: str, language: str = "english") -> Answers:
    """A detailed answer, as OpenAI's whisper-1 gives it."""
    segment = {"text": text, "avg_logprob": -0.1, "no_speech_prob": 0.02}
    return Answers({"text": text, "language": language, "segments": [segment]})


@dataclass(slots=True)
class StubEars:
    """What the server shall answer, request by request, and what it was asked."""

    port: int = 0
    script: list[Answers] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set at the end, so that nobody goes on waiting."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def asked_times(self, count: int) -> None:
        """Wait for so many requests."""
        while len(self.asked) < count:  # noqa: ASYNC110  a test may poll
            await asyncio.sleep(0.005)


@asynccontextmanager
async def open_ears(*script: Answers) -> AsyncIterator[StubEars]:
    """Serve on a free port of 127.0.0.1 until the block ends."""
    stub = StubEars(script=list(script))
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    stub.port = listening.getsockname()[1]
    config = uvicorn.Config(
        _app(stub), log_level="error", ws="none", lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        while not server.started:  # noqa: ASYNC110  uvicorn offers no event
            await asyncio.sleep(0.005)
        yield stub
    finally:
        stub.over.set()
        server.should_exit = True
        await serving
        listening.close()


def _app(stub: StubEars) -> FastAPI:
    app = FastAPI()

    @app.post("/v1/audio/transcriptions")
    async def transcribe(request: Request) -> Response:
        async with request.form() as form:
            file = form["file"]
            assert isinstance(file, UploadFile)
            fields = {name: str(value) for name, value in form.items() if name != "file"}
            key = request.headers.get("authorization", "")
            stub.asked.append(Asked(fields, await file.read(), key))
        answer = stub.script.pop(0)
        stub.at_once += 1
        stub.most_at_once = max(stub.at_once, stub.most_at_once)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stub.over.wait(), answer.after_s)
        stub.at_once -= 1
        if isinstance(answer.body, bytes):
            return Response(answer.body, answer.status, answer.headers)
        return JSONResponse(answer.body, answer.status, answer.headers)

    return app
