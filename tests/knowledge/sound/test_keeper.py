"""Recordings are heard by the real worker, and again when there is more to hear them with."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import text

from knowledge.analysis.model_files import stamps, tagger_folder
from knowledge.analysis.sound import SOUND, Axis
from knowledge.analysis.tagger import TAGGER
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.indexer import Indexer
from knowledge.jobs import JobState, JobStore
from knowledge.sound.keeper import SoundKeeper
from knowledge.sound.library import SoundLibrary
from library_audio import clicks, tone, write_music
from library_drafts import draft
from library_drafts import stamp as file_stamp
from sound_library import Song, sound_of, titles
from voice_models import model_file

RATE = 44_100
SUPPORT = Path(__file__).parents[2] / "support"
FILES = ("mtt.index", "mtt.data", "msd.index", "msd.data", "configuration.py")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "library.db")
    yield database
    database.close()


def quiet_then_loud() -> NDArray[np.float32]:
    """A soft tone for 45 s, then drums and noise for 45 s."""
    noise = np.random.default_rng(1).normal(0, 0.05, 45 * RATE).astype(np.float32)
    return np.concatenate((tone(45.0, hertz=220.0) * 0.1, clicks(140, 45.0) + noise))


def put_models(folder: Path, content: bytes = b"") -> Path:
    """Files of the tagger's names, but not the tagger."""
    place = folder / TAGGER
    place.mkdir(parents=True)
    for name in FILES:
        (place / name).write_bytes(content)
    return folder


@pytest.mark.integration
def test_the_worker_hears_a_quiet_beginning_and_a_loud_chorus(tmp_path: Path) -> None:
    music = tmp_path / "music"
    write_music(music / "grows.flac", quiet_then_loud(), tags={"title": "Grows"})
    write_music(music / "short.ogg", tone(2.0), tags={"title": "Short"})
    (music / "broken.mp3").write_bytes(b"ID3 and nothing else")
    database = Database.at(tmp_path / "library.db")
    indexer = Indexer(database, tmp_path / "covers", [music])
    indexer.scan()
    assert indexer.analyse()
    assert indexer.job_counts() == {JobState.DONE: 2}
    sounding = SoundLibrary(database)
    ids = titles(database)
    grows = sounding.of(ids["Grows"])
    assert grows is not None
    assert grows.analyser == SOUND
    assert grows.models == ()  # there was no tagger
    assert [(part.start_s, part.end_s) for part in grows.segments] == [(0.0, 45.0), (45.0, 90.0)]
    quiet, loud = grows.segments
    assert quiet.axes[Axis.ENERGY].value < loud.axes[Axis.ENERGY].value - 0.3
    assert quiet.loudness_lufs < loud.loudness_lufs - 10
    assert loud.tempo is not None
    assert loud.tempo.bpm == pytest.approx(140, rel=0.04)
    assert Axis.VOCALS not in grows.whole.axes  # nothing that was there can hear voices
    calm = sounding.mood_places(ids["Grows"], "calm")
    energetic = sounding.mood_places(ids["Grows"], "energetic")
    assert [place.start_s for place in calm] == [0.0]
    assert [place.start_s for place in energetic] == [45.0]
    assert sounding.table().tag_names == ()
    assert sounding.table().embedding.shape == (2, 0)
    short = sounding.of(ids["Short"])
    assert short is not None
    assert len(short.segments) == 1
    database.close()


@pytest.mark.model
def test_with_the_tagger_it_knows_more_and_hears_again_what_it_heard_without(
    tmp_path: Path,
) -> None:
    models = model_file(TAGGER, "msd.data").parent.parent
    music = tmp_path / "music"
    write_music(music / "grows.flac", quiet_then_loud(), tags={"title": "Grows"})
    database = Database.at(tmp_path / "library.db")
    without = Indexer(database, tmp_path / "covers", [music], fingerprints=False)
    without.scan()
    without.analyse()
    sounding = SoundLibrary(database)
    (track_id,) = titles(database).values()
    assert (first := sounding.of(track_id)) is not None
    assert first.whole.tags == {}
    indexer = Indexer(database, tmp_path / "covers", [music], fingerprints=False, models=(models,))
    indexer.analyse()
    heard = sounding.of(track_id)
    assert heard is not None
    assert heard.models[0] == TAGGER  # vibenet may be here as well
    assert heard.whole.embedding.shape == (200,)
    assert set(heard.whole.axes) == set(Axis)
    assert heard.whole.axes[Axis.ENERGY].confidence > first.whole.axes[Axis.ENERGY].confidence
    assert heard.segments[0].tags["quiet"] > heard.segments[1].tags["quiet"]
    assert sounding.table().embedding.shape == (1, 200)
    revision = sounding.table().revision
    indexer.analyse()
    assert sounding.table().revision == revision, "nothing was to be done"
    database.close()


@pytest.mark.integration
def test_damaged_model_files_cost_only_what_they_would_say(tmp_path: Path) -> None:
    models = put_models(tmp_path / "models", b"no model at all")
    music = tmp_path / "music"
    write_music(music / "one.flac", tone(3.0), tags={"title": "One"})
    database = Database.at(tmp_path / "library.db")
    indexer = Indexer(database, tmp_path / "covers", [music], fingerprints=False, models=(models,))
    indexer.scan()
    indexer.analyse()
    assert indexer.job_counts() == {JobState.DONE: 1}
    before = SoundLibrary(database).table()
    assert before.tag_names == ()
    indexer.analyse()  # the same files say nothing again: that is not tried
    assert SoundLibrary(database).table().revision == before.revision
    database.close()


@pytest.mark.unit
def test_recordings_are_heard_again_when_the_tagger_appears_and_only_then(
    database: Database, tmp_path: Path
) -> None:
    CatalogWriter(database, analysers=(SOUND,)).add(
        [
            draft("Deaf", file=file_stamp("/m/1"), duration_s=45.0),
            draft("Tagged", file=file_stamp("/m/2"), duration_s=45.0),
        ]
    )
    jobs = JobStore(database, SOUND)
    keeper = SoundKeeper(database, jobs, (tmp_path / "models",))
    keeper.prepare()
    for tags in (None, {"piano": 0.9}):
        job = jobs.claim()
        assert job is not None
        keeper.keep(job, sound_of(Song("any", [{}], tags=tags)))
    keeper.prepare()
    assert jobs.prepare() == 0
    put_models(tmp_path / "models")
    keeper.prepare()
    assert jobs.prepare() == 1
    job = jobs.claim()
    assert job is not None
    assert job.path == Path("/m/1")
    keeper.keep(job, sound_of(Song("any", [{}])))  # still deaf: the files are damaged
    keeper.prepare()
    assert jobs.prepare() == 0
    (tmp_path / "models" / TAGGER / "msd.data").write_bytes(b"mended")
    keeper.prepare()
    assert jobs.prepare() == 1


@pytest.mark.unit
def test_a_half_fetched_tagger_is_none(tmp_path: Path) -> None:
    models = put_models(tmp_path / "models")
    assert tagger_folder((tmp_path / "nowhere", models)) == models / TAGGER
    assert set(stamps((models,))) == {TAGGER}
    (models / TAGGER / "mtt.data").unlink()
    assert tagger_folder((models,)) is None
    assert stamps((models,)) == {}


@pytest.mark.unit
def test_one_version_of_a_sound_is_kept_and_a_refusal_leaves_the_old(database: Database) -> None:
    CatalogWriter(database, analysers=(SOUND,)).add([draft("One", file=file_stamp("/m/1"))])
    jobs = JobStore(database, SOUND)
    keeper = SoundKeeper(database, jobs, clock=iter((1.0, 2.0)).__next__)
    job = jobs.claim()
    assert job is not None
    keeper.keep(job, sound_of(Song("any", [{}, {}])))
    keeper.keep(job, sound_of(Song("any", [{Axis.ENERGY: 0.9}])))
    assert jobs.counts() == {JobState.DONE: 1}
    with database.read() as connection:
        assert connection.execute(text("SELECT heard_at FROM sound_tracks")).scalars().all() == [2]
        assert connection.execute(text("SELECT count(*) FROM sound_segments")).scalar() == 1


@pytest.mark.integration
def test_a_kill_in_the_middle_resumes(tmp_path: Path) -> None:
    music = tmp_path / "music"
    for number in range(5):
        write_music(
            music / f"{number}.flac",
            clicks(90 + 10 * number, 8.0),
            tags={"title": f"Song {number}"},
        )
    database = Database.at(tmp_path / "library.db")
    Indexer(database, tmp_path / "covers", [music], fingerprints=False).scan()
    jobs = JobStore(database, SOUND)
    victim = subprocess.Popen(
        [sys.executable, "-P", str(SUPPORT / "sound_victim.py"), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(SUPPORT), *sys.path])},
    )
    while jobs.counts().get(JobState.DONE, 0) < 2 and victim.poll() is None:
        time.sleep(0.01)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    done = jobs.counts().get(JobState.DONE, 0)
    assert done >= 2
    with database.read() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        kept = connection.execute(text("SELECT audio_hash, heard_at FROM sound_tracks")).all()
    assert len(kept) == done
    sounding = SoundLibrary(database)
    assert len(sounding.table().ids) == done
    indexer = Indexer(database, tmp_path / "covers", [music], fingerprints=False)
    indexer.analyse()
    assert indexer.job_counts() == {JobState.DONE: 5}
    with database.read() as connection:
        now = connection.execute(text("SELECT audio_hash, heard_at FROM sound_tracks")).all()
    assert {tuple(row) for row in kept} <= {tuple(row) for row in now}, "none was heard twice"
    assert len(sounding.table().ids) == 5
    database.close()
