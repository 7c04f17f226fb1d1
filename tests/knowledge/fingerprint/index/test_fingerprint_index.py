"""What goes into the index comes out again, and nothing else."""

from pathlib import Path

import numpy as np
import pytest

from fingerprint_makers import make_fingerprint, same_fingerprint
from knowledge.errors import FingerprintRejected, IndexBusy, IndexUnwritable
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.models import HASH_BITS, Fingerprint, SegmentView

LIBRARY = {f"song-{number}": make_fingerprint(number) for number in range(6)}


def frames_with_hash(segment: SegmentView, wanted: int) -> list[int]:
    """Look a hash up as a search does."""
    low_bits = HASH_BITS - segment.bits
    bucket = wanted >> low_bits
    first, last = int(segment.directory[bucket]), int(segment.directory[bucket + 1])
    frames = segment.postings[first:last]
    if low_bits:
        frames = frames[segment.remainders[first:last] == wanted & (2**low_bits - 1)]
    return [int(frame) for frame in frames]


@pytest.mark.unit
def test_what_was_added_is_there_after_opening_again(tmp_path: Path) -> None:
    with FingerprintIndex.open(tmp_path / "index") as index:
        index.add(LIBRARY)
    with FingerprintIndex.open(tmp_path / "index", read_only=True) as index:
        found = dict(index.fingerprints(LIBRARY))
        index.verify()
    assert found.keys() == LIBRARY.keys()
    assert all(same_fingerprint(found[key], LIBRARY[key]) for key in LIBRARY)


@pytest.mark.unit
def test_a_search_finds_each_hash_at_its_time(tmp_path: Path) -> None:
    with FingerprintIndex.open(tmp_path) as index:
        index.add(LIBRARY)
        (segment,) = index.segments()
    place = segment.keys.index("song-4")
    song = LIBRARY["song-4"]
    for wanted, time in list(zip(song.hashes, song.times, strict=True))[::50]:
        assert int(segment.starts[place]) + int(time) in frames_with_hash(segment, int(wanted))


@pytest.mark.unit
def test_adding_a_key_again_replaces_it_and_removing_forgets_it(tmp_path: Path) -> None:
    with FingerprintIndex.open(tmp_path) as index:
        index.add(LIBRARY)
        index.add({"song-1": make_fingerprint(100)})
        index.remove(["song-2", "never there"])
        found = dict(index.fingerprints(LIBRARY))
        assert same_fingerprint(found["song-1"], make_fingerprint(100))
        assert index.keys() == LIBRARY.keys() - {"song-2"}
        assert len(index) == 5


@pytest.mark.unit
def test_a_merge_keeps_the_living_and_drops_the_rest(tmp_path: Path) -> None:
    with FingerprintIndex.open(tmp_path, auto_merge=False) as index:
        for key, song in LIBRARY.items():
            index.add({key: song})
        index.remove(["song-0", "song-3"])
        index.compact()
        (segment,) = index.segments()
        assert segment.alive.all()
        assert set(segment.keys) == {"song-1", "song-2", "song-4", "song-5"}
        found = dict(index.fingerprints(LIBRARY))
        assert all(same_fingerprint(found[key], LIBRARY[key]) for key in found)


@pytest.mark.unit
def test_a_reader_keeps_its_state_while_files_are_merged_away(tmp_path: Path) -> None:
    with (
        FingerprintIndex.open(tmp_path, auto_merge=False) as index,
        FingerprintIndex.open(tmp_path, read_only=True) as reader,
    ):
        for key, song in LIBRARY.items():
            index.add({key: song})
        assert reader.refresh()
        before = reader.segments()
        index.compact()
        index.remove(["song-5"])  # one commit later the merged files lose their names
        assert not before[0].file.path.exists()
        assert sum(len(segment.postings) for segment in before) == sum(
            len(song.hashes) for song in LIBRARY.values()
        )
        assert reader.refresh()
        assert not reader.refresh()
        assert reader.keys() == LIBRARY.keys() - {"song-5"}


@pytest.mark.unit
def test_an_absent_index_reads_as_an_empty_one(tmp_path: Path) -> None:
    with FingerprintIndex.open(tmp_path / "nothing", read_only=True) as index:
        assert (len(index), index.segments()) == (0, ())
        with FingerprintIndex.open(tmp_path / "nothing") as writer:
            writer.add(LIBRARY)
        assert index.refresh()
        assert len(index) == 6
        with pytest.raises(IndexUnwritable, match="reading only"):
            index.remove(["song-1"])


@pytest.mark.unit
def test_two_cannot_write_at_once(tmp_path: Path) -> None:
    with (
        FingerprintIndex.open(tmp_path),
        pytest.raises(IndexBusy, match="reading only"),
    ):
        FingerprintIndex.open(tmp_path)
    FingerprintIndex.open(tmp_path).close()


@pytest.mark.unit
def test_a_small_index_takes_little_room(tmp_path: Path) -> None:
    with FingerprintIndex.open(tmp_path) as index:
        index.add({"song": make_fingerprint(1, seconds=60, per_s=120)})
        assert index.size_bytes < 3 * 45_000


@pytest.mark.unit
@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("", {}),
        ("a\0b", {}),
        ("song", {"hashes": np.full(600, 2**HASH_BITS, np.uint32)}),
        ("song", {"times": np.full(600, 10**6, np.uint32)}),
        ("song", {"times": np.zeros(3, np.uint32)}),
        ("song", {"landmarks": np.array([5, 4], np.uint32)}),
        ("song", {"codes": np.zeros((2, 3), np.uint8)}),
        ("song", {"frames": -1}),
        ("song", {"frames": 2**40}),
    ],
)
def test_an_impossible_fingerprint_is_refused_and_changes_nothing(
    tmp_path: Path, key: str, changes: dict[str, object]
) -> None:
    song = make_fingerprint(1)
    fields = {name: getattr(song, name) for name in Fingerprint.__slots__} | changes
    with FingerprintIndex.open(tmp_path) as index:
        with pytest.raises(FingerprintRejected):
            index.add({"good": song, key: Fingerprint(**fields)})
        assert index.keys() == frozenset()


@pytest.mark.unit
def test_recordings_without_any_hash_are_kept_too(tmp_path: Path) -> None:
    silence = make_fingerprint(1, seconds=0.001, per_s=0)
    with FingerprintIndex.open(tmp_path, auto_merge=False) as index:
        index.add({"silence": silence})
        index.add({"song": LIBRARY["song-1"]})
        index.compact()
        found = dict(index.fingerprints(["silence", "song"]))
        assert same_fingerprint(found["silence"], silence)
        assert same_fingerprint(found["song"], LIBRARY["song-1"])


@pytest.mark.unit
def test_segments_are_merged_in_the_background_as_they_come(tmp_path: Path) -> None:
    with FingerprintIndex.open(tmp_path) as index:
        for number in range(40):
            index.add({f"song-{number}": make_fingerprint(number, seconds=2)})
        index.merge()
        assert len(index.segments()) <= 3
        assert len(index) == 40


@pytest.mark.unit
def test_marks_are_committed_with_the_recordings(tmp_path: Path) -> None:
    with FingerprintIndex.open(tmp_path) as index:
        index.apply(add=LIBRARY, marks={"elsewhere": 7})
        index.apply(remove=["song-1"], marks={"another": 2**40})
    with FingerprintIndex.open(tmp_path, read_only=True) as index:
        assert index.marks == {"elsewhere": 7, "another": 2**40}
