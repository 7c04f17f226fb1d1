"""Adding, removing, merging and searching at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from fingerprint_disks import QuickFiles
from fingerprint_makers import make_fingerprint, same_fingerprint
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex

WRITERS = 3
ROUNDS = 25


def change(index: FingerprintIndex, writer: int) -> None:
    for number in range(ROUNDS):
        index.add({f"{writer}-{number}": make_fingerprint(number, seconds=1)})
        if number % 3 == 2:
            index.remove([f"{writer}-{number - 1}"])


def read(folder: Path, finished: threading.Event) -> int:
    states = 0
    with FingerprintIndex.open(folder, read_only=True) as reader:
        while not finished.wait(0.005):  # a reader without a pause leaves the writers no turn
            states += reader.refresh()
            for segment in reader.segments():
                segment.file.check()
    return states


@pytest.mark.integration
def test_changes_from_several_threads_are_all_there_while_segments_are_merged(
    tmp_path: Path,
) -> None:
    finished = threading.Event()
    with (
        FingerprintIndex(tmp_path, files=QuickFiles()) as index,
        ThreadPoolExecutor(WRITERS + 1) as threads,
    ):
        reading = threads.submit(read, tmp_path, finished)
        writing = [threads.submit(change, index, writer) for writer in range(WRITERS)]
        index.compact()
        wait(writing)
        finished.set()
        assert [one.exception() for one in writing] == [None] * WRITERS
        assert reading.result() > 1
        index.merge()
        index.verify()
        found = dict(index.fingerprints(index.keys()))
        assert index.merge() == 0  # what was worth merging is merged
        index.compact()
        assert len(index.segments()) == 1
        assert dict(index.fingerprints(index.keys())).keys() == found.keys()
    removed = {number - 1 for number in range(2, ROUNDS, 3)}
    left = set(range(ROUNDS)) - removed
    assert found.keys() == {f"{writer}-{number}" for writer in range(WRITERS) for number in left}
    for key, item in found.items():
        number = int(key.partition("-")[2])
        assert same_fingerprint(item, make_fingerprint(number, seconds=1))


@pytest.mark.integration
def test_closing_stops_a_merge_and_keeps_everything(tmp_path: Path) -> None:
    songs = {f"song-{number}": make_fingerprint(number, seconds=30) for number in range(30)}
    for _ in range(5):
        with FingerprintIndex(tmp_path, files=QuickFiles()) as index:
            for key, song in songs.items():
                index.add({key: song})
    with FingerprintIndex.open(tmp_path, read_only=True) as index:
        index.verify()
        assert index.keys() == songs.keys()
        names = {segment.name for segment in index.segments()}
    on_disk = {path.name for path in tmp_path.glob("segment-*")}
    assert names <= on_disk
