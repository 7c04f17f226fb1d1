"""Cover pictures: what is accepted, where it lies, and its thumbnails."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from knowledge.covers import MAX_BYTES, CoverStore
from knowledge.errors import NotInLibrary
from library_audio import picture


@pytest.fixture
def store(tmp_path: Path) -> CoverStore:
    return CoverStore(tmp_path / "covers")


def bomb() -> bytes:
    """A PNG of a few bytes that claims to be 60,000 pixels wide and high."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checked = kind + body
        return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


@pytest.mark.unit
def test_a_picture_is_kept_once_under_its_content(store: CoverStore, tmp_path: Path) -> None:
    cover_id = store.save(picture("teal"))
    assert cover_id is not None
    assert store.save(picture("teal")) == cover_id
    assert store.path(cover_id) == tmp_path / "covers" / cover_id[:2] / f"{cover_id}.jpg"
    assert len(list((tmp_path / "covers").rglob("*.*"))) == 1


@pytest.mark.unit
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg onload=alert(1)>",
        b"GIF89a",
        bomb(),
        b"\xff\xd8\xff" + b"\0" * MAX_BYTES,
        picture(kind="BMP"),
        picture(kind="TIFF"),
    ],
    ids=["empty", "svg", "cut gif", "bomb", "too large", "bmp", "tiff"],
)
def test_what_is_no_safe_picture_is_not_kept(store: CoverStore, content: bytes) -> None:
    assert store.save(content) is None


@pytest.mark.unit
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_thumbnails_are_small_webp_files_made_once(store: CoverStore, kind: str) -> None:
    cover_id = store.save(picture("orange", size=700, kind=kind))
    assert cover_id is not None
    small = store.thumbnail(cover_id, 96)
    with Image.open(small) as opened:
        assert (opened.format, opened.size) == ("WEBP", (96, 96))
    made = small.stat().st_mtime_ns
    assert store.thumbnail(cover_id, 96).stat().st_mtime_ns == made


@pytest.mark.unit
@pytest.mark.parametrize("cover_id", ["", "../../../etc/passwd", "A" * 64, "0" * 64, "0" * 63])
def test_bad_ids_name_nothing(store: CoverStore, cover_id: str) -> None:
    with pytest.raises(NotInLibrary):
        store.path(cover_id)
    with pytest.raises(NotInLibrary):
        store.thumbnail(cover_id, 96)


@pytest.mark.unit
def test_a_damaged_picture_and_an_odd_size_are_refused(store: CoverStore) -> None:
    content = picture(size=300)
    cover_id = store.save(content[: len(content) // 2])
    assert cover_id is not None
    with pytest.raises(NotInLibrary, match="damaged"):
        store.thumbnail(cover_id, 96)
    with pytest.raises(NotInLibrary, match="96, 256, 512"):
        store.thumbnail(cover_id, 97)
