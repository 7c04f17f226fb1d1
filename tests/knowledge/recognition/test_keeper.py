"""Fingerprinting the library: resumed after a kill, mended after damage, never done too early."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from fingerprint_music import synthetic_piece
from knowledge.analysis.signal import ANALYSER
from knowledge.analysis.together import FINGERPRINT, analyse_together
from knowledge.audio.decoder import decode
from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.errors import IndexUnwritable
from knowledge.fingerprint.fingerprinter import Fingerprinter
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.models import RATE_HZ, Fingerprint
from knowledge.indexer import Indexer
from knowledge.jobs import Job, JobState, JobStore
from knowledge.recognition.indexes import index_folder, open_mended
from knowledge.recognition.keeper import FingerprintKeeper, OpenedIndex
from knowledge.recognition.models import HeardSource
from knowledge.recognition.service import RecognitionService
from library_audio import write_music
from library_drafts import draft, stamp
from recognition_victim import made_up_print, run

SUPPORT = Path(__file__).parent.parent.parent / "support"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "library.db")
    yield database
    database.close()


def fill(database: Database, home: Path, count: int) -> list[str]:
    """Put recordings into the library, each with a small file and a waiting job."""
    (home / "music").mkdir(exist_ok=True)
    drafts = []
    for number in range(count):
        path = home / "music" / f"song{number:03}.flac"
        path.write_bytes(b"for the analyser of this test any content will do")
        drafts.append(draft(path.stem, file=stamp(str(path)), duration_s=10.0))
    CatalogWriter(database, analysers=(FINGERPRINT,)).add(drafts)
    return [one.audio_hash for one in drafts]


def indexed(home: Path) -> frozenset[str]:
    index = FingerprintIndex.open(index_folder(home), read_only=True)
    index.verify()
    return index.keys()


def done(database: Database) -> set[str]:
    query = text("SELECT audio_hash FROM jobs WHERE analyser = :name AND state = 'done'")
    with database.read() as connection:
        return set(connection.execute(query, {"name": FINGERPRINT}).scalars())


@pytest.mark.integration
def test_after_kill_9_what_is_done_is_in_the_index(database: Database, tmp_path: Path) -> None:
    hashes = fill(database, tmp_path, 60)
    chance = random.Random(3)
    for _ in range(2):
        before = len(indexed(tmp_path))
        victim = subprocess.Popen(
            [sys.executable, "-P", str(SUPPORT / "recognition_victim.py"), str(tmp_path)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(SUPPORT), *sys.path])},
        )
        while len(indexed(tmp_path)) == before and victim.poll() is None:
            time.sleep(0.005)
        time.sleep(chance.uniform(0, 0.2))
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        assert done(database) <= indexed(tmp_path)
        assert len(indexed(tmp_path)) > before
    run(tmp_path)
    assert indexed(tmp_path) == done(database) == set(hashes)


@pytest.mark.integration
def test_index_and_jobs_agree_again_after_any_end(database: Database, tmp_path: Path) -> None:
    stays, lost, left, early = fill(database, tmp_path, 4)
    run(tmp_path)
    with FingerprintIndex.open(index_folder(tmp_path)) as index:
        index.remove([lost])
    with database.write() as connection:  # as a kill between the index and the database leaves it
        query = text("UPDATE jobs SET state = 'running' WHERE audio_hash = :key")
        connection.execute(query, {"key": early})
    CatalogWriter(database).forget([str(tmp_path / "music" / "song002.flac")])
    jobs = JobStore(database, FINGERPRINT)
    keeper = FingerprintKeeper(
        database, jobs, partial(open_mended, index_folder(tmp_path)), finished=lambda: None
    )
    keeper.prepare()
    keeper.finish()
    assert indexed(tmp_path) == {stays, early}
    assert done(database) == {stays, early}
    assert jobs.prepare() == 1
    waiting = jobs.claim()
    assert waiting is not None
    assert waiting.audio_hash == lost
    assert left not in done(database)


@pytest.mark.integration
def test_a_track_that_comes_back_is_fingerprinted_again(database: Database, tmp_path: Path) -> None:
    (key,) = fill(database, tmp_path, 1)
    run(tmp_path)
    path = tmp_path / "music" / "song000.flac"
    CatalogWriter(database).forget([str(path)])
    run(tmp_path)
    assert indexed(tmp_path) == frozenset()
    fill(database, tmp_path, 1)
    run(tmp_path)
    assert indexed(tmp_path) == {key} == done(database)


@pytest.mark.integration
def test_a_damaged_index_is_noticed_and_filled_again(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hashes = fill(database, tmp_path, 5)
    run(tmp_path)
    for segment in index_folder(tmp_path).glob("*.fps"):
        data = bytearray(segment.read_bytes())
        data[len(data) // 2] ^= 0xFF  # nothing that opening it would notice
        segment.write_bytes(data)
    run(tmp_path)
    assert "5 recordings are fingerprinted again" in caplog.text
    assert indexed(tmp_path) == done(database) == set(hashes)


@pytest.mark.unit
def test_what_the_index_did_not_take_is_not_done(database: Database, tmp_path: Path) -> None:
    fill(database, tmp_path, 1)
    jobs = JobStore(database, FINGERPRINT)
    keeper = FingerprintKeeper(database, jobs, lambda: OpenedIndex(FullDisk()))
    keeper.prepare()
    jobs.prepare()
    job = jobs.claim()
    assert job is not None
    keeper.keep(job, made_up_print(0))
    with pytest.raises(IndexUnwritable):
        keeper.finish()
    assert jobs.counts() == {JobState.WAITING: 1}
    again = jobs.claim()
    assert again is not None
    assert again.attempts == 1  # it was not the recording's fault


class FullDisk:
    def keys(self) -> frozenset[str]:
        return frozenset()

    def add(self, recordings: object) -> None:
        raise IndexUnwritable("The disk is full.")

    def remove(self, keys: object) -> None:
        raise AssertionError

    def close(self) -> None:
        pass


@pytest.mark.integration
def test_one_decode_gives_the_same_fingerprint_as_two(tmp_path: Path) -> None:
    path = write_music(tmp_path / "a.mp3", synthetic_piece(7, seconds=20.0), rate=RATE_HZ)
    make = Fingerprinter().fingerprint_blocks
    both = analyse_together(path, (ANALYSER, FINGERPRINT), 20.0, make).results
    alone = analyse_together(path, (FINGERPRINT,), 20.0, make).results[FINGERPRINT]
    together = both[FINGERPRINT]
    assert isinstance(together, Fingerprint)
    assert isinstance(alone, Fingerprint)
    direct = make(block[0] for block, _ in decode(path, sample_rate=RATE_HZ, channels=1))
    assert set(alone.landmarks) == set(direct.landmarks)
    shared = len(set(together.landmarks) & set(alone.landmarks)) / len(alone.landmarks)
    assert shared > 0.9


@pytest.mark.integration
def test_a_scanned_library_can_be_recognised(tmp_path: Path) -> None:
    music = tmp_path / "music"
    for seed, title in enumerate(("One", "Two", "Three")):
        piece = synthetic_piece(seed, seconds=20.0)
        write_music(music / f"{title}.ogg", piece, tags={"title": title}, rate=RATE_HZ)
    database = Database.at(tmp_path / "library.db")
    told: list[bool] = []
    indexer = Indexer(
        database, tmp_path / "covers", [music], fingerprinted=lambda: told.append(True)
    )
    indexer.scan()
    assert indexer.analyse()
    assert indexer.job_counts() == {JobState.DONE: 3}
    assert told == [True]
    service = RecognitionService(database, Catalog(database, tmp_path / "covers"), tmp_path)
    clip = synthetic_piece(1, seconds=20.0)[5 * RATE_HZ : 11 * RATE_HZ]
    answer = service.recognise(clip, source=HeardSource.UPLOAD)
    assert answer.track is not None
    assert answer.track.title == "Two"
    assert answer.offset_s == pytest.approx(5.0, abs=0.1)
    assert indexer.analyse()
    assert told == [True]  # nothing came or left
    service.close()
    database.close()


@pytest.mark.unit
def test_a_recording_that_ends_its_worker_is_tried_by_each_analyser_alone(
    database: Database, tmp_path: Path
) -> None:
    CatalogWriter(database, analysers=(ANALYSER, FINGERPRINT)).add(
        [draft("One", file=stamp("/m/1"))]
    )
    jobs = JobStore(database, ANALYSER, FINGERPRINT)
    assert jobs.prepare() == 1
    together = jobs.claim()
    assert isinstance(together, Job)
    assert together.analysers == (ANALYSER, FINGERPRINT)
    jobs.give_back(together, reason="Decoding it crashed.")
    alone = [jobs.claim(), jobs.claim()]
    assert sorted(job.analysers for job in alone if job) == [(FINGERPRINT,), (ANALYSER,)]
    assert jobs.counts() == {JobState.RUNNING: 1}
    assert jobs.claim() is None
