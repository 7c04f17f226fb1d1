"""One consistent state of the index, opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import IndexCorrupt
from knowledge.fingerprint.index.manifest import NAME, Entry, Manifest, read_manifest
from knowledge.fingerprint.index.segment import Segment, SegmentFile

SEGMENT_PREFIX = "segment-"
SEGMENT_SUFFIX = ".fps"
_ATTEMPTS = 100
"""Commits of a writer that a reader may lose its race against before it gives up."""

Stamp = tuple[int, int, int]
"""Inode, time and size of a manifest file: they differ for every commit."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A manifest and its segments. Whoever holds it can go on reading, whatever is committed."""

    manifest: Manifest
    segments: tuple[Segment, ...]
    stamp: Stamp | None

    @property
    def files(self) -> dict[str, SegmentFile]:
        return {segment.name: segment.file for segment in self.segments}


def stamp_of(folder: Path) -> Stamp | None:
    """Return what tells one commit from the next, or None while there is none."""
    try:
        found = (folder / NAME).stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def open_snapshot(folder: Path, known: Mapping[str, SegmentFile]) -> Snapshot:
    """Open what the manifest in `folder` says now.

    Args:
        folder: of the index.
        known: segment files that are open already, by name; they are not opened again.

    Raises:
        IndexCorrupt: a file is damaged, foreign or missing.
        IndexOutdated: made by another version of the engine.
    """
    for _ in range(_ATTEMPTS):
        stamp = stamp_of(folder)
        manifest = read_manifest(folder)
        if stamp is None and segment_names(folder):
            if stamp_of(folder) is not None:
                continue
            raise IndexCorrupt(
                "The fingerprint index has lost its manifest. Repair it with "
                "FingerprintIndex.repair; intact parts are kept."
            )
        try:
            segments = tuple(open_entry(folder, entry, known) for entry in manifest.entries)
        except FileNotFoundError as error:
            if stamp_of(folder) != stamp:
                continue  # the writer was quicker: it has merged and tidied up meanwhile
            raise IndexCorrupt(
                f"{Path(str(error.filename)).name} of the fingerprint index is missing. Repair it "
                "with FingerprintIndex.repair; intact parts are kept."
            ) from error
        if stamp_of(folder) == stamp:
            return Snapshot(manifest, segments, stamp)
    raise IndexCorrupt("The fingerprint index changes faster than it can be read. Try again.")


def open_entry(folder: Path, entry: Entry, known: Mapping[str, SegmentFile]) -> Segment:
    """Open one segment of a manifest, and see that it is the file that was meant.

    Raises:
        FileNotFoundError: it is not there.
        IndexCorrupt: damaged, or another file of the same name.
        IndexOutdated: made by another version of the engine.
    """
    file = known.get(entry.file) or SegmentFile.open(folder / entry.file)
    if file.checksum != entry.checksum or file.head.recordings != entry.recordings:
        raise IndexCorrupt(
            f"{entry.file} is not the file that the fingerprint index was made with. Repair the "
            "index with FingerprintIndex.repair; intact parts are kept."
        )
    return Segment(file, entry.alive())


def segment_names(folder: Path) -> set[str]:
    """Names of all segment files in `folder`, whether the manifest knows them or not."""
    try:
        names = {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        return set()
    return {n for n in names if n.startswith(SEGMENT_PREFIX) and n.endswith(SEGMENT_SUFFIX)}
