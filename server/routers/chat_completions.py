"""`POST /v1/chat/completions`: talking to this assistant with any chat client.

The assistant keeps the conversation itself, so only the last message of the user counts; which
conversation it belongs to is told by `user` or `metadata.session`, else by how it began. The tools
are the assistant's own and have run when the answer comes; those of the client are not called.
"""

import asyncio
import base64
import binascii
import contextlib
import hashlib
import secrets
import time
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from agent.events import ReplyDelta, TurnFailed, TurnFinished
from server.errors import BadRequest, ServerBusy, TurnNotDone, problem_of
from server.realtime.session_state import MODEL, SESSION_ID
from server.routers.openai_models import ANSWERS, require_model
from server.routers.server_sent import openai_body, server_sent
from server.routers.services import Use
from server.services import Services

router = APIRouter(prefix="/v1/chat", tags=["OpenAI-compatible"])

_TURN_TIMEOUT_S = 120.0
_MAX_MESSAGES = 2_000
_MAX_AUDIO_BYTES = 2_000_000
_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


class AudioIn(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    data: str


class PartIn(BaseModel):
    """A piece of a message."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    type: Annotated[str, Field(max_length=50)]
    text: str = ""
    input_audio: AudioIn | None = None


class MessageIn(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    role: Literal["developer", "system", "user", "assistant", "tool", "function"]
    content: str | Annotated[tuple[PartIn, ...], Field(max_length=100)] | None = None


class StreamOptionsIn(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    include_usage: bool = False


class ChatIn(BaseModel):
    """What is asked. Settings of a language model that mean nothing here are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    model: Annotated[str, Field(max_length=200)] = MODEL
    messages: Annotated[tuple[MessageIn, ...], Field(min_length=1, max_length=_MAX_MESSAGES)]
    stream: bool | None = False
    stream_options: StreamOptionsIn | None = None
    user: Annotated[str, Field(max_length=500)] = ""
    metadata: dict[str, str] | None = None
    n: Annotated[int, Field(ge=1, le=1)] | None = 1
    tool_choice: Any = None
    modalities: tuple[str, ...] | None = None
    response_format: dict[str, Any] | None = None


@router.post("/completions", response_class=Response)
async def complete(services: Use, wanted: ChatIn) -> Response:
    """Take one turn; the last message of the user is what is asked."""
    require_model(wanted.model, ANSWERS)
    _check(wanted)
    text = await _request(services, wanted)
    speaker = (wanted.metadata or {}).get("speaker", "")
    if room := (wanted.metadata or {}).get("room", ""):
        services.rooms.asks_from(_session(wanted), room)
    deltas = _reply(services, text, _session(wanted), speaker)
    answer = _Answer(wanted)
    if not wanted.stream:
        return JSONResponse(answer.whole("".join([one async for one in deltas])))
    first = await anext(deltas, "")  # what fails, fails before the answer begins
    return StreamingResponse(_events(answer, first, deltas), media_type="text/event-stream")


class _Answer:
    """Says what the assistant says in OpenAI's words."""

    def __init__(self, wanted: ChatIn) -> None:
        self._usage = wanted.stream_options is not None and wanted.stream_options.include_usage
        self._head = {
            "id": f"chatcmpl-{secrets.token_hex(12)}",
            "created": int(time.time()),
            "model": MODEL,
        }

    def whole(self, text: str) -> dict[str, Any]:
        message: dict[str, Any] = {
            "role": "assistant",
            "content": text,
            "refusal": None,
            "annotations": [],
        }
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {**self._head, "object": "chat.completion", "choices": [choice], "usage": _USAGE}

    def piece(self, delta: dict[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return self._chunk([choice])

    def end(self) -> bytes:
        usage = self._chunk([], usage=_USAGE) if self._usage else b""
        return self.piece({}, "stop") + usage + server_sent("[DONE]")

    def _chunk(self, choices: list[dict[str, Any]], **more: Any) -> bytes:
        chunk = {**self._head, "object": "chat.completion.chunk", "choices": choices}
        return server_sent(chunk | more)


async def _events(
    answer: _Answer, first: str, rest: AsyncGenerator[str, None]
) -> AsyncIterator[bytes]:
    async with contextlib.aclosing(rest):
        yield answer.piece({"role": "assistant", "content": first})
        try:
            async for delta in rest:
                yield answer.piece({"content": delta})
        except Exception as error:  # noqa: BLE001  the answer has begun: it is told within it
            yield server_sent(openai_body(problem_of(error)))
            return
        yield answer.end()


async def _reply(
    services: Services, text: str, session_id: str, speaker: str = ""
) -> AsyncGenerator[str, None]:
    said = False
    try:
        async with (
            asyncio.timeout(_TURN_TIMEOUT_S),
            contextlib.aclosing(
                services.turns.run(text, session_id=session_id, speaker=speaker)
            ) as events,
        ):
            async for event in events:
                match event:
                    case ReplyDelta(text=delta):
                        said = True
                        yield delta
                    case TurnFinished(reply=reply) if not said:
                        yield reply
                    case TurnFailed(code=code, message=message):
                        raise TurnNotDone(code, message)
    except TimeoutError as error:
        raise ServerBusy("The answer took over two minutes.") from error


def _check(wanted: ChatIn) -> None:
    if wanted.tool_choice not in (None, "auto", "none"):
        raise BadRequest(
            "The tools here are the assistant's own: none of yours can be required.",
            next_step='Leave tool_choice out, or say "auto".',
        )
    if "audio" in (wanted.modalities or ()):
        raise BadRequest(
            "Answers are text here.", next_step="For a voice use /v1/realtime or /v1/audio/speech."
        )
    if (wanted.response_format or {}).get("type", "text") != "text":
        raise BadRequest("Answers are text here, not JSON.")


async def _request(services: Services, wanted: ChatIn) -> str:
    """The last message of the user, as text."""
    last = next((one for one in reversed(wanted.messages) if one.role == "user"), None)
    text = "" if last is None else await _text(services, last)
    if not text.strip():
        raise BadRequest("There is no message of the user to answer.")
    return text


async def _text(services: Services, message: MessageIn) -> str:
    if message.content is None or isinstance(message.content, str):
        return message.content or ""
    words = []
    for part in message.content:
        if part.type == "text":
            words.append(part.text)
        elif part.input_audio is not None:
            words.append(await _heard(services, part.input_audio))
        else:
            raise BadRequest(f"Content of type {part.type!r} is not supported; send text.")
    return "\n".join(words)


async def _heard(services: Services, audio: AudioIn) -> str:
    services.speech.require()
    try:
        data = base64.b64decode(audio.data, validate=True)
    except binascii.Error as error:
        raise BadRequest("input_audio.data is not base64.") from error
    async with services.incoming.file(_MAX_AUDIO_BYTES) as file:
        await file.write(data)
        await file.finish()
        samples = await services.speech.files.samples(file.path)
    return (await services.speech.transcriber.transcribe(samples)).text


def _session(wanted: ChatIn) -> str:
    """Which conversation this belongs to."""
    named = (wanted.metadata or {}).get("session", "") or wanted.user
    if SESSION_ID.fullmatch(named):
        return named
    if not named:
        # Clients send the whole conversation each time: how it began tells which one it is.
        began = next(one for one in wanted.messages if one.role == "user")
        named = began.model_dump_json()
    return f"chat-{hashlib.sha256(named.encode()).hexdigest()[:24]}"
