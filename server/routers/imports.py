"""Listening histories from elsewhere: take one in, list them, remove one."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from knowledge.imports.importer import Importer
from knowledge.imports.models import ImportReport
from server.errors import NotFound
from server.recognition.upload import receive
from server.routers.services import Use
from server.wire import Id

router = APIRouter(prefix="/api", tags=["imports"])

MAX_IMPORT_MB = 256
_MEGABYTE = 1_000_000
Name = Annotated[str, Query(max_length=100)]


class UnmatchedOut(BaseModel):
    """An artist that the library does not have, and how often it was listened to."""

    artist: str
    listens: int


class ImportOut(BaseModel):
    """One import, and what it found."""

    id: int
    at: float
    """Unix seconds."""
    source: str
    """"spotify", "listenbrainz" or "lastfm"."""
    name: str
    read: int
    added: int
    known: int
    matched: int
    unusable: int
    done: bool
    unmatched_artists: tuple[UnmatchedOut, ...]

    @classmethod
    def of(cls, report: ImportReport) -> "ImportOut":
        counts = report.counts
        return cls(
            id=report.id,
            at=report.at,
            source=report.source,
            name=report.name,
            read=counts.read,
            added=counts.added,
            known=counts.known,
            matched=counts.matched,
            unusable=counts.unusable,
            done=report.done,
            unmatched_artists=tuple(
                UnmatchedOut(artist=artist, listens=listens)
                for artist, listens in report.unmatched_artists
            ),
        )


class ImportsOut(BaseModel):
    """All imports, the newest first."""

    items: tuple[ImportOut, ...]


@router.post("/imports", openapi_extra={"requestBody": {"content": {"multipart/form-data": {}}}})
async def take_in(services: Use, request: Request, name: Name = "export") -> ImportOut:
    """Take in an export in the body, raw or as the first file of a form.

    Spotify (account data or extended history), ListenBrainz and Last.fm; zip, JSON, JSON lines or
    CSV. The answer comes when all of it is stored; `GET /api/imports` shows how far it is.
    """
    async with services.incoming.file(MAX_IMPORT_MB * _MEGABYTE) as file:
        fields = await receive(request, file)
        called = (fields.get("name") or name).strip()[:100]
        importer = Importer(services.database)
        report = await asyncio.to_thread(importer.take, file.path, name=called)
    return ImportOut.of(report)


@router.get("/imports")
def imports(services: Use) -> ImportsOut:
    """What was taken in so far."""
    reports = Importer(services.database).reports()
    return ImportsOut(items=tuple(ImportOut.of(report) for report in reports))


@router.delete("/imports/{import_id}", status_code=204)
def forget(services: Use, import_id: Id) -> Response:
    """Remove an import with its listens."""
    if not Importer(services.database).forget(import_id):
        raise NotFound("There is no such import.")
    return Response(status_code=204)
