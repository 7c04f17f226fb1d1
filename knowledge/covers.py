"""Cover pictures as files, named by their content, with thumbnails beside them.

Pictures come from strangers' files: what is accepted is decided by the content, within limits of
bytes and pixels, and only a thumbnail ever decodes one.
"""

import hashlib
import os
import re
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image

from knowledge.errors import NotInLibrary

THUMBNAIL_SIZES = (96, 256, 512)
"""Pixels of the longer side."""
MAX_BYTES = 16 * 1024 * 1024
MAX_PIXELS = 40_000_000
_EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
_COVER_ID = re.compile(r"[0-9a-f]{64}")


class CoverStore:
    """The pictures of one library. Safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, picture: bytes) -> str | None:
        """Keep `picture` and return its id, or None when it is not a picture we accept."""
        if not picture or len(picture) > MAX_BYTES:
            return None
        cover_id = hashlib.sha256(picture).hexdigest()
        if self._find(cover_id) is not None:
            return cover_id
        extension = _accepted(picture)
        if extension is None:
            return None
        _write_whole(self._folder / cover_id[:2] / f"{cover_id}.{extension}", picture)
        return cover_id

    def path(self, cover_id: str) -> Path:
        """Return the file of a picture.

        Raises:
            NotInLibrary: the id is malformed or names no picture.
        """
        found = self._find(cover_id) if _COVER_ID.fullmatch(cover_id) else None
        if found is None:
            raise NotInLibrary("There is no such cover picture.")
        return found

    def thumbnail(self, cover_id: str, size: int) -> Path:
        """Return a WebP file of at most `size` by `size` pixels, made at the first call.

        Raises:
            NotInLibrary: no such picture, no such size, or the picture is damaged.
        """
        if size not in THUMBNAIL_SIZES:
            raise NotInLibrary(f"Covers come in {', '.join(map(str, THUMBNAIL_SIZES))} pixels.")
        original = self.path(cover_id)
        small = original.with_name(f"{cover_id}-{size}.webp")
        if small.exists():
            return small
        try:
            with Image.open(original, formats=tuple(_EXTENSIONS)) as picture:
                picture.draft("RGB", (size, size))
                picture.thumbnail((size, size))
                mode = "RGBA" if picture.has_transparency_data else "RGB"
                out = BytesIO()
                picture.convert(mode).save(out, "WEBP", quality=82)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise NotInLibrary("This cover picture is damaged.") from error
        _write_whole(small, out.getvalue())
        return small

    def _find(self, cover_id: str) -> Path | None:
        for extension in _EXTENSIONS.values():
            path = self._folder / cover_id[:2] / f"{cover_id}.{extension}"
            if path.is_file():
                return path
        return None


def _accepted(picture: bytes) -> str | None:
    """Return the file extension of a picture that we accept, or None."""
    try:
        with Image.open(BytesIO(picture), formats=tuple(_EXTENSIONS)) as opened:
            width, height = opened.size
            extension = _EXTENSIONS.get(opened.format or "")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return extension if 0 < width * height <= MAX_PIXELS else None


def _write_whole(path: Path, content: bytes) -> None:
    """Write so that a reader, or a kill, sees the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
