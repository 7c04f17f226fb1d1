"""Merging in slices gives what building at once would have given."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fingerprint_disks import QuickFiles
from fingerprint_makers import make_fingerprint
from knowledge.fingerprint.index.merging import MergeStopped, merge_segments, slicing
from knowledge.fingerprint.index.policy import full_groups, merge_group
from knowledge.fingerprint.index.postings import directory_bits
from knowledge.fingerprint.index.segment import Segment, SegmentFile
from knowledge.fingerprint.index.writing import write_segment
from knowledge.fingerprint.models import HASH_BITS

SONGS = [(f"song-{number}", make_fingerprint(number, seconds=30)) for number in range(9)]


def segment_of(folder: Path, name: str, first: int, last: int) -> Segment:
    path = folder / name
    write_segment(QuickFiles(), path, SONGS[first:last])
    return Segment(SegmentFile.open(path), np.ones(last - first, np.bool_))


@pytest.mark.unit
@pytest.mark.parametrize("slice_postings", [50, 1_000, 10**6])
def test_a_merged_file_is_the_file_that_would_have_been_written(
    tmp_path: Path, slice_postings: int
) -> None:
    parts = [segment_of(tmp_path, f"{place}", place * 3, place * 3 + 3) for place in range(3)]
    parts[1].alive[:] = [True, False, True]
    merge_segments(QuickFiles(), tmp_path / "merged", parts, slice_postings=slice_postings)
    kept = [song for song in SONGS if song[0] != "song-4"]
    write_segment(QuickFiles(), tmp_path / "at once", kept)
    assert (tmp_path / "merged").read_bytes() == (tmp_path / "at once").read_bytes()


@pytest.mark.unit
def test_a_very_common_hash_is_found_at_all_its_times(tmp_path: Path) -> None:
    song = make_fingerprint(1, seconds=60)
    common = replace(song, hashes=np.full_like(song.hashes, 77))
    write_segment(QuickFiles(), tmp_path / "file", [("song", common)])
    file = SegmentFile.open(tmp_path / "file")
    file.check()
    sizes = np.diff(file.directory)
    assert sizes[77 >> (HASH_BITS - file.bits)] == sizes.sum() == len(song.hashes) > 255


@pytest.mark.unit
def test_a_large_segment_holds_its_directory_as_it_is_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = segment_of(tmp_path, "small", 0, 9)
    monkeypatch.setattr("knowledge.fingerprint.index.writing._SIZES_BELOW", 1)
    large = segment_of(tmp_path, "large", 0, 9)
    large.file.check()
    assert (small.file.head.directory_item, large.file.head.directory_item) == (1, 4)
    assert np.array_equal(small.directory, large.directory)
    monkeypatch.setattr("knowledge.fingerprint.index.postings._NO_REMAINDERS_FROM", 1)
    full = segment_of(tmp_path, "full", 0, 9)
    full.file.check()
    assert (full.bits, len(full.remainders)) == (HASH_BITS, 0)
    for segment in (large, full):
        plan = slicing([small, segment], 10**9)
        ((first, last),) = plan.ranges
        whole = plan.read(0, small, first, last)
        assert np.array_equal(plan.read(1, segment, first, last), whole)
        assert len(whole) == sum(len(song.hashes) for _, song in SONGS)


@pytest.mark.unit
def test_a_stopped_merge_leaves_no_file(tmp_path: Path) -> None:
    parts = [segment_of(tmp_path, "one", 0, 3), segment_of(tmp_path, "two", 3, 6)]
    with pytest.raises(MergeStopped):
        merge_segments(QuickFiles(), tmp_path / "merged", parts, stopping=lambda: True)
    assert not (tmp_path / "merged").exists()


@pytest.mark.unit
def test_sizes_halve_from_one_segment_to_the_next() -> None:
    sizes: list[int] = []
    written = 0
    for _ in range(1000):
        sizes.append(1)
        while group := merge_group(sizes, at_least=4):
            total = sum(sizes[place] for place in group)
            sizes = [size for place, size in enumerate(sizes) if place not in group]
            sizes.append(total)
            written += total
    assert sum(sizes) == 1000
    assert len(sizes) <= 12
    assert written <= 1000 * 10


@pytest.mark.unit
def test_nothing_grows_beyond_the_largest_allowed() -> None:
    assert merge_group([9, 9, 9, 9], at_least=2, largest=10) == ()
    assert merge_group([5, 9, 4, 1], at_least=2, largest=10) == (0, 2, 3)
    assert full_groups([4, 4, 4, 9, 12, 1], largest=10) == [(0, 1), (2,), (3,), (4,), (5,)]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("doublings", "less"), [(0, 1), (3, 4), (4, 0), (8, 4), (HASH_BITS, 1), (HASH_BITS + 9, 0)]
)
def test_the_directory_costs_little_at_any_size(doublings: int, less: int) -> None:
    count = 2**doublings - less
    bits = directory_bits(count)
    assert HASH_BITS - 8 <= bits <= HASH_BITS
    remainders = count if bits < HASH_BITS else 0
    assert remainders + 2**bits <= 1.1 * count + 2 ** (HASH_BITS - 8)
