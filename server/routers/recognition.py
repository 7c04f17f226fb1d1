"""Which recording is this? Clips by upload and by address, and what was kept of a microphone."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request

from knowledge.fingerprint.models import RATE_HZ, Samples
from knowledge.recognition.models import HeardSource, Hearing
from server.errors import NotListening
from server.recognition.identification import Identified
from server.recognition.upload import receive
from server.recognition_wire import (
    ListeningAnswerIn,
    ListeningIn,
    ListeningOut,
    MatchOut,
    OnlineOut,
    SessionId,
    UrlIn,
)
from server.routers.services import Use
from server.services import Services
from tools.clip_naming import NamedClip

router = APIRouter(prefix="/api", tags=["recognition"])

MEGABYTE = 1_000_000
MAX_PACK_MB = 256
Place = Annotated[str, Query(max_length=100)]


@router.post("/recognise", openapi_extra={"requestBody": {"content": {"audio/*": {}}}})
async def recognise(
    services: Use,
    request: Request,
    device: Place = "",
    place: Place = "",
    session: Annotated[SessionId, Query()] = "",
    log: bool = True,
    online: bool = False,
) -> MatchOut:
    """Name the recording in the body: any format, raw or as the first file of a form.

    What is hummed and is no recording is answered in `hum`.

    With `online`, AcoustID and MusicBrainz are asked what a whole file is when the library does not
    have it; a fingerprint leaves this machine, no sound.

    With `session`, the assistant tells it in that conversation too, so that "play it" works.
    """
    services.recognition.require()
    max_bytes = services.settings.recognition.max_upload_mb * MEGABYTE
    hearing = Hearing(HeardSource.UPLOAD, session, device=device, place=place)
    async with services.incoming.file(max_bytes) as file:
        await receive(request, file)
        clip = await services.naming.file(file.path, hearing, max_bytes=max_bytes, log=log)
        named = None
        if online and clip.hum is None and not (clip.answer and clip.answer.known):
            named = await services.recognition.run(lambda one: one.name_online(file.path))
    match = await _shown(services, clip, session)
    return match if named is None else match.model_copy(update={"online": OnlineOut.of(named)})


@router.post("/recognise/url")
async def recognise_url(services: Use, wanted: UrlIn) -> MatchOut:
    """Name what a file holds or a radio stream plays."""
    services.recognition.require()
    max_bytes = services.settings.recognition.max_upload_mb * MEGABYTE
    async with services.incoming.file(max_bytes) as file:
        sound = await services.fetcher.fetch(
            wanted.url, seconds=wanted.seconds, max_bytes=max_bytes, write=file.write
        )
        await file.finish()
        device = wanted.device or (sound.name if sound.is_live else "")
        hearing = Hearing(HeardSource.URL, wanted.session, device=device, place=wanted.place)
        clip = await services.naming.file(file.path, hearing, max_bytes=max_bytes)
    return await _shown(services, clip, wanted.session)


@router.get("/listening")
async def listening(services: Use) -> ListeningOut:
    """Which microphones are listened to, and what is kept of them."""
    return services.microphones.state()


@router.post("/listening")
async def listen(services: Use, wanted: ListeningIn) -> ListeningOut:
    """Allow to keep the last seconds in memory, and ask the pages for their sound."""
    services.recognition.require()
    services.microphones.switch_on(wanted.seconds, wanted.session)
    return services.microphones.state()


@router.delete("/listening")
async def stop_listening(services: Use) -> ListeningOut:
    """Stop keeping anything, and wipe what is kept."""
    services.microphones.switch_off()
    return services.microphones.state()


@router.post("/listening/answer")
async def answer_from_kept(services: Use, wanted: ListeningAnswerIn) -> MatchOut:
    """Name what was heard some seconds ago, if it is still kept."""
    microphones = services.microphones
    session = wanted.session
    if not microphones.held_s(session):
        session = microphones.newest_ring() or ""  # another device of the same user
    if not microphones.held_s(session):
        raise NotListening("Nothing is kept of what the microphones heard.")
    samples = await microphones.clip(
        session, seconds=wanted.seconds, ending_s_ago=wanted.ending_s_ago
    )
    if samples is None:
        raise NotListening(
            f"Only the last {microphones.held_s(session):.0f} seconds are kept.",
            next_step="Ask for a time that is not so long ago.",
        )
    ago = timedelta(seconds=wanted.ending_s_ago + samples.size / RATE_HZ)
    hearing = replace(microphones.hearing(session, HeardSource.RING), at=datetime.now(UTC) - ago)
    clip = await services.naming.clip(samples, hearing)
    return await _shown(services, clip, wanted.session, samples)


async def _shown(
    services: Services, clip: NamedClip, session: str, samples: Samples | None = None
) -> MatchOut:
    """The answer; with a session it is also told in that conversation, or remembered for it."""
    if session:
        identified = Identified(clip.answer, samples, clip.hum)
        if not services.present.talk_about(session, identified):
            services.microphones.give(session, clip.answer, samples, clip.hum)
    return await asyncio.to_thread(MatchOut.of_clip, clip, services.presenter)
