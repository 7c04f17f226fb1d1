"""`POST /v1/audio/transcriptions`: recorded speech to text, as OpenAI's clients ask for it."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from server.errors import problem_of
from server.recognition.upload import receive
from server.routers.openai_models import HEARS, require_model
from server.routers.server_sent import openai_body, server_sent
from server.routers.services import Use
from server.services import Services
from server.voice.dictation import Segment, dictated
from voice.audio import HEARING_RATE_HZ, Samples

router = APIRouter(prefix="/v1/audio", tags=["OpenAI-compatible"])

MEGABYTE = 1_000_000
ROUTE = "/v1/audio/transcriptions"


class TranscriptionIn(BaseModel):
    """The fields of the form beside the file. What is not named here is ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    model: Annotated[str, Field(max_length=200)] = HEARS[1]
    language: Annotated[str, Field(pattern=r"^([a-z]{2,3})?$")] = ""
    prompt: Annotated[str, Field(max_length=4_000)] = ""
    response_format: Literal["json", "text", "verbose_json"] = "json"
    stream: bool = False
    granularity: Annotated[
        Literal["segment"], Field(validation_alias="timestamp_granularities[]")
    ] = "segment"


@router.post("/transcriptions", openapi_extra={"requestBody": {"content": {
    "multipart/form-data": {"schema": {"type": "object", "properties": {
        "file": {"type": "string", "format": "binary"}, "model": {"type": "string"},
        "language": {"type": "string"}, "prompt": {"type": "string"},
        "response_format": {"enum": ["json", "text", "verbose_json"]},
        "stream": {"type": "boolean"}}}}}}})  # fmt: skip
async def transcribe(services: Use, request: Request) -> Response:
    """Transcribe a file of any format; `stream=true` tells each part when it is understood."""
    speech, limits = services.speech, services.settings.voice
    speech.require()
    async with services.incoming.file(limits.max_upload_mb * MEGABYTE) as file:
        wanted = _read(await receive(request, file))
        require_model(wanted.model, HEARS, speech.transcriber.name)
        samples = await speech.files.samples(file.path)
    segments = _segments(services, samples, wanted)
    seconds = round(len(samples) / HEARING_RATE_HZ, 3)
    if wanted.stream:
        return StreamingResponse(_events(segments), media_type="text/event-stream")
    heard = [one async for one in segments]
    text = _joined(heard)
    if wanted.response_format == "text":
        return PlainTextResponse(text + "\n")
    usage = {"type": "duration", "seconds": seconds}
    if wanted.response_format == "json":
        return JSONResponse({"text": text, "usage": usage})
    return JSONResponse(
        {
            "task": "transcribe",
            "language": heard[0].transcript.language if heard else wanted.language,
            "duration": seconds,
            "text": text,
            "segments": [_verbose(one) for one in heard],
            "usage": usage,
        }
    )


def _read(fields: dict[str, str]) -> TranscriptionIn:
    try:
        return TranscriptionIn.model_validate(fields)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


async def _segments(
    services: Services, samples: Samples, wanted: TranscriptionIn
) -> AsyncIterator[Segment]:
    await services.speech.prepare()
    segments = dictated(
        samples,
        services.speech.transcriber,
        vad=services.speech.vad,
        language=wanted.language or None,
        prompt=wanted.prompt,
        who=f"file-{id(samples)}",
    )
    async for segment in segments:
        yield segment


async def _events(segments: AsyncIterator[Segment]) -> AsyncIterator[bytes]:
    heard: list[Segment] = []
    try:
        async for segment in segments:
            delta = (" " if heard else "") + segment.text
            heard.append(segment)
            yield server_sent({"type": "transcript.text.delta", "delta": delta})
    except Exception as error:  # noqa: BLE001  the answer has begun: it is told within it
        yield server_sent(openai_body(problem_of(error)))
        return
    done: dict[str, Any] = {"type": "transcript.text.done", "text": _joined(heard)}
    yield server_sent(done)
    yield server_sent("[DONE]")


def _joined(segments: list[Segment]) -> str:
    return " ".join(one.text for one in segments)


def _verbose(segment: Segment) -> dict[str, Any]:
    return {
        "id": segment.number,
        "seek": round(segment.start_s * 100),
        "start": round(segment.start_s, 3),
        "end": round(segment.end_s, 3),
        "text": segment.text,
        "tokens": [],
        "temperature": 0.0,
        "avg_logprob": round(segment.avg_logprob, 4),
        "compression_ratio": round(segment.compression_ratio, 4),
        "no_speech_prob": round(segment.transcript.no_speech, 4),
    }
