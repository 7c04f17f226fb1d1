"""Browse and search the library. Routes are plain functions: they read SQLite in worker threads."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from knowledge.search import SearchQuery
from server.routers.services import Use
from server.wire import (
    AlbumPage,
    AlbumWithTracks,
    ArtistPage,
    ArtistWithMusic,
    GenreOut,
    GenreWithTracks,
    Id,
    LibraryOut,
    SearchOut,
    TrackOut,
    TrackPage,
    artist_out,
)

router = APIRouter(prefix="/api", tags=["library"])

Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Limit = Annotated[int, Query(ge=1, le=500)]
MAX_QUERY = 300


@router.get("/library")
def library(services: Use) -> LibraryOut:
    """How much music there is."""
    catalog = services.catalog
    roots = [str(root) for root in services.indexing.roots]
    return LibraryOut.of(catalog.summary(), catalog.revision, roots)


@router.get("/tracks")
def tracks(
    services: Use,
    offset: Offset = 0,
    limit: Limit = 100,
    sort: Literal["title", "added", "artist"] = "title",
) -> TrackPage:
    items, total = services.catalog.list_tracks(offset=offset, limit=limit, sort=sort)
    return TrackPage(items=services.presenter.tracks(items), total=total, offset=offset)


@router.get("/tracks/{track_id}")
def track(services: Use, track_id: Id) -> TrackOut:
    return services.presenter.track(services.catalog.track(track_id))


@router.get("/albums")
def albums(
    services: Use,
    offset: Offset = 0,
    limit: Limit = 100,
    sort: Literal["name", "added"] = "name",
) -> AlbumPage:
    items, total = services.catalog.list_albums(offset=offset, limit=limit, sort=sort)
    shown = tuple(services.presenter.album(album) for album in items)
    return AlbumPage(items=shown, total=total, offset=offset)


@router.get("/albums/{album_id}")
def album(services: Use, album_id: Id) -> AlbumWithTracks:
    found = services.catalog.album(album_id)
    return services.presenter.album_with_tracks(found, services.catalog.album_tracks(album_id))


@router.get("/artists")
def artists(
    services: Use,
    offset: Offset = 0,
    limit: Limit = 100,
    sort: Literal["name", "added"] = "name",
) -> ArtistPage:
    items, total = services.catalog.list_artists(offset=offset, limit=limit, sort=sort)
    shown = tuple(artist_out(artist) for artist in items)
    return ArtistPage(items=shown, total=total, offset=offset)


@router.get("/artists/{artist_id}")
def artist(services: Use, artist_id: Id) -> ArtistWithMusic:
    catalog = services.catalog
    return services.presenter.artist_with_music(
        catalog.artist(artist_id),
        catalog.artist_albums(artist_id),
        catalog.artist_tracks(artist_id),
    )


@router.get("/genres")
def genres(services: Use) -> tuple[GenreOut, ...]:
    """Every genre, most frequent first."""
    found = services.catalog.genres()
    return tuple(GenreOut(name=name, track_count=count) for name, count in found)


@router.get("/genres/{name:path}")
def genre(services: Use, name: str, limit: Limit = 500) -> GenreWithTracks:
    found = services.catalog.genre_tracks(name[:MAX_QUERY], limit=limit)
    return GenreWithTracks(name=name, tracks=services.presenter.tracks(found))


@router.get("/search")
def search(
    services: Use,
    q: Annotated[str, Query(max_length=MAX_QUERY)] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> SearchOut:
    """Find tracks, albums and artists by words; `nearest` only when nothing was found."""
    return services.presenter.search(services.searcher.search(SearchQuery(text=q, limit=limit)))
