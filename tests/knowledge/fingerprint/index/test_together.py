"""Adding, removing, merging and searching at the same time."""

import threading
from pathlib import Path

import pytest
from fingerprint_disks import QuickFiles
from fingerprint_makers import make_fingerprint, same_fingerprint

from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex

WRITERS = 3
ROUNDS = 25


@pytest.mark.integration
def test_changes_from_several_threads_are_all_there_while_segments_are_merged(
    tmp_path: Path,
) -> None:
    failures: list[BaseException] = []
    finished = threading.Event()

    def change(writer: int) -> None:
        try:
            for number in range(ROUNDS):
                index.add({f"{writer}-{number}": make_fingerprint(number, seconds=1)})
                if number % 3 == 2:
                    index.remove([f"{writer}-{number - 1}"])
        except BaseException as error:
            failures.append(error)
            raise

    def read() -> None:
        try:
            with FingerprintIndex.open(tmp_path, read_only=True) as reader:
                while not finished.is_set():
                    reader.refresh()
                    for segment in reader.segments():
                        segment.file.check()
        except BaseException as error:
            failures.append(error)
            raise

    with FingerprintIndex(tmp_path, files=QuickFiles()) as index:
        threads = [threading.Thread(target=change, args=(n,)) for n in range(WRITERS)]
        watcher = threading.Thread(target=read)
        for thread in (*threads, watcher):
            thread.start()
        index.compact()
        for thread in threads:
            thread.join()
        finished.set()
        watcher.join()
        index.merge()
        found = dict(index.fingerprints(index.keys()))
        index.verify()
        assert len(index.segments()) <= 4
    assert failures == []
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
