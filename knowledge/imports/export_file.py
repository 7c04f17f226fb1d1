"""The listens of an export file: a zip, JSON, JSON lines or CSV, told by its content.

An export comes from outside. A zip is read in place, never unpacked; how many files it may hold,
how large they may become and how far they may be blown up is limited.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from knowledge.errors import ExportRejected
from knowledge.imports.formats import listens, table_row
from knowledge.imports.json_stream import objects
from knowledge.imports.models import ExportedListen

MOST_LISTENS = 10_000_000
_MOST_FILES = 5_000
_MOST_BYTES = 8_000_000_000
"""Of all files of a zip together, unpacked."""
_BLOWN_UP = 200
"""A deflated file is at most this many times larger than packed; JSON reaches 40."""
_SMALL_BYTES = 10_000_000
_LONGEST_LINE = 20_000
_KINDS = {".json", ".jsonl", ".csv", ".txt"}
_OTHER_DATA = (
    "video", "podcast", "userdata", "payments", "playlist", "library", "identity", "inferences",
    "searchqueries", "follow", "feedback", "pinned", "user.json", "wrapped", "marquee",
    "messagedata", "duonewfamily", "yoursoundcapsule", "technicallog",
)  # fmt: skip
"""Other things that a Spotify or ListenBrainz zip holds."""

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    size: int


class _Counted(io.RawIOBase):
    """A stream that tells how much was read, and stops at a limit."""

    def __init__(self, stream: BinaryIO, name: str, limit: int, tell: Tell) -> None:
        super().__init__()
        self._stream, self._name, self._left, self._tell = stream, name, limit, tell

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._stream.read(len(view))
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
            raise ExportRejected(f"{self._name} is damaged.") from error
        self._left -= len(data)
        if self._left < 0:
            raise ExportRejected(f"{self._name} is larger than it says.")
        self._tell(len(data))
        view[: len(data)] = data
        return len(data)


def read_export(path: Path, tell: Tell) -> Iterator[ExportedListen | None]:
    """Read every listen of the file at `path`; None for an entry that is none.

    Args:
        path: a zip, or a JSON, JSON lines or CSV file.
        tell: told how many more bytes were read, of those `size_of` gave.

    Raises:
        ExportRejected: it is none of these, is damaged, or is larger than any export.
    """
    for count, one in enumerate(_all(path, tell)):
        if count >= MOST_LISTENS:
            raise ExportRejected(f"{path.name} holds more than {MOST_LISTENS} listens.")
        yield one


def size_of(path: Path) -> int:
    """How many bytes there are to read, unpacked.

    Raises:
        ExportRejected: it is no file, or a zip that is damaged or too large.
    """
    if not path.is_file():
        raise ExportRejected(f"{path} is not a file.")
    if not zipfile.is_zipfile(path):
        return path.stat().st_size
    with _opened(path) as archive:
        return sum(part.size for part in _parts(archive, path.name))


def _all(path: Path, tell: Tell) -> Iterator[ExportedListen | None]:
    if not path.is_file():
        raise ExportRejected(f"{path} is not a file.")
    if not zipfile.is_zipfile(path):
        with path.open("rb") as plain:
            yield from _listens(_Counted(plain, path.name, _MOST_BYTES, tell), path.name)
        return
    with _opened(path) as archive:
        parts = _parts(archive, path.name)
        if not parts:
            raise ExportRejected(f"{path.name} holds no listening history.")
        for part in parts:
            try:
                inner = archive.open(part.name)
            except (RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
                raise ExportRejected(f"{path.name} is encrypted or damaged.") from error
            with inner:
                counted = _Counted(cast(BinaryIO, inner), part.name, part.size, tell)
                yield from _listens(counted, PurePosixPath(part.name).name[:100])


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ExportRejected(f"{path.name} is a damaged zip file.") from error


def _parts(archive: zipfile.ZipFile, name: str) -> list[_Part]:
    """The files of a zip that may hold listens, in the order of their names."""
    infos = archive.infolist()
    if len(infos) > _MOST_FILES:
        raise ExportRejected(f"{name} holds more than {_MOST_FILES} files.")
    parts = []
    for info in infos:
        place = PurePosixPath(info.filename)
        low = place.name.casefold()
        if info.is_dir() or place.suffix.casefold() not in _KINDS:
            continue
        if any(low.startswith(other) or f"_{other}" in low for other in _OTHER_DATA):
            continue
        if info.file_size > _SMALL_BYTES and info.file_size > _BLOWN_UP * info.compress_size:
            raise ExportRejected(f"{name} is packed more tightly than any export.")
        parts.append(_Part(info.filename, info.file_size))
    if sum(part.size for part in parts) > _MOST_BYTES:
        raise ExportRejected(f"{name} is larger than any export.")
    return sorted(parts, key=lambda part: part.name)


def _listens(stream: _Counted, name: str) -> Iterator[ExportedListen | None]:
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), 131_072)
    head = buffered.peek(64)[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] in {b"{", b"["}:
        for element in objects(cast(BinaryIO, buffered), name=name):
            yield from listens(element)
    elif head:
        yield from _rows(cast(BinaryIO, buffered), name)


def _rows(stream: BinaryIO, name: str) -> Iterator[ExportedListen | None]:
    text = io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
    first = text.readline(_LONGEST_LINE)
    if "\0" in first:
        raise ExportRejected(f"{name} is no export that Refrain knows.")
    separator = max(",;\t", key=first.count)
    columns = next(csv.reader([first], delimiter=separator), [])
    names = [column.strip().casefold().partition("#")[0] for column in columns]
    lines = _lines(text)
    if "artist" not in names:  # the tool that writes no names: artist, album, track, date
        if len(columns) != 4:
            raise ExportRejected(f"{name} is no export that Refrain knows.")
        names, lines = ["artist", "album", "track", "date"], chain([first], lines)
    try:
        for row in csv.reader(lines, delimiter=separator):
            if row:
                yield table_row(cast(Mapping[str, str], dict(zip(names, row, strict=False))))
    except csv.Error as error:
        raise ExportRejected(f"{name} is damaged: {error}.") from error


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines, none of them endless; NUL signs dropped."""
    while line := text.readline(_LONGEST_LINE):
        yield line.replace("\0", "")
