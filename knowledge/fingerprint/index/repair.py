"""Keep what is whole of a damaged index."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import IndexCorrupt
from knowledge.fingerprint.index.commits import Commits, unwritable
from knowledge.fingerprint.index.files import DiskFiles
from knowledge.fingerprint.index.lock import WriterLock
from knowledge.fingerprint.index.manifest import (
    NAME,
    PREVIOUS_NAME,
    Entry,
    Manifest,
    read_manifest,
)
from knowledge.fingerprint.index.segment import SegmentFile
from knowledge.fingerprint.index.snapshot import open_entry, segment_names

DAMAGED_FOLDER = "damaged"


@dataclass(frozen=True, slots=True)
class Repaired:
    """What became of a damaged index.

    Attributes:
        kept: recordings that are whole.
        again: recordings that must be fingerprinted again.
        unnamed: how many more are lost whose names cannot be read: whoever knows what should be in
            the index finds them by comparing with `FingerprintIndex.keys`.
        older: the manifest was lost, and the state before the last commit took its place.
        set_aside: names of the files moved to the folder "damaged"; they may be deleted.
    """

    kept: int
    again: frozenset[str]
    unnamed: int
    older: bool
    set_aside: tuple[str, ...]


def repair(folder: Path) -> Repaired:
    """Check every file, go on with the whole ones, and set the others aside.

    Raises:
        IndexBusy: the index is open for writing; close it first.
        IndexUnwritable: the disk did not take it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = WriterLock(folder)
    except OSError as error:
        raise unwritable(error) from error
    try:
        return _repair(folder)
    except OSError as error:
        raise unwritable(error) from error
    finally:
        lock.release()


def _repair(folder: Path) -> Repaired:
    manifest, lost_manifest = _newest_manifest(folder)
    whole: list[Entry] = []
    broken: list[Entry] = []
    again: set[str] = set()
    kept: set[str] = set()
    unnamed = 0
    for entry in manifest.entries:
        keys, is_whole = _read_keys(folder, entry)
        alive = entry.alive().tolist()
        living = [key for key, kept_one in zip(keys, alive, strict=False) if kept_one]
        if is_whole:
            whole.append(entry)
            kept.update(living)
        else:
            broken.append(entry)
            again.update(living)
            unnamed += sum(alive) - len(living)
    aside = [entry.file for entry in broken]
    if lost_manifest:
        # Nobody knows what these held that the older state does not; their names are a help.
        named = {entry.file for entry in manifest.entries}
        strangers = sorted(segment_names(folder) - named)
        for name in strangers:
            again.update(_keys_of_stranger(folder / name))
        aside += strangers
    files = DiskFiles()
    moved = _set_aside(folder, [*aside, *([NAME] if lost_manifest else [])])
    Commits(folder, files).commit(manifest, whole, manifest.marks if not broken else {})
    return Repaired(len(kept), frozenset(again - kept), unnamed, lost_manifest, moved)


def _newest_manifest(folder: Path) -> tuple[Manifest, bool]:
    """Return the manifest, or the one before it, or none; and whether the newest is lost."""
    missing = not (folder / NAME).exists()
    if not missing:
        with suppress(IndexCorrupt):
            return read_manifest(folder), False
    if missing and not segment_names(folder):
        return Manifest(), False
    with suppress(IndexCorrupt):
        return read_manifest(folder, PREVIOUS_NAME), True
    return Manifest(), True


def _read_keys(folder: Path, entry: Entry) -> tuple[Sequence[str], bool]:
    """Return the names in a segment as far as they can be read, and whether it is whole."""
    try:
        segment = open_entry(folder, entry, {})
        segment.file.check()
    except (IndexCorrupt, OSError):
        return _keys_of_stranger(folder / entry.file), False
    return segment.keys, True


def _keys_of_stranger(path: Path) -> Sequence[str]:
    try:
        file = SegmentFile.open(path, any_version=True)
        file.check_names()
    except (IndexCorrupt, OSError):
        return ()
    return file.keys


def _set_aside(folder: Path, names: Sequence[str]) -> tuple[str, ...]:
    moved = []
    for name in names:
        (folder / DAMAGED_FOLDER).mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            (folder / name).replace(folder / DAMAGED_FOLDER / name)
            moved.append(name)
    return tuple(moved)
