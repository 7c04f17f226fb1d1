"""Read the library: tracks, albums, artists, genres, their files and covers.

Missing tracks (their file is gone) are in no list; `track` and `tracks` return them on request,
because history and playlists still name them.
"""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Select, and_, func, or_, select

from knowledge.catalog_reading import (
    PRESENT,
    read_albums,
    read_artists,
    read_features,
    read_names,
    read_titles,
    read_tracks,
)
from knowledge.covers import CoverStore
from knowledge.database import Database
from knowledge.errors import NotInLibrary
from knowledge.folding import fold
from knowledge.models import (
    Album,
    AlbumId,
    Artist,
    ArtistId,
    AudioFeatures,
    LibraryFile,
    LibrarySummary,
    Track,
    TrackId,
)
from knowledge.revision import ANALYSIS_REVISION, LIBRARY_REVISION, read
from knowledge.schema import albums, artists, features, files, track_artists, track_genres, tracks
from knowledge.stations import station_tracks

TrackSort = Literal["title", "added", "artist"]
NameSort = Literal["name", "added"]

_TRACK_ORDER: dict[str, tuple[Any, ...]] = {
    "title": (tracks.c.folded, tracks.c.id),
    "added": (tracks.c.added_at.desc(), tracks.c.id.desc()),
    "artist": (tracks.c.artist_folded, tracks.c.folded, tracks.c.id),
}
_ON_ALBUM = (tracks.c.disc_no, tracks.c.track_no, tracks.c.folded, tracks.c.id)
_CREDITED = (
    select(track_artists.c.track_id)
    .join(tracks, tracks.c.id == track_artists.c.track_id)
    .where(track_artists.c.artist_id == artists.c.id, PRESENT)
    .exists()
)
_HOLDS_TRACKS = select(tracks.c.id).where(tracks.c.album_id == albums.c.id, PRESENT).exists()


class Catalog:
    """The read side of the library. Cheap calls, safe to share between threads."""

    def __init__(self, database: Database, covers: Path) -> None:
        self._database = database
        self._covers = CoverStore(covers)
        self._lock = threading.Lock()
        self._calm: tuple[tuple[int, int], tuple[tuple[TrackId, float], ...]] | None = None
        self._summary: tuple[int, LibrarySummary] | None = None

    @property
    def revision(self) -> int:
        """A number that grows with every change of tracks, albums or artists."""
        with self._database.read() as connection:
            return read(connection, LIBRARY_REVISION)

    @property
    def analysis_revision(self) -> int:
        """A number that grows whenever the analyser has finished some tracks."""
        with self._database.read() as connection:
            return read(connection, ANALYSIS_REVISION)

    def track(self, track_id: TrackId, *, with_missing: bool = False) -> Track:
        """Return one track.

        Raises:
            NotInLibrary: no such track, or its file is gone and `with_missing` is not set.
        """
        found = self.tracks((track_id,), with_missing=with_missing)
        if not found:
            raise NotInLibrary(f"There is no track number {track_id} in the library.")
        return found[0]

    def tracks(self, ids: Sequence[TrackId], *, with_missing: bool = False) -> tuple[Track, ...]:
        """Return tracks in the order asked for; unknown ones are left out.

        A negative id is a radio station; see `knowledge.stations`.
        """
        with self._database.read() as connection:
            found = read_tracks(connection, ids, with_missing=with_missing)
            live = station_tracks(connection, ids)
        if not live:
            return found
        by_id = live | {track.id: track for track in found}
        return tuple(by_id[each] for each in ids if each in by_id)

    def album(self, album_id: AlbumId) -> Album:
        """Return one album.

        Raises:
            NotInLibrary: no such album, or none of its tracks is there.
        """
        with self._database.read() as connection:
            found = read_albums(connection, albums.c.id == album_id)
        if not found:
            raise NotInLibrary(f"There is no album number {album_id} in the library.")
        return found[album_id]

    def albums(self, ids: Sequence[AlbumId]) -> tuple[Album, ...]:
        """Return albums in the order asked for; unknown ones are left out."""
        with self._database.read() as connection:
            found = read_albums(connection, albums.c.id.in_(set(ids)))
        return tuple(found[album_id] for album_id in ids if album_id in found)

    def album_tracks(self, album_id: AlbumId) -> tuple[Track, ...]:
        """Return the tracks of an album by disc and number."""
        return self._tracks_by(
            select(tracks.c.id).where(tracks.c.album_id == album_id, PRESENT).order_by(*_ON_ALBUM)
        )

    def artist(self, artist_id: ArtistId) -> Artist:
        """Return one artist.

        Raises:
            NotInLibrary: no such artist, or none of their tracks is there.
        """
        found = self.artists((artist_id,))
        if not found:
            raise NotInLibrary(f"There is no artist number {artist_id} in the library.")
        return found[0]

    def artists(self, ids: Sequence[ArtistId]) -> tuple[Artist, ...]:
        """Return artists in the order asked for; unknown ones are left out."""
        with self._database.read() as connection:
            found = read_artists(connection, artists.c.id.in_(set(ids)))
        return tuple(found[artist_id] for artist_id in ids if artist_id in found)

    def artist_named(self, name: str) -> Artist | None:
        """Return the artist of that name, whatever the spelling of case and accents."""
        with self._database.read() as connection:
            found = read_artists(connection, artists.c.folded == fold(name))
        return next(iter(found.values()), None)

    def artist_albums(self, artist_id: ArtistId) -> tuple[Album, ...]:
        """Return the albums that the artist made or appears on, oldest first."""
        folded = select(artists.c.folded).where(artists.c.id == artist_id).scalar_subquery()
        appears = (
            select(tracks.c.album_id)
            .join(track_artists, track_artists.c.track_id == tracks.c.id)
            .where(track_artists.c.artist_id == artist_id, PRESENT)
        )
        with self._database.read() as connection:
            choose = or_(albums.c.artist_folded == folded, albums.c.id.in_(appears))
            found = read_albums(connection, choose)
        return tuple(
            sorted(found.values(), key=lambda album: (album.year or 9999, fold(album.title)))
        )

    def artist_tracks(self, artist_id: ArtistId) -> tuple[Track, ...]:
        """Return all tracks the artist is credited on, album by album."""
        return self._tracks_by(
            select(tracks.c.id)
            .join(track_artists, track_artists.c.track_id == tracks.c.id)
            .outerjoin(albums, albums.c.id == tracks.c.album_id)
            .where(track_artists.c.artist_id == artist_id, PRESENT)
            .order_by(albums.c.year, albums.c.folded, *_ON_ALBUM)
        )

    def list_tracks(
        self, *, offset: int = 0, limit: int = 100, sort: TrackSort = "title"
    ) -> tuple[tuple[Track, ...], int]:
        """Return one page of all tracks, and how many there are."""
        order = _TRACK_ORDER.get(sort, _TRACK_ORDER["title"])
        page = select(tracks.c.id).where(PRESENT).order_by(*order).offset(offset).limit(limit)
        with self._database.read() as connection:
            total = _count(connection, select(func.count()).select_from(tracks).where(PRESENT))
            ids = connection.execute(page).scalars().all()
            return read_tracks(connection, ids), total

    def list_albums(
        self, *, offset: int = 0, limit: int = 100, sort: NameSort = "name"
    ) -> tuple[tuple[Album, ...], int]:
        """Return one page of all albums, and how many there are."""
        order = (albums.c.id.desc(),) if sort == "added" else (albums.c.folded, albums.c.id)
        page = select(albums.c.id).where(_HOLDS_TRACKS).order_by(*order)
        with self._database.read() as connection:
            total = _count(
                connection, select(func.count()).select_from(albums).where(_HOLDS_TRACKS)
            )
            ids = connection.execute(page.offset(offset).limit(limit)).scalars().all()
            found = read_albums(connection, albums.c.id.in_(ids))
        return tuple(found[i] for i in ids), total

    def list_artists(
        self, *, offset: int = 0, limit: int = 100, sort: NameSort = "name"
    ) -> tuple[tuple[Artist, ...], int]:
        """Return one page of all artists, and how many there are."""
        order = (artists.c.id.desc(),) if sort == "added" else (artists.c.folded, artists.c.id)
        page = select(artists.c.id).where(_CREDITED).order_by(*order)
        with self._database.read() as connection:
            total = _count(connection, select(func.count()).select_from(artists).where(_CREDITED))
            ids = connection.execute(page.offset(offset).limit(limit)).scalars().all()
            found = read_artists(connection, artists.c.id.in_(ids))
        return tuple(found[i] for i in ids), total

    def genres(self) -> tuple[tuple[str, int], ...]:
        """Return every genre with its number of tracks, most frequent first."""
        query = (
            select(func.min(track_genres.c.genre), func.count().label("tracks"))
            .join(tracks, tracks.c.id == track_genres.c.track_id)
            .where(PRESENT)
            .group_by(track_genres.c.folded)
            .order_by(func.count().desc(), track_genres.c.folded)
        )
        with self._database.read() as connection:
            return tuple((str(row[0]), int(row[1])) for row in connection.execute(query))

    def genre_tracks(self, genre: str, limit: int = 500) -> tuple[Track, ...]:
        """Return tracks of a genre, by artist and album."""
        return self._tracks_by(
            select(tracks.c.id)
            .join(track_genres, track_genres.c.track_id == tracks.c.id)
            .where(track_genres.c.folded == fold(genre), PRESENT)
            .order_by(tracks.c.artist_folded, tracks.c.album_id, *_ON_ALBUM)
            .limit(limit)
        )

    def names(self) -> Iterator[tuple[str, int, str]]:
        """Yield kind ("artist", "album", "track" or "genre"), id and name of all there is."""
        with self._database.read() as connection:
            yield from read_names(connection)

    def titles(self) -> Iterator[tuple[str, str, str]]:
        """Yield kind ("artist", "album" or "track"), name and artist of all there is."""
        with self._database.read() as connection:
            yield from read_titles(connection)

    def summary(self) -> LibrarySummary:
        """Return how much music there is."""
        with self._database.read() as connection:
            revision = read(connection, LIBRARY_REVISION)
            if self._summary is not None and self._summary[0] == revision:
                return self._summary[1]
            totals = connection.execute(
                select(func.count(), func.sum(tracks.c.duration_s)).where(PRESENT)
            ).one()
            counted = {
                table.name: _count(connection, select(func.count()).select_from(table).where(here))
                for table, here in (
                    (albums, _HOLDS_TRACKS),
                    (artists, _CREDITED),
                    (files, files.c.status == "refused"),
                )
            }
        summary = LibrarySummary(
            tracks=totals[0],
            albums=counted["albums"],
            artists=counted["artists"],
            duration_s=float(totals[1] or 0.0),
            refused=counted["files"],
            genres=self.genres(),
        )
        self._summary = (revision, summary)
        return summary

    def path_of(self, track_id: TrackId) -> Path:
        """Return a file of the track that exists now.

        Raises:
            NotInLibrary: no such track, or its file is not where it was.
        """
        query = select(files.c.path).where(files.c.track_id == track_id, files.c.status == "ok")
        with self._database.read() as connection:
            paths = [
                Path(path) for path in connection.execute(query.order_by(files.c.id)).scalars()
            ]
        for path in paths:
            if path.is_file():
                return path
        track = self.track(track_id, with_missing=True)
        if track.is_live:
            raise NotInLibrary(f"“{track.title}” is a radio station, which has no file.")
        raise NotInLibrary(
            f"The file of “{track.title}” is gone. If it was moved, scan the library again."
        )

    def cover_path(self, cover_id: str) -> Path:
        """Return the picture file of a cover.

        Raises:
            NotInLibrary: the id is malformed or names no picture.
        """
        return self._covers.path(cover_id)

    def cover_thumbnail(self, cover_id: str, size: int) -> Path:
        """Return a WebP file of the cover, at most `size` (96, 256 or 512) pixels wide and high.

        Raises:
            NotInLibrary: no such cover, no such size, or the picture is damaged.
        """
        return self._covers.thumbnail(cover_id, size)

    def refused_files(self) -> tuple[LibraryFile, ...]:
        """Return every file that was refused, with the reason."""
        query = select(files.c.path, files.c.reason).where(files.c.status == "refused")
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(files.c.path))
            return tuple(LibraryFile(Path(row.path), ok=False, reason=row.reason) for row in rows)

    def features(self, track_ids: Sequence[TrackId]) -> dict[TrackId, AudioFeatures]:
        """Return what the analyser found, for the tracks it has seen."""
        with self._database.read() as connection:
            return read_features(connection, track_ids)

    def calm_to_driving(self) -> tuple[tuple[TrackId, float], ...]:
        """Return the analysed tracks from calm to driving.

        Each comes with the share (0 to 1) of this library that is calmer: a rank inside the
        library, since the absolute value means little.
        """
        with self._database.read() as connection:
            stamp = (read(connection, LIBRARY_REVISION), read(connection, ANALYSIS_REVISION))
            with self._lock:
                if self._calm is not None and self._calm[0] == stamp:
                    return self._calm[1]
            query = (
                select(tracks.c.id)
                .join(features, and_(features.c.audio_hash == tracks.c.audio_hash))
                .where(PRESENT, features.c.analyser.like("signal/%"))
                .order_by(features.c.energy, tracks.c.id)
            )
            ids = connection.execute(query).scalars().all()
        last = max(len(ids) - 1, 1)
        ranked = tuple((track_id, place / last) for place, track_id in enumerate(ids))
        with self._lock:
            self._calm = (stamp, ranked)
        return ranked

    def _tracks_by(self, query: Select[int]) -> tuple[Track, ...]:
        with self._database.read() as connection:
            return read_tracks(connection, connection.execute(query).scalars().all())


def _count(connection: Connection, query: Select[int]) -> int:
    return int(connection.execute(query).scalar_one())
