"""Which tune is this? Hums by upload, the pick among those offered, and how far the library is."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from server.hum_wire import HumOut, MelodiesOut, PickIn
from server.recognition.identification import Identified
from server.recognition.upload import receive
from server.recognition_wire import SessionId
from server.routers.recognition import MEGABYTE, Place
from server.routers.services import Use

router = APIRouter(prefix="/api", tags=["humming"])


@router.post("/hum", openapi_extra={"requestBody": {"content": {"audio/*": {}}}})
async def hum(
    services: Use,
    request: Request,
    device: Place = "",
    place: Place = "",
    session: Annotated[SessionId, Query()] = "",
    words: bool = True,
) -> HumOut:
    """Name the tune that is hummed, whistled or sung in the body: any format, raw or as a form.

    With `words`, what is sung is understood where speech recognition is there, and lyrics and
    titles are looked for too. With `session`, the assistant tells the answer in that conversation,
    so that "the second one" and "play it" work. The sound is not kept.
    """
    del device, place  # as with recordings, so that clients need not know which it is
    services.naming.require_humming()
    max_bytes = services.settings.recognition.max_upload_mb * MEGABYTE
    async with services.incoming.file(max_bytes) as file:
        await receive(request, file)
        answer = await services.naming.hum(
            file.path, session_id=session, max_bytes=max_bytes, words=words
        )
    if session and not services.present.talk_about(session, Identified(hum=answer)):
        services.microphones.give(session, None, None, answer)
    return await asyncio.to_thread(HumOut.of, answer, services.presenter)


@router.post("/hum/{hum_id}/pick", status_code=204)
async def pick(services: Use, hum_id: Annotated[int, Path(ge=1)], wanted: PickIn) -> None:
    """Say which track a hum was meant to be, so that the next one like it is named better."""
    await services.naming.pick(hum_id, wanted.track_id)


@router.get("/melodies")
async def melodies(services: Use) -> MelodiesOut:
    """How many tunes a hum is compared with, and how many recordings are still to be heard."""
    if services.humming is None:
        return MelodiesOut(indexed=0, waiting=0, failed=0, written=0)
    return MelodiesOut.of(await asyncio.to_thread(services.humming.status))
