"""Neighbours on disk: asked for in the background, read when music is chosen."""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, func, insert, select

from knowledge.database import Database
from knowledge.folding import fold
from knowledge.schema_sources import outside_asked, outside_neighbours
from knowledge.sources.neighbours.models import Neighbour, NeighbourSource

Kind = Literal["artist", "recording"]
_LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Near:
    """What is near to something, with folded names."""

    of: str
    artist: str
    title: str
    """Empty for an artist."""
    score: float
    source: str


class NeighbourStore:
    """Keeps neighbours. Safe to share between threads."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def keep(
        self, kind: Kind, of: str, source: NeighbourSource, found: Iterable[Neighbour]
    ) -> None:
        """Keep what a service says, in place of what it said before.

        Args:
            kind: of what it speaks.
            of: as `artist_key` or `recording_key` make it.
            source: the service.
            found: perhaps nothing, which is kept too: it is not asked again soon.
        """
        now = self._clock()
        rows = {}
        for one in found:
            artist, title = fold(one.artist)[:_LONGEST_NAME], fold(one.title)[:_LONGEST_NAME]
            if artist and (artist, title) not in rows and one.score > 0:
                rows[artist, title] = {
                    "kind": kind,
                    "of": of,
                    "source": source,
                    "artist_folded": artist,
                    "title_folded": title if one.title else "",
                    "name": one.artist[:_LONGEST_NAME],
                    "score": min(one.score, 1.0),
                    "at": now,
                }
        with self._database.write() as connection:
            for table in (outside_neighbours, outside_asked):
                connection.execute(
                    delete(table).where(
                        table.c.kind == kind, table.c.of == of, table.c.source == source
                    )
                )
            if rows:
                connection.execute(insert(outside_neighbours), list(rows.values()))
            connection.execute(
                insert(outside_asked).values(kind=kind, of=of, source=source, at=now)
            )

    def asked(self, kind: Kind, source: NeighbourSource, *, since: float) -> frozenset[str]:
        """What a service was asked about since then, in seconds since the epoch."""
        wanted = select(outside_asked.c.of).where(
            outside_asked.c.kind == kind,
            outside_asked.c.source == source,
            outside_asked.c.at >= since,
        )
        with self._database.read() as connection:
            return frozenset(connection.execute(wanted).scalars())

    def near(self, kind: Kind, of: Collection[str]) -> tuple[Near, ...]:
        """What services say is near to these, the nearest first."""
        if not of:
            return ()
        wanted = (
            select(outside_neighbours)
            .where(outside_neighbours.c.kind == kind, outside_neighbours.c.of.in_(list(of)[:50]))
            .order_by(outside_neighbours.c.score.desc())
            .limit(2_000)
        )
        with self._database.read() as connection:
            return tuple(
                Near(row.of, row.artist_folded, row.title_folded, row.score, row.source)
                for row in connection.execute(wanted)
            )

    def count(self) -> int:
        """Of how many artists and recordings neighbours are known."""
        with self._database.read() as connection:
            found = connection.execute(select(func.count()).select_from(outside_asked))
            return int(found.scalar_one())


def artist_key(name: str) -> str:
    """How an artist is named here."""
    return fold(name)[:_LONGEST_NAME]


def recording_key(artist: str, title: str) -> str:
    """How a recording is named here."""
    return f"{artist_key(artist)}\n{fold(title)[:_LONGEST_NAME]}"
