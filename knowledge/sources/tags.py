"""Read the tags and the cover of a music file: tinytag first, FFmpeg's view where it has none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from tinytag import TinyTag
from tinytag.tinytag import TinyTagException

from knowledge.covers import MAX_BYTES as MAX_COVER_BYTES

_MAX_READ = MAX_COVER_BYTES + 64 * 1024
"""Bytes that one field of a tag may hold; a lie about its length costs no more memory."""
_MAX_VALUES = 32

# Our field -> the names it has in tinytag's and in FFmpeg's view of the formats.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "artist": ("artist", "author"),
    "album": ("album",),
    "album_artist": ("albumartist", "album_artist", "album artist", "wm/albumartist"),
    "genre": ("genre",),
    "date": ("year", "date", "tdrc", "tyer", "wm/year", "tdor", "creation_time"),
    "track": ("track", "tracknumber", "wm/tracknumber"),
    "disc": ("disc", "discnumber", "wm/partofset"),
    "compilation": ("compilation", "tcmp", "cpil", "tcp", "wm/iscompilation", "itunescompilation"),
    "mood": ("mood", "tmoo", "wm/mood"),
    "label": ("label", "publisher", "organization", "tpub", "wm/publisher"),
    "lyrics": ("lyrics", "unsyncedlyrics", "syncedlyrics", "wm/lyrics", "lyrics-eng"),
}


@dataclass(frozen=True, slots=True)
class Tags:
    """Tags as they stand in the file: not cleaned, not split, not believed."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By our field name; a field the file does not have is absent."""
    picture: bytes | None = None

    def all(self, name: str) -> tuple[str, ...]:
        return self.values.get(name, ())

    def first(self, name: str) -> str | None:
        return next(iter(self.all(name)), None)


def read_tags(path: Path, fallback: Mapping[str, str], picture: bytes | None = None) -> Tags:
    """Read the tags of `path`.

    Args:
        path: a music file.
        fallback: the container's tags as FFmpeg reads them, by lower-case name.
        picture: the picture FFmpeg found.
    """
    found: dict[str, list[str]] = {}
    try:
        with path.open("rb", buffering=64 * 1024) as file:
            bounded = cast("BinaryIO", _Bounded(file))
            tag = TinyTag.get(file_obj=bounded, duration=False, image=True)
    except (TinyTagException, OSError, ValueError, RecursionError, MemoryError):
        pass
    else:
        for key, values in tag.as_dict().items():
            if isinstance(values, list):
                found[key.lower()] = [str(value) for value in values[:_MAX_VALUES]]
        if (image := tag.images.front_cover or tag.images.any) is not None:
            picture = image.data
    merged: dict[str, tuple[str, ...]] = {}
    for ours, theirs in _NAMES.items():
        values = [value for their in theirs for value in found.get(their, ()) if value.strip()]
        if not values:
            values = [fallback[their] for their in theirs if fallback.get(their, "").strip()]
        if values:
            merged[ours] = tuple(dict.fromkeys(values))
    return Tags(merged, picture)


class _Bounded:
    """A file that never hands out more than `_MAX_READ` bytes at once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1) -> bytes:
        return self._file.read(_MAX_READ if size < 0 else min(size, _MAX_READ))
