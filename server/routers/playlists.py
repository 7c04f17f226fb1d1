"""Playlists, what was played, and what is liked."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from server.errors import BadRequest
from server.routers.services import Use
from server.wire import (
    HistoryOut,
    Id,
    PlaylistChangeIn,
    PlaylistIn,
    PlaylistOut,
    PlaylistWithTracks,
    RatingIn,
    RatingOut,
)

router = APIRouter(prefix="/api", tags=["playlists, history, ratings"])
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_END = datetime(9000, 1, 1, tzinfo=UTC)


@router.get("/playlists")
def playlists(services: Use) -> tuple[PlaylistOut, ...]:
    return tuple(services.presenter.playlist(one) for one in services.playlists.all())


@router.post("/playlists", status_code=201)
def create(services: Use, wanted: PlaylistIn) -> PlaylistOut:
    made = services.playlists.create(wanted.name, wanted.track_ids)
    services.library_changed()
    return services.presenter.playlist(made)


@router.get("/playlists/{playlist_id}")
def playlist(services: Use, playlist_id: Id) -> PlaylistWithTracks:
    services.recommending.smart_playlists.opened(playlist_id)
    found = services.playlists.get(playlist_id)
    return services.presenter.playlist_with_tracks(found, services.playlists.items(playlist_id))


@router.patch("/playlists/{playlist_id}")
def change(services: Use, playlist_id: Id, wanted: PlaylistChangeIn) -> PlaylistWithTracks:
    """Rename, add tracks at the end, remove tracks or places, move a place; in this order."""
    if wanted.name is not None:
        services.playlists.rename(playlist_id, wanted.name)
    if wanted.add:
        services.playlists.add(playlist_id, wanted.add)
    if wanted.remove:
        services.playlists.remove(playlist_id, wanted.remove)
    if wanted.remove_items:
        services.playlists.remove_items(playlist_id, wanted.remove_items)
    if wanted.move is not None:
        services.playlists.move(playlist_id, wanted.move.item_id, wanted.move.to)
    services.library_changed()
    return playlist(services, playlist_id)


@router.delete("/playlists/{playlist_id}", status_code=204)
def delete(services: Use, playlist_id: Id) -> Response:
    """Delete the list; its tracks stay in the library."""
    services.playlists.delete(playlist_id)
    services.library_changed()
    return Response(status_code=204)


@router.get("/history")
def history(
    services: Use,
    since: Annotated[datetime | None, Query(alias="from")] = None,
    to: datetime | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> HistoryOut:
    """What was played, newest first. Times without a zone are UTC."""
    if since is None and to is None:
        events = services.history.last(limit)
    else:
        start, end = _utc(since, _BEGINNING), _utc(to, _END)
        if start > end:
            raise BadRequest("`from` lies after `to`.")
        events = services.history.between(start, end)[-limit:]
    newest_first = sorted(events, key=lambda event: (event.at, event.id), reverse=True)
    return HistoryOut(items=services.presenter.play_events(newest_first))


@router.put("/ratings/{track_id}")
def rate(services: Use, track_id: Id, wanted: RatingIn) -> RatingOut:
    """Like, dislike, or take it back (null)."""
    services.ratings.set(track_id, wanted.liked)
    services.queue_changed()
    return RatingOut(track_id=track_id, liked=services.ratings.get(track_id))


def _utc(given: datetime | None, otherwise: datetime) -> datetime:
    when = given or otherwise
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)
