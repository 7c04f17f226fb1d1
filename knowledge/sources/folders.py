"""Walk the music folders: which files are there, without opening any."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.audio.container import AUDIO_EXTENSIONS
from knowledge.drafts import FileStamp

MAX_DEPTH = 40
"""Folders inside folders; deeper ones are a mistake or a trap."""
BAD_NAME = (
    "The file name is not valid text (UTF-8), so it cannot be stored. Rename the file, then scan "
    "again."
)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A music file on disk."""

    root: Path
    """The music folder it lies in."""
    stamp: FileStamp

    @property
    def path(self) -> Path:
        return Path(self.stamp.path)


@dataclass(slots=True)
class Walk:
    """What walking the folders met, filled while it goes on."""

    bad_names: list[FileStamp] = field(default_factory=list)
    """Music files whose name is no text; the path is written with escapes."""
    unreadable: list[str] = field(default_factory=list)
    """Folders that could not be listed; what lies in them is unknown, not gone."""
    links: int = 0
    """Symbolic links passed by: a target inside a music folder is met there, one outside is not
    ours to read, and a loop has no end."""
    wanted: Callable[[str], bool] | None = None
    """Whether a file of this name is looked for; None: music."""

    def files(self, root: Path, start: Path | None = None) -> Iterator[FoundFile]:
        """Yield the music files at or below `start`, in the order of their names."""
        start = start or root
        if start.is_symlink() and start != root:
            self.links += 1
        elif start.is_dir():
            yield from self._folder(root, str(start), 0)
        elif (self.wanted or is_music)(start.name) and (stamp := _stamp(str(start))) is not None:
            yield FoundFile(root, stamp)

    def _folder(self, root: Path, folder: str, depth: int) -> Iterator[FoundFile]:
        if depth > MAX_DEPTH:
            self.unreadable.append(folder)
            return
        try:
            with os.scandir(folder) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError:
            self.unreadable.append(folder)
            return
        folders = []
        wanted = self.wanted or is_music
        for entry in entries:
            if entry.is_symlink():
                self.links += 1
            elif entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith("."):
                    folders.append(entry.path)
            elif wanted(entry.name) and (stamp := _stamp(entry.path)) is not None:
                if _is_text(entry.path):
                    yield FoundFile(root, stamp)
                else:
                    self.bad_names.append(
                        FileStamp(_escaped(entry.path), stamp.size, stamp.mtime_ns)
                    )
        for inner in folders:
            yield from self._folder(root, inner, depth + 1)


def is_music(file_name: str) -> bool:
    """Whether a scan looks at a file of this name; hidden files are left alone."""
    return (
        not file_name.startswith(".") and os.path.splitext(file_name)[1].lower() in AUDIO_EXTENSIONS  # noqa: PTH122 - hot
    )


def outermost(roots: Iterable[Path]) -> tuple[Path, ...]:
    """Resolve the music folders and drop those that lie in another one."""
    resolved = sorted({root.expanduser().resolve() for root in roots})
    kept: list[Path] = []
    for root in resolved:
        if not any(root.is_relative_to(outer) for outer in kept):
            kept.append(root)
    return tuple(kept)


def root_of(path: Path, roots: Sequence[Path]) -> Path | None:
    """Return the music folder that `path` lies in."""
    return next((root for root in roots if path.is_relative_to(root)), None)


def _stamp(path: str) -> FileStamp | None:
    try:
        status = os.stat(path, follow_symlinks=False)  # noqa: PTH116 - hot
    except OSError:
        return None  # gone since it was listed
    if not stat.S_ISREG(status.st_mode):
        return None  # a pipe named song.mp3 would make its reader wait for ever
    return FileStamp(path, status.st_size, status.st_mtime_ns)


def _is_text(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _escaped(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
