"""`GET /metrics`, for Prometheus."""

import asyncio

from fastapi import APIRouter
from fastapi.responses import Response

from server.routers.services import Use

router = APIRouter(tags=["health"])


@router.get("/metrics", response_class=Response)
async def metrics(services: Use) -> Response:
    """Counters and times, without anything that a user said or is called."""
    counted = services.speech.metrics
    return Response(await asyncio.to_thread(counted.text), media_type=counted.content_type)
