"""Finds the files of notation in the music folders and keeps their tunes in step with them."""

import hashlib
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, delete, insert, select, update

from knowledge.catalog_rows import chunks
from knowledge.database import Database
from knowledge.drafts import FileStamp
from knowledge.folding import fold
from knowledge.melody.rows import pack_lines
from knowledge.melody.written.endings import is_written
from knowledge.melody.written.models import READER, ReadFile, WrittenTune
from knowledge.revision import MELODY_REVISION, bump
from knowledge.roots import RootMemory
from knowledge.schema_melody import tune_files, written_tunes
from knowledge.sources.folders import FoundFile, Walk, outermost
from knowledge.worker import STOPPED, Outcome, run_tasks

_TIMEOUT_S = 60.0
_BYTES_PER_S = 200_000.0
"""The slowest reading that a file is waited for."""
_ATTEMPTS = 2

Known: TypeAlias = Mapping[str, tuple[int, int, str]]
"""Path -> size, time, and who read it."""


@dataclass(frozen=True, slots=True)
class TuneScanReport:
    """What one scan for notation came to."""

    found: int = 0
    """Files that are notation by their ending."""
    read: int = 0
    """Files that were new or changed."""
    tunes: int = 0
    """Tunes in them."""
    refused: int = 0
    deleted: int = 0


class TuneScan:
    """Compares the music folders with the written tunes of the library. One scan at a time."""

    def __init__(self, database: Database, roots: Sequence[Path]) -> None:
        self._database = database
        self._roots = outermost(roots)
        self._memory = RootMemory(database)
        self._lock = threading.Lock()

    def scan(self, *, stop: threading.Event | None = None) -> TuneScanReport:
        """Read what is new or changed, in a process of its own, and forget what is gone.

        Args:
            stop: when set, the scan ends early and forgets nothing.
        """
        with self._lock:
            return self._scan(stop)

    def _scan(self, stop: threading.Event | None) -> TuneScanReport:
        known = self._known()
        walk = Walk(wanted=is_written)
        unreachable = [
            str(root)
            for root in self._roots
            if self._memory.why_unreachable(root, held=_holds(root, known)) is not None
        ]
        found = [
            file
            for root in self._roots
            if str(root) not in unreachable
            for file in walk.files(root)
        ]
        changed = [file for file in found if known.get(file.stamp.path) != _seen(file.stamp)]
        count = _Count()

        def take(file: FoundFile, outcome: Outcome[ReadFile]) -> None:
            if outcome.crash == STOPPED:
                return
            read = outcome.result or ReadFile(reason=outcome.refusal or outcome.crash)
            self._keep(file.stamp, read)
            count.read += 1
            count.tunes += len(read.tunes)
            count.refused += not read.tunes and not read.foreign

        if changed:
            run_tasks(
                iter(changed),
                make_reader,
                take,
                workers=1,
                timeout_s=lambda file: _TIMEOUT_S + file.stamp.size / _BYTES_PER_S,
                attempts=_ATTEMPTS,
                stop=stop,
            )
        gone: frozenset[str] = frozenset()
        if stop is None or not stop.is_set():
            unread = [*unreachable, *walk.unreadable]
            gone = self._gone(known, {file.stamp.path for file in found}, unread)
            self._forget(gone)
        return TuneScanReport(len(found), count.read, count.tunes, count.refused, len(gone))

    def _known(self) -> Known:
        columns = (tune_files.c.path, tune_files.c.size, tune_files.c.mtime_ns, tune_files.c.reader)
        with self._database.read() as connection:
            rows = connection.execute(select(*columns))
            return {row.path: (row.size, row.mtime_ns, row.reader) for row in rows}

    def _gone(self, known: Known, seen: Collection[str], unread: Collection[str]) -> frozenset[str]:
        """The known paths that are not on disk, as far as the disk could be read."""
        if not self._roots:
            return frozenset()
        return frozenset(
            path
            for path in known.keys() - seen
            if not any(_is_below(path, folder) for folder in unread)
        )

    def _keep(self, stamp: FileStamp, read: ReadFile) -> None:
        """Replace what is known of a file, in one transaction."""
        status = "ok" if read.tunes else "other" if read.foreign else "refused"
        row = {
            "path": stamp.path,
            "size": stamp.size,
            "mtime_ns": stamp.mtime_ns,
            "reader": READER,
            "status": status,
            "reason": read.reason,
        }
        here = tune_files.c.path == stamp.path
        with self._database.write() as connection:
            file_id = connection.execute(select(tune_files.c.id).where(here)).scalar()
            if file_id is None:
                connection.execute(insert(tune_files).values(row))
                file_id = connection.execute(select(tune_files.c.id).where(here)).scalar_one()
            else:
                connection.execute(update(tune_files).where(here).values(row))
                _drop_tunes(connection, [file_id])
            rows = list(_rows(file_id, read.tunes))
            if rows:
                connection.execute(insert(written_tunes), rows)
            bump(connection, MELODY_REVISION)

    def _forget(self, paths: Collection[str]) -> None:
        if not paths:
            return
        with self._database.write() as connection:
            for chunk in chunks(paths):
                query = select(tune_files.c.id).where(tune_files.c.path.in_(chunk))
                _drop_tunes(connection, connection.execute(query).scalars().all())
                connection.execute(delete(tune_files).where(tune_files.c.path.in_(chunk)))
            bump(connection, MELODY_REVISION)


@dataclass(slots=True)
class _Count:
    read: int = 0
    tunes: int = 0
    refused: int = 0


def make_reader() -> Callable[[FoundFile], ReadFile]:
    """Make what a worker process does; runs there."""
    # Nobody else reads notation.
    from knowledge.melody.written.reading import read_file  # noqa: PLC0415

    def read(file: FoundFile) -> ReadFile:
        return read_file(file.path)

    return read


def tune_key(tune: WrittenTune, packed: bytes) -> str:
    """A name for a tune that changes with anything in it."""
    names = f"{tune.title}\n{tune.composer}\n".encode("utf-8", "replace")
    return f"tune/{hashlib.sha256(names + packed).hexdigest()[:32]}"


def _rows(file_id: int, tunes: Sequence[WrittenTune]) -> Iterator[dict[str, object]]:
    for position, tune in enumerate(tunes):
        packed = pack_lines(tune.lines)
        yield {
            "file_id": file_id,
            "position": position,
            "key": tune_key(tune, packed),
            "title": tune.title,
            "composer": tune.composer,
            "folded": fold(tune.title),
            "lines": packed,
        }


def _drop_tunes(connection: Connection, file_ids: Sequence[int]) -> None:
    connection.execute(delete(written_tunes).where(written_tunes.c.file_id.in_(file_ids)))


def _seen(stamp: FileStamp) -> tuple[int, int, str]:
    return stamp.size, stamp.mtime_ns, READER


def _holds(root: Path, known: Known) -> bool:
    return any(_is_below(path, str(root)) for path in known)


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")
