"""The few ways in which the index touches the disk when it writes.

Everything that must survive a power cut goes through here, so that tests can stop at any single
operation, or forget whatever was not synchronised.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Protocol


class Files(Protocol):
    """Operations of a POSIX file system; each may raise OSError."""

    def create(self, path: Path) -> int:
        """Make a new empty file and return a descriptor to write it with."""

    def write(self, descriptor: int, data: memoryview, offset: int) -> None:
        """Write all of `data` at `offset`."""

    def sync(self, descriptor: int) -> None:
        """Return when the file's bytes would survive a power cut."""

    def close(self, descriptor: int) -> None:
        """Give the descriptor back."""

    def replace(self, old: Path, new: Path) -> None:
        """Rename, replacing what has the new name, in one instant."""

    def link(self, old: Path, new: Path) -> None:
        """Give a file a second name."""

    def remove(self, path: Path) -> None:
        """Take a name away; whoever has the file open or mapped keeps it."""

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in `folder` would survive a power cut."""


class DiskFiles:
    """The real thing."""

    def create(self, path: Path) -> int:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)

    def write(self, descriptor: int, data: memoryview, offset: int) -> None:
        left = data.cast("B")
        while left:
            written = os.pwrite(descriptor, left, offset)
            left, offset = left[written:], offset + written

    def sync(self, descriptor: int) -> None:
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def replace(self, old: Path, new: Path) -> None:
        old.replace(new)

    def link(self, old: Path, new: Path) -> None:
        new.hardlink_to(old)

    def remove(self, path: Path) -> None:
        path.unlink()

    def sync_folder(self, folder: Path) -> None:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def replace_whole(files: Files, path: Path, data: bytes) -> None:
    """Put `data` under the name `path`: a reader, or a crash, sees the old or the new bytes."""
    fresh = path.with_name(path.name + ".new")
    with suppress(FileNotFoundError):
        files.remove(fresh)
    descriptor = files.create(fresh)
    try:
        files.write(descriptor, memoryview(data), 0)
        files.sync(descriptor)
    finally:
        files.close(descriptor)
    files.replace(fresh, path)
    files.sync_folder(path.parent)
