"""Damaged, cut or foreign files are noticed, and what is whole survives the repair."""

import json
import random
import struct
from pathlib import Path
from zlib import crc32

import pytest

from fingerprint_makers import make_fingerprint, same_fingerprint
from knowledge.errors import IndexBusy, IndexCorrupt, IndexOutdated
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.index.layout import HEAD_BYTES
from knowledge.fingerprint.index.manifest import Manifest

SONGS = {f"song-{number}": make_fingerprint(number) for number in range(4)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index with song-0 and song-1 in one segment, and song-2 and song-3 in another."""
    with FingerprintIndex.open(tmp_path / "index", auto_merge=False) as index:
        index.add({key: SONGS[key] for key in ("song-0", "song-1")})
        index.add({key: SONGS[key] for key in ("song-2", "song-3")})
    return tmp_path / "index"


def segment_with(folder: Path, key: str) -> Path:
    with FingerprintIndex.open(folder, read_only=True) as index:
        return next(part.file.path for part in index.segments() if key in part.keys)


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 0x40
    path.write_bytes(data)


def with_head(path: Path, offset: int, value: int) -> None:
    """Change a number of the head as a program of another version would have written it."""
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, offset, value)
    struct.pack_into("<I", data, HEAD_BYTES - 4, crc32(data[: HEAD_BYTES - 4]))
    path.write_bytes(data)


def expect_kept(folder: Path, keys: set[str]) -> None:
    with FingerprintIndex.open(folder) as index:
        index.verify()
        found = dict(index.fingerprints(SONGS))
        assert found.keys() == keys
        assert all(same_fingerprint(found[key], SONGS[key]) for key in keys)
        index.add(SONGS)
        assert index.keys() == SONGS.keys()


@pytest.mark.unit
@pytest.mark.parametrize("left", [0, 100, HEAD_BYTES, 10_000])
def test_a_file_cut_short_is_noticed_at_opening(folder: Path, left: int) -> None:
    path = segment_with(folder, "song-2")
    path.write_bytes(path.read_bytes()[:left])
    for read_only in (True, False):
        with pytest.raises(IndexCorrupt, match="Repair"):
            FingerprintIndex.open(folder, read_only=read_only)
    repaired = FingerprintIndex.repair(folder)
    assert (repaired.kept, repaired.set_aside) == (2, (path.name,))
    assert (repaired.again, repaired.unnamed) == (frozenset(), 2)
    expect_kept(folder, {"song-0", "song-1"})


@pytest.mark.unit
def test_every_flipped_byte_that_matters_is_noticed(folder: Path) -> None:
    path = segment_with(folder, "song-2")
    whole = path.read_bytes()
    rng = random.Random(5)
    noticed = 0
    for _ in range(40):
        flip(path, rng.randrange(len(whole)))
        try:
            with FingerprintIndex.open(folder, read_only=True) as index:
                index.verify()
                assert same_fingerprint(
                    dict(index.fingerprints(["song-2"]))["song-2"], SONGS["song-2"]
                )  # only the gaps between sections may change unnoticed
        except IndexCorrupt:
            noticed += 1
        path.write_bytes(whole)
    assert noticed >= 38


@pytest.mark.unit
def test_damage_inside_names_what_must_be_fingerprinted_again(folder: Path) -> None:
    path = segment_with(folder, "song-2")
    flip(path, len(path.read_bytes()) - 5)
    with (
        FingerprintIndex.open(folder) as index,
        pytest.raises(IndexCorrupt, match=r'"directory" of segment-.* is damaged'),
    ):
        index.verify()
    repaired = FingerprintIndex.repair(folder)
    assert repaired.again == {"song-2", "song-3"}
    assert (repaired.kept, repaired.unnamed, repaired.older) == (2, 0, False)
    expect_kept(folder, {"song-0", "song-1"})


@pytest.mark.unit
@pytest.mark.parametrize("large", [False, True])
def test_a_search_never_follows_a_damaged_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, large: bool
) -> None:
    if large:
        monkeypatch.setattr("knowledge.fingerprint.index.writing._SIZES_BELOW", 1)
    with FingerprintIndex.open(tmp_path) as index:
        index.add(SONGS)
        file = index.segments()[0].file
    flip(file.path, file.head.sections["directory"].offset + 4_001)
    with (
        FingerprintIndex.open(tmp_path, read_only=True) as index,
        pytest.raises(IndexCorrupt, match="directory"),
    ):
        _ = index.segments()[0].directory


@pytest.mark.unit
def test_a_missing_file_is_noticed(folder: Path) -> None:
    segment_with(folder, "song-0").unlink()
    with pytest.raises(IndexCorrupt, match="is missing"):
        FingerprintIndex.open(folder)
    assert FingerprintIndex.repair(folder).unnamed == 2
    expect_kept(folder, {"song-2", "song-3"})


@pytest.mark.unit
def test_a_file_of_another_index_is_noticed(folder: Path, tmp_path: Path) -> None:
    with FingerprintIndex.open(tmp_path / "other") as index:
        index.add({"song-2": make_fingerprint(9), "song-3": make_fingerprint(8)})
    segment_with(folder, "song-2").write_bytes(
        segment_with(tmp_path / "other", "song-2").read_bytes()
    )
    with pytest.raises(IndexCorrupt, match="not the file"):
        FingerprintIndex.open(folder)
    assert FingerprintIndex.repair(folder).again == {"song-2", "song-3"}


@pytest.mark.unit
def test_another_format_is_refused_and_told(folder: Path) -> None:
    with_head(segment_with(folder, "song-2"), 8, 77)
    with pytest.raises(IndexCorrupt, match="format 77"):
        FingerprintIndex.open(folder)


@pytest.mark.unit
def test_fingerprints_of_another_engine_are_made_again(folder: Path) -> None:
    for path in [segment_with(folder, key) for key in ("song-0", "song-2")]:
        with_head(path, 12, 999)
    with pytest.raises(IndexOutdated, match="version 999"):
        FingerprintIndex.open(folder)
    assert FingerprintIndex.repair(folder).again == SONGS.keys()
    expect_kept(folder, set())


@pytest.mark.unit
def test_a_lost_manifest_takes_the_index_back_one_commit(folder: Path) -> None:
    (folder / "manifest").unlink()
    with pytest.raises(IndexCorrupt, match="lost its manifest"):
        FingerprintIndex.open(folder)
    repaired = FingerprintIndex.repair(folder)
    assert repaired.older
    assert (repaired.kept, repaired.again) == (2, frozenset({"song-2", "song-3"}))
    expect_kept(folder, {"song-0", "song-1"})


@pytest.mark.unit
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        b"refrain-fingerprints 2 00000000 0\n",
        b"refrain-fingerprints 1 00000000 2\n{}",
        b"\xff" * 100,
    ],
)
def test_a_damaged_manifest_is_noticed(folder: Path, content: bytes) -> None:
    (folder / "manifest").write_bytes(content)
    with pytest.raises(IndexCorrupt, match="manifest"):
        FingerprintIndex.open(folder)
    assert FingerprintIndex.repair(folder).older
    expect_kept(folder, {"song-0", "song-1"})


@pytest.mark.unit
@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"generation": 1, "segments": [{"file": "x"}], "marks": {}},
        {
            "generation": 1,
            "marks": {},
            "segments": [
                {
                    "file": "../../etc/passwd",
                    "checksum": 1,
                    "recordings": 1,
                    "postings": 1,
                    "size": 1,
                    "dead": "",
                }
            ],
        },
    ],
)
def test_a_manifest_that_lies_is_refused(body: object) -> None:
    data = json.dumps(body).encode()
    line = f"refrain-fingerprints 1 {crc32(data):08x} {len(data)}\n".encode()
    with pytest.raises(IndexCorrupt, match="manifest"):
        Manifest.from_bytes(line + data)


@pytest.mark.unit
def test_a_whole_index_passes_a_repair_unchanged(folder: Path) -> None:
    repaired = FingerprintIndex.repair(folder)
    assert (repaired.kept, repaired.again, repaired.set_aside) == (4, frozenset(), ())
    expect_kept(folder, set(SONGS))


@pytest.mark.unit
def test_nothing_is_repaired_under_a_writer(folder: Path) -> None:
    with FingerprintIndex.open(folder), pytest.raises(IndexBusy):
        FingerprintIndex.repair(folder)
