"""The recordings that can be recognised: kept in files, searched in place, changed while in use."""

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from knowledge.errors import IndexUnwritable
from knowledge.fingerprint.index.commits import Commits, entry_of, unwritable
from knowledge.fingerprint.index.files import DiskFiles, Files
from knowledge.fingerprint.index.lock import WriterLock
from knowledge.fingerprint.index.manifest import Entry, read_manifest
from knowledge.fingerprint.index.merging import (
    MergeStopped,
    fingerprints_of,
    merge_segments,
)
from knowledge.fingerprint.index.policy import (
    AUTOMATIC_GROUP,
    MAX_SEGMENT_POSTINGS,
    full_groups,
    merge_group,
    worth_rewriting,
)
from knowledge.fingerprint.index.postings import MAX_FRAMES, check_fingerprint
from knowledge.fingerprint.index.repair import Repaired, repair
from knowledge.fingerprint.index.segment import Segment
from knowledge.fingerprint.index.snapshot import EMPTY, Snapshot, open_snapshot, stamp_of
from knowledge.fingerprint.index.writing import Written, write_segment
from knowledge.fingerprint.models import Fingerprint

_log = logging.getLogger(__name__)
_BUILD_POSTINGS = 2**23
"""Recordings added together become segments of about this size at most."""


class FingerprintIndex:
    """Fingerprints in a folder. Any number of processes may read it; one at a time may write.

    Every change is one commit: after a kill at any instant the folder holds the state before it or
    the state after it. Safe to share between threads. What `segments` returned stays readable and
    unchanged, whatever is committed or merged meanwhile.
    """

    def __init__(
        self,
        folder: Path,
        *,
        read_only: bool = False,
        auto_merge: bool = True,
        files: Files | None = None,
        max_segment_postings: int = MAX_SEGMENT_POSTINGS,
    ) -> None:
        """Use `open`; this takes the parts that tests replace."""
        self._folder = folder
        self._files = files or DiskFiles()
        self._auto_merge = auto_merge
        self._largest = max_segment_postings
        self._writing = threading.RLock()
        self._merging = threading.Lock()
        self._closing = threading.Event()
        self._merger: threading.Thread | None = None
        self._places: dict[str, tuple[str, int]] | None = None
        self._snapshot: Snapshot = EMPTY
        self._lock: WriterLock | None = None
        self._commits = Commits(folder, self._files)
        if read_only:
            self._snapshot = open_snapshot(folder, {})
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = WriterLock(folder)
        except OSError as error:
            raise unwritable(error) from error
        try:
            self._snapshot = open_snapshot(folder, {})
            if self._snapshot.stamp is None:
                self._commits.commit(self._snapshot.manifest, (), {})
                self._snapshot = open_snapshot(folder, {})
            self._commits.tidy(self._snapshot.manifest)
        except BaseException:
            self._lock.release()
            raise

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, auto_merge: bool = True) -> Self:
        """Open the index in `folder`; milliseconds at any size.

        Args:
            folder: made when absent, unless `read_only`: then an absent index is an empty one.
            read_only: allow no changes, and take no lock.
            auto_merge: merge in the background when adding has left many segments.

        Raises:
            IndexBusy: another one is open for writing, here or in another process.
            IndexCorrupt: a file is damaged, foreign or gone; `repair` keeps what is whole.
            IndexOutdated: made by another version of the engine; `repair` makes room for this one.
            IndexUnwritable: the folder cannot be made or written.
        """
        return cls(folder, read_only=read_only, auto_merge=auto_merge)

    @staticmethod
    def repair(folder: Path) -> Repaired:
        """Keep what is whole of a damaged index, and say what must be fingerprinted again.

        Raises:
            IndexBusy: it is open for writing; close it first.
            IndexUnwritable: the disk did not take it.
        """
        return repair(folder)

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def generation(self) -> int:
        """Number of the state: each commit raises it."""
        return self._snapshot.manifest.generation

    @property
    def marks(self) -> Mapping[str, int]:
        """Numbers that were committed along with the recordings."""
        return self._snapshot.manifest.marks

    @property
    def size_bytes(self) -> int:
        """Bytes on disk of all segments."""
        return sum(entry.size for entry in self._snapshot.manifest.entries)

    def __len__(self) -> int:
        return sum(int(segment.alive.sum()) for segment in self._snapshot.segments)

    def segments(self) -> tuple[Segment, ...]:
        """Return the parts to search: one consistent state."""
        return self._snapshot.segments

    def keys(self) -> frozenset[str]:
        """Names of all recordings that are in the index."""
        if self._lock is None:
            return frozenset(_places_in(self._snapshot.segments))
        with self._writing:
            return frozenset(self._known_places())

    def fingerprints(self, keys: Iterable[str]) -> Iterator[tuple[str, Fingerprint]]:
        """Rebuild fingerprints, for an export or a comparison; unknown keys are left out.

        Reads each segment that holds some of them once from end to end, so ask for many at a time,
        but not for more than fit into memory. Hashes come ordered by time.
        """
        wanted = set(keys)
        for segment in self._snapshot.segments:
            places = [
                place
                for place, (key, kept) in enumerate(
                    zip(segment.keys, segment.alive.tolist(), strict=True)
                )
                if kept and key in wanted
            ]
            if places:
                names = (segment.keys[place] for place in places)
                yield from zip(names, fingerprints_of(segment, places), strict=True)

    def add(self, recordings: Mapping[str, Fingerprint]) -> None:
        """Add recordings, replacing those of the same key, in one commit.

        Raises:
            FingerprintRejected: one of them is impossible; none is added.
            IndexUnwritable: the disk did not take it.
        """
        self.apply(add=recordings)

    def remove(self, keys: Iterable[str]) -> None:
        """Remove recordings in one commit; keys that are not there are passed over.

        Raises:
            IndexUnwritable: the disk did not take it.
        """
        self.apply(remove=keys)

    def apply(
        self,
        *,
        add: Mapping[str, Fingerprint] | None = None,
        remove: Iterable[str] = (),
        marks: Mapping[str, int] | None = None,
    ) -> int:
        """Remove, then add, and set `marks`, all in one commit.

        Returns:
            How many recordings are not there any more.

        Raises:
            FingerprintRejected: a fingerprint is impossible; nothing is changed.
            IndexUnwritable: the disk did not take it.
        """
        items = list((add or {}).items())
        for key, item in items:
            check_fingerprint(key, item)
        with self._writing:
            self._must_write()
            gone = {*remove, *(key for key, _ in items)} & self._known_places().keys()
            marked = {**self.marks, **(marks or {})}
            if not items and not gone and marked == dict(self.marks):
                return 0
            written = self._write(items)
            places = self._known_places()
            removed: dict[str, list[int]] = {}
            for key in gone:
                name, place = places[key]
                removed.setdefault(name, []).append(place)
            entries = [
                entry.without(removed[entry.file]) if entry.file in removed else entry
                for entry in self._snapshot.manifest.entries
            ]
            self._commit([*entries, *map(entry_of, written)], marked, written)
            for key in gone:
                del places[key]
            self._learn_places(places, [part.path.name for part in written])
        if self._auto_merge:
            self._merge_in_background()
        return len(gone.difference(key for key, _ in items))

    def merge(self) -> int:
        """Merge until each segment is larger than all smaller ones together; return how often.

        Waits for a merge in the background. Adding and removing go on meanwhile.

        Raises:
            IndexUnwritable: the disk did not take it.
        """
        return self._merge_while_useful(at_least=2)

    def compact(self) -> None:
        """Write everything anew: as few segments as can be, and nothing of what was removed.

        Raises:
            IndexUnwritable: the disk did not take it.
        """
        with self._merging:
            segments = self._snapshot.segments
            for group in full_groups(
                [segment.file.head.postings for segment in segments], largest=self._largest
            ):
                chosen = [segments[place] for place in group]
                if len(chosen) > 1 or not chosen[0].alive.all():
                    self._merge(chosen)

    def refresh(self) -> bool:
        """See what another process has committed; return whether there was something.

        Costs microseconds when there was nothing.

        Raises:
            IndexCorrupt: a file is damaged, foreign or gone.
            IndexOutdated: another version of the engine has written meanwhile.
        """
        with self._writing:
            if stamp_of(self._folder) == self._snapshot.stamp:
                return False
            self._reload()
            return True

    def verify(self) -> None:
        """Read everything and compare it with its checksums; takes seconds a gigabyte.

        Raises:
            IndexCorrupt: something is damaged.
        """
        if self._snapshot.stamp is not None:
            read_manifest(self._folder)
        for segment in self._snapshot.segments:
            segment.file.check()

    def close(self) -> None:
        """Stop merging and let others write. Segments in use stay readable."""
        self._closing.set()
        merger = self._merger
        if merger is not None:
            merger.join()
        with self._writing:
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _must_write(self) -> None:
        if self._lock is None:
            raise IndexUnwritable(
                "This fingerprint index is open for reading only, or closed. Open it for writing."
            )

    def _known_places(self) -> dict[str, tuple[str, int]]:
        if self._places is None:
            self._places = _places_in(self._snapshot.segments)
        return self._places

    def _write(self, items: Sequence[tuple[str, Fingerprint]]) -> list[Written]:
        written: list[Written] = []
        paths: list[Path] = []
        try:
            for batch in _batches(items):
                paths.append(self._commits.new_segment())
                written.append(write_segment(self._files, paths[-1], batch))
        except OSError as error:
            self._commits.give_up(paths)
            raise unwritable(error) from error
        return written

    def _commit(
        self, entries: Sequence[Entry], marks: Mapping[str, int], written: Sequence[Written]
    ) -> None:
        try:
            self._commits.commit(self._snapshot.manifest, entries, marks)
        except IndexUnwritable:
            self._reload()
            named = {entry.file for entry in self._snapshot.manifest.entries}
            self._commits.give_up(part.path for part in written if part.path.name not in named)
            raise
        self._reload()

    def _reload(self) -> None:
        self._places = None
        self._snapshot = open_snapshot(self._folder, self._snapshot.files)

    def _learn_places(self, places: dict[str, tuple[str, int]], names: Sequence[str]) -> None:
        """Go on with known places after a commit instead of reading all keys again."""
        places.update(_places_in([part for part in self._snapshot.segments if part.name in names]))
        self._places = places

    def _merge_in_background(self) -> None:
        with self._writing:
            merger = self._merger
            if (merger is not None and merger.is_alive()) or not self._next_group(AUTOMATIC_GROUP):
                return
            self._merger = threading.Thread(
                target=self._merge_quietly, name="fingerprint-merge", daemon=True
            )
            self._merger.start()

    def _merge_quietly(self) -> None:
        try:
            self._merge_while_useful(at_least=AUTOMATIC_GROUP)
        except IndexUnwritable as error:
            _log.warning("fingerprint segments were not merged: %s", error)

    def _merge_while_useful(self, *, at_least: int) -> int:
        with self._merging:
            times = 0
            while not self._closing.is_set():
                group = self._next_group(at_least)
                if not group:
                    break
                self._merge(group)
                times += 1
            return times

    def _next_group(self, at_least: int) -> list[Segment]:
        segments = self._snapshot.segments
        sizes = [segment.file.head.postings for segment in segments]
        group = merge_group(sizes, at_least=at_least, largest=self._largest)
        if not group:
            group = tuple(
                place
                for place, segment in enumerate(segments)
                if worth_rewriting(len(segment.alive), int(segment.alive.sum()))
            )[:1]
        return [segments[place] for place in group]

    def _merge(self, group: Sequence[Segment]) -> None:
        """Write the group as one segment; what is removed from it meanwhile is removed there."""
        self._must_write()
        path = self._commits.new_segment()
        try:
            written = merge_segments(self._files, path, group, stopping=self._closing.is_set)
        except MergeStopped:
            self._commits.give_up([path])
            return
        except OSError as error:
            self._commits.give_up([path])
            raise unwritable(error) from error
        with self._writing:
            if self._closing.is_set():
                self._commits.give_up([path])
                return
            names = [segment.name for segment in group]
            now = {segment.name: segment for segment in self._snapshot.segments}
            kept: list[bool] = []
            for segment in group:
                alive = now[segment.name].alive if segment.name in now else segment.alive & False
                kept += alive[segment.alive].tolist()
            entry = entry_of(written)
            if not all(kept):
                entry = entry.without([place for place, alive in enumerate(kept) if not alive])
            entries = [old for old in self._snapshot.manifest.entries if old.file not in names]
            places = self._places
            self._commit([entry, *entries], self.marks, [written])
            if places is not None:
                self._learn_places(places, [written.path.name])


def _places_in(segments: Sequence[Segment]) -> dict[str, tuple[str, int]]:
    return {
        key: (segment.name, place)
        for segment in segments
        for place, (key, kept) in enumerate(zip(segment.keys, segment.alive.tolist(), strict=True))
        if kept
    }


def _batches(
    items: Sequence[tuple[str, Fingerprint]],
) -> Iterator[list[tuple[str, Fingerprint]]]:
    batch: list[tuple[str, Fingerprint]] = []
    postings = frames = 0
    for key, item in items:
        full = postings + len(item.hashes) > _BUILD_POSTINGS or frames + item.frames > MAX_FRAMES
        if batch and full:
            yield batch
            batch, postings, frames = [], 0, 0
        batch.append((key, item))
        postings, frames = postings + len(item.hashes), frames + item.frames
    if batch:
        yield batch
