"""`POST /v1/audio/speech`: text to spoken sound, sent while it is being made."""

import asyncio
import base64
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from server.errors import BadRequest, VoiceOff, problem_of
from server.routers.openai_models import SPEAKS, require_model
from server.routers.server_sent import openai_body, server_sent
from server.routers.services import Use
from server.services import Services
from server.voice.encoding import SpeechFormat, content_type, encoder
from voice.speaking import Speaker, SpokenChunk

router = APIRouter(prefix="/v1/audio", tags=["OpenAI-compatible"])


class VoiceIn(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    id: Annotated[str, Field(max_length=200)]


class SpeechIn(BaseModel):
    """What to say. The voice is the configured one, whatever a client calls it."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    model: Annotated[str, Field(max_length=200)] = SPEAKS[1]
    input: Annotated[str, Field(min_length=1, max_length=4_096)]
    voice: Annotated[str, Field(max_length=200)] | VoiceIn = "alloy"
    response_format: SpeechFormat = "mp3"
    speed: Annotated[float, Field(ge=0.25, le=4.0, allow_inf_nan=False)] = 1.0
    """Less than half and more than twice the voice's own speed are taken as those."""
    stream_format: Literal["audio", "sse"] = "audio"


@router.post("/speech", response_class=Response)
async def speak(services: Use, wanted: SpeechIn) -> Response:
    """Speak; the sound is sent while the rest is still being made."""
    speech = services.speech
    if (problem := speech.speaking_problem) is not None:
        raise VoiceOff(problem.message, next_step=problem.next_step)
    require_model(wanted.model, SPEAKS, speech.synthesizer.name)
    chunks = _chunks(services, wanted)
    first = await anext(chunks, None)  # what fails, fails before the answer begins
    if first is None:
        raise BadRequest("There is nothing in it that can be spoken.")
    sound = _encoded(first, chunks, wanted.response_format)
    if wanted.stream_format == "sse":
        return StreamingResponse(_events(sound), media_type="text/event-stream")
    return StreamingResponse(_sound(sound), media_type=content_type(wanted.response_format))


async def _chunks(services: Services, wanted: SpeechIn) -> AsyncGenerator[SpokenChunk, None]:
    speed = min(max(wanted.speed * services.settings.voice.speed, 0.5), 2.0)
    speaker = Speaker(services.speech.synthesizer, "en", speed)

    async def text() -> AsyncIterator[str]:
        yield wanted.input

    async with contextlib.aclosing(speaker.speak(text())) as chunks:
        async for chunk in chunks:
            yield chunk


async def _encoded(
    first: SpokenChunk, rest: AsyncGenerator[SpokenChunk, None], name: SpeechFormat
) -> AsyncGenerator[bytes, None]:
    async with contextlib.aclosing(rest):
        made = await asyncio.to_thread(encoder, name)
        yield await asyncio.to_thread(made.feed, first.samples)
        async for chunk in rest:
            yield await asyncio.to_thread(made.feed, chunk.samples)
        yield await asyncio.to_thread(made.finish)


async def _sound(encoded: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    async with contextlib.aclosing(encoded):
        async for data in encoded:
            if data:
                yield data


async def _events(encoded: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    try:
        async for data in _sound(encoded):
            audio = base64.b64encode(data).decode()
            yield server_sent({"type": "speech.audio.delta", "audio": audio})
    except Exception as error:  # noqa: BLE001  the answer has begun: it is told within it
        yield server_sent(openai_body(problem_of(error)))
        return
    usage = {"input_tokens": 0, "output_tokens": 0, "total_tokens": 0}
    yield server_sent({"type": "speech.audio.done", "usage": usage})
