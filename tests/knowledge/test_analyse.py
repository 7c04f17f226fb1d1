"""Analysis jobs: resumed after a kill at any moment, never stopped by one bad file."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from knowledge.analysis.signal import ANALYSER
from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.features import write_features
from knowledge.indexer import Indexer
from knowledge.jobs import MAX_STARTS, Job, JobState, JobStore
from knowledge.models import AudioFeatures, Segment
from library_audio import clicks, tone, write_music
from library_drafts import draft, stamp
from library_victim import run

SUPPORT = Path(__file__).parent.parent / "support"
FOUND = AudioFeatures(
    ANALYSER, -14.0, 0.9, 0.6, 120.0, 0.8, (Segment(0, 0.0, 45.0, -16.0, 0.6, 1500.0, 3.0),)
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "library.db")
    yield database
    database.close()


def fill(database: Database, folder: Path, names: list[str]) -> None:
    """Put recordings into the library, each with a small file and a waiting job."""
    folder.mkdir()
    drafts = []
    for name in names:
        path = folder / f"{name}.flac"
        path.write_bytes(b"for the analyser of this test any content will do")
        drafts.append(draft(name, file=stamp(str(path)), duration_s=10.0))
    CatalogWriter(database, analysers=(ANALYSER,)).add(drafts)


def finish(jobs: JobStore, job: Job, analyser: str) -> None:
    jobs.finish(
        job,
        analyser,
        lambda connection: write_features(connection, job.audio_hash, analyser, FOUND),
    )


def starts(home: Path) -> Counter[str]:
    log = home / "starts.log"
    return Counter(log.read_text().split()) if log.exists() else Counter()


@pytest.mark.integration
@pytest.mark.parametrize("workers", [1, 2])
def test_after_kill_9_nothing_is_lost_and_little_repeated(
    database: Database, tmp_path: Path, workers: int
) -> None:
    names = [f"song{number:02}" for number in range(20)]
    fill(database, tmp_path / "music", names)
    jobs = JobStore(database, ANALYSER)
    chance = random.Random(workers)
    kills = 0
    while kills < 2:
        before = starts(tmp_path).total()
        victim = subprocess.Popen(
            [sys.executable, "-P", str(SUPPORT / "library_victim.py"), str(tmp_path), str(workers)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(SUPPORT), *sys.path])},
        )
        wanted = before + chance.randint(3, 6)
        while starts(tmp_path).total() < wanted and victim.poll() is None:
            time.sleep(0.005)
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        kills += 1
        with database.read() as connection:
            whole = connection.execute(text("PRAGMA integrity_check")).scalar()
        assert whole == "ok"
        done = jobs.counts().get(JobState.DONE, 0)
        assert done >= starts(tmp_path).total() - kills * 2 * workers
    run(tmp_path, workers=workers)
    assert jobs.counts() == {JobState.DONE: 20}
    begun = starts(tmp_path)
    assert set(begun) == set(names)
    assert begun.total() - 20 <= kills * workers  # at most one repeated, per worker and kill
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM features")).scalar() == 20


@pytest.mark.integration
def test_a_file_that_crashes_the_decoder_is_given_up_after_two_attempts(
    database: Database, tmp_path: Path
) -> None:
    fill(database, tmp_path / "music", ["one", "crash", "two"])
    run(tmp_path)
    assert starts(tmp_path) == {"one": 1, "two": 1, "crash": 2}
    assert JobStore(database, ANALYSER).counts() == {JobState.DONE: 2, JobState.FAILED: 1}
    with database.read() as connection:
        error = connection.execute(text("SELECT error FROM jobs WHERE state = 'failed'")).scalar()
    assert error == "Decoding it crashed (SIGSEGV)."


@pytest.mark.integration
def test_what_is_found_reaches_the_catalogue(tmp_path: Path) -> None:
    music = tmp_path / "music"
    write_music(music / "calm.flac", tone(6.0) * 0.1, tags={"title": "Calm"})
    write_music(music / "driving.mp3", clicks(140, 8.0), tags={"title": "Driving"})
    (music / "broken.mp3").touch()
    database = Database.at(tmp_path / "library.db")
    indexer = Indexer(database, tmp_path / "covers", [music])
    catalog = Catalog(database, tmp_path / "covers")
    indexer.scan()
    assert catalog.calm_to_driving() == ()
    revision = catalog.revision
    assert indexer.analyse()
    assert catalog.revision == revision  # names did not change
    ranked = [(catalog.track(track_id).title, rank) for track_id, rank in catalog.calm_to_driving()]
    assert ranked == [("Calm", 0.0), ("Driving", 1.0)]
    ids = [track.id for track in catalog.list_tracks()[0]]
    found = catalog.features(ids)
    assert set(found) == set(ids)
    assert all(features.segments for features in found.values())
    assert catalog.track(ids[0]).loudness_lufs == found[ids[0]].loudness_lufs
    assert indexer.job_counts() == {JobState.DONE: 2}
    assert indexer.status().done == 2
    database.close()


@pytest.mark.integration
def test_only_one_process_analyses_at_a_time(tmp_path: Path) -> None:
    database = Database.at(tmp_path / "library.db")
    fill(database, tmp_path / "music", ["one"])
    first = Indexer(database, tmp_path / "covers", [tmp_path / "music"])
    second = Indexer(database, tmp_path / "covers", [tmp_path / "music"])
    inside = threading.Event()
    answers: list[bool] = []

    def while_analysing(_progress: object) -> None:
        if not inside.is_set():
            inside.set()
            answers.append(second.analyse())

    assert first.analyse(while_analysing)
    assert answers == [False]
    database.close()


@pytest.mark.unit
def test_a_new_version_of_the_analyser_redoes_all_and_drops_the_old(database: Database) -> None:
    CatalogWriter(database, analysers=("signal/1",)).add(
        [draft("One", file=stamp("/m/1")), draft("Two", file=stamp("/m/2"))]
    )
    old = JobStore(database, "signal/1")
    assert old.prepare() == 2
    while (job := old.claim()) is not None:
        finish(old, job, "signal/1")
    assert old.prepare() == 0
    new = JobStore(database, "signal/2")
    assert new.prepare() == 2
    job = new.claim()
    assert job is not None
    finish(new, job, "signal/2")
    with database.read() as connection:
        versions = text("SELECT analyser FROM features ORDER BY analyser")
        assert connection.execute(versions).scalars().all() == ["signal/1", "signal/2"]
        parts = text("SELECT count(*) FROM segments WHERE analyser = 'signal/2'")
        assert connection.execute(parts).scalar() == 1


@pytest.mark.unit
def test_what_was_running_waits_again_but_not_for_ever(database: Database) -> None:
    CatalogWriter(database, analysers=(ANALYSER,)).add([draft("One", file=stamp("/m/1"))])
    jobs = JobStore(database, ANALYSER)
    for _ in range(MAX_STARTS):
        assert jobs.prepare() == 1
        assert jobs.claim() is not None
    assert jobs.prepare() == 0
    assert jobs.counts() == {JobState.FAILED: 1}
    assert jobs.retry_failed() == 1
    assert jobs.prepare() == 1


@pytest.mark.unit
def test_jobs_without_a_file_wait_until_it_is_back(database: Database) -> None:
    writer = CatalogWriter(database, analysers=(ANALYSER,))
    writer.add([draft("One", file=stamp("/m/1"))])
    writer.forget(["/m/1"])
    jobs = JobStore(database, ANALYSER)
    assert jobs.prepare() == 0
    assert jobs.claim() is None
    writer.add([draft("One", file=stamp("/m/2"))])
    job = jobs.claim()
    assert job is not None
    assert job.path == Path("/m/2")


@pytest.mark.unit
def test_recordings_that_were_interrupted_come_last(database: Database) -> None:
    CatalogWriter(database, analysers=(ANALYSER,)).add(
        [draft("One", file=stamp("/m/1")), draft("Two", file=stamp("/m/2"))]
    )
    jobs = JobStore(database, ANALYSER)
    first = jobs.claim()
    jobs.prepare()  # after a sudden end
    second = jobs.claim()
    assert first is not None
    assert second is not None
    assert first.path != second.path
