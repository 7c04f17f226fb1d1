"""Take in exports, batch by batch, and match them again when the library has grown.

Each batch is one transaction, and a listen has a key of person, time and names: a killed import
loses nothing, and reading the same file again, or the same listens out of another export, counts
nothing twice.
"""

import hashlib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from knowledge import revision
from knowledge.database import Database
from knowledge.errors import ExportRejected
from knowledge.folding import fold
from knowledge.imports.export_file import read_export
from knowledge.imports.matching import LibraryMatcher
from knowledge.imports.models import ExportedListen, ImportCounts, ImportReport
from knowledge.people.belonging import mine
from knowledge.people.current import HOUSEHOLD, current_person
from knowledge.schema_belongings import imported_listens, imports

_BATCH = 1_000
_NEARBY_S = 120.0
"""The same names within two minutes in another export are the same listen: clocks differ."""
_MOST_ARTISTS = 20
_REMATCHED_AT = "imports_matched_revision"

Told = Callable[[int, ImportCounts], None]
"""Told how many bytes were read since the last call, and the counts so far."""


class Importer:
    """Reads exports into the library. Synchronous; may take minutes, so call it in a thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(
        self,
        path: Path,
        *,
        name: str = "",
        told: Told | None = None,
        stop: threading.Event | None = None,
    ) -> ImportReport:
        """Read one export file: the listening of the person for whom this code runs.

        Args:
            path: a zip, JSON, JSON lines or CSV file.
            name: what to call the file; its own name by default.
            told: called after each batch.
            stop: ends the import after the batch at hand; the same file goes on later.

        Raises:
            ExportRejected: nothing in it can be read, or it is damaged on the way.
        """
        digest = _digest(path)
        with self._database.write() as connection:
            import_id = _begun(connection, name or path.name, digest)
        matcher = LibraryMatcher.of(self._database)
        kept = ImportReport(import_id, 0.0, "", name, ImportCounts(), done=False)
        bytes_read = 0

        def count(size: int) -> None:
            nonlocal bytes_read
            bytes_read += size

        entries = read_export(path, count)
        while batch := list(islice(entries, _BATCH)):
            usable = [one for one in batch if one is not None]
            with self._database.write() as connection:
                stored = _stored(connection, import_id, usable, matcher)
                more = replace(stored, read=len(batch), unusable=len(batch) - len(usable))
                source = kept.source or (usable[0].source.value if usable else "")
                kept = replace(kept, source=source, counts=kept.counts.plus(more))
                _keep(connection, kept, digest)
            if told is not None:
                told(bytes_read, kept.counts)
            bytes_read = 0
            if stop is not None and stop.is_set():
                return self._report(import_id)
        with self._database.write() as connection:
            if kept.counts.read == kept.counts.unusable:
                connection.execute(delete(imports).where(imports.c.id == import_id))
            else:
                _keep(connection, _finished(connection, kept), digest)
        if kept.counts.read == kept.counts.unusable:
            raise ExportRejected(f"{kept.name or path.name} holds no listening history.")
        return self._report(import_id)

    def reports(self) -> tuple[ImportReport, ...]:
        """All imports of this person, the newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(imports).where(mine(imports)).order_by(imports.c.id.desc())
            ).all()
        return tuple(ImportReport.of(row) for row in rows)

    def forget(self, import_id: int) -> bool:
        """Remove an import with its listens; False when there is none of this id."""
        with self._database.write() as connection:
            gone = connection.execute(
                delete(imports).where(mine(imports), imports.c.id == import_id)
            )
            return bool(gone.rowcount)

    def rematch(self, stop: threading.Event | None = None) -> int:
        """Match what is unmatched, if the library changed since the last time.

        Returns:
            How many listens found their track.
        """
        with self._database.read() as connection:
            now = revision.read(connection, revision.LIBRARY_REVISION)
            if revision.read(connection, _REMATCHED_AT) == now:
                return 0
            rows = connection.execute(_unmatched(0)).all()
        found = 0
        matcher = LibraryMatcher.of(self._database) if rows else None
        while rows and matcher is not None and not (stop is not None and stop.is_set()):
            matches = [
                {"of": row.id, "to": match.track_id}
                for row in rows
                if (match := matcher.find(row.title, row.artist, row.album)) is not None
            ]
            with self._database.write() as connection:
                if matches:
                    connection.execute(_MATCHED, matches)
                found += len(matches)
                rows = connection.execute(_unmatched(rows[-1].id)).all()
        if not rows:
            with self._database.write() as connection:
                revision.put(connection, _REMATCHED_AT, now)
        return found

    def _report(self, import_id: int) -> ImportReport:
        with self._database.read() as connection:
            row = connection.execute(select(imports).where(imports.c.id == import_id)).one()
        return ImportReport.of(row)


_MATCHED = (
    update(imported_listens)
    .where(imported_listens.c.id == bindparam("of"), imported_listens.c.track_id.is_(None))
    .values(track_id=bindparam("to"))
)


def _unmatched(after: int) -> Select[int, str, str, str]:
    """The next unmatched listens, in the order of their ids."""
    listen = imported_listens.c
    return (
        select(listen.id, listen.title, listen.artist, listen.album)
        .where(listen.track_id.is_(None), listen.id > after)
        .order_by(listen.id)
        .limit(5 * _BATCH)
    )


def _begun(connection: Connection, name: str, digest: str) -> int:
    """The id of a new import, or of one of the same file that broke off."""
    rows = connection.execute(select(imports).where(mine(imports))).all()
    for row in rows:
        if row.report.get("digest") == digest and not row.report.get("done"):
            return int(row.id)
    added = connection.execute(
        insert(imports).values(
            at=time.time(), source="", name=name[:200], report={"digest": digest}
        )
    )
    return int(added.inserted_primary_key[0])  # type: ignore[index]


def _keep(connection: Connection, report: ImportReport, digest: str) -> None:
    connection.execute(
        update(imports)
        .where(imports.c.id == report.id)
        .values(source=report.source, report=report.kept(digest))
    )


def _stored(
    connection: Connection,
    import_id: int,
    batch: Sequence[ExportedListen],
    matcher: LibraryMatcher,
) -> ImportCounts:
    """Write what is new of a batch."""
    twins = _Twins(connection, import_id, batch)
    rows = {}
    for one in batch:
        if twins.has(one):
            continue
        match = matcher.find(one.title, one.artist, one.album)
        rows[listen_key(one)] = {
            "import_id": import_id,
            "at": one.at,
            "title": one.title,
            "artist": one.artist,
            "album": one.album,
            "played_s": one.played_s,
            "skipped": one.skipped,
            "track_id": match.track_id if match else None,
        }
    added = matched = 0
    if rows:
        old = _known_keys(connection, list(rows))
        new = [{**row, "key": key} for key, row in rows.items() if key not in old]
        added, matched = len(new), sum(row["track_id"] is not None for row in new)
        if new:
            dialect = postgres_insert if connection.dialect.name == "postgresql" else sqlite_insert
            connection.execute(dialect(imported_listens).on_conflict_do_nothing(), new)
    return ImportCounts(added=added, known=len(batch) - added, matched=matched)


def _known_keys(connection: Connection, keys: Sequence[str]) -> set[str]:
    known: set[str] = set()
    for start in range(0, len(keys), 500):
        wanted = select(imported_listens.c.key).where(
            imported_listens.c.key.in_(keys[start : start + 500])
        )
        known.update(connection.execute(wanted).scalars())
    return known


class _Twins:
    """What other imports of the same person hold around the times of a batch."""

    def __init__(
        self, connection: Connection, import_id: int, batch: Sequence[ExportedListen]
    ) -> None:
        self._times: dict[tuple[str, str], list[float]] = {}
        if not batch:
            return
        times = [one.at for one in batch]
        wanted = select(
            imported_listens.c.at, imported_listens.c.title, imported_listens.c.artist
        ).where(
            mine(imported_listens),
            imported_listens.c.at.between(min(times) - _NEARBY_S, max(times) + _NEARBY_S),
            imported_listens.c.import_id != import_id,
        )
        for at, title, artist in connection.execute(wanted):
            self._times.setdefault((fold(title), fold(artist)), []).append(at)

    def has(self, listen: ExportedListen) -> bool:
        times = self._times.get((fold(listen.title), fold(listen.artist)), ())
        return any(abs(at - listen.at) <= _NEARBY_S for at in times)


def listen_key(listen: ExportedListen) -> str:
    """What makes a listen itself: who, when to the second, and the folded names."""
    person = current_person()
    whose = "" if person == HOUSEHOLD else str(person)
    parts = (whose, str(round(listen.at)), fold(listen.artist), fold(listen.title))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _finished(connection: Connection, report: ImportReport) -> ImportReport:
    """The report of a whole import, also of what was read before it broke off."""
    mine = imported_listens.c.import_id == report.id
    wanted = select(func.count(), func.count(imported_listens.c.track_id)).where(mine)
    added, matched = connection.execute(wanted).one()
    counts = report.counts
    known = counts.read - counts.unusable - int(added)
    return replace(
        report,
        counts=replace(counts, added=int(added), matched=int(matched), known=known),
        done=True,
        unmatched_artists=_unmatched_artists(connection, report.id),
    )


def _unmatched_artists(connection: Connection, import_id: int) -> tuple[tuple[str, int], ...]:
    wanted = (
        select(imported_listens.c.artist, func.count())
        .where(imported_listens.c.import_id == import_id, imported_listens.c.track_id.is_(None))
        .group_by(imported_listens.c.artist)
        .order_by(func.count().desc(), imported_listens.c.artist)
        .limit(_MOST_ARTISTS)
    )
    return tuple((row[0], int(row[1])) for row in connection.execute(wanted))


def _digest(path: Path) -> str:
    if not path.is_file():
        raise ExportRejected(f"{path} is not a file.")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
