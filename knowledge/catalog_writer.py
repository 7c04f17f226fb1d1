"""Write tracks into the library: rows, links and the full-text index in one transaction.

Nothing else writes these tables, so what the search finds is always what the catalogue holds.
"""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete, select

from knowledge.catalog_rows import (
    chunks,
    collect_garbage,
    enqueue,
    mark_missing,
    next_track_id,
    write_files,
    write_tracks,
)
from knowledge.database import Database
from knowledge.drafts import Change, FileStamp, TrackDraft, Written
from knowledge.folding import fold
from knowledge.models import TrackId
from knowledge.revision import LIBRARY_REVISION, bump
from knowledge.schema import files, tracks

__all__ = ["CatalogWriter", "Change", "FileStamp", "TrackDraft", "Written"]

_BATCH = 500
"""Tracks in one transaction: few commits, yet a waiting reader is never held up for long."""


class CatalogWriter:
    """The write side of the catalogue. Safe to share between threads."""

    def __init__(
        self,
        database: Database,
        *,
        analysers: Sequence[str] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Prepare to write to `database`.

        Args:
            database: the library.
            analysers: for each of them, a recording gets a waiting job when it is written.
            clock: seconds since the epoch.
        """
        self._database = database
        self._analysers = tuple(analysers)
        self._clock = clock

    def add(
        self, drafts: Iterable[TrackDraft], *, vanished: Collection[str] = ()
    ) -> tuple[Written, ...]:
        """Add or update the tracks of `drafts`, a few hundred in a transaction.

        A recording that is already known keeps its track id, wherever its file is now. Of several
        files with the same audio, the one known longest gives the tags.

        Args:
            drafts: may be a generator of any length.
            vanished: paths that the library knows and that are no longer on disk.
        """
        written: list[Written] = []
        stream = iter(drafts)
        while batch := tuple(islice(stream, _BATCH)):
            with self._database.write() as connection:
                now = self._clock()
                resolved = _Batch(connection, batch, vanished)
                written += [resolved.place(draft) for draft in batch]
                write_tracks(connection, resolved.inserts, resolved.updates, now=now)
                write_files(connection, resolved.file_rows)
                mark_missing(connection, resolved.left, now)
                enqueue(connection, (d.audio_hash for d in batch), self._analysers, now=now)
                if resolved.updates or resolved.left:
                    collect_garbage(connection)
                bump(connection, LIBRARY_REVISION)
        return tuple(written)

    def refuse(self, refused: Iterable[tuple[FileStamp, str]]) -> None:
        """Remember files that are not music we can play, each with its reason."""
        rows = [
            {
                "path": stamp.path,
                "track_id": None,
                "size": stamp.size,
                "mtime_ns": stamp.mtime_ns,
                "audio_hash": None,
                "status": "refused",
                "reason": reason,
            }
            for stamp, reason in refused
        ]
        if not rows:
            return
        with self._database.write() as connection:
            lost = _tracks_at(connection, [str(row["path"]) for row in rows])
            write_files(connection, rows)
            mark_missing(connection, lost, self._clock())
            bump(connection, LIBRARY_REVISION)

    def forget(self, paths: Collection[str]) -> int:
        """Drop files that are gone; tracks without any file left become missing.

        Returns:
            How many tracks became missing.
        """
        if not paths:
            return 0
        with self._database.write() as connection:
            lost = _tracks_at(connection, paths)
            for chunk in chunks(paths):
                connection.execute(delete(files).where(files.c.path.in_(chunk)))
            missing = mark_missing(connection, lost, self._clock())
            bump(connection, LIBRARY_REVISION)
        return missing


class _Batch:
    """Decides, for each draft, which track it is."""

    def __init__(
        self, connection: Connection, batch: Sequence[TrackDraft], vanished: Collection[str]
    ) -> None:
        self._connection = connection
        self._vanished = vanished
        self._by_hash: dict[str, Mapping[str, Any]] = {}
        self._by_path: dict[str, TrackId | None] = {}
        # The files of each track that are still on disk, the one known longest first.
        self._paths: dict[TrackId, list[str]] = {}
        self._next_id = next_track_id(connection)
        self.inserts: dict[TrackId, TrackDraft] = {}
        self.updates: dict[TrackId, TrackDraft] = {}
        self.file_rows: list[dict[str, Any]] = []
        self.left: set[TrackId] = set()
        """Tracks that lost a file to another track."""
        self._load(batch)

    def _load(self, batch: Sequence[TrackDraft]) -> None:
        """Read what the library knows about the drafts."""
        columns = (
            tracks.c.id,
            tracks.c.audio_hash,
            tracks.c.folded,
            tracks.c.artist_folded,
            tracks.c.missing_since,
        )
        paths = [draft.file.path for draft in batch if draft.file]
        found = select(files.c.path, files.c.track_id).where(files.c.path.in_(paths))
        if paths:
            self._by_path = {row.path: row.track_id for row in self._connection.execute(found)}
        old_ids = {track_id for track_id in self._by_path.values() if track_id is not None}
        hashes = [draft.audio_hash for draft in batch]
        rows = self._connection.execute(
            select(*columns).where(tracks.c.audio_hash.in_(hashes) | tracks.c.id.in_(old_ids))
        )
        self._by_hash = {row["audio_hash"]: dict(row) for row in rows.mappings()}
        if not paths:
            return
        held = self._connection.execute(
            select(files.c.track_id, files.c.path)
            .where(files.c.track_id.in_([row["id"] for row in self._by_hash.values()]))
            .where(files.c.status == "ok")
            .order_by(files.c.id)
        )
        for row in held:
            if row.path not in self._vanished:
                self._paths.setdefault(row.track_id, []).append(row.path)

    def place(self, draft: TrackDraft) -> Written:
        """Decide which track `draft` is, and what has to be written."""
        known = self._by_hash.get(draft.audio_hash) or self._replaced(draft)
        if known is None:
            written = Written(self._next_id, Change.NEW)
            self._next_id += 1
            self._by_hash[draft.audio_hash] = {"id": written.track_id, "missing_since": None}
            self.inserts[written.track_id] = draft
        else:
            written = self._meet(draft, known)
        if draft.file is not None:
            self._attach(draft.file, draft.audio_hash, written.track_id)
        return written

    def _replaced(self, draft: TrackDraft) -> Mapping[str, Any] | None:
        """Find the track whose only file was overwritten by another encoding of the same song."""
        if draft.file is None:
            return None
        old_id = self._by_path.get(draft.file.path)
        if old_id is None or self._paths.get(old_id) != [draft.file.path]:
            return None
        names = (fold(draft.title), fold(draft.artist_line))
        for audio_hash, row in self._by_hash.items():
            if row["id"] == old_id and (row.get("folded"), row.get("artist_folded")) == names:
                del self._by_hash[audio_hash]
                self._by_hash[draft.audio_hash] = row
                return row
        return None

    def _meet(self, draft: TrackDraft, known: Mapping[str, Any]) -> Written:
        track_id: TrackId = known["id"]
        present = self._paths.get(track_id, [])
        if draft.file is not None and present and present[0] != draft.file.path:
            return Written(track_id, Change.DUPLICATE)
        (self.inserts if track_id in self.inserts else self.updates)[track_id] = draft
        if known["missing_since"] is not None:
            return Written(track_id, Change.RESTORED)
        moved = draft.file is not None and not present
        return Written(track_id, Change.MOVED if moved else Change.CHANGED)

    def _attach(self, file: FileStamp, audio_hash: str, track_id: TrackId) -> None:
        old_id = self._by_path.get(file.path)
        if old_id is not None and old_id != track_id:
            self.left.add(old_id)
            self._paths[old_id] = [p for p in self._paths.get(old_id, []) if p != file.path]
        if file.path not in self._paths.setdefault(track_id, []):
            self._paths[track_id].append(file.path)
        self._by_path[file.path] = track_id
        self.file_rows.append(
            {
                "path": file.path,
                "track_id": track_id,
                "size": file.size,
                "mtime_ns": file.mtime_ns,
                "audio_hash": audio_hash,
                "status": "ok",
                "reason": "",
            }
        )


def _tracks_at(connection: Connection, paths: Collection[str]) -> set[TrackId]:
    found: set[TrackId] = set()
    for chunk in chunks(paths):
        rows = connection.execute(select(files.c.track_id).where(files.c.path.in_(chunk)))
        found.update(row.track_id for row in rows if row.track_id is not None)
    return found
