"""Internet radio: the stations, their sound, and what plays there."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from knowledge.stations import MAX_NAME, Station, track_of
from server.auth.identity import Permission, needs
from server.errors import NotFound
from server.recognition.addresses import MAX_URL
from server.routers.services import Use
from server.services import Services
from server.sources.station_now import StationEar
from server.wire import Id, PlayerOut

router = APIRouter(prefix="/api", tags=["radio"])
_OUT = ConfigDict(frozen=True)
_IN = ConfigDict(frozen=True, extra="forbid")
_LISTENS = Depends(needs(Permission.LISTEN))
_CONTROLS = Depends(needs(Permission.CONTROL))
_CHANGES = Depends(needs(Permission.LIBRARY))


class StationIn(BaseModel):
    model_config = _IN
    url: Annotated[str, Field(min_length=1, max_length=MAX_URL)]
    """A stream, or a .pls or .m3u that names one."""
    name: Annotated[str, Field(max_length=MAX_NAME)] = ""
    """Empty: as the station calls itself."""


class StationOut(BaseModel):
    model_config = _OUT
    id: int
    name: str
    url: str
    says: str
    """What it says it plays, while somebody listens; what it really plays see `now`."""


class StationsOut(BaseModel):
    model_config = _OUT
    items: tuple[StationOut, ...]


class StationNow(BaseModel):
    """What plays at a station: as it says itself, and as we recognised it."""

    model_config = _OUT
    says: str
    recognised: str
    """Title and artist, from our own fingerprints; empty when it is not known."""
    certainty: str


@router.get("/stations", dependencies=[_LISTENS])
async def stations(services: Use) -> StationsOut:
    """All stations by name."""
    found = await run_in_threadpool(services.stations.all)
    return StationsOut(items=tuple(_shown(services, one) for one in found))


@router.post("/stations", status_code=201, dependencies=[_CHANGES])
async def add_station(services: Use, wanted: StationIn) -> StationOut:
    """Keep a station. Its address is opened once, to see that there is a live stream."""
    calls_itself = await services.radio.check(wanted.url)
    name = wanted.name.strip() or calls_itself
    return _shown(services, await run_in_threadpool(services.stations.add, name, wanted.url))


@router.delete("/stations/{station_id}", status_code=204, dependencies=[_CHANGES])
async def remove_station(services: Use, station_id: Id) -> Response:
    """Forget a station."""
    if not await run_in_threadpool(services.stations.remove, station_id):
        raise NotFound("There is no such radio station.")
    return Response(status_code=204)


@router.post("/stations/{station_id}/play", dependencies=[_CONTROLS])
async def play_station(services: Use, station_id: Id) -> PlayerOut:
    """Play a station in place of the queue; answers when the player reports it."""
    station = await run_in_threadpool(services.stations.station, station_id)
    await services.playback.play([track_of(station)])
    return PlayerOut.of(services.playback.player, services.playback.state)


@router.head("/stations/{station_id}/stream", include_in_schema=False)
async def stream_head(services: Use, station_id: Id) -> Response:
    await run_in_threadpool(services.stations.station, station_id)
    return Response(media_type="audio/mpeg", headers={"Cache-Control": "no-store"})


@router.get(
    "/stations/{station_id}/stream", response_class=StreamingResponse, dependencies=[_LISTENS]
)
async def stream(services: Use, station_id: Id) -> StreamingResponse:
    """The sound of a station, without end."""
    station = await run_in_threadpool(services.stations.station, station_id)
    stack = AsyncExitStack()
    passed = await stack.enter_async_context(services.radio.open(station))

    async def body() -> AsyncIterator[bytes]:
        async with stack:
            async for data in passed.body:
                yield data

    return StreamingResponse(
        body(),
        media_type=passed.media_type,
        headers={"Cache-Control": "no-store", "Accept-Ranges": "none"},
    )


@router.get("/stations/{station_id}/now", dependencies=[_LISTENS])
async def now(services: Use, station_id: Id) -> StationNow:
    """What plays at a station that somebody listens to."""
    station = await run_in_threadpool(services.stations.station, station_id)
    ear = StationEar(services.radio, services.recognition, services.settings.recognition.enabled)
    heard = await ear.now(station)
    name = f"{heard.title} by {heard.artist}" if heard.title else ""
    certainty = heard.certainty.value if name else ""
    return StationNow(says=heard.says, recognised=name, certainty=certainty)


def _shown(services: Services, station: Station) -> StationOut:
    return StationOut(
        id=station.id,
        name=station.name,
        url=station.url,
        says=services.radio.title(station.id),
    )
