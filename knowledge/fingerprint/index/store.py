"""The state of an index that is open, and how one state follows another."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.errors import IndexCorrupt, IndexUnwritable
from knowledge.fingerprint.index.commits import Commits, entry_of, unwritable
from knowledge.fingerprint.index.files import Files
from knowledge.fingerprint.index.lock import WriterLock
from knowledge.fingerprint.index.manifest import Entry
from knowledge.fingerprint.index.postings import MAX_FRAMES
from knowledge.fingerprint.index.segment import Segment, SegmentFile
from knowledge.fingerprint.index.snapshot import open_snapshot, stamp_of
from knowledge.fingerprint.index.writing import Written, write_segment
from knowledge.fingerprint.models import Fingerprint

Items = Sequence[tuple[str, Fingerprint]]
Place = tuple[str, int]
"""Name of a segment file, and number of a recording in it."""

_BUILD_POSTINGS = 2**23
"""Recordings added together become segments of about this size at most."""


class Store:
    """Holds the current snapshot. Changes come one at a time; reading never waits for them."""

    def __init__(self, folder: Path, files: Files, *, read_only: bool) -> None:
        """Open the folder, and lock it unless `read_only`; raises as `FingerprintIndex.open`."""
        self.folder = folder
        self.files = files
        self._commits = Commits(folder, files)
        self._changing = threading.RLock()
        self._places: dict[str, Place] | None = None
        self._lock: WriterLock | None = None
        if read_only:
            self.snapshot = open_snapshot(folder, {})
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = WriterLock(folder)
        except OSError as error:
            raise unwritable(error) from error
        try:
            self.snapshot = open_snapshot(folder, {})
            if self.snapshot.stamp is None:
                self._commits.commit(self.snapshot.manifest, (), {})
                self.snapshot = open_snapshot(folder, {})
            self._commits.tidy(self.snapshot.manifest)
        except BaseException:
            self._lock.release()
            raise

    def must_write(self) -> None:
        """Raise IndexUnwritable when this may not be changed."""
        if self._lock is None:
            raise IndexUnwritable(
                "This fingerprint index is open for reading only, or closed. Open it for writing."
            )

    def keys(self) -> frozenset[str]:
        """Names of all recordings."""
        if self._lock is None:
            return frozenset(_places_in(self.snapshot.segments))
        with self._changing:
            return frozenset(self._known_places())

    def refresh(self) -> bool:
        """Take over what another process has committed; return whether there was something."""
        with self._changing:
            if stamp_of(self.folder) == self.snapshot.stamp:
                return False
            self._places = None
            self.snapshot = open_snapshot(self.folder, self.snapshot.files)
            return True

    def change(self, items: Items, remove: Iterable[str], marks: Mapping[str, int]) -> int:
        """Remove, add and mark in one commit; return how many recordings are not there any more.

        Raises:
            IndexUnwritable: the disk did not take it.
        """
        added = {key for key, _ in items}
        with self._changing:
            self.must_write()
            places = self._known_places()
            manifest = self.snapshot.manifest
            gone = (added | set(remove)) & places.keys()
            marked = {**manifest.marks, **marks}
            if not items and not gone and marked == manifest.marks:
                return 0
            written = self._write(items)
            removed: dict[str, list[int]] = {}
            for key in gone:
                name, number = places[key]
                removed.setdefault(name, []).append(number)
            entries = [
                entry.without(removed[entry.file]) if entry.file in removed else entry
                for entry in manifest.entries
            ]
            self._commit([*entries, *map(entry_of, written)], marked, written)
            for key in gone:
                del places[key]
            self._learn(places, written)
        return len(gone - added)

    def new_segment(self) -> Path:
        """Return a path for a segment file to be written before `put_in_place`, or `give_up`."""
        return self._commits.new_segment()

    def give_up(self, path: Path) -> None:
        """Delete a segment file that is not wanted any more."""
        self._commits.give_up([path])

    def put_in_place(self, group: Sequence[Segment], merged: Written) -> None:
        """Commit one segment in place of others; what was removed from them is removed from it.

        Args:
            group: as they were when they were merged, with what was alive then.
            merged: all that was alive in them, in order.

        Raises:
            IndexUnwritable: the disk did not take it, or this was closed meanwhile.
        """
        with self._changing:
            self.must_write()
            now = {segment.name: segment.alive for segment in self.snapshot.segments}
            alive: list[bool] = []
            for segment in group:
                living = now.get(segment.name, segment.alive & False)
                alive += living[segment.alive].tolist()
            entry = entry_of(merged)
            if not all(alive):
                entry = entry.without([number for number, kept in enumerate(alive) if not kept])
            old = {segment.name for segment in group}
            others = [other for other in self.snapshot.manifest.entries if other.file not in old]
            places = self._places
            self._commit([entry, *others], self.snapshot.manifest.marks, [merged])
            if places is not None:
                self._learn(places, [merged])

    def close(self) -> None:
        """Let others write."""
        with self._changing:
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def _known_places(self) -> dict[str, Place]:
        if self._places is None:
            self._places = _places_in(self.snapshot.segments)
        return self._places

    def _learn(self, places: dict[str, Place], written: Sequence[Written]) -> None:
        """Go on with known places after a commit, instead of reading all keys again."""
        names = {part.path.name for part in written}
        places.update(_places_in([part for part in self.snapshot.segments if part.name in names]))
        self._places = places

    def _write(self, items: Items) -> list[Written]:
        written: list[Written] = []
        paths: list[Path] = []
        try:
            for batch in _batches(items):
                paths.append(self._commits.new_segment())
                written.append(write_segment(self.files, paths[-1], batch))
        except OSError as error:
            self._commits.give_up(paths)
            raise unwritable(error) from error
        return written

    def _commit(
        self, entries: Sequence[Entry], marks: Mapping[str, int], written: Sequence[Written]
    ) -> None:
        known = self.snapshot.files
        self._places = None
        try:
            # A state that cannot be opened must never be committed.
            known |= {part.path.name: SegmentFile.open(part.path) for part in written}
            self._commits.commit(self.snapshot.manifest, entries, marks)
        except (IndexUnwritable, IndexCorrupt, OSError) as error:
            self.snapshot = open_snapshot(self.folder, known)
            named = {entry.file for entry in self.snapshot.manifest.entries}
            self._commits.give_up(part.path for part in written if part.path.name not in named)
            raise unwritable(error) if isinstance(error, OSError) else error from error
        self.snapshot = open_snapshot(self.folder, known)


def _places_in(segments: Sequence[Segment]) -> dict[str, Place]:
    return {
        key: (segment.name, number)
        for segment in segments
        for number, (key, kept) in enumerate(zip(segment.keys, segment.alive.tolist(), strict=True))
        if kept
    }


def _batches(items: Items) -> Iterator[list[tuple[str, Fingerprint]]]:
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
