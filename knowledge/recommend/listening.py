"""All listening as arrays: Refrain's own log and what was imported, with what became of each play.

Read once and then only what was added: the log grows by a line for each track that sounds.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from knowledge.database import Database
from knowledge.imports.listens import from_elsewhere
from knowledge.models import PlayEventKind
from knowledge.people.current import PersonId, current_person
from knowledge.people.settings import PersonSettings
from knowledge.recommend.learning.plays import Plays
from knowledge.revision import ERASURES, read
from knowledge.schema import play_events, tracks
from knowledge.schema_belongings import imported_listens

Ids = NDArray[np.int64]
Times = NDArray[np.float64]
_HEARD_S, _HEARD_PART = 30.0, 0.5
"""A play counts as heard from so many seconds, or from this part of a short track."""
_SKIP_FOLLOWS_S = 3_600.0
"""A skip belongs to the play of the same track that began no longer ago."""
_UNSETTLED = 20
"""How long the newest plays sound is still being written: they are read again."""


@dataclass(frozen=True, slots=True)
class Listening:
    """n plays in the order of time, each of a track that the library has or had."""

    tracks: Ids
    at: Times
    """Unix seconds."""
    heard: NDArray[np.bool_]
    """It sounded for half a minute, or half of it."""
    skipped: NDArray[np.bool_]
    people: Ids
    """Who listened: 0 is the person who asks, others are those who let it help them."""

    def __len__(self) -> int:
        return len(self.tracks)

    @classmethod
    def none(cls) -> "Listening":
        no = np.zeros(0, bool)
        return cls(np.zeros(0, np.int64), np.zeros(0), no, no, np.zeros(0, np.int64))

    def where(self, keep: NDArray[np.bool_]) -> "Listening":
        """Those marked True, in the same order."""
        return Listening(
            self.tracks[keep],
            self.at[keep],
            self.heard[keep],
            self.skipped[keep],
            self.people[keep],
        )

    def own(self) -> "Listening":
        """What the person who asks listened to."""
        return self if not self.people.any() else self.where(self.people == 0)

    def plays(self) -> Plays:
        """What was heard and not skipped, for the models that learn from it."""
        good = self.where(self.heard & ~self.skipped)
        return Plays.of(good.people, good.tracks, good.at)


class ListeningLog:
    """Reads all listening and keeps it in memory. Safe to share between threads.

    Everybody gets their own, and beside it that of people who let it help the others.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._own: list[Any] = []
        self._imported: tuple[tuple[int, int], list[Any]] = ((0, 0), [])
        self._settings = PersonSettings(database)
        self._erasures = -1
        self._made: dict[PersonId, tuple[tuple[object, ...], Listening]] = {}

    def read(self) -> Listening:
        """Everything up to now; the same object until something is added."""
        person = current_person()
        helpers = self._settings.helpers() - {person}
        with self._lock, self._database.read() as connection:
            if (erasures := read(connection, ERASURES)) != self._erasures:
                self._own, self._imported, self._made = [], ((0, 0), []), {}
                self._erasures = erasures
            self._read_own(connection)
            stamp = self._read_imported(connection)
            last = self._own[-1] if self._own else None
            # How long the newest play sounded changes what it counts as.
            key = (len(self._own), int(last.played_s >= _HEARD_S) if last else 0, *stamp, helpers)
            known = self._made.get(person)
            if known is None or known[0] != key:
                places = {each: place for place, each in enumerate((person, *sorted(helpers)))}
                known = self._made[person] = (
                    key,
                    _listening(self._own, self._imported[1], places),
                )
            return known[1]

    def forget(self) -> None:
        """Let go of everything; it is read again when somebody asks."""
        with self._lock:
            self._own, self._imported, self._made = [], ((0, 0), []), {}

    def _read_own(self, connection: Connection) -> None:
        kept = self._own[: max(0, len(self._own) - _UNSETTLED)]
        after = kept[-1].id if kept else 0
        wanted = (
            select(
                play_events.c.id,
                play_events.c.at,
                play_events.c.kind,
                play_events.c.track_id,
                play_events.c.played_s,
                play_events.c.person_id,
                tracks.c.duration_s,
            )
            .join(tracks, tracks.c.id == play_events.c.track_id)
            .where(
                play_events.c.id > after,
                play_events.c.kind.in_([PlayEventKind.PLAY.value, PlayEventKind.SKIP.value]),
            )
            .order_by(play_events.c.id)
        )
        self._own = [*kept, *connection.execute(wanted).all()]

    def _read_imported(self, connection: Connection) -> tuple[int, int]:
        matched = imported_listens.c.track_id.is_not(None)
        count, newest = connection.execute(
            select(func.count(), func.max(imported_listens.c.id)).where(matched)
        ).one()
        stamp = (int(count), int(newest or 0))
        if self._imported[0] != stamp:
            wanted = (
                select(
                    imported_listens.c.at,
                    imported_listens.c.track_id,
                    imported_listens.c.played_s,
                    imported_listens.c.skipped,
                    imported_listens.c.person_id,
                    tracks.c.duration_s,
                )
                .join(tracks, tracks.c.id == imported_listens.c.track_id)
                .where(matched, from_elsewhere())
            )
            self._imported = (stamp, list(connection.execute(wanted).all()))
        return stamp


def _listening(
    own: Sequence[Any], imported: Sequence[Any], places: Mapping[PersonId, int]
) -> Listening:
    rows: list[list[float]] = []
    playing: dict[tuple[int, int], int] = {}
    for event in own:
        person = places.get(event.person_id)
        if person is None:
            continue
        if event.kind == PlayEventKind.SKIP.value:
            row = playing.pop((person, event.track_id), None)
            if row is not None and event.at - rows[row][1] <= _SKIP_FOLLOWS_S:
                rows[row][3] = 1.0
            continue
        playing[(person, event.track_id)] = len(rows)
        heard = _heard(event.played_s, event.duration_s)
        rows.append([event.track_id, event.at, heard, 0.0, person])
    for listen in imported:
        person = places.get(listen.person_id)
        if person is None:
            continue
        # An export without lengths lists what was listened to.
        heard = listen.played_s is None or _heard(listen.played_s, listen.duration_s)
        skipped = bool(listen.skipped)
        rows.append([listen.track_id, listen.at, heard and not skipped, skipped, person])
    if not rows:
        return Listening.none()
    table = np.asarray(rows, np.float64)
    table = table[np.argsort(table[:, 1], kind="stable")]
    return Listening(
        table[:, 0].astype(np.int64),
        table[:, 1],
        table[:, 2] > 0,
        table[:, 3] > 0,
        table[:, 4].astype(np.int64),
    )


def _heard(played_s: float, duration_s: float) -> bool:
    return played_s >= min(_HEARD_S, _HEARD_PART * duration_s if duration_s else _HEARD_S)
