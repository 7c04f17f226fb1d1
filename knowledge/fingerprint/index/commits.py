"""Make one state of the index follow another, so that a kill leaves one of the two."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from knowledge.errors import IndexUnwritable
from knowledge.fingerprint.index.files import Files, replace_whole
from knowledge.fingerprint.index.manifest import NAME, PREVIOUS_NAME, Entry, Manifest
from knowledge.fingerprint.index.snapshot import SEGMENT_PREFIX, SEGMENT_SUFFIX, segment_names
from knowledge.fingerprint.index.writing import Written


class Commits:
    """Writes manifests and deletes what no state needs. Its caller holds the writer's lock."""

    def __init__(self, folder: Path, files: Files) -> None:
        self._folder = folder
        self._files = files
        self._unfinished: set[str] = set()

    def new_segment(self) -> Path:
        """Return a path for a segment file; it is safe from tidying until it is committed."""
        name = f"{SEGMENT_PREFIX}{secrets.token_hex(8)}{SEGMENT_SUFFIX}"
        self._unfinished.add(name)
        return self._folder / name

    def give_up(self, paths: Iterable[Path]) -> None:
        """Delete segment files that will not be committed."""
        for path in paths:
            with suppress(OSError):
                self._files.remove(path)
            self._unfinished.discard(path.name)

    def commit(self, old: Manifest, entries: Sequence[Entry], marks: Mapping[str, int]) -> Manifest:
        """Replace `old`; returns when the new state would survive a power cut.

        Files that neither state names are deleted. Those of `old` stay for one more commit, so
        that readers seldom find a file gone that they were about to open.

        Raises:
            IndexUnwritable: the disk did not take it; either state may be in force.
        """
        new = Manifest(
            old.generation + 1, tuple(entry for entry in entries if entry.alive().any()), marks
        )
        try:
            self._files.sync_folder(self._folder)
            self._keep_previous()
            replace_whole(self._files, self._folder / NAME, new.to_bytes())
        except OSError as error:
            raise unwritable(error) from error
        finally:
            self._unfinished -= {entry.file for entry in entries}
        self.tidy(new, old)
        return new

    def tidy(self, *states: Manifest) -> None:
        """Delete segment files that none of `states` names and nobody is writing."""
        found = segment_names(self._folder)  # first: a merge may begin a file at any moment
        named = {entry.file for state in states for entry in state.entries} | self._unfinished
        for name in found - named:
            with suppress(OSError):
                self._files.remove(self._folder / name)

    def _keep_previous(self) -> None:
        """Keep the old manifest under a second name, for repairs; not every disk can."""
        spare = self._folder / (PREVIOUS_NAME + ".new")
        with suppress(OSError):
            with suppress(FileNotFoundError):
                self._files.remove(spare)
            self._files.link(self._folder / NAME, spare)
            self._files.replace(spare, self._folder / PREVIOUS_NAME)


def entry_of(written: Written) -> Entry:
    """Return what a manifest says of a new segment file."""
    return Entry(
        written.path.name, written.checksum, written.recordings, written.postings, written.size
    )


def unwritable(error: OSError) -> IndexUnwritable:
    """Turn a refusal of the disk into ours."""
    return IndexUnwritable(
        f"The fingerprint index could not be written ({error.strerror or error}). Make room or "
        "check the disk, then try again; what was stored before is whole."
    )
