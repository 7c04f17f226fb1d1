"""The library as columns: what candidates are compared by, without loading every track."""

import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from knowledge.catalog_reading import PRESENT
from knowledge.database import Database
from knowledge.models import AlbumId, TrackId
from knowledge.recommend.selection import NOBODY
from knowledge.revision import LIBRARY_REVISION, read
from knowledge.schema import track_genres, tracks

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shelf:
    """All tracks that have a file, by ascending id. Row i of each column is one track."""

    revision: int
    ids: Ids
    titles: tuple[str, ...]
    artists: tuple[str, ...]
    """The main artist as credited."""
    artist_keys: tuple[str, ...]
    """The artist line, folded."""
    artist_numbers: Ids
    """The same number for the same artist; of nobody known each track has its own."""
    albums: tuple[AlbumId | None, ...]
    years: NDArray[np.float64]
    """NaN where unknown."""
    durations: NDArray[np.float64]
    """Seconds."""
    genres: Mapping[TrackId, tuple[str, ...]]
    """Folded genres of the tracks that have any."""
    genre_names: Mapping[str, str]
    """How a folded genre is written."""
    styled: tuple[Ids, Ids]
    """The same as pairs of a row and the place of its genre in `genre_names`."""

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, track_id: TrackId) -> int | None:
        found = int(np.searchsorted(self.ids, track_id))
        return found if found < len(self.ids) and self.ids[found] == track_id else None

    def rows(self, track_ids: Iterable[TrackId]) -> Ids:
        """Rows of those that are here, in the order given."""
        wanted = np.fromiter(track_ids, np.int64)
        if not len(self.ids) or not len(wanted):
            return np.zeros(0, np.int64)
        place = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return np.asarray(place[self.ids[place] == wanted])

    def of_artists(self, keys: Collection[str]) -> frozenset[TrackId]:
        """Tracks by any of these artists, given folded; a band's name with guests counts."""
        wanted = set(keys)
        return frozenset(
            int(track_id)
            for track_id, key in zip(self.ids, self.artist_keys, strict=True)
            if key in wanted
        )

    def of_genre(self, genre: str) -> frozenset[TrackId]:
        """Tracks of a folded genre."""
        return frozenset(each for each, genres in self.genres.items() if genre in genres)


class ShelfReader:
    """Reads the shelf and keeps it until the library changes. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._shelf: Shelf | None = None

    def read(self) -> Shelf:
        """The library as it is now; the same object until it changes."""
        with self._lock, self._database.read() as connection:
            revision = read(connection, LIBRARY_REVISION)
            if self._shelf is not None and self._shelf.revision == revision:
                return self._shelf
            wanted = select(
                tracks.c.id,
                tracks.c.title,
                tracks.c.artist,
                tracks.c.artist_folded,
                tracks.c.album_id,
                tracks.c.year,
                tracks.c.duration_s,
            )
            rows = connection.execute(wanted.where(PRESENT).order_by(tracks.c.id)).all()
            named = connection.execute(
                select(track_genres.c.track_id, track_genres.c.folded, track_genres.c.genre)
                .join(tracks, tracks.c.id == track_genres.c.track_id)
                .where(PRESENT)
                .order_by(track_genres.c.track_id, track_genres.c.position)
            ).all()
        self._shelf = _shelf(revision, rows, named)
        return self._shelf


def _shelf(revision: int, rows: Sequence[Any], named: Sequence[Any]) -> Shelf:
    columns = list(zip(*rows, strict=True)) or [()] * 7
    ids, titles, artists, keys, albums, years, durations = columns
    genres: dict[TrackId, list[str]] = {}
    names: dict[str, str] = {}
    for track_id, folded, genre in named:
        genres.setdefault(track_id, []).append(folded)
        names.setdefault(folded, genre)
    numbers: dict[str, int] = {}
    return Shelf(
        revision=revision,
        ids=np.asarray(ids, np.int64),
        titles=tuple(titles),
        artists=tuple(artists),
        artist_keys=tuple(keys),
        artist_numbers=np.asarray(
            [
                numbers.setdefault(f"{key} {track_id}" if key in NOBODY else key, len(numbers))
                for track_id, key in zip(ids, keys, strict=True)
            ],
            np.int64,
        ),
        albums=tuple(albums),
        years=np.asarray([np.nan if year is None else year for year in years], np.float64),
        durations=np.asarray(durations, np.float64),
        genres={track_id: tuple(each) for track_id, each in genres.items()},
        genre_names=names,
        styled=_styled(ids, genres, names),
    )


def _styled(
    ids: Sequence[TrackId], genres: Mapping[TrackId, Sequence[str]], names: Mapping[str, str]
) -> tuple[Ids, Ids]:
    place = {name: number for number, name in enumerate(names)}
    pairs = [
        (row, place[genre])
        for row, track_id in enumerate(ids)
        for genre in genres.get(track_id, ())
    ]
    table = np.asarray(pairs, np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
