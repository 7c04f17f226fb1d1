"""Is it there, and which one is it."""

from fastapi import APIRouter
from pydantic import BaseModel

from server.routers.services import Use
from server.version import VERSION

router = APIRouter(prefix="/api", tags=["health"])


class HealthOut(BaseModel):
    """Says nothing that a stranger should not know: it is answered without a token."""

    status: str
    version: str
    instance: str
    """Random name of this server process."""


@router.get("/health")
async def health(services: Use) -> HealthOut:
    return HealthOut(status="ok", version=VERSION, instance=services.instance)
