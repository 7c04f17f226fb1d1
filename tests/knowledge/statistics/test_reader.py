"""Hours, streaks, favourites and moods are counted in the listener's own days."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.history import History
from knowledge.models import PlayEventKind
from knowledge.schema_belongings import imported_listens, imports
from knowledge.statistics import ListeningStatistics, Mood
from library_drafts import draft

pytestmark = pytest.mark.integration

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)
RAIN, SUN, FOG = 1, 2, 3


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(tmp_path / "library.db")
    CatalogWriter(opened).add(
        [
            draft("Rain", "Ada Moor", album="Weather", genres=("Folk",), duration_s=200.0),
            draft("Sun", "Ada Moor", album="Weather", genres=("Folk", "Pop"), duration_s=180.0),
            draft("Fog", "Ben Low", album="Grey", genres=("Ambient",), duration_s=300.0),
        ]
    )
    yield opened
    opened.close()


@pytest.fixture
def statistics(database: Database) -> ListeningStatistics:
    return ListeningStatistics(database)


def played(database: Database, track_id: int, at: datetime, played_s: float = 100.0) -> None:
    History(database, Catalog(database, Path("covers"))).record(
        PlayEventKind.PLAY, track_id, at=at, played_s=played_s
    )


def skipped(database: Database, track_id: int, at: datetime) -> None:
    log = History(database, Catalog(database, Path("covers")))
    log.record(PlayEventKind.PLAY, track_id, at=at, played_s=5.0)
    log.record(PlayEventKind.SKIP, track_id, at=at + timedelta(seconds=5), played_s=5.0)


def imported(database: Database, *listens: dict[str, Any]) -> None:
    with database.write() as connection:
        connection.execute(
            insert(imports).values(id=1, at=0.0, source="spotify", name="x.zip", report={})
        )
        for number, one in enumerate(listens):
            usual = {"album": "", "played_s": None, "skipped": None, "track_id": None}
            row = {**usual, **one, "at": one["at"].timestamp(), "key": str(number)}
            connection.execute(insert(imported_listens).values(import_id=1, **row))


def test_late_at_night_belongs_to_the_local_day(
    database: Database, statistics: ListeningStatistics
) -> None:
    played(database, RAIN, datetime(2026, 3, 1, 23, 30, tzinfo=UTC), 600.0)  # 00:30 in Berlin
    in_berlin = statistics.between(MONDAY, MONDAY, zone=BERLIN)
    in_london = statistics.between(MONDAY, MONDAY, zone=ZoneInfo("Europe/London"))
    assert [one.day for one in in_berlin.days] == [MONDAY]
    assert in_berlin.week[0] == 600.0  # Monday, the first hour
    assert in_london.days == ()


def test_hours_follow_the_clock_when_it_changes(
    database: Database, statistics: ListeningStatistics
) -> None:
    """Breakfast stays at eight, before and after the night of 29 March 2026."""
    for day in (28, 29, 30):
        played(database, RAIN, datetime(2026, 3, day, 8, 10, tzinfo=BERLIN))
    found = statistics.between(date(2026, 3, 1), date(2026, 3, 31), zone=BERLIN)
    assert [hour % 24 for hour, seconds in enumerate(found.week) if seconds] == [8, 8, 8]


def test_half_an_hour_beside_the_others(
    database: Database, statistics: ListeningStatistics
) -> None:
    played(database, RAIN, datetime(2026, 3, 2, 3, 45, tzinfo=UTC))
    found = statistics.between(MONDAY, MONDAY, zone=ZoneInfo("Asia/Kolkata"))  # 09:15 there
    assert found.week[9] == 100.0


def test_skips_and_imported_listens_are_told_apart(
    database: Database, statistics: ListeningStatistics
) -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=BERLIN)
    played(database, RAIN, noon, 200.0)
    skipped(database, SUN, noon + timedelta(minutes=5))
    imported(
        database,
        {"at": noon, "title": "Fog", "artist": "Ben Low", "track_id": FOG},
        {"at": noon, "title": "Elsewhere", "artist": "Cy", "played_s": 60.0, "skipped": False},
        {"at": noon, "title": "Elsewhere", "artist": "Cy", "skipped": True},
    )
    totals = statistics.between(MONDAY, MONDAY, zone=BERLIN).totals
    assert (totals.plays, totals.imported_plays, totals.skips, totals.tracks) == (5, 3, 2, 3)
    assert totals.seconds == pytest.approx(200.0 + 5.0 + 300.0 + 60.0)
    assert totals.imported_s == pytest.approx(360.0)
    assert totals.estimated_s == pytest.approx(300.0)  # the length of the track, not of the listen
    assert totals.skipped_share == pytest.approx(0.4)


def test_favourites_join_two_spellings_and_know_the_library(
    database: Database, statistics: ListeningStatistics
) -> None:
    noon = datetime(2026, 3, 2, 12, tzinfo=BERLIN)
    for _ in range(2):
        played(database, FOG, noon)
    played(database, RAIN, noon, 150.0)
    played(database, SUN, noon)
    skipped(database, SUN, noon)
    imported(database, *({"at": noon, "title": "Hail", "artist": "ADA MOOR"} for _ in range(3)))
    found = statistics.between(None, MONDAY, zone=BERLIN).favourites
    assert [(one.name, one.plays, one.id is not None) for one in found.artists] == [
        ("Ada Moor", 5, True),
        ("Ben Low", 2, True),
    ]
    assert [(one.name, one.by, one.plays) for one in found.tracks] == [
        ("Hail", "ADA MOOR", 3),
        ("Fog", "Ben Low", 2),
        ("Rain", "Ada Moor", 1),
        ("Sun", "Ada Moor", 1),
    ]
    assert [(one.name, one.plays) for one in found.albums] == [("Weather", 2), ("Grey", 2)]
    assert {one.name: one.plays for one in found.genres} == {"Folk": 2, "Ambient": 2, "Pop": 1}


def test_streaks_end_with_a_silent_day(database: Database, statistics: ListeningStatistics) -> None:
    for day in (2, 3, 4, 7, 8):
        played(database, RAIN, datetime(2026, 3, day, 12, tzinfo=BERLIN))
    on_the_ninth = statistics.between(None, date(2026, 3, 9), zone=BERLIN)
    assert (on_the_ninth.longest.days, on_the_ninth.longest.last) == (3, date(2026, 3, 4))
    assert (on_the_ninth.current.days, on_the_ninth.current.first) == (2, date(2026, 3, 7))
    assert statistics.between(None, date(2026, 3, 10), zone=BERLIN).current.days == 0


def test_moods_by_time_of_day(database: Database, statistics: ListeningStatistics) -> None:
    played(database, RAIN, datetime(2026, 3, 2, 7, tzinfo=BERLIN))
    played(database, SUN, datetime(2026, 3, 2, 22, tzinfo=BERLIN))
    played(database, SUN, datetime(2026, 3, 3, 23, tzinfo=BERLIN))
    placed = {RAIN: Mood.at(0.2, 0.1), SUN: Mood.at(0.9, 0.8)}
    moods = statistics.between(None, date(2026, 3, 9), zone=BERLIN, moods=placed).moods
    assert {part.hour: part.plays for part in moods if part.plays} == {
        6: {Mood.BROODING: 1},
        21: {Mood.JOYFUL: 2},
    }


def test_the_days_before_are_as_many(database: Database, statistics: ListeningStatistics) -> None:
    played(database, RAIN, datetime(2026, 3, 1, 12, tzinfo=BERLIN), 50.0)
    played(database, RAIN, datetime(2026, 3, 2, 12, tzinfo=BERLIN), 70.0)
    found = statistics.between(MONDAY, MONDAY, zone=BERLIN)
    assert found.before is not None
    assert (found.totals.seconds, found.before.seconds) == (70.0, 50.0)
    assert statistics.between(None, MONDAY, zone=BERLIN).before is None


def test_nothing_was_heard_yet(statistics: ListeningStatistics) -> None:
    found = statistics.between(None, MONDAY, zone=BERLIN)
    assert (found.begun, found.days, found.totals.plays, found.longest.days) == (None, (), 0, 0)


def test_a_log_that_lies_about_lengths_is_bounded(
    database: Database, statistics: ListeningStatistics
) -> None:
    played(database, RAIN, datetime(2026, 3, 2, 12, tzinfo=BERLIN), 1e12)
    played(database, SUN, datetime(2026, 3, 2, 13, tzinfo=BERLIN), -5.0)
    assert statistics.between(MONDAY, MONDAY, zone=BERLIN).totals.seconds == 86_400.0
