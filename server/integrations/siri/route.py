"""`POST /api/siri`: one question, one answer, as text or spoken.

For Siri's Shortcuts, and for anything else that can send one HTTP request. A problem is told in
the field `text`, too, so that a Shortcut speaks it like any answer.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel, ConfigDict

from server.auth.identity import Asker, Identity
from server.errors import Problem, VoiceOff, problem_of
from server.integrations.siri.asked import Asked, read_recording, read_words
from server.integrations.turn import WholeReply, conversation_id, take_turn
from server.routers.services import Use
from server.services import Services
from server.voice.encoding import content_type, encoder
from voice.speaking import Speaker

router = APIRouter(prefix="/api", tags=["Siri"])

ROUTE = "/api/siri"
_MEGABYTE = 1_000_000
_FORMAT: Final = "mp3"
_NOTHING_HEARD = WholeReply("I did not hear anything.", "en")


class SiriOut(BaseModel):
    """An answer to be spoken or shown."""

    model_config = ConfigDict(frozen=True)

    text: str
    language: str
    asks: bool
    """Whether it asks something: listen again, and send what is said with the same `device`."""
    heard: str = ""
    """What was understood of a recording."""


@router.post("/siri", response_model=SiriOut, openapi_extra={"requestBody": {"content": {
    "application/json": {"schema": {"type": "object", "properties": {
        "text": {"type": "string"}, "device": {"type": "string"},
        "answer": {"enum": ["json", "text", "audio"]}}}},
    "multipart/form-data": {"schema": {"type": "object", "properties": {
        "file": {"type": "string", "format": "binary"}, "device": {"type": "string"}}}},
    "audio/*": {"schema": {"type": "string", "format": "binary"}}}}})  # fmt: skip
async def ask(services: Use, request: Request, asker: Asker) -> Response:
    """Answer words or a recording; the conversation goes on for each `device`."""
    try:
        return await _asked(services, request, asker)
    except Exception as error:
        problem = problem_of(error)
        if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        return _told(problem)


async def _asked(services: Services, request: Request, asker: Identity) -> Response:
    asked, heard = await read_words(request), ""
    if asked is None:
        limit = services.settings.voice.max_upload_mb * _MEGABYTE
        async with services.incoming.file(limit) as file:
            asked = await read_recording(request, file)
            heard = await _heard(services, asked)
    text = asked.fields.text if asked.recording is None else heard
    reply = _NOTHING_HEARD
    if text.strip():
        reply = await take_turn(
            services.turns,
            text,
            session_id=conversation_id("siri", asker, asked.fields.device),
            speaker=asked.fields.speaker,
            spoken=True,
        )
    return await _answer(services, asked.fields.answer, reply, heard)


async def _heard(services: Services, asked: Asked) -> str:
    """What is said in the recording; "" without one. Decoded in a process of its own."""
    if asked.recording is None:
        return ""
    services.speech.require()
    samples = await services.speech.files.samples(asked.recording)
    return (await services.speech.transcriber.transcribe(samples)).text.strip()


async def _answer(services: Services, form: str, reply: WholeReply, heard: str) -> Response:
    if form == "text":
        return PlainTextResponse(reply.text)
    if form == "audio":
        sound = await _spoken(services, reply)
        return Response(sound, media_type=content_type(_FORMAT))
    out = SiriOut(text=reply.text, language=reply.language, asks=reply.asks, heard=heard)
    return JSONResponse(out.model_dump())


async def _spoken(services: Services, reply: WholeReply) -> bytes:
    """The answer as a file: Shortcuts plays nothing before it has the whole of it."""
    speech = services.speech
    if (problem := speech.speaking_problem) is not None:
        raise VoiceOff(problem.message, next_step=problem.next_step)
    speed = min(max(services.settings.voice.speed, 0.5), 2.0)
    speaker = Speaker(speech.synthesizer, reply.language, speed)

    async def text() -> AsyncIterator[str]:
        yield reply.text

    made = await asyncio.to_thread(encoder, _FORMAT)
    sound = bytearray()
    async with contextlib.aclosing(speaker.speak(text())) as chunks:
        async for chunk in chunks:
            sound += await asyncio.to_thread(made.feed, chunk.samples)
    sound += await asyncio.to_thread(made.finish)
    return bytes(sound)


def _told(problem: Problem) -> Response:
    said = f"{problem.message} {problem.next_step}".strip()
    return JSONResponse(
        {"text": said, "language": "en", "asks": False, "heard": "", **problem.body()},
        problem.status,
    )
