"""What was heard: the log, the recordings that nobody could name yet, fingerprint packs.

Routes are plain functions where they only read or write the database: they run in worker threads.
"""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response
from starlette.background import BackgroundTask

from knowledge.recognition.models import HeardEvent, Pack, Tune
from knowledge.recognition.service import RecognitionService
from knowledge.times import local_now, past_time
from server.errors import BadRequest
from server.recognition.upload import receive
from server.recognition_wire import (
    CorrectIn,
    HeardOut,
    HeardPage,
    PackOut,
    TuneNameIn,
    TuneOut,
)
from server.routers.recognition import MAX_PACK_MB, MEGABYTE
from server.routers.services import Use
from server.services import Services
from server.wire import Id

router = APIRouter(prefix="/api", tags=["what was heard"])

MAX_WORDS = 300
_MAX_PACK_TRACKS = 1_000_000
Words = Annotated[str, Query(max_length=MAX_WORDS)]
PackId = Annotated[str, Query(max_length=128)]


@router.get("/heard")
async def heard(
    services: Use,
    when: Words = "",
    about: Words = "",
    place: Words = "",
    since: Annotated[datetime | None, Query(alias="from")] = None,
    to: datetime | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> HeardPage:
    """What was heard around the devices, newest first.

    `when` in words: "last night"; `about`: words of the title or artist, or else of the place.
    """
    start, end, words = _utc(since), _utc(to), ""
    if when:
        span = past_time(when, local_now())
        if span is None:
            raise BadRequest(
                "That names no time.", next_step='Say "yesterday evening" or "two hours ago".'
            )
        start, end, words = span.start, span.end, span.words
    if start is not None and end is not None and start > end:
        raise BadRequest("`from` lies after `to`.")

    def work(service: RecognitionService) -> tuple[HeardEvent, ...]:
        log = service.heard
        found = log.search(about, start=start, end=end, place=place, limit=limit)
        if found or not about or place:
            return found
        return log.search(start=start, end=end, place=about, limit=limit)

    events = await services.recognition.run(work)
    return await asyncio.to_thread(
        lambda: HeardPage(
            items=tuple(HeardOut.of(event, services.presenter) for event in events), when=words
        )
    )


@router.delete("/heard/{heard_id}", status_code=204)
async def forget(services: Use, heard_id: Id) -> Response:
    """Forget one thing that was heard, with its fingerprint."""
    await services.recognition.run(lambda service: service.heard.delete(heard_id), changes=True)
    return Response(status_code=204)


@router.post("/heard/{heard_id}/correct")
async def correct(services: Use, heard_id: Id, wanted: CorrectIn) -> HeardOut:
    """Say what it really was; Refrain learns from it."""

    def work(service: RecognitionService) -> HeardEvent:
        service.correct(heard_id, wanted.track_id)
        return service.heard.get(heard_id)

    event = await services.recognition.run(work, changes=True)
    return await asyncio.to_thread(HeardOut.of, event, services.presenter)


@router.get("/unknown")
async def unknown(
    services: Use,
    named: bool | None = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> tuple[TuneOut, ...]:
    """Recordings that were heard and that the library does not have, as fingerprints."""
    tunes = await services.recognition.run(
        lambda service: service.unknowns.all(named=named, limit=limit)
    )
    return await asyncio.to_thread(
        lambda: tuple(TuneOut.of(tune, services.presenter) for tune in tunes)
    )


@router.post("/unknown/{tune_id}")
async def name(services: Use, tune_id: Id, wanted: TuneNameIn) -> TuneOut:
    """Say what an unknown recording is."""
    title = wanted.title.strip()
    if (wanted.track_id is None) == (not title):
        raise BadRequest("Give either a title or the id of a track.")
    artist = wanted.artist.strip()

    def work(service: RecognitionService) -> Tune:
        service.unknowns.name(tune_id, title=title, artist=artist, track_id=wanted.track_id)
        return service.unknowns.get(tune_id)

    tune = await services.recognition.run(work, changes=True)
    return await asyncio.to_thread(TuneOut.of, tune, services.presenter)


@router.delete("/unknown/{tune_id}", status_code=204)
async def forget_unknown(services: Use, tune_id: Id) -> Response:
    """Forget an unknown recording."""
    await services.recognition.run(lambda service: service.unknowns.delete(tune_id), changes=True)
    return Response(status_code=204)


@router.get("/packs")
async def packs(services: Use) -> tuple[PackOut, ...]:
    """Fingerprint packs of other installations."""
    found = await services.recognition.run(lambda service: service.packs())
    return tuple(PackOut.of(pack) for pack in found)


@router.post(
    "/packs",
    status_code=201,
    openapi_extra={"requestBody": {"content": {"application/octet-stream": {}}}},
)
async def import_pack(services: Use, request: Request) -> PackOut:
    """Take in a pack: the body is the file."""
    services.recognition.require()
    async with services.incoming.file(MAX_PACK_MB * MEGABYTE) as file:
        await receive(request, file)
        pack: Pack = await services.recognition.run(
            lambda service: service.import_pack(file.path), changes=True
        )
    return PackOut.of(pack)


@router.get("/packs/export", response_class=FileResponse)
async def export_pack(
    services: Use, name: Annotated[str, Query(min_length=1, max_length=100)] = "library"
) -> FileResponse:
    """Fingerprints and names of the whole library, and no sound, as one file."""
    services.recognition.require()
    path = services.incoming.place()

    def remove() -> None:
        path.unlink(missing_ok=True)

    try:
        await services.recognition.run(
            lambda service: service.export_pack(path, _all_tracks(services), name=name)
        )
    except BaseException:
        remove()
        raise
    return FileResponse(
        path,
        media_type="application/octet-stream",
        filename="library.refrain-pack",
        background=BackgroundTask(remove),
    )


@router.delete("/packs/{pack_id}", status_code=204)
async def remove_pack(services: Use, pack_id: str) -> Response:
    """Forget a pack; what it named keeps its name."""
    await services.recognition.run(lambda service: service.remove_pack(pack_id[:128]))
    return Response(status_code=204)


def _all_tracks(services: Services) -> tuple[int, ...]:
    ids: list[int] = []
    while len(ids) < _MAX_PACK_TRACKS:
        page, total = services.catalog.list_tracks(offset=len(ids), limit=500)
        ids += [track.id for track in page]
        if not page or len(ids) >= total:
            break
    return tuple(ids)


def _utc(given: datetime | None) -> datetime | None:
    if given is None or given.tzinfo is not None:
        return given
    return given.replace(tzinfo=UTC)
