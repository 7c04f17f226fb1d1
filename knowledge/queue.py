"""The play queue on disk: one row for each state of it, so that a restart or an undo finds it.

What can be done to a queue is in `queue_operations`; here a state is kept, read and taken back.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Table, delete, insert, select, true, update

from knowledge.database import Database
from knowledge.models import Queue, QueueItem, RepeatMode, Track, TrackId
from knowledge.people.current import HOUSEHOLD, PersonId
from knowledge.schema import queue_states
from knowledge.schema_rooms import room_queue_states

UNDO_DEPTH = 50
"""How many states are kept."""


class TrackLookup(Protocol):
    """Whatever turns ids into tracks; the catalogue does."""

    def tracks(self, ids: Sequence[TrackId]) -> tuple[Track, ...]:
        """The tracks in the order of `ids`; unknown and missing ones are left out."""
        ...


class QueueStore:
    """Reads and writes the queue. Each call is one transaction: a kill leaves the old or the new.

    Synchronous; safe to call from several threads, but it expects one owner that orders the
    changes.
    """

    def __init__(self, database: Database, catalog: TrackLookup, *, room: str = "") -> None:
        """Keep the queue of the installation, or the one of a `room` that has its own."""
        self.database = database
        self._catalog = catalog
        self._table: Table = room_queue_states if room else queue_states
        self._key = {"room": room} if room else {}
        self._mine: ColumnElement[bool] = room_queue_states.c.room == room if room else true()

    def load(self) -> Queue:
        """The queue as it was saved last, without the tracks that left the library since."""
        with self.database.read() as connection:
            rows = self._newest(connection, 1)
        return self._queue(rows[0]) if rows else Queue()

    def save(self, queue: Queue) -> None:
        """Keep a new state, one that `undo` can take back."""
        with self.database.write() as connection:
            self._insert(connection, queue)

    def save_position(self, queue: Queue) -> None:
        """Keep where the music is now, as part of the newest state.

        Going on to the next track is no edit: `undo` does not play the tracks backwards.
        """
        with self.database.write() as connection:
            newest = self._newest(connection, 1)
            if not newest or _ids(newest[0]) != [item.id for item in queue.items]:
                self._insert(connection, queue)
                return
            connection.execute(
                update(self._table)
                .where(self._mine, self._table.c.revision == newest[0].revision)
                .values(revision=queue.revision, position=queue.position)
            )

    def undo(self) -> Queue | None:
        """Take back the newest edit; None when there is none to take back.

        The revision grows all the same, since the pages must notice the change.
        """
        with self.database.write() as connection:
            rows = self._newest(connection, 2)
            if len(rows) < 2:
                return None
            newest, before = rows
            connection.execute(
                delete(self._table).where(self._mine, self._table.c.revision == newest.revision)
            )
            connection.execute(
                update(self._table)
                .where(self._mine, self._table.c.revision == before.revision)
                .values(revision=newest.revision + 1)
            )
        return replace(self._queue(before), revision=newest.revision + 1)

    def _insert(self, connection: Connection, queue: Queue) -> None:
        connection.execute(
            insert(self._table).values(
                **self._key,
                revision=queue.revision,
                items=[_written(item) for item in queue.items],
                position=queue.position,
                shuffle=queue.shuffle,
                repeat=queue.repeat.value,
                unshuffled=list(queue.unshuffled),
            )
        )
        revision = self._table.c.revision
        kept = select(revision).where(self._mine).order_by(revision.desc())
        connection.execute(
            delete(self._table).where(
                self._mine,
                revision.not_in(kept.limit(UNDO_DEPTH).scalar_subquery()),
            )
        )

    def _newest(self, connection: Connection, count: int) -> Sequence[Any]:
        newest_first = self._table.c.revision.desc()
        return connection.execute(
            select(self._table).where(self._mine).order_by(newest_first).limit(count)
        ).all()

    def _queue(self, row: Any) -> Queue:
        wanted = [track_id for _, track_id, *_ in row.items]
        found = {track.id: track for track in self._catalog.tracks(list(dict.fromkeys(wanted)))}
        items = tuple(
            QueueItem(item_id, found[track_id], PersonId(whose[0]) if whose else HOUSEHOLD)
            for item_id, track_id, *whose in row.items
            if track_id in found
        )
        there = {item.id for item in items}
        position: int | None = None
        if row.position is not None:
            behind = [item_id for item_id, *_ in row.items[row.position :]]
            current = next((item_id for item_id in behind if item_id in there), None)
            ids = [item.id for item in items]
            position = None if current is None else ids.index(current)
        return Queue(
            items=items,
            position=position,
            shuffle=row.shuffle,
            repeat=RepeatMode(row.repeat),
            revision=row.revision,
            unshuffled=tuple(each for each in row.unshuffled if each in there),
        )


def _ids(row: Any) -> list[str]:
    return [item_id for item_id, *_ in row.items]


def _written(item: QueueItem) -> list[str | int]:
    """An item as it is kept; whose it is stands there unless it is the household's."""
    kept: list[str | int] = [item.id, item.track.id]
    return kept if item.person == HOUSEHOLD else [*kept, item.person]
