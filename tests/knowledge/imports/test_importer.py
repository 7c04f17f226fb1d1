"""Taking in exports: once, whole, again, and again after the library grew."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from imports_exports import extended, lines, listenbrainz, zipped
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.errors import ExportRejected
from knowledge.history import History
from knowledge.imports.importer import Importer
from knowledge.imports.models import ImportCounts
from knowledge.models import PlayEventKind
from knowledge.people.current import acting_as
from knowledge.recommend.listening import ListeningLog
from knowledge.schema import tracks
from knowledge.schema_belongings import imported_listens
from knowledge.statistics import ListeningStatistics
from library_drafts import draft
from people_here import BEN, people_in
from player_tracks import FewTracks

pytestmark = pytest.mark.integration

START = 1_600_000_000


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(tmp_path / "library.db")
    CatalogWriter(opened).add([draft("Sinnerman"), draft("Feeling Good")])
    yield opened
    opened.close()


def export(folder: Path, *titles: str, name: str = "listens.jsonl", start: int = START) -> Path:
    """Listens five minutes apart."""
    path = folder / name
    entries = [
        listenbrainz(title, "Nina Simone", start + 300 * i) for i, title in enumerate(titles)
    ]
    path.write_text(lines(entries), "utf-8")
    return path


def stored(database: Database) -> int:
    with database.read() as connection:
        return int(
            connection.execute(select(func.count()).select_from(imported_listens)).scalar_one()
        )


def test_a_report_says_what_matched(database: Database, tmp_path: Path) -> None:
    path = export(tmp_path, "Sinnerman", "Unknown Song", "Sinnerman")
    report = Importer(database).take(path)
    assert report.done
    assert report.source == "listenbrainz"
    assert report.counts == ImportCounts(read=3, added=3, known=0, matched=2, unusable=0)
    assert report.unmatched_artists == (("Nina Simone", 1),)
    assert Importer(database).reports() == (report,)


def test_the_same_listens_are_never_counted_twice(database: Database, tmp_path: Path) -> None:
    importer = Importer(database)
    importer.take(export(tmp_path, "Sinnerman", "Feeling Good"))
    again = importer.take(export(tmp_path, "Sinnerman", "Feeling Good", "Sinnerman"))
    assert (again.counts.added, again.counts.known) == (1, 2)
    assert stored(database) == 3
    people_in(database)
    with acting_as(BEN):
        other_person = importer.take(export(tmp_path, "Sinnerman"))
        assert importer.reports() == (other_person,)
        assert not importer.forget(again.id)
    assert other_person.counts.added == 1


def test_two_services_that_saw_the_same_listen_count_once(
    database: Database, tmp_path: Path
) -> None:
    importer = Importer(database)
    importer.take(export(tmp_path, "Sinnerman"))
    ended = extended("Sinnerman", "Nina Simone", "2020-09-13T12:30:00Z", ms_played=200_000)
    spotify = tmp_path / "endsong_0.json"
    spotify.write_text(json.dumps([ended]), "utf-8")
    assert importer.take(spotify).counts.known == 1


def test_what_a_kill_left_goes_on_where_it_stopped(database: Database, tmp_path: Path) -> None:
    path = export(tmp_path, *["Sinnerman"] * 2_500)
    stop = threading.Event()
    stop.set()
    half = Importer(database).take(path, stop=stop)
    assert not half.done
    assert half.counts.added == stored(database) == 1_000
    seen: list[int] = []
    whole = Importer(database).take(path, told=lambda _, counts: seen.append(counts.read))
    assert whole.id == half.id
    assert whole.done
    assert (whole.counts.read, whole.counts.added, whole.counts.known) == (2_500, 2_500, 0)
    assert seen == [1_000, 2_000, 2_500]


def test_a_grown_library_finds_more(database: Database, tmp_path: Path) -> None:
    importer = Importer(database)
    importer.take(export(tmp_path, "Sinnerman", "I Put a Spell on You", "I Put a Spell on You"))
    assert importer.rematch() == 0
    CatalogWriter(database).add([draft("I Put a Spell on You")])
    assert importer.rematch() == 2
    assert importer.rematch() == 0
    assert len(ListeningLog(database).read()) == 3


def test_an_import_can_be_forgotten(database: Database, tmp_path: Path) -> None:
    importer = Importer(database)
    report = importer.take(export(tmp_path, "Sinnerman"))
    assert importer.forget(report.id)
    assert not importer.forget(report.id)
    assert stored(database) == 0


@pytest.mark.parametrize("content", ["", "[]", '[{"endTime": "never"}]', '{"a": 1}'])
def test_a_file_without_listens_leaves_nothing_behind(
    database: Database, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "nothing.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ExportRejected, match="no listening history"):
        Importer(database).take(path)
    assert Importer(database).reports() == ()


def test_a_damaged_end_keeps_what_came_before(database: Database, tmp_path: Path) -> None:
    good = [listenbrainz("Sinnerman", "Nina Simone", START + 300 * i) for i in range(1_200)]
    path = zipped(tmp_path / "lb.zip", {"listens/1.jsonl": lines(good) + '\n{"listened_at": 16'})
    with pytest.raises(ExportRejected):
        Importer(database).take(path)
    (report,) = Importer(database).reports()
    assert not report.done
    assert stored(database) == 1_000


def test_our_own_history_and_imports_are_one(database: Database, tmp_path: Path) -> None:
    with database.read() as connection:
        ids = dict(connection.execute(select(tracks.c.title, tracks.c.id)).tuples().all())
    sinnerman, good = ids["Sinnerman"], ids["Feeling Good"]
    history = History(database, FewTracks())

    def when(seconds: int) -> datetime:
        return datetime.fromtimestamp(START + seconds, UTC)

    history.record(PlayEventKind.PLAY, good, at=when(-600), played_s=4)
    history.record(PlayEventKind.SKIP, good, at=when(-595), played_s=5)
    history.record(PlayEventKind.PLAY, sinnerman, at=when(30), played_s=200)
    Importer(database).take(export(tmp_path, "Sinnerman", "Feeling Good"))

    found = ListeningLog(database).read()
    heard = zip(found.tracks, found.heard, found.skipped, strict=True)
    assert [(int(track), bool(ok), bool(skip)) for track, ok, skip in heard] == [
        (good, False, True),
        (sinnerman, True, False),  # and not once more as imported
        (good, True, False),
    ]
    assert found.plays().items.tolist() == [sinnerman, good]
    counted = ListeningStatistics(database).between(None, date(2030, 1, 1), zone=UTC).totals
    assert (counted.plays, counted.imported_plays) == (3, 1)


def test_a_listen_at_another_time_counts(database: Database, tmp_path: Path) -> None:
    with database.read() as connection:
        (sinnerman,) = connection.execute(
            select(tracks.c.id).where(tracks.c.title == "Sinnerman")
        ).one()
    at = datetime.fromtimestamp(START + 600, UTC)
    History(database, FewTracks()).record(PlayEventKind.PLAY, sinnerman, at=at, played_s=200)
    people_in(database)
    importer, log = Importer(database), ListeningLog(database)
    importer.take(export(tmp_path, "Sinnerman"))
    with acting_as(BEN):
        importer.take(export(tmp_path, "Sinnerman"))
        assert len(log.read()) == 1

    assert len(log.read()) == 2
