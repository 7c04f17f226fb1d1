"""The first phase of indexing: what files are there, and what do they say about themselves?

A file whose size and time are unchanged is not opened. Files are read in a worker process, since
a strange one may crash a decoder; what was read is written in batches.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import func, select

from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.drafts import Change, FileStamp, TrackDraft
from knowledge.progress import IndexPhase, Listener, ProgressMeter
from knowledge.roots import RootMemory
from knowledge.schema import albums, files, tracks
from knowledge.sources.compilations import Compilations, FolderAlbum, folder_of
from knowledge.sources.folders import BAD_NAME, FoundFile, Walk, root_of
from knowledge.sources.music_file import MusicFileReader
from knowledge.worker import STOPPED, Outcome, run_tasks

_BATCH = 200
"""Files in one transaction."""
_BATCH_S = 2.0
"""A slow disk still shows its first tracks after so many seconds."""
_MOST_HELD = 1000
"""Files of one folder that wait for the rest of it."""
_TIMEOUT_S = 60.0
_BYTES_PER_S = 2_000_000.0
"""The slowest disk or network that a file is waited for."""
_ATTEMPTS = 2

Known: TypeAlias = Mapping[str, tuple[int, int]]
"""Path -> size and time of every file the library knows, accepted or refused."""


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What one scan found."""

    found: int = 0
    """Files on disk that are music by their extension."""
    new: int = 0
    changed: int = 0
    moved: int = 0
    restored: int = 0
    """Tracks that were missing and are back."""
    duplicates: int = 0
    """Files read whose audio the library already had in another file."""
    deleted: int = 0
    """Tracks that have no file any more."""
    refused: int = 0
    """Files refused in this scan; what was refused before and did not change is not counted."""
    unchanged: int = 0
    links_skipped: int = 0
    unreachable: tuple[tuple[Path, str], ...] = ()
    """Music folders that could not be looked at, and why; what they held is kept."""
    elapsed_s: float = 0.0


@dataclass(slots=True)
class _Sight:
    """What is on disk, compared with what is known."""

    walk: Walk = field(default_factory=Walk)
    found: list[FoundFile] = field(default_factory=list)
    vanished: frozenset[str] = frozenset()
    unreachable: dict[Path, str] = field(default_factory=dict)


class Scanner:
    """Compares the music folders with the library and brings the library up to date."""

    def __init__(
        self,
        database: Database,
        covers: Path,
        roots: Sequence[Path],
        *,
        analysers: Sequence[str],
        workers: int,
        meter: ProgressMeter,
    ) -> None:
        self._database = database
        self._covers = covers
        self._roots = tuple(roots)
        self._workers = workers
        self._meter = meter
        self._writer = CatalogWriter(database, analysers=analysers)
        self._memory = RootMemory(database)

    def scan(
        self,
        *,
        only: Sequence[Path] | None = None,
        again: bool = False,
        listener: Listener | None = None,
        stop: threading.Event | None = None,
    ) -> ScanReport:
        """Scan everything, or only some paths.

        Args:
            only: files and folders that may have changed; None for everything.
            again: read also the files that did not change.
            listener: told about the progress.
            stop: when set, the scan ends early and forgets nothing.
        """
        began = time.monotonic()
        self._meter.begin(IndexPhase.SCANNING, 0, listener)
        try:
            known = self._known()
            sight = self._look(known, only)
            reading = [file for file in sight.found if again or _differs(file.stamp, known)]
            self._meter.begin(IndexPhase.SCANNING, len(reading), listener)
            compilations = Compilations(self._compilations() if reading else {})
            run = _Run(self._writer, self._meter, sight.vanished, compilations)
            run.refuse((s, BAD_NAME) for s in sight.walk.bad_names if _differs(s, known))
            run_tasks(
                iter(reading),
                partial(_make_reader, self._covers),
                run.take,
                workers=self._workers,
                timeout_s=lambda file: _TIMEOUT_S + file.stamp.size / _BYTES_PER_S,
                attempts=_ATTEMPTS,
                stop=stop,
            )
            run.finish()
            deleted = 0
            if stop is None or not stop.is_set():
                deleted = self._writer.forget(sight.vanished)
                self._memory.keep(r for r in self._roots if r not in sight.unreachable)
        finally:
            self._meter.end()
        return ScanReport(
            found=len(sight.found) + len(sight.walk.bad_names),
            new=run.count[Change.NEW],
            changed=run.count[Change.CHANGED],
            moved=run.count[Change.MOVED],
            restored=run.count[Change.RESTORED],
            duplicates=run.count[Change.DUPLICATE],
            deleted=deleted,
            refused=run.refused,
            unchanged=len(sight.found) - len(reading),
            links_skipped=sight.walk.links,
            unreachable=tuple(sight.unreachable.items()),
            elapsed_s=time.monotonic() - began,
        )

    def _known(self) -> Known:
        with self._database.read() as connection:
            rows = connection.execute(select(files.c.path, files.c.size, files.c.mtime_ns))
            return {row.path: (row.size, row.mtime_ns) for row in rows}

    def _compilations(self) -> dict[FolderAlbum, str]:
        """Whose the albums are that hold several artists, by folder and title."""
        several = (
            select(tracks.c.album_id)
            .group_by(tracks.c.album_id)
            .having(func.count(tracks.c.artist.distinct()) > 1)
        )
        query = (
            select(files.c.path, albums.c.folded, albums.c.artist)
            .join(tracks, tracks.c.id == files.c.track_id)
            .join(albums, albums.c.id == tracks.c.album_id)
            .where(albums.c.id.in_(several))
        )
        with self._database.read() as connection:
            rows = connection.execute(query)
            return {(folder_of(row.path), row.folded): row.artist for row in rows}

    def _look(self, known: Known, only: Sequence[Path] | None) -> _Sight:
        sight = _Sight()
        for root in self._roots:
            held = any(_is_below(path, str(root)) for path in known)
            if (reason := self._memory.why_unreachable(root, held=held)) is not None:
                sight.unreachable[root] = reason
        starts = self._roots if only is None else only
        for start in starts:
            home = root_of(start, self._roots)
            if home is not None and home not in sight.unreachable:
                sight.found += sight.walk.files(home, start)
        sight.vanished = self._vanished(known, sight, only)
        return sight

    def _vanished(self, known: Known, sight: _Sight, only: Sequence[Path] | None) -> frozenset[str]:
        """Return the known paths that are not on disk, as far as the disk could be read."""
        seen = {file.stamp.path for file in sight.found}
        seen.update(stamp.path for stamp in sight.walk.bad_names)
        unread = [str(root) for root in sight.unreachable] + sight.walk.unreadable
        if self._roots and len(sight.unreachable) == len(self._roots):
            return frozenset()
        asked = None if only is None else [str(path) for path in only]
        return frozenset(
            path
            for path in known.keys() - seen
            if (asked is None or any(_is_below(path, start) for start in asked))
            and not any(_is_below(path, folder) for folder in unread)
        )


class _Run:
    """Collects what the workers read and writes it in batches."""

    def __init__(
        self,
        writer: CatalogWriter,
        meter: ProgressMeter,
        vanished: Collection[str],
        compilations: Compilations,
    ) -> None:
        self._writer = writer
        self._compilations = compilations
        self._meter = meter
        self._vanished = vanished
        self._lock = threading.Lock()
        self._drafts: list[TrackDraft] = []
        self._refusals: list[tuple[FileStamp, str]] = []
        self._flushed = time.monotonic()
        self.count: Counter[Change] = Counter()
        self.refused = 0

    def take(self, file: FoundFile, outcome: Outcome[TrackDraft]) -> None:
        """Keep what a worker read of `file`; called in the workers' threads."""
        if outcome.crash == STOPPED:
            return
        with self._lock:
            if outcome.result is not None:
                self._drafts.append(outcome.result)
            else:
                self._refusals.append((file.stamp, outcome.refusal or outcome.crash))
            held = len(self._drafts) + len(self._refusals)
            if held >= _BATCH or time.monotonic() - self._flushed > _BATCH_S:
                self._flush()
        shown = str(file.path.relative_to(file.root))
        self._meter.step(shown, refused=outcome.result is None)

    def refuse(self, refusals: Iterable[tuple[FileStamp, str]]) -> None:
        with self._lock:
            self._refusals += refusals

    def finish(self) -> None:
        """Write what is still held."""
        with self._lock:
            self._flush(all_of_it=True)

    def _flush(self, *, all_of_it: bool = False) -> None:
        """Write whole folders; files of the folder that is being read wait for the rest of it."""
        open_folder = None if all_of_it or not self._drafts else _folder(self._drafts[-1])
        held = [draft for draft in self._drafts if _folder(draft) == open_folder]
        if len(held) >= _MOST_HELD:
            held = []
        kept = {id(draft) for draft in held}
        ready = [draft for draft in self._drafts if id(draft) not in kept]
        written = self._writer.add(self._compilations.mark(ready), vanished=self._vanished)
        self.count.update(entry.change for entry in written)
        self._writer.refuse(self._refusals)
        self.refused += len(self._refusals)
        self._drafts, self._refusals = held, []
        self._flushed = time.monotonic()


def _folder(draft: TrackDraft) -> str | None:
    return None if draft.file is None else folder_of(draft.file.path)


def _make_reader(covers: Path) -> Callable[[FoundFile], TrackDraft]:
    """Make what a worker process does; runs there."""
    reader = MusicFileReader(covers)

    def read(file: FoundFile) -> TrackDraft:
        return reader.read(file.path, root=file.root, stamp=file.stamp)

    return read


def _differs(stamp: FileStamp, known: Known) -> bool:
    return known.get(stamp.path) != (stamp.size, stamp.mtime_ns)


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")
