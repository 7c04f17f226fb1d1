"""The words of songs: of one recording, and found by a line that somebody remembers."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict

from knowledge.errors import NotInLibrary
from knowledge.lyrics.fetched import OWN
from server.auth.identity import Permission, needs
from server.routers.services import Use
from server.wire import Id, TrackOut

router = APIRouter(prefix="/api", tags=["library"])
_OUT = ConfigDict(frozen=True)
_CHANGES = Depends(needs(Permission.LIBRARY))


class LyricLineOut(BaseModel):
    model_config = _OUT
    text: str
    start_s: float | None
    """When it is sung; null where nobody wrote that down."""


class LyricsOut(BaseModel):
    """The words of one recording."""

    model_config = _OUT
    track_id: int
    lines: tuple[LyricLineOut, ...]
    synced: bool
    language: str
    source: str
    """"tag", "file", or the service that was asked."""
    fetched: bool = False
    """Whether they come from a service; the user may refuse them."""
    refused: bool = False
    """Whether a service has words that the user refused."""


class RefusalIn(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    refused: bool


class FoundLineOut(BaseModel):
    model_config = _OUT
    track: TrackOut
    line: str
    start_s: float | None
    score: float


class FoundLinesOut(BaseModel):
    model_config = _OUT
    items: tuple[FoundLineOut, ...]


@router.get("/tracks/{track_id}/lyrics")
def lyrics(
    services: Use,
    track_id: Id,
    *,
    empty: Annotated[bool, Query(description="no lines, not 404, where there are none")] = False,
    synced: Annotated[bool, Query(description="rather with times, from a service")] = False,
) -> LyricsOut:
    """The words: of the file, its tags or a file beside it, else of a service that was asked."""
    services.catalog.track(track_id)
    found = services.lyrics.of(track_id)
    fetched = services.sources.fetched.of(track_id)
    refused = fetched is not None and fetched.state == "refused"
    if synced and fetched is not None and fetched.lyrics is not None and not refused:
        timed = fetched.lyrics.synced and not (found is not None and found.synced)
        found = fetched.lyrics if timed else found
    if found is None and empty:
        return LyricsOut(
            track_id=track_id, lines=(), synced=False, language="", source="", refused=refused
        )
    if found is None:
        raise NotInLibrary("There are no lyrics of this recording.")
    lines = tuple(LyricLineOut(text=one.text, start_s=one.start_s) for one in found.lines)
    return LyricsOut(
        track_id=track_id,
        lines=lines,
        synced=found.synced,
        language=found.language,
        source=found.source,
        fetched=found.source not in OWN,
        refused=refused,
    )


@router.put("/tracks/{track_id}/lyrics/fetched", dependencies=[_CHANGES])
def refuse_lyrics(services: Use, track_id: Id, wanted: RefusalIn) -> LyricsOut:
    """Never show the words that a service gave for this recording, or show them after all."""
    if not services.sources.fetched.refuse(track_id, refused=wanted.refused):
        raise NotInLibrary("No service has words for this recording.")
    services.library_changed()
    return lyrics(services, track_id, empty=True)


@router.get("/lyrics/search")
def search_lyrics(
    services: Use,
    q: Annotated[str, Query(min_length=1, max_length=300)],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> FoundLinesOut:
    """Songs with a line like the words, the likest first."""
    found = services.lyrics.find(q, limit=limit)
    tracks = services.presenter.tracks(services.catalog.tracks([one.track_id for one in found]))
    shown = {track.id: track for track in tracks}
    return FoundLinesOut(
        items=tuple(
            FoundLineOut(
                track=shown[one.track_id], line=one.line, start_s=one.start_s, score=one.score
            )
            for one in found
            if one.track_id in shown
        )
    )
