"""Recordings and cover art."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response

from server.media.files import file_answer
from server.media.playable import AudioFormat
from server.routers.services import Use
from server.wire import Id

router = APIRouter(prefix="/api", tags=["media"])


@router.head("/tracks/{track_id}/audio", include_in_schema=False)
@router.get("/tracks/{track_id}/audio", response_class=FileResponse)
async def audio(
    services: Use,
    request: Request,
    track_id: Id,
    wanted: Annotated[
        AudioFormat,
        Query(alias="format", description="auto: as stored when browsers play it, else FLAC"),
    ] = AudioFormat.AUTO,
) -> Response:
    """The recording, in parts when asked for (HTTP Range)."""
    track = await asyncio.to_thread(services.catalog.track, track_id)
    path = await asyncio.to_thread(services.catalog.path_of, track_id)
    playable = await services.playable.open(track, path, wanted)
    return await file_answer(
        request, playable.path, playable.media_type, cache="private, max-age=0, must-revalidate"
    )


@router.head("/covers/{cover_id}", include_in_schema=False)
@router.get("/covers/{cover_id}", response_class=FileResponse)
async def cover(
    services: Use,
    request: Request,
    cover_id: str,
    size: Literal["96", "256", "512"] | None = None,
) -> Response:
    """A picture: the original, or a WebP no larger than `size` pixels."""
    catalog = services.catalog
    if size is None:
        path = await asyncio.to_thread(catalog.cover_path, cover_id)
    else:
        path = await asyncio.to_thread(catalog.cover_thumbnail, cover_id, int(size))
    # The id is the hash of the picture, so what it names never changes.
    return await file_answer(request, path, None, cache="private, max-age=31536000, immutable")
