"""What belongs to whoever asks: take it along, erase it, and say what may be done with it."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from knowledge.folding import fold
from knowledge.people.archive import PersonArchive
from knowledge.people.current import HOUSEHOLD
from knowledge.people.erasure import Erasure
from knowledge.people.settings import Allowed, PersonSettings
from server.auth.identity import Asker, Identity, Permission, needs
from server.errors import BadRequest, NotAllowed
from server.routers.services import Use
from server.version import VERSION
from server.wire import Id, PlaylistOut

router = APIRouter(prefix="/api", tags=["me"])
_OF_ALL = "household"
"""What the household is called where somebody has to confirm its erasure."""

_Reader = Annotated[Identity, Depends(needs(Permission.HISTORY))]


class PrivacyOut(BaseModel):
    """Who this is, and what they allow."""

    model_config = ConfigDict(frozen=True)
    name: str
    """"" is the household."""
    confirm: str
    """What has to be written to erase them."""
    on_shared_devices: bool
    listening_helps_others: bool


class PrivacyIn(BaseModel):
    """What a person allows; what is left out stays as it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    on_shared_devices: bool | None = None
    listening_helps_others: bool | None = None


class EraseIn(BaseModel):
    """The erasure of everything, confirmed."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    confirm: Annotated[str, Field(max_length=200)]
    """One's own name; "household" where nobody is logged in."""


class SharingIn(BaseModel):
    """Whether everybody at home sees a playlist."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    shared: bool


@router.get("/me/privacy")
def privacy(services: Use, asker: Asker) -> PrivacyOut:
    """What one allows."""
    return _shown(asker, PersonSettings(services.database).allowed())


@router.put("/me/privacy")
def allow(services: Use, asker: Asker, wanted: PrivacyIn) -> PrivacyOut:
    """Allow something, or no more."""
    settings = PersonSettings(services.database)
    before = settings.allowed()
    given = wanted.model_dump(exclude_none=True)
    allowed = Allowed(
        on_shared_devices=given.get("on_shared_devices", before.on_shared_devices),
        listening_helps_others=given.get("listening_helps_others", before.listening_helps_others),
    )
    settings.allow(allowed)
    return _shown(asker, allowed)


@router.get(
    "/me/export",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/zip": {}}}},
)
def export(services: Use, asker: _Reader) -> StreamingResponse:
    """Everything that is kept of whoever asks, as a ZIP of JSON lines."""
    archive = PersonArchive(services.database, services.settings.data, version=VERSION)
    name = fold(asker.name).replace(" ", "-") or _OF_ALL
    return StreamingResponse(
        archive.pieces(asker.person),
        media_type="application/zip",
        headers={
            "content-disposition": f'attachment; filename="refrain-{name}.zip"',
            "cache-control": "no-store",
        },
    )


@router.delete("/me", status_code=204)
async def erase(services: Use, asker: Asker, wanted: EraseIn) -> Response:
    """Erase everything that is kept of whoever asks, for good. The household stays, empty."""
    if asker.client:
        raise NotAllowed(
            "A program cannot erase a person.", next_step="Do it yourself, in the page's settings."
        )
    if asker.person == HOUSEHOLD and not asker.may(Permission.ADMIN):
        raise NotAllowed("Only who may change everything can erase the household.")
    if fold(wanted.confirm) != fold(_confirmation(asker)):
        raise BadRequest(
            "Nothing was erased: that is not your name.",
            next_step=f'Write "{_confirmation(asker)}" to erase everything.',
        )
    await services.forget(asker.person)
    erasure = Erasure(services.database, services.settings.data)
    await asyncio.to_thread(erasure.erase, asker.person)
    await services.forget(asker.person)
    services.library_changed()
    return Response(status_code=204)


@router.put("/playlists/{playlist_id}/sharing")
def share(services: Use, playlist_id: Id, wanted: SharingIn) -> PlaylistOut:
    """Let everybody at home see one's playlist, or nobody else any more."""
    playlist = services.playlists.share(playlist_id, shared=wanted.shared)
    services.library_changed()
    return services.presenter.playlist(playlist)


def _confirmation(asker: Identity) -> str:
    return asker.name or _OF_ALL


def _shown(asker: Identity, allowed: Allowed) -> PrivacyOut:
    return PrivacyOut(
        name=asker.name,
        confirm=_confirmation(asker),
        on_shared_devices=allowed.on_shared_devices,
        listening_helps_others=allowed.listening_helps_others,
    )
