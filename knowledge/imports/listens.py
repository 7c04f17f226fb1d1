"""Everything that was listened to: here, and elsewhere as imported."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, select

from knowledge.database import Database
from knowledge.models import PlayEventKind, TrackId
from knowledge.recommend.learning.plays import Ids, Numbers, Plays
from knowledge.schema import imported_listens, imports, play_events

_SAME_S = 120.0
"""An imported listen this near to one of our own is our own: it was sent there by a scrobbler."""


@dataclass(frozen=True, slots=True)
class Listen:
    """One track, once."""

    at: float
    """When it began, unix seconds."""
    track_id: TrackId
    played_s: float | None
    """None where an export does not say."""
    skipped: bool | None
    imported: bool


@dataclass(frozen=True, slots=True)
class ListenTable:
    """Listens as columns, oldest first, each of shape (n,)."""

    at: Numbers
    track_ids: Ids
    played_s: Numbers
    """NaN where unknown."""
    skipped: Numbers
    """1, 0, or NaN where unknown."""
    imported: Ids

    def __len__(self) -> int:
        return len(self.at)

    def __iter__(self) -> Iterator[Listen]:
        for at, track, played, skipped, imported in zip(
            self.at.tolist(),
            self.track_ids.tolist(),
            self.played_s.tolist(),
            self.skipped.tolist(),
            self.imported.tolist(),
            strict=True,
        ):
            yield Listen(
                at,
                track,
                None if np.isnan(played) else played,
                None if np.isnan(skipped) else bool(skipped),
                bool(imported),
            )

    def plays(self) -> Plays:
        """What was listened to and not skipped, as one person's plays, for learning."""
        kept = self.skipped != 1
        ids = self.track_ids[kept]
        return Plays.of(np.zeros(len(ids), np.int64), ids, self.at[kept])


class Listens:
    """Reads the history with what was imported. Synchronous."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, *, person: str | None = None, since: float = 0.0) -> ListenTable:
        """All listens of tracks in the library from `since` (unix seconds) on.

        Args:
            person: only this one's imports; None for all. Our own history is the household's.
            since: unix seconds.
        """
        with self._database.read() as connection:
            own = _own(connection, since)
            imported = _imported(connection, person, since)
        rows = own + _not_of(imported, own)
        table = np.array(rows, np.float64).reshape(-1, 5)
        table = table[np.argsort(table[:, 0], kind="stable")]
        return ListenTable(
            table[:, 0],
            table[:, 1].astype(np.int64),
            table[:, 2],
            table[:, 3],
            table[:, 4].astype(np.int64),
        )


Row = tuple[float, float, float, float, float]


def _own(connection: Connection, since: float) -> list[Row]:
    """Our own plays; a skip is written when it ends one, so it marks the play before it."""
    kinds = (PlayEventKind.PLAY.value, PlayEventKind.SKIP.value)
    wanted = (
        select(play_events.c.at, play_events.c.kind, play_events.c.track_id, play_events.c.played_s)
        .where(play_events.c.kind.in_(kinds), play_events.c.at >= since)
        .order_by(play_events.c.at, play_events.c.id)
    )
    rows: list[Row] = []
    playing: dict[int, int] = {}
    for at, kind, track_id, played_s in connection.execute(wanted):
        if kind == PlayEventKind.PLAY.value:
            playing[track_id] = len(rows)
            rows.append((at, track_id, played_s, 0.0, 0.0))
        elif (place := playing.pop(track_id, None)) is not None:
            began = rows[place]
            rows[place] = (began[0], began[1], max(began[2], played_s), 1.0, 0.0)
    return rows


def _imported(connection: Connection, person: str | None, since: float) -> list[Row]:
    listen = imported_listens.c
    wanted = select(listen.at, listen.track_id, listen.played_s, listen.skipped).where(
        listen.track_id.is_not(None), listen.at >= since
    )
    if person is not None:
        owned = select(imports.c.id).where(imports.c.person == person)
        wanted = wanted.where(listen.import_id.in_(owned))
    unknown = float("nan")
    return [
        (
            at,
            track_id,
            unknown if played_s is None else played_s,
            unknown if skipped is None else float(skipped),
            1.0,
        )
        for at, track_id, played_s, skipped in connection.execute(wanted)
    ]


def _not_of(imported: Sequence[Row], own: Sequence[Row]) -> list[Row]:
    """The imported listens that are not our own, sent elsewhere and come back."""
    times: dict[float, list[float]] = {}
    for row in own:
        times.setdefault(row[1], []).append(row[0])
    kept = []
    for row in imported:
        mine = np.asarray(times.get(row[1], ()))
        if not len(mine) or np.abs(mine - row[0]).min() > _SAME_S:
            kept.append(row)
    return kept
