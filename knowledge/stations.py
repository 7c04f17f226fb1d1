"""Radio stations of the user's own: kept by name and address, and queued like recordings.

In the queue a station is a track without an end. Its id is the station's, negative, so that it is
never taken for a recording of the library: it has no file, and is no part of history or taste.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from knowledge.database import Database
from knowledge.errors import NotInLibrary, StationRejected
from knowledge.folding import fold
from knowledge.models import Track, TrackId
from knowledge.schema_sources import stations

StationId = int
MAX_NAME = 120
_MOST = 500
_AROUND = frozenset({"radio", "station", "the", "my", "fm", "internet", "online"})
"""Words that people add to the name of a station, or leave out."""


@dataclass(frozen=True, slots=True)
class Station:
    """One station."""

    id: StationId
    name: str
    url: str
    """Where its sound is: a stream, or a small playlist that names one."""
    homepage: str = ""


class Stations:
    """Keeps them. Safe to share between threads."""

    def __init__(
        self, database: Database, *, most: int = _MOST, clock: Callable[[], float] = time.time
    ) -> None:
        """Keep at most `most` stations in `database`."""
        self._database = database
        self._most = most
        self._clock = clock

    def all(self) -> tuple[Station, ...]:
        """All stations by name."""
        with self._database.read() as connection:
            rows = connection.execute(select(stations).order_by(stations.c.folded))
            return tuple(Station(row.id, row.name, row.url, row.homepage) for row in rows)

    def station(self, station_id: StationId) -> Station:
        """One station.

        Raises:
            NotInLibrary: there is none of this id.
        """
        with self._database.read() as connection:
            row = connection.execute(select(stations).where(stations.c.id == station_id)).first()
        if row is None:
            raise NotInLibrary("There is no such radio station.")
        return Station(row.id, row.name, row.url, row.homepage)

    def called(self, name: str) -> Station | None:
        """The station with exactly this name, however it is spelled."""
        with self._database.read() as connection:
            row = connection.execute(
                select(stations).where(stations.c.folded == fold(name[:200]))
            ).first()
        return None if row is None else Station(row.id, row.name, row.url, row.homepage)

    def named(self, words: str) -> Station | None:
        """The one station that `words` name; "radio" and the like may be there or not."""
        wanted = _name_of(words)
        if not wanted:
            return None
        found = [one for one in self.all() if _name_of(one.name) == wanted]
        return found[0] if len(found) == 1 else None

    def add(self, name: str, url: str, homepage: str = "") -> Station:
        """Keep a station; its address must have been checked.

        Raises:
            StationRejected: the name is empty, too long or taken, or there are too many.
        """
        name = " ".join(name.split())
        if not name or len(name) > MAX_NAME or not name.isprintable():
            raise StationRejected(f"A station needs a name of 1 to {MAX_NAME} characters.")
        row = {
            "name": name,
            "folded": fold(name),
            "url": url,
            "homepage": homepage,
            "added_at": self._clock(),
        }
        try:
            with self._database.write() as connection:
                count = connection.execute(select(func.count()).select_from(stations)).scalar_one()
                if count >= self._most:
                    raise StationRejected(f"{self._most} stations are kept at most.")
                added = connection.execute(insert(stations).values(**row))
                station_id = int(added.inserted_primary_key[0])  # type: ignore[index]
        except IntegrityError as error:
            raise StationRejected(f"There is a station called {name} already.") from error
        return Station(station_id, name, url, homepage)

    def remove(self, station_id: StationId) -> bool:
        """Forget a station; False when there was none."""
        with self._database.write() as connection:
            gone = connection.execute(delete(stations).where(stations.c.id == station_id))
            return bool(gone.rowcount)


def track_of(station: Station) -> Track:
    """The station as it stands in the queue."""
    return Track(
        id=-station.id,
        title=station.name,
        artists=("Radio",),
        codec="radio",
        stream_url=station.url,
    )


def station_tracks(connection: Connection, ids: Sequence[TrackId]) -> dict[TrackId, Track]:
    """The stations among ids of tracks, by these ids."""
    wanted = [-each for each in ids if each < 0]
    if not wanted:
        return {}
    rows = connection.execute(select(stations).where(stations.c.id.in_(wanted)))
    return {-row.id: track_of(Station(row.id, row.name, row.url, row.homepage)) for row in rows}


def _name_of(words: str) -> str:
    folded = fold(words[:200]).split()
    return " ".join(word for word in folded if word not in _AROUND) or " ".join(folded)
