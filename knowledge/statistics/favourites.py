"""What was played most, of the library and of what only imports know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Any, TypeVar

from sqlalchemy import Connection, func, select

from knowledge.folding import fold
from knowledge.models import TrackId
from knowledge.schema import albums, artists, track_artists, track_genres, tracks
from knowledge.statistics.listens import Foreign, Sum
from knowledge.statistics.models import Favourite, Favourites

_MOST_COMPARED = 500
"""How many of the most played are looked at by name; less than SQL takes as parameters."""

_Key = TypeVar("_Key")


def favourites(
    connection: Connection, known: Mapping[TrackId, Sum], foreign: Sequence[Foreign], most: int
) -> Favourites:
    """The `most` favourites of each kind.

    Args:
        connection: to read names from.
        known: how much each track of the library was listened to.
        foreign: what was listened to and is not in the library.
        most: how many of each kind.
    """
    reader = _Reader(connection, known)
    return Favourites(
        tracks=_first([*reader.tracks(), *_named(foreign, "title", "artist")], most),
        artists=_first([*reader.artists(), *_named(foreign, "artist")], most),
        albums=_first([*reader.albums(), *_named(foreign, "album", "artist")], most),
        genres=_first(reader.genres(), most),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    connection: Connection
    known: Mapping[TrackId, Sum]

    def tracks(self) -> Iterable[Favourite]:
        best = _most_heard(self.known)
        rows = self.connection.execute(
            select(
                tracks.c.id,
                tracks.c.title,
                tracks.c.artist,
                tracks.c.missing_since,
                func.coalesce(tracks.c.cover_id, albums.c.cover_id).label("cover_id"),
            )
            .outerjoin(albums, albums.c.id == tracks.c.album_id)
            .where(tracks.c.id.in_(best))
        )
        for row in rows:
            track_id = row.id if row.missing_since is None else None
            yield _favourite(best[row.id], row.title, row.artist, track_id, row.cover_id)

    def artists(self) -> Iterable[Favourite]:
        best = _most_heard(self._summed(track_artists.c.track_id, track_artists.c.artist_id))
        named = select(artists.c.id, artists.c.name).where(artists.c.id.in_(best))
        for row in self.connection.execute(named):
            yield _favourite(best[row.id], row.name, "", row.id)

    def albums(self) -> Iterable[Favourite]:
        best = _most_heard(self._summed(tracks.c.id, tracks.c.album_id))
        named = select(albums.c.id, albums.c.title, albums.c.artist, albums.c.cover_id)
        for row in self.connection.execute(named.where(albums.c.id.in_(best))):
            yield _favourite(best[row.id], row.title, row.artist, row.id, row.cover_id)

    def genres(self) -> Iterable[Favourite]:
        found = self._summed(track_genres.c.track_id, track_genres.c.genre)
        return [_favourite(one, name) for name, one in found.items()]

    def _summed(self, track_id: Any, group: Any) -> dict[Any, Sum]:
        """The sums of a table's groups of tracks."""
        found: dict[Any, Sum] = {}
        for track, key in self.connection.execute(select(track_id, group)):
            one = self.known.get(track)
            if one is not None and key is not None:
                found.setdefault(key, Sum()).add(one)
        return found


def _named(foreign: Iterable[Foreign], name: str, by: str = "") -> Iterable[Favourite]:
    found: dict[tuple[str, str], Sum] = {}
    for one in foreign:
        key = (getattr(one, name), getattr(one, by) if by else "")
        if key[0]:
            found.setdefault(key, Sum()).add(one.sum)
    return [_favourite(one, *key) for key, one in _most_heard(found).items()]


def _most_heard(found: Mapping[_Key, Sum]) -> dict[_Key, Sum]:
    return dict(nlargest(_MOST_COMPARED, found.items(), key=lambda each: each[1].heard))


def _favourite(
    found: Sum, name: str, by: str = "", item_id: int | None = None, cover_id: str | None = None
) -> Favourite:
    return Favourite(
        name=name,
        by=by,
        id=item_id,
        cover_id=cover_id,
        plays=found.heard,
        seconds=found.seconds,
        imported_plays=found.imported_plays,
    )


def _first(found: Iterable[Favourite], most: int) -> tuple[Favourite, ...]:
    """The most played, where two spellings of a name are one; the library's is shown."""
    merged: dict[tuple[str, str], Favourite] = {}
    apart: list[Favourite] = []
    for one in found:
        key = (fold(one.name), fold(one.by))
        twin = merged.get(key)
        if twin is None:
            merged[key] = one
        elif one.id is not None:  # two recordings of the same name
            apart.append(one)
        else:
            merged[key] = _together(twin, one)
    best = sorted(
        (one for one in (*merged.values(), *apart) if one.plays),
        key=lambda one: (-one.plays, -one.seconds, one.name),
    )
    return tuple(best[:most])


def _together(one: Favourite, other: Favourite) -> Favourite:
    return Favourite(
        name=one.name,
        by=one.by,
        id=one.id,
        cover_id=one.cover_id,
        plays=one.plays + other.plays,
        seconds=one.seconds + other.seconds,
        imported_plays=one.imported_plays + other.imported_plays,
    )
