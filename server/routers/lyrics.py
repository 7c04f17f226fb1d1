"""The words of songs: of one recording, and found by a line that somebody remembers."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from knowledge.errors import NotInLibrary
from server.routers.services import Use
from server.wire import Id, TrackOut

router = APIRouter(prefix="/api", tags=["library"])
_OUT = ConfigDict(frozen=True)


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
) -> LyricsOut:
    """The words, when the file, its tags or a file beside it have them."""
    services.catalog.track(track_id)
    found = services.lyrics.of(track_id)
    if found is None and empty:
        return LyricsOut(track_id=track_id, lines=(), synced=False, language="", source="")
    if found is None:
        raise NotInLibrary("There are no lyrics of this recording.")
    lines = tuple(LyricLineOut(text=one.text, start_s=one.start_s) for one in found.lines)
    return LyricsOut(
        track_id=track_id,
        lines=lines,
        synced=found.synced,
        language=found.language,
        source=found.source,
    )


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
