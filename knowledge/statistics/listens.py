"""Every listen of a stretch of time as columns: Refrain's own log and what was imported.

SQL chooses and joins, numpy sums: SQLite sorts to group, which takes longer with half a million
listens, and local hours need no tricks here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, case, func, literal, select, union_all

from knowledge.imports.listens import from_elsewhere
from knowledge.models import PlayEventKind, TrackId
from knowledge.people.belonging import mine
from knowledge.schema import play_events, tracks
from knowledge.schema_belongings import imported_listens
from knowledge.statistics.local_time import LocalClock

LONGEST_S = 86_400.0
"""No listen is taken to last longer than a day, whatever a log says."""
TYPICAL_S = 210.0
"""What a listen of unknown length counts, when the library does not know the track either."""
PART_HOURS = 3
"""Length of the parts of a day that are told apart."""
_ROWS_AT_ONCE = 50_000
_NO_TRACK = -1

Column = NDArray[np.float64]


@dataclass(slots=True)
class Sum:
    """Of some listens."""

    plays: int = 0
    seconds: float = 0.0
    skips: int = 0
    imported_plays: int = 0
    imported_s: float = 0.0
    estimated_s: float = 0.0
    """Part of the seconds whose length nobody told."""

    @property
    def heard(self) -> int:
        """Plays that nobody skipped."""
        return max(0, self.plays - self.skips)

    def add(self, other: "Sum") -> None:
        self.plays += other.plays
        self.seconds += other.seconds
        self.skips += other.skips
        self.imported_plays += other.imported_plays
        self.imported_s += other.imported_s
        self.estimated_s += other.estimated_s


@dataclass(frozen=True, slots=True)
class Foreign:
    """What the library has not, as an export spelled it."""

    artist: str
    title: str
    album: str
    sum: Sum


class Listens:
    """A person's listens between two Unix times. Row i of each column is one line of a log."""

    def __init__(
        self, connection: Connection, clock: LocalClock, start_s: float, end_s: float
    ) -> None:
        """Read them; the log's skips are lines of their own."""
        self._connection = connection
        self._span = (start_s, end_s)
        at, self._track, *numbers = _columns(connection, start_s, end_s)
        self._numbers = numbers
        self._hour = clock.hours(at)

    def all(self) -> Sum:
        """Everything."""
        plays, seconds, skips, imported, imported_s, estimated_s = (
            float(column.sum()) for column in self._numbers
        )
        return Sum(int(plays), seconds, int(skips), int(imported), imported_s, estimated_s)

    def by_hour(self) -> dict[int, Sum]:
        """Local hours since 1970, in order."""
        return dict(self._grouped(self._hour))

    def by_track(self) -> dict[TrackId, Sum]:
        """The tracks that the library has."""
        return {track: one for track, one in self._grouped(self._track) if track != _NO_TRACK}

    def by_track_and_part(self) -> Iterator[tuple[TrackId, int, int]]:
        """Track, part of the day, and how often it was played then and not skipped."""
        parts = 24 // PART_HOURS
        for key, one in self._grouped(self._track * parts + self._hour % 24 // PART_HOURS):
            if key >= 0 and one.heard:
                yield key // parts, key % parts, one.heard

    def foreign(self) -> Iterator[Foreign]:
        """What only an export knows."""
        start_s, end_s = self._span
        listen = imported_listens.c
        statement = (
            select(
                listen.artist,
                listen.title,
                listen.album,
                func.count(literal(1)),
                func.sum(_imported_s()),
                func.sum(_is_skipped()),
            )
            .where(
                mine(imported_listens),
                listen.track_id.is_(None),
                listen.at >= start_s,
                listen.at < end_s,
            )
            .select_from(imported_listens.outerjoin(tracks, tracks.c.id == listen.track_id))
            .group_by(listen.artist, listen.title, listen.album)
        )
        for artist, title, album, plays, seconds, skips in self._connection.execute(statement):
            one = Sum(plays, float(seconds), int(skips), plays, float(seconds))
            yield Foreign(artist, title, album, one)

    def _grouped(self, keys: NDArray[np.int64]) -> Iterator[tuple[int, Sum]]:
        """The sums of the rows that share a key."""
        groups, place = np.unique(keys, return_inverse=True)
        sums = [np.bincount(place, column, len(groups)).tolist() for column in self._numbers]
        for key, plays, seconds, skips, *imported in zip(groups.tolist(), *sums, strict=True):
            imported_plays, imported_s, estimated_s = imported
            one = Sum(int(plays), seconds, int(skips), int(imported_plays), imported_s, estimated_s)
            yield key, one


def beginning(connection: Connection) -> float | None:
    """The Unix time of the first listen of a person."""
    first = union_all(
        select(func.min(play_events.c.at).label("at")).where(mine(play_events)),
        select(func.min(imported_listens.c.at)).where(mine(imported_listens)),
    )
    found = [at for (at,) in connection.execute(first) if at is not None]
    return max(0.0, min(found)) if found else None


def _columns(connection: Connection, start_s: float, end_s: float) -> list[Any]:
    """Time, track, plays, seconds, skips, imported plays, imported and estimated seconds."""
    own = _fetched(connection, _own(start_s, end_s))
    imported = _fetched(connection, _imported(start_s, end_s))
    at, track, is_play, played_s = own
    nothing = np.zeros(len(at))
    seconds = np.clip(played_s, 0.0, LONGEST_S) * is_play
    ours = (at, track, is_play, seconds, 1.0 - is_play, nothing, nothing, nothing)
    at, track, skipped, listened_s, is_guess = imported
    seconds, once = np.clip(listened_s, 0.0, LONGEST_S), np.ones(len(at))
    theirs = (at, track, once, seconds, skipped, once, seconds, seconds * is_guess)
    both = [np.concatenate(pair) for pair in zip(ours, theirs, strict=True)]
    both[1] = both[1].astype(np.int64)
    return both


def _fetched(connection: Connection, statement: Any) -> list[Column]:
    answer = connection.execute(statement)
    count = len(answer.keys())
    pieces: list[list[Column]] = [[np.zeros(0)] for _ in range(count)]
    while rows := answer.fetchmany(_ROWS_AT_ONCE):
        for place, values in enumerate(zip(*rows, strict=True)):
            pieces[place].append(np.array(values, np.float64))
    return [np.concatenate(some) for some in pieces]


def _own(start_s: float, end_s: float) -> Any:
    event = play_events.c
    kinds = (PlayEventKind.PLAY.value, PlayEventKind.SKIP.value)
    is_play = case((event.kind == PlayEventKind.PLAY.value, 1), else_=0)
    return select(event.at, event.track_id, is_play, event.played_s).where(
        and_(mine(play_events), event.at >= start_s, event.at < end_s, event.kind.in_(kinds))
    )


def _imported(start_s: float, end_s: float) -> Any:
    listen = imported_listens.c
    return (
        select(
            listen.at,
            func.coalesce(listen.track_id, _NO_TRACK),
            _is_skipped(),
            _imported_s(),
            case((listen.played_s.is_(None), 1), else_=0),
        )
        .select_from(imported_listens.outerjoin(tracks, tracks.c.id == listen.track_id))
        .where(mine(imported_listens), listen.at >= start_s, listen.at < end_s, from_elsewhere())
    )


def _is_skipped() -> Any:
    return case((imported_listens.c.skipped.is_(True), 1), else_=0)


def _imported_s() -> Any:
    listen = imported_listens.c
    # Who skipped did not hear all of it, and nobody knows how much.
    guess = func.coalesce(tracks.c.duration_s, TYPICAL_S)
    return case(
        (listen.played_s.is_not(None), listen.played_s),
        (listen.skipped.is_(True), 0.0),
        else_=guess,
    )
