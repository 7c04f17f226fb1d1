"""What was hummed, as notes and never as sound, and what it turned out to be."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import delete, func, select, update

from knowledge.database import Database
from knowledge.errors import NotHeard
from knowledge.melody.library import Build, Index
from knowledge.melody.models import Contour, Melody, MelodyHit, MelodyKey, MelodyLine
from knowledge.melody.rows import pack_lines, unpack_lines
from knowledge.people.belonging import mine
from knowledge.people.current import PersonId, current_person
from knowledge.revision import MELODY_REVISION, bump, read
from knowledge.schema_melody import hums

_KEPT = 500
"""Hums without a pick that are kept: an answer may be corrected as long."""
_KEPT_PICKED = 2_000
_MOST_CANDIDATES = 12
_REMEMBERED = 300
"""Picks that contradicted the first answer, which are compared with every hum."""
_LIKE = 5
"""Corrected hums that may teach something about a new one."""
_MOST_PEOPLE = 16
"""What so many people taught is held in memory."""
_DEMOTED = 0.15
"""Cost that is added to what was wrong the last time."""


@dataclass(frozen=True, slots=True)
class _Correction:
    """A hum whose first answers were wrong."""

    right: MelodyKey
    wrong: frozenset[MelodyKey]


@dataclass(frozen=True, slots=True)
class _Learned:
    """What the picks of one person teach."""

    revision: int
    corrections: dict[MelodyKey, _Correction]
    like: Index | None


class HumLog:
    """Keeps hums and learns from picks, for each person apart. Safe to share between threads."""

    def __init__(
        self, database: Database, build: Build, *, clock: Callable[[], float] = time.time
    ) -> None:
        """Prepare to keep hums.

        Args:
            database: the library.
            build: makes an index of the hums that were corrected.
            clock: seconds.
        """
        self._database = database
        self._build = build
        self._clock = clock
        self._lock = threading.Lock()
        self._learned: dict[PersonId, _Learned] = {}

    def keep(self, contour: Contour, hits: Sequence[MelodyHit], *, session_id: str = "") -> int:
        """Keep a hum with its candidates, best first, and return its number."""
        candidates = [
            [hit.key, round(float(hit.probability), 4)] for hit in hits[:_MOST_CANDIDATES]
        ]
        row = {
            "at": self._clock(),
            "session_id": session_id,
            "kind": contour.kind.value,
            "lines": pack_lines([line_of(contour)]),
            "candidates": candidates,
            "picked": "",
        }
        with self._database.write() as connection:
            connection.execute(hums.insert().values(row))
            hum_id = int(connection.execute(select(func.max(hums.c.id))).scalar_one())
            for picked, kept in ((False, _KEPT), (True, _KEPT_PICKED)):
                own = mine(hums) & (hums.c.picked != "" if picked else hums.c.picked == "")
                newest = select(hums.c.id).where(own).order_by(hums.c.id.desc()).limit(kept)
                connection.execute(delete(hums).where(own, hums.c.id.not_in(newest)))
        return hum_id

    def pick(self, hum_id: int, recording: MelodyKey) -> None:
        """Learn which recording a hum was; a later pick replaces an earlier one.

        Raises:
            NotHeard: no such hum, perhaps not any more.
        """
        with self._database.write() as connection:
            changed = connection.execute(
                update(hums)
                .where(mine(hums), hums.c.id == hum_id)
                .values(picked=recording, picked_at=self._clock())
            )
            if not changed.rowcount:
                raise NotHeard(f"There is no hum number {hum_id}, or it was long ago.")
            bump(connection, MELODY_REVISION)

    def corrected(self, contour: Contour, hits: Sequence[MelodyHit]) -> tuple[MelodyHit, ...]:
        """Return the hits as earlier picks teach, best first.

        Where this hum fits one that was corrected at least as well as it fits the tune that was
        wrong then, that tune fits less from now on, and the one that was right as well as the hum.

        Args:
            contour: the hum.
            hits: what it may be.
        """
        index, corrections = self._remembered()
        if index is None or not hits:
            return tuple(hits)
        costs = {hit.key: hit.cost for hit in hits}
        for like in index.search(contour, count=_LIKE).hits:
            correction = corrections[like.key]
            if correction.right not in costs:
                continue
            for key in correction.wrong & costs.keys():
                if like.cost <= costs[key]:
                    costs[key] += _DEMOTED
                    costs[correction.right] = min(costs[correction.right], like.cost)
        changed = [replace(hit, cost=costs[hit.key]) for hit in hits]
        return tuple(sorted(changed, key=lambda hit: hit.cost))

    def _remembered(self) -> tuple[Index | None, dict[MelodyKey, _Correction]]:
        person = current_person()
        with self._lock:
            with self._database.read() as connection:
                revision = read(connection, MELODY_REVISION)
                known = self._learned.get(person)
                if known is not None and revision == known.revision:
                    return known.like, known.corrections
                query = (
                    select(hums.c.id, hums.c.picked, hums.c.candidates, hums.c.lines)
                    .where(mine(hums), hums.c.picked != "")
                    .order_by(hums.c.picked_at.desc())
                    .limit(_REMEMBERED)
                )
                rows = connection.execute(query).all()
            corrections, tunes = {}, []
            for row in rows:
                wrong = _before(row.candidates, row.picked)
                lines = unpack_lines(row.lines)
                if wrong and lines:
                    corrections[f"hum/{row.id}"] = _Correction(row.picked, wrong)
                    tunes.append(Melody(f"hum/{row.id}", lines))
            if known is not None and corrections == known.corrections:
                like = known.like
            else:
                like = self._build(tunes) if tunes else None
            if len(self._learned) > _MOST_PEOPLE:
                self._learned.clear()
            self._learned[person] = _Learned(revision, corrections, like)
            return like, corrections


def line_of(contour: Contour) -> MelodyLine:
    """The notes of a hum as a line, from its first note on."""
    notes = np.array(
        [(note.onset_s, note.duration_s, note.pitch, note.confidence) for note in contour.notes],
        np.float32,
    ).reshape(-1, 4)
    if len(notes):
        notes[:, 0] -= notes[0, 0]
    return MelodyLine(notes)


def _before(candidates: object, right: MelodyKey) -> frozenset[MelodyKey]:
    """The candidates that were likelier than the right one."""
    keys = [one[0] for one in candidates if isinstance(one, list) and one] if isinstance(
        candidates, list
    ) else []  # fmt: skip
    place = keys.index(right) if right in keys else 3
    return frozenset(keys[:place])
