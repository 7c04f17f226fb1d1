"""How far search by meaning is."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from server.routers.services import Use

router = APIRouter(prefix="/api", tags=["library"])


class MeaningOut(BaseModel):
    model_config = ConfigDict(frozen=True)
    enabled: bool
    ready: bool
    """Whether something is found by meaning already."""
    stored: int
    """Tracks that were read."""
    waiting: int
    """Tracks that are to be read in the run that goes on."""
    message: str
    """What is wrong, in words; "" when all is well."""


@router.get("/meaning")
def meaning(services: Use) -> MeaningOut:
    """How far the background has come with reading what is said about each track."""
    if services.meaning is None:
        return MeaningOut(enabled=False, ready=False, stored=0, waiting=0, message="")
    now = services.meaning.status()
    return MeaningOut(
        enabled=True, ready=now.ready, stored=now.stored, waiting=now.waiting, message=now.message
    )
