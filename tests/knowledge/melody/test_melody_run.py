"""The second pass: survives every kill, is redone by a later version, and gives way."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, select, text

from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.indexer import Indexer
from knowledge.jobs import JobState
from knowledge.melody.extraction import EXTRACTOR as EXTRACTOR_OF_PACKAGE
from knowledge.melody.extraction.activations import MODEL, MODEL_FILE
from knowledge.melody.models import EXTRACTOR
from knowledge.melody.rows import unpack_lines
from knowledge.melody.run import MODEL_PATH, MelodyPass, has_model
from knowledge.melody.status import MelodyStatus, melody_status
from knowledge.progress import IndexPhase, IndexProgress
from knowledge.schema_melody import melodies
from library_audio import tone, write_music
from library_drafts import draft, stamp
from melody_victim import make_next_melodist, make_slow_melodist, run
from voice_models import model_file

SUPPORT = Path(__file__).parents[2] / "support"
MIGRATIONS = Path(__file__).parents[3] / "knowledge" / "migrations"
pytestmark = pytest.mark.integration


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "library.db")
    yield database
    database.close()


def fill(database: Database, home: Path, *names: str) -> None:
    """Put recordings into the library, each with a small file."""
    (home / "music").mkdir(exist_ok=True)
    drafts = []
    for name in names:
        path = home / "music" / f"{name}.flac"
        path.write_bytes(b"for the melodist of this test any content will do")
        drafts.append(draft(name, file=stamp(str(path)), duration_s=10.0))
    CatalogWriter(database).add(drafts)


def starts(home: Path) -> Counter[str]:
    log = home / "starts.log"
    return Counter(log.read_text().split()) if log.exists() else Counter()


def a_pass(database: Database, home: Path, *, later: bool = False) -> MelodyPass:
    return MelodyPass(
        database,
        home / "melody.lock",
        [home / "music"],
        workers=1,
        make=make_next_melodist if later else make_slow_melodist,
        analyser="melody/99" if later else EXTRACTOR,
    )


def test_after_kill_9_nothing_is_lost_and_little_repeated(
    database: Database, tmp_path: Path
) -> None:
    names = [f"song{number:02}" for number in range(14)]
    fill(database, tmp_path, *names)
    chance = random.Random(4)
    for _ in range(2):
        before = starts(tmp_path).total()
        victim = subprocess.Popen(
            [sys.executable, "-P", str(SUPPORT / "melody_victim.py"), str(tmp_path)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(SUPPORT), *sys.path])},
        )
        wanted = before + chance.randint(2, 4)
        while starts(tmp_path).total() < wanted and victim.poll() is None:
            time.sleep(0.005)
        victim.send_signal(signal.SIGKILL)
        victim.wait()
    assert run(tmp_path)
    assert melody_status(database) == MelodyStatus(indexed=14)
    begun = starts(tmp_path)
    assert set(begun) == set(names)
    assert begun.total() - 14 <= 2
    with database.read() as connection:
        kept = connection.execute(select(melodies)).all()
    assert len(kept) == 14
    assert all(unpack_lines(row.lines)[0].notes.shape == (6, 4) for row in kept)


def test_failures_have_a_reason_and_may_be_tried_again(database: Database, tmp_path: Path) -> None:
    fill(database, tmp_path, "fine", "broken", "crash")
    finding = a_pass(database, tmp_path)
    assert finding.run()
    assert melody_status(database) == MelodyStatus(indexed=1, failed=2)
    with database.read() as connection:
        errors = connection.execute(text("SELECT error FROM jobs WHERE state = 'failed'"))
        assert set(errors.scalars()) == {"It is broken.", "Decoding it crashed (SIGSEGV)."}
    assert finding.retry_failed() == 2
    assert melody_status(database) == MelodyStatus(indexed=1, waiting=2)


def test_a_later_version_redoes_all_and_until_then_the_old_is_kept(
    database: Database, tmp_path: Path
) -> None:
    fill(database, tmp_path, "one", "two")
    assert a_pass(database, tmp_path).run()
    later = a_pass(database, tmp_path, later=True)
    seen: list[int] = []

    def count(_progress: IndexProgress) -> None:
        with database.read() as connection:
            seen.append(len(connection.execute(select(melodies.c.audio_hash)).all()))

    assert later.run(count)
    assert set(seen) == {2}
    assert starts(tmp_path) == {"one": 2, "two": 2}
    with database.read() as connection:
        versions = connection.execute(select(melodies.c.analyser)).scalars().all()
    assert versions == ["melody/99", "melody/99"]


def test_it_gives_way_after_the_recording_in_work_and_goes_on_later(
    database: Database, tmp_path: Path
) -> None:
    fill(database, tmp_path, "one", "two", "three")
    finding = a_pass(database, tmp_path)
    assert finding.run(enough=lambda: finding.meter.now.done >= 1)
    assert finding.job_counts() == {JobState.DONE: 1, JobState.WAITING: 2}
    assert finding.run()
    assert finding.job_counts() == {JobState.DONE: 3}


def test_it_stops_at_once(database: Database, tmp_path: Path) -> None:
    fill(database, tmp_path, *(f"song{number}" for number in range(40)))
    stop = threading.Event()
    finding = a_pass(database, tmp_path)

    def stop_soon(progress: IndexProgress) -> None:
        if progress.done:
            stop.set()

    assert finding.run(stop_soon, stop)
    counts = finding.job_counts()
    assert counts[JobState.WAITING] > 30
    assert JobState.RUNNING not in counts
    assert JobState.FAILED not in counts


def test_without_the_model_recordings_wait(database: Database, tmp_path: Path) -> None:
    fill(database, tmp_path, "one")
    indexer = Indexer(database, tmp_path / "covers", [tmp_path / "music"])
    assert not indexer.find_melodies()
    assert melody_status(database) == MelodyStatus(waiting=1)
    assert not has_model([tmp_path])


def test_a_damaged_model_is_no_recordings_fault(database: Database, tmp_path: Path) -> None:
    fill(database, tmp_path, "one")
    place = tmp_path / "models" / MODEL_PATH
    place.parent.mkdir(parents=True)
    place.write_bytes(b"no network")
    indexer = Indexer(
        database, tmp_path / "covers", [tmp_path / "music"], models=[tmp_path / "models"]
    )
    with pytest.raises(Exception, match="worker process could not be started"):
        indexer.find_melodies()
    assert melody_status(database) == MelodyStatus(waiting=1)


def test_constants_agree_with_the_package_that_finds_tunes() -> None:
    assert EXTRACTOR_OF_PACKAGE == EXTRACTOR
    assert Path(MODEL, MODEL_FILE) == MODEL_PATH


def test_the_real_worker_hears_a_tune(tmp_path: Path) -> None:
    models = model_file("basic-pitch", "nmp.onnx").parents[1]
    music = tmp_path / "music"
    pitches = [60, 62, 64, 65, 67, 69, 71, 72]
    played = [tone(0.5, hertz=440 * 2 ** ((pitch - 69) / 12)) for pitch in pitches]
    write_music(music / "scale.flac", np.concatenate(played), tags={"title": "Scale"})
    database = Database.at(tmp_path / "library.db")
    indexer = Indexer(database, tmp_path / "covers", [music], models=[models])
    indexer.scan()
    phases: list[IndexPhase] = []
    assert indexer.find_melodies(lambda progress: phases.append(progress.phase))
    assert IndexPhase.MELODIES in phases
    with database.read() as connection:
        row = connection.execute(select(melodies)).one()
    heard = unpack_lines(row.lines)[0].notes[:, 2]
    assert row.cpu_s > 0
    assert set(pitches[1:-1]) <= {round(float(pitch)) for pitch in heard}
    database.close()


def test_a_library_of_before_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.commit()
    engine.dispose()
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO settings (key, value) VALUES ('kept', '7')")
        raw.execute(
            "INSERT INTO tracks (audio_hash, title, folded, artist, artist_folded, moods, "
            "guessed, duration_s, codec, added_at) "
            "VALUES ('a', 'One', 'one', 'B', 'b', '[]', '[]', 9, '', 0)"
        )
    raw.close()
    database = Database.at(path)
    assert melody_status(database) == MelodyStatus(waiting=1)
    with database.read() as connection:
        kept = connection.execute(text("SELECT value FROM settings WHERE key = 'kept'")).scalar()
    assert kept in {"7", 7}
    database.close()
