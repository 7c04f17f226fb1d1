"""Covers by how they look: in words, like another one, and what one looks like."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from knowledge.errors import NotInLibrary
from server.routers.services import Use
from server.services import Services
from server.wire import AlbumOut, cover_url

router = APIRouter(prefix="/api/covers", tags=["media"])
_OUT = ConfigDict(frozen=True)
Limit = Annotated[int, Query(ge=1, le=100)]


class SwatchOut(BaseModel):
    model_config = _OUT
    colour: str
    """As in CSS."""
    share: float


class CoverLookOut(BaseModel):
    """What can be told of a cover without knowing what it shows."""

    model_config = _OUT
    cover_id: str
    swatches: tuple[SwatchOut, ...]
    colours: dict[str, float]
    """Names of colours, with their share of the picture."""
    brightness: float
    colourfulness: float
    warmth: float
    black_and_white: float
    circle: float
    stripes: float
    text: float


class FoundCoverOut(BaseModel):
    model_config = _OUT
    cover_id: str
    cover_url: str | None
    score: float
    reasons: tuple[str, ...]
    albums: tuple[AlbumOut, ...]
    """The albums that have it."""


class FoundCoversOut(BaseModel):
    model_config = _OUT
    items: tuple[FoundCoverOut, ...]
    waiting: int
    """Covers that were not looked at yet."""


@router.get("/search")
def search_covers(
    services: Use,
    q: Annotated[str, Query(min_length=1, max_length=200)],
    limit: Limit = 20,
) -> FoundCoversOut:
    """Covers that look as the words say: colours, light, and simple shapes, in twelve languages."""
    found = services.cover_looks.find(q, limit=limit)
    reasons = {one: services.cover_looks.why(one, q) for one, _ in found}
    return _shown(services, found, reasons)


@router.get("/{cover_id}/like")
def covers_like(services: Use, cover_id: str, limit: Limit = 20) -> FoundCoversOut:
    """Covers that look like this one."""
    return _shown(services, services.cover_looks.like(cover_id, limit=limit), {})


@router.get("/{cover_id}/look")
def cover_look(services: Use, cover_id: str) -> CoverLookOut:
    """How a cover looks, once it was looked at."""
    look = services.cover_looks.of(cover_id)
    if look is None:
        raise NotInLibrary("There is no such cover picture, or it was not looked at yet.")
    return CoverLookOut(
        cover_id=cover_id,
        swatches=tuple(SwatchOut(colour=one.hex, share=one.share) for one in look.swatches),
        colours={name: round(one.share, 4) for name, one in look.colours.items()},
        brightness=look.brightness,
        colourfulness=look.colourfulness,
        warmth=look.warmth,
        black_and_white=look.grey,
        circle=look.shapes.circle,
        stripes=look.shapes.stripes,
        text=look.shapes.text,
    )


def _shown(
    services: Services, found: list[tuple[str, float]], reasons: dict[str, tuple[str, ...]]
) -> FoundCoversOut:
    held = services.cover_looks.albums_of([one for one, _ in found])
    return FoundCoversOut(
        items=tuple(
            FoundCoverOut(
                cover_id=cover_id,
                cover_url=cover_url(cover_id),
                score=score,
                reasons=reasons.get(cover_id, ()),
                albums=tuple(
                    services.presenter.album(one)
                    for one in services.catalog.albums(held.get(cover_id, ()))
                ),
            )
            for cover_id, score in found
        ),
        waiting=services.cover_looks.status().waiting,
    )
