"""The recordings that can be recognised: kept in files, searched in place, changed while in use."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from knowledge.fingerprint.index.files import DiskFiles, Files
from knowledge.fingerprint.index.manifest import read_manifest
from knowledge.fingerprint.index.merger import Merger
from knowledge.fingerprint.index.merging import fingerprints_of
from knowledge.fingerprint.index.policy import MAX_SEGMENT_POSTINGS
from knowledge.fingerprint.index.postings import check_fingerprint
from knowledge.fingerprint.index.repair import Repaired, repair
from knowledge.fingerprint.index.segment import Segment
from knowledge.fingerprint.index.store import Store
from knowledge.fingerprint.models import Fingerprint


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
        self._auto_merge = auto_merge
        self._store = Store(folder, files or DiskFiles(), read_only=read_only)
        self._merger = Merger(self._store, largest=max_segment_postings)

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
        return self._store.folder

    @property
    def generation(self) -> int:
        """Number of the state: each commit raises it."""
        return self._store.snapshot.manifest.generation

    @property
    def marks(self) -> Mapping[str, int]:
        """Numbers that were committed along with the recordings."""
        return self._store.snapshot.manifest.marks

    @property
    def size_bytes(self) -> int:
        """Bytes on disk of all segments."""
        return sum(entry.size for entry in self._store.snapshot.manifest.entries)

    def __len__(self) -> int:
        return sum(int(segment.alive.sum()) for segment in self._store.snapshot.segments)

    def segments(self) -> tuple[Segment, ...]:
        """Return the parts to search: one consistent state."""
        return self._store.snapshot.segments

    def keys(self) -> frozenset[str]:
        """Names of all recordings that are in the index."""
        return self._store.keys()

    def fingerprints(self, keys: Iterable[str]) -> Iterator[tuple[str, Fingerprint]]:
        """Rebuild fingerprints, for an export or a comparison; unknown keys are left out.

        Reads each segment that holds some of them once from end to end, so ask for many at a time,
        but not for more than fit into memory. Hashes come ordered by time.
        """
        wanted = set(keys)
        for segment in self._store.snapshot.segments:
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
        changed = self._store.change(items, remove, marks or {})
        if self._auto_merge:
            self._merger.start()
        return changed

    def merge(self) -> int:
        """Merge until each segment is larger than all smaller ones together; return how often.

        Waits for a merge in the background. Adding and removing go on meanwhile.

        Raises:
            IndexUnwritable: the disk did not take it.
        """
        return self._merger.merge(at_least=2)

    def compact(self) -> None:
        """Write everything anew: as few segments as can be, and nothing of what was removed.

        Raises:
            IndexUnwritable: the disk did not take it.
        """
        self._merger.compact()

    def refresh(self) -> bool:
        """See what another process has committed; return whether there was something.

        Costs microseconds when there was nothing.

        Raises:
            IndexCorrupt: a file is damaged, foreign or gone.
            IndexOutdated: another version of the engine has written meanwhile.
        """
        return self._store.refresh()

    def verify(self) -> None:
        """Read everything and compare it with its checksums; takes seconds a gigabyte.

        Raises:
            IndexCorrupt: something is damaged.
        """
        if self._store.snapshot.stamp is not None:
            read_manifest(self._store.folder)
        for segment in self._store.snapshot.segments:
            segment.file.check()

    def close(self) -> None:
        """Stop merging and let others write. Segments in use stay readable."""
        self._merger.stop()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
