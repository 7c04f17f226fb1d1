"""The library as apps browse it: lists of albums in many orders, and facts of files.

Synchronous reads, each call one short transaction. What was played and liked is that of the person
for whom the code runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, func, select

from knowledge.catalog_reading import PRESENT, read_albums, read_artists, read_tracks
from knowledge.catalog_rows import chunks
from knowledge.database import Database
from knowledge.folding import fold
from knowledge.models import (
    Album,
    AlbumId,
    Artist,
    ArtistId,
    PlayEventKind,
    PlaylistId,
    Track,
    TrackId,
)
from knowledge.people.belonging import mine
from knowledge.schema import (
    albums,
    artists,
    files,
    play_events,
    playlists,
    ratings,
    track_artists,
    track_genres,
    tracks,
)

AlbumOrder = Literal[
    "random",
    "newest",
    "highest",
    "frequent",
    "recent",
    "alphabeticalByName",
    "alphabeticalByArtist",
    "byYear",
    "byGenre",
]
MOST = 500
_IS_PLAY = play_events.c.kind == PlayEventKind.PLAY.value


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a recording's file."""

    size: int
    """Bytes."""
    suffix: str
    """Such as "flac", lower case, without the dot."""
    added_at: float
    """When the track came into the library, seconds since 1970."""


@dataclass(frozen=True, slots=True)
class AlbumFacts:
    """What is known of an album by its tracks."""

    added_at: float
    genre: str = ""
    """The most frequent one; "" where no track has any."""


@dataclass(frozen=True, slots=True)
class Plays:
    """How often, and when last."""

    count: int
    last_at: float


class Browser:
    """Reads lists and facts that only apps ask for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def albums(
        self,
        order: AlbumOrder,
        *,
        limit: int,
        offset: int = 0,
        years: tuple[int, int] | None = None,
        genre: str = "",
    ) -> tuple[Album, ...]:
        """One page of albums.

        Args:
            order: how to choose and sort them; "byYear" needs `years`, "byGenre" a `genre`.
            limit: how many, `MOST` at most.
            offset: how many to leave out first.
            years: from and to; from the later one on when the first is greater.
            genre: spelled in any way.
        """
        query = _with_tracks(select(albums.c.id)).group_by(albums.c.id)
        match order:
            case "random":
                query = query.order_by(func.random())
            case "newest":
                query = query.order_by(func.max(tracks.c.added_at).desc(), albums.c.id.desc())
            case "highest":
                liked = (ratings.c.track_id == tracks.c.id) & mine(ratings) & ratings.c.liked
                query = query.join(ratings, liked)
                query = query.order_by(func.count(ratings.c.track_id).desc(), albums.c.id)
            case "frequent":
                query = query.join(play_events, _played()).order_by(
                    func.count(play_events.c.id).desc(), albums.c.id
                )
            case "recent":
                query = query.join(play_events, _played()).order_by(
                    func.max(play_events.c.at).desc(), albums.c.id
                )
            case "alphabeticalByArtist":
                query = query.order_by(albums.c.artist_folded, albums.c.folded, albums.c.id)
            case "byYear":
                first, last = years or (0, 9_999)
                low, high = min(first, last), max(first, last)
                year = albums.c.year if first <= last else albums.c.year.desc()
                query = query.where(albums.c.year.between(low, high))
                query = query.order_by(year, albums.c.folded, albums.c.id)
            case "byGenre":
                query = query.where(tracks.c.id.in_(_of_genre(genre)))
                query = query.order_by(albums.c.folded, albums.c.id)
            case _:
                query = query.order_by(albums.c.folded, albums.c.id)
        with self._database.read() as connection:
            page = query.limit(min(limit, MOST)).offset(offset)
            ids = [row[0] for row in connection.execute(page)]
            found = read_albums(connection, albums.c.id.in_(ids))
        return tuple(found[one] for one in ids if one in found)

    def random_tracks(
        self, *, limit: int, genre: str = "", years: tuple[int | None, int | None] = (None, None)
    ) -> tuple[Track, ...]:
        """Tracks by chance, of a genre and from some years when those are given."""
        query = select(tracks.c.id).where(PRESENT)
        if genre:
            query = query.where(tracks.c.id.in_(_of_genre(genre)))
        if years[0] is not None:
            query = query.where(tracks.c.year >= years[0])
        if years[1] is not None:
            query = query.where(tracks.c.year <= years[1])
        return self._tracks(query.order_by(func.random()).limit(min(limit, MOST)))

    def genre_tracks(self, genre: str, *, limit: int, offset: int = 0) -> tuple[Track, ...]:
        """One page of the tracks of a genre."""
        query = select(tracks.c.id).where(PRESENT, tracks.c.id.in_(_of_genre(genre)))
        query = query.order_by(tracks.c.artist_folded, tracks.c.folded, tracks.c.id)
        return self._tracks(query.limit(min(limit, MOST)).offset(offset))

    def genres(self) -> tuple[tuple[str, int, int], ...]:
        """Every genre with its number of tracks and of albums, by name."""
        query = (
            select(
                func.min(track_genres.c.genre),
                func.count(tracks.c.id),
                func.count(tracks.c.album_id.distinct()),
            )
            .join(tracks, tracks.c.id == track_genres.c.track_id)
            .where(PRESENT)
            .group_by(track_genres.c.folded)
            .order_by(track_genres.c.folded)
        )
        with self._database.read() as connection:
            return tuple((str(a), int(b), int(c)) for a, b, c in connection.execute(query))

    def artists(self) -> tuple[Artist, ...]:
        """Every artist, by name."""
        with self._database.read() as connection:
            found = read_artists(connection, artists.c.id > 0)
        return tuple(sorted(found.values(), key=lambda one: (fold(one.name), one.id)))

    def most_played(self, artist: ArtistId, *, limit: int) -> tuple[Track, ...]:
        """The tracks of an artist, those played most often first."""
        plays = func.count(play_events.c.id)
        query = (
            select(tracks.c.id)
            .join(track_artists, track_artists.c.track_id == tracks.c.id)
            .outerjoin(play_events, _played())
            .where(track_artists.c.artist_id == artist, PRESENT)
            .group_by(tracks.c.id)
            .order_by(plays.desc(), tracks.c.album_id, tracks.c.track_no, tracks.c.id)
            .limit(min(limit, MOST))
        )
        return self._tracks(query)

    def file_facts(self, ids: Sequence[TrackId]) -> dict[TrackId, FileFacts]:
        """Of the tracks that have a file."""
        facts: dict[TrackId, FileFacts] = {}
        query = select(tracks.c.id, tracks.c.added_at, files.c.path, files.c.size).join(
            files, (files.c.track_id == tracks.c.id) & (files.c.status == "ok")
        )
        with self._database.read() as connection:
            for chunk in chunks(dict.fromkeys(ids)):
                for row in connection.execute(query.where(tracks.c.id.in_(chunk))):
                    suffix = PurePath(row.path).suffix.removeprefix(".").lower()
                    facts.setdefault(row.id, FileFacts(row.size, suffix, row.added_at))
        return facts

    def album_facts(self, ids: Sequence[AlbumId]) -> dict[AlbumId, AlbumFacts]:
        added = select(tracks.c.album_id, func.min(tracks.c.added_at)).group_by(tracks.c.album_id)
        counted = func.count().label("tracks")
        styled = (
            select(tracks.c.album_id, func.min(track_genres.c.genre), counted)
            .join(track_genres, track_genres.c.track_id == tracks.c.id)
            .group_by(tracks.c.album_id, track_genres.c.folded)
            .order_by(counted, track_genres.c.folded.desc())
        )
        facts: dict[AlbumId, AlbumFacts] = {}
        with self._database.read() as connection:
            for chunk in chunks(dict.fromkeys(ids)):
                here = tracks.c.album_id.in_(chunk)
                times = {
                    int(row[0]): float(row[1]) for row in connection.execute(added.where(here))
                }
                # The most frequent one comes last, and stays.
                genres = {
                    int(row[0]): str(row[1]) for row in connection.execute(styled.where(here))
                }
                for album_id, at in times.items():
                    facts[album_id] = AlbumFacts(at, genres.get(album_id, ""))
        return facts

    def plays(self, ids: Sequence[TrackId]) -> dict[TrackId, Plays]:
        """How often tracks were played by the person for whom this runs."""
        query = (
            select(play_events.c.track_id, func.count(), func.max(play_events.c.at))
            .where(_IS_PLAY, mine(play_events))
            .group_by(play_events.c.track_id)
        )
        found: dict[TrackId, Plays] = {}
        with self._database.read() as connection:
            for chunk in chunks(dict.fromkeys(ids)):
                rows = connection.execute(query.where(play_events.c.track_id.in_(chunk)))
                found.update((int(a), Plays(int(b), float(c))) for a, b, c in rows)
        return found

    def liked_at(self, ids: Sequence[TrackId] | None = None) -> dict[TrackId, float]:
        """When tracks were liked, the newest first; all that are when no ids are given."""
        query = select(ratings.c.track_id, ratings.c.at).where(mine(ratings), ratings.c.liked)
        found: dict[TrackId, float] = {}
        with self._database.read() as connection:
            if ids is None:
                rows = connection.execute(query.order_by(ratings.c.at.desc()))
                return {int(row[0]): float(row[1]) for row in rows}
            for chunk in chunks(dict.fromkeys(ids)):
                rows = connection.execute(query.where(ratings.c.track_id.in_(chunk)))
                found.update((int(row[0]), float(row[1])) for row in rows)
        return found

    def artist_ids(self, names: Sequence[str]) -> dict[str, ArtistId]:
        """The ids of artists by `fold` of their names; those that there are."""
        found: dict[str, ArtistId] = {}
        with self._database.read() as connection:
            for chunk in chunks(dict.fromkeys(fold(name) for name in names)):
                rows = connection.execute(
                    select(artists.c.folded, artists.c.id).where(artists.c.folded.in_(chunk))
                )
                found.update((str(row[0]), int(row[1])) for row in rows)
        return found

    def playlists_made_at(self, ids: Sequence[PlaylistId]) -> dict[PlaylistId, float]:
        """When playlists were made, seconds since 1970."""
        found: dict[PlaylistId, float] = {}
        query = select(playlists.c.id, playlists.c.created_at)
        with self._database.read() as connection:
            for chunk in chunks(dict.fromkeys(ids)):
                rows = connection.execute(query.where(playlists.c.id.in_(chunk)))
                found.update((int(row[0]), float(row[1])) for row in rows)
        return found

    def changed_at(self) -> float:
        """When the last track came, seconds since 1970; 0 when there is none."""
        with self._database.read() as connection:
            return float(connection.execute(select(func.max(tracks.c.added_at))).scalar() or 0.0)

    def _tracks(self, query: Select[Any]) -> tuple[Track, ...]:
        with self._database.read() as connection:
            return read_tracks(connection, [row[0] for row in connection.execute(query)])


def _with_tracks(query: Select[Any]) -> Select[Any]:
    return query.join(tracks, (tracks.c.album_id == albums.c.id) & PRESENT)


def _played() -> ColumnElement[bool]:
    return (play_events.c.track_id == tracks.c.id) & _IS_PLAY & mine(play_events)


def _of_genre(genre: str) -> Select[Any]:
    return select(track_genres.c.track_id).where(track_genres.c.folded == fold(genre))
