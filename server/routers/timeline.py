"""Long sound: a timeline of an uploaded recording, and radio streams in the background."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from server.recognition.shown import monitor_out, timeline_out
from server.recognition.upload import receive
from server.recognition_wire import MonitorIn, MonitorOut, TimelineJobOut
from server.routers.recognition import MEGABYTE
from server.routers.services import Use

router = APIRouter(prefix="/api", tags=["timelines and streams"])


@router.post(
    "/timeline", status_code=202, openapi_extra={"requestBody": {"content": {"audio/*": {}}}}
)
async def start_timeline(
    services: Use, request: Request, name: Annotated[str, Query(max_length=200)] = ""
) -> TimelineJobOut:
    """Say what plays in a long recording, from when to when. Answers at once with a job."""
    services.recognition.require()
    services.timelines.require_room()
    max_bytes = services.settings.recognition.max_timeline_mb * MEGABYTE
    async with services.incoming.file(max_bytes) as file:
        await receive(request, file)
        services.timelines.require_room()
        job = services.timelines.start(file.keep(), name)
    return timeline_out(job, services.presenter)


@router.get("/timeline")
async def timelines(services: Use) -> tuple[TimelineJobOut, ...]:
    """The jobs, newest first."""
    jobs = services.timelines.all()
    return await asyncio.to_thread(
        lambda: tuple(timeline_out(job, services.presenter) for job in jobs)
    )


@router.get("/timeline/{job_id}")
async def timeline(services: Use, job_id: str) -> TimelineJobOut:
    """One job; with its entries when it is done."""
    job = services.timelines.get(job_id)
    return await asyncio.to_thread(timeline_out, job, services.presenter)


@router.delete("/timeline/{job_id}", status_code=204)
async def drop_timeline(services: Use, job_id: str) -> Response:
    """Cancel a job, or forget it when it is over."""
    services.timelines.drop(job_id)
    return Response(status_code=204)


@router.get("/monitors")
async def monitors(services: Use) -> tuple[MonitorOut, ...]:
    """Radio streams that are listened to."""
    return tuple(monitor_out(one) for one in services.monitors.all())


@router.post("/monitors", status_code=201)
async def start_monitor(services: Use, wanted: MonitorIn) -> MonitorOut:
    """Listen to a radio stream in the background."""
    return monitor_out(await services.monitors.add(wanted.url, wanted.name.strip()))


@router.delete("/monitors/{monitor_id}", status_code=204)
async def stop_monitor(services: Use, monitor_id: str) -> Response:
    """Stop listening to it."""
    await services.monitors.remove(monitor_id)
    return Response(status_code=204)
