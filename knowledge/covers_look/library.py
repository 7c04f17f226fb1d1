"""The looks of all covers of a library: made in the background, asked in words or by likeness."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import CompoundSelect, Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from knowledge.covers import CoverStore
from knowledge.covers_look.finding import fit, reasons
from knowledge.covers_look.look import VERSION, CoverLook, look_at, read_picture
from knowledge.covers_look.words import CoverWords, read_cover_words
from knowledge.database import Database
from knowledge.errors import NotInLibrary
from knowledge.models import AlbumId
from knowledge.revision import LIBRARY_REVISION, read
from knowledge.schema import albums, cover_looks, tracks

_STEP = 20
"""Covers that are stored in one transaction."""
_LEAST = 0.12
_MOST_ALBUMS = 5
_DAMAGED = b""
"""Stored for a picture that cannot be read, so that it is not tried again."""


@dataclass(frozen=True, slots=True)
class CoverLooksStatus:
    """How far it is."""

    looked_at: int
    waiting: int


@dataclass(frozen=True, slots=True)
class _Kept:
    key: tuple[int, int]
    ids: tuple[str, ...]
    looks: tuple[CoverLook, ...]
    vectors: NDArray[np.float32]


class CoverLooks:
    """Safe to share between threads. `update` belongs into a background thread."""

    def __init__(self, database: Database, covers: Path) -> None:
        """Prepare; nothing is read.

        Args:
            database: the library.
            covers: folder of its cover pictures.
        """
        self._database = database
        self._covers = CoverStore(covers)
        self._kept: _Kept | None = None
        self._loading = threading.Lock()
        self._updating = threading.Lock()

    def update(self, stop: threading.Event | None = None) -> int:
        """Look at the covers that came, and forget those that left; return how many were looked at.

        Args:
            stop: when set, the run ends soon; the rest is looked at next time.
        """
        with self._updating:
            return self._update(stop or threading.Event())

    def status(self) -> CoverLooksStatus:
        with self._database.read() as connection:
            wanted, known = _wanted(connection), _known(connection)
        return CoverLooksStatus(len(wanted & known), len(wanted - known))

    def find(self, words: str, *, limit: int = 20) -> list[tuple[str, float]]:
        """Covers that look as somebody says, the best first, with a score from 0 to 1.

        Args:
            words: such as "yellow", "the dark blue one with the moon", "schwarz-weiß"; colours and
                a few qualities in twelve languages are understood, the rest is passed over.
            limit: covers at most.

        Returns:
            None when no word says how a cover looks.
        """
        said = read_cover_words(words)
        return [] if said.is_empty else self.fitting(said, limit=limit)

    def fitting(self, said: CoverWords, *, limit: int = 20) -> list[tuple[str, float]]:
        """As `find`, for words that are understood already."""
        kept = self._load()
        scored = [(fit(look, said), one) for one, look in zip(kept.ids, kept.looks, strict=True)]
        best = sorted((one for one in scored if one[0] >= _LEAST), key=lambda s: (-s[0], s[1]))
        return [(cover_id, score) for score, cover_id in best[:limit]]

    def why(self, cover_id: str, words: str) -> tuple[str, ...]:
        """Why a cover was found: "62 % yellow"."""
        look = self.of(cover_id)
        return () if look is None else reasons(look, read_cover_words(words))

    def like(self, cover_id: str, *, limit: int = 20) -> list[tuple[str, float]]:
        """Covers that look like one of them, nearest first, with their cosine.

        Raises:
            NotInLibrary: the id names no cover that was looked at.
        """
        kept = self._load()
        if cover_id not in kept.ids:
            raise NotInLibrary("There is no such cover picture, or it was not looked at yet.")
        place = kept.ids.index(cover_id)
        near = kept.vectors @ kept.vectors[place]
        order = [int(one) for one in np.argsort(-near, kind="stable") if one != place][:limit]
        return [(kept.ids[one], round(float(near[one]), 4)) for one in order]

    def of(self, cover_id: str) -> CoverLook | None:
        """How one cover looks, when it was looked at."""
        with self._database.read() as connection:
            row = connection.execute(
                select(cover_looks.c.facts, cover_looks.c.look).where(
                    cover_looks.c.cover_id == cover_id, cover_looks.c.version == VERSION
                )
            ).first()
        return None if row is None or not row.look else _stored(row.facts, row.look)

    def albums_of(self, cover_ids: Sequence[str]) -> dict[str, tuple[AlbumId, ...]]:
        """The albums that have these covers, or whose tracks have them; a few each."""
        query = (
            select(tracks.c.cover_id, albums.c.id)
            .join(albums, albums.c.id == tracks.c.album_id)
            .where(tracks.c.cover_id.in_(cover_ids), tracks.c.missing_since.is_(None))
            .distinct()
            .order_by(albums.c.id)
        )
        found: dict[str, tuple[AlbumId, ...]] = {}
        with self._database.read() as connection:
            for row in connection.execute(query):
                found[row.cover_id] = (*found.get(row.cover_id, ()), row.id)[:_MOST_ALBUMS]
        return found

    def _update(self, stop: threading.Event) -> int:
        with self._database.read() as connection:
            wanted = _wanted(connection)
            known = _known(connection)
            outdated = connection.execute(
                select(func.count()).where(cover_looks.c.version != VERSION)
            ).scalar()
        gone = known - wanted
        if gone or outdated:
            with self._database.write() as connection:
                connection.execute(delete(cover_looks).where(cover_looks.c.version != VERSION))
                for chunk in _steps(sorted(gone), 500):
                    connection.execute(delete(cover_looks).where(cover_looks.c.cover_id.in_(chunk)))
        done = 0
        for step in _steps(sorted(wanted - known), _STEP):
            rows = []
            for cover_id in step:
                if stop.is_set():
                    break
                rows.append(self._row(cover_id))
            if rows:
                with self._database.write() as connection:
                    connection.execute(insert(cover_looks).on_conflict_do_nothing(), rows)
            done += len(rows)
            if stop.is_set():
                break
        return done

    def _row(self, cover_id: str) -> dict[str, object]:
        try:
            picture = read_picture(self._covers.path(cover_id))
        except NotInLibrary:
            picture = None
        row: dict[str, object] = {"cover_id": cover_id, "version": VERSION}
        if picture is None:
            return {**row, "facts": {}, "look": _DAMAGED}
        look = look_at(picture)
        return {**row, "facts": look.facts(), "look": look.vector.astype("<f2").tobytes()}

    def _load(self) -> _Kept:
        with self._loading, self._database.read() as connection:
            count = connection.execute(
                select(func.count()).where(cover_looks.c.version == VERSION)
            ).scalar()
            key = (read(connection, LIBRARY_REVISION), int(count or 0))
            if self._kept is not None and self._kept.key == key:
                return self._kept
            rows = connection.execute(
                select(cover_looks.c.cover_id, cover_looks.c.facts, cover_looks.c.look).where(
                    cover_looks.c.version == VERSION,
                    cover_looks.c.cover_id.in_(_shown_covers()),
                )
            ).all()
            found = [(row.cover_id, _stored(row.facts, row.look)) for row in rows if row.look]
            looks = tuple(look for _, look in found)
            vectors = np.stack([look.vector for look in looks]) if looks else np.zeros((0, 1))
            self._kept = _Kept(
                key, tuple(one for one, _ in found), looks, vectors.astype(np.float32)
            )
            return self._kept


def _shown_covers() -> CompoundSelect[str]:
    here = select(tracks.c.cover_id).where(
        tracks.c.cover_id.is_not(None), tracks.c.missing_since.is_(None)
    )
    return here.union(select(albums.c.cover_id).where(albums.c.cover_id.is_not(None)))


def _wanted(connection: Connection) -> set[str]:
    return {str(row[0]) for row in connection.execute(_shown_covers())}


def _known(connection: Connection) -> set[str]:
    query = select(cover_looks.c.cover_id).where(cover_looks.c.version == VERSION)
    return {str(row[0]) for row in connection.execute(query)}


def _stored(facts: dict[str, object], look: bytes) -> CoverLook:
    return CoverLook.stored(facts, np.frombuffer(look, "<f2").astype(np.float32))


def _steps(values: Sequence[str], size: int) -> list[Sequence[str]]:
    return [values[start : start + size] for start in range(0, len(values), size)]
