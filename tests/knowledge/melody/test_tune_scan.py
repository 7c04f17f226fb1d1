"""Files of notation in the music folders: found, followed, and refused with a reason."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from knowledge.database import Database
from knowledge.melody.status import MelodyStatus, melody_status, refused_tunes
from knowledge.melody.written.endings import is_written
from knowledge.melody.written.scan import TuneScan, TuneScanReport
from knowledge.schema_melody import written_tunes
from melody_files import ABC_TUNE, TWINKLE, midi_file, midi_track, musicxml, mxl, xml_note

pytestmark = pytest.mark.integration
SCORE = musicxml(f"<measure number='1'>{''.join(map(xml_note, 'CDEFG'))}</measure>")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "library.db")
    yield database
    database.close()


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    (folder / "deep" / "er").mkdir(parents=True)
    return folder


def titles(database: Database) -> list[tuple[str, str]]:
    query = select(written_tunes.c.title, written_tunes.c.composer).order_by(written_tunes.c.title)
    with database.read() as connection:
        return [(row.title, row.composer) for row in connection.execute(query)]


def test_all_kinds_are_read_and_called_by_what_they_say(database: Database, music: Path) -> None:
    (music / "Ann Artist - Little_Star.mid").write_bytes(midi_file(midi_track(TWINKLE)))
    (music / "deep" / "tunes.abc").write_text(ABC_TUNE + "\nX:2\nT:Second\nK:C\nCDEFGA\n")
    (music / "deep" / "er" / "score.mxl").write_bytes(mxl(SCORE))
    (music / "library.xml").write_text("<rss/>")
    (music / "song.flac").write_bytes(b"")
    report = TuneScan(database, [music]).scan()
    assert report == TuneScanReport(found=4, read=4, tunes=4)
    assert titles(database) == [
        ("Drowsy Maggie", ""), ("Little Star", "Ann Artist"), ("Second", ""), ("Twinkle", "Nobody"),
    ]  # fmt: skip
    assert melody_status(database) == MelodyStatus(written=4)


def test_only_what_changed_is_read_and_what_is_gone_is_forgotten(
    database: Database, music: Path
) -> None:
    scan = TuneScan(database, [music])
    (music / "one.abc").write_text("X:1\nT:One\nK:C\nCDEFGA\n")
    (music / "two.abc").write_text("X:1\nT:Two\nK:C\nCDEFGB\n")
    assert scan.scan().read == 2
    assert scan.scan().read == 0
    (music / "one.abc").write_text("X:1\nT:One, changed\nK:C\nCDEFGAB\n")
    (music / "two.abc").unlink()
    assert scan.scan() == TuneScanReport(found=1, read=1, tunes=1, deleted=1)
    assert titles(database) == [("One, changed", "")]


def test_a_folder_that_is_not_there_loses_nothing(database: Database, music: Path) -> None:
    (music / "one.abc").write_text("X:1\nT:One\nK:C\nCDEFGA\n")
    scan = TuneScan(database, [music])
    scan.scan()
    music.rename(music.with_name("unplugged"))
    assert scan.scan().deleted == 0
    assert titles(database) == [("One", "")]


def test_hostile_files_are_refused_one_by_one(database: Database, music: Path) -> None:
    (music / "good.abc").write_text("X:1\nT:Good\nK:C\nCDEFGA\n")
    (music / "large.mid").write_bytes(b"MThd" + bytes(17_000_000))
    (music / "bomb.mxl").write_bytes(mxl(b"<score-partwise>" + b" " * 40_000_000))
    (music / "entities.musicxml").write_text('<!DOCTYPE x [<!ENTITY a "b">]><score-partwise/>')
    (music / "letter.abc").write_text("Dear aunt")
    (music / "empty.mid").touch()
    (music / "two notes.mid").write_bytes(midi_file(midi_track((60, 62))))
    report = TuneScan(database, [music]).scan()
    assert (report.tunes, report.refused) == (1, 6)
    reasons = {Path(path).name: reason for path, reason in refused_tunes(database)}
    assert reasons == {
        "large.mid": "It is larger than 16 MB.",
        "bomb.mxl": "Unpacked it is larger than 32 MB.",
        "entities.musicxml":
            "It defines entities, which no score needs and which may hide anything.",
        "letter.abc": "There is no tune in it: no line begins with X:.",
        "empty.mid": "The file is empty.",
        "two notes.mid": "There is no tune of 5 notes or more in it.",
    }  # fmt: skip


def test_the_same_tune_in_two_files_is_one(database: Database, music: Path) -> None:
    for name in ("one.abc", "copy.abc"):
        (music / name).write_text("X:1\nT:One\nK:C\nCDEFGA\n")
    TuneScan(database, [music]).scan()
    assert melody_status(database) == MelodyStatus(written=1)


def test_a_scan_that_is_stopped_forgets_nothing(database: Database, music: Path) -> None:
    (music / "one.abc").write_text("X:1\nT:One\nK:C\nCDEFGA\n")
    scan = TuneScan(database, [music])
    scan.scan()
    (music / "one.abc").unlink()
    stop = threading.Event()
    stop.set()
    assert scan.scan(stop=stop).deleted == 0


def test_names_of_notation() -> None:
    assert is_written("Tune.MID")
    assert is_written("a.musicxml")
    assert not is_written(".hidden.abc")
    assert not is_written("song.mp3")
