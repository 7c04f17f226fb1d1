"""The log of what was heard, against a real library in a file."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.errors import NotHeard
from knowledge.fingerprint.models import Certainty
from knowledge.recognition.heard import HeardLog
from knowledge.recognition.models import Heard, HeardSource, Hearing
from library_drafts import draft, stamp

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "library.db")
    CatalogWriter(database).add(
        draft(title, artist, file=stamp(f"/m/{title}"))
        for title, artist in (("Sinnerman", "Nina Simone"), ("Hallelujah", "Jeff Buckley"))
    )
    yield database
    database.close()


@pytest.fixture
def log(database: Database, tmp_path: Path) -> HeardLog:
    return HeardLog(database, Catalog(database, tmp_path / "covers"), clock=NOON.timestamp)


def heard(title: str, artist: str = "", *, probability: float = 0.995) -> Heard:
    ids = {"Sinnerman": 1, "Hallelujah": 2}
    return Heard(
        certainty=Certainty.CERTAIN,
        clip_s=6.0,
        recording=f"hash of {title}",
        track_id=ids.get(title),
        title=title,
        artist=artist,
        probability=probability,
        offset_s=30.0,
    )


def at(minutes: float, *, place: str = "kitchen", device: str = "phone") -> Hearing:
    when = NOON + timedelta(minutes=minutes)
    return Hearing(HeardSource.MICROPHONE, "session", device, place, when)


@pytest.mark.integration
def test_a_song_that_goes_on_is_one_event(log: HeardLog) -> None:
    first = log.record(heard("Sinnerman", probability=0.9), at(0))
    assert log.record(heard("Sinnerman", probability=0.999), at(1)) == first
    assert log.record(heard("Sinnerman"), at(2)) == first
    (event,) = log.last(9)
    assert event.at == NOON
    assert event.ended_at == NOON + timedelta(minutes=2, seconds=6)
    assert (event.probability, event.offset_s) == (0.999, 30.0)


@pytest.mark.integration
def test_later_or_elsewhere_it_is_another_event(log: HeardLog) -> None:
    ids = [
        log.record(heard("Sinnerman"), at(0)),
        log.record(heard("Sinnerman"), at(0.5, device="tablet")),
        log.record(heard("Sinnerman"), at(10)),
        log.record(heard("Hallelujah"), at(10.5)),
        log.record(heard("Sinnerman"), at(11)),
    ]
    assert len(set(ids)) == 5


@pytest.mark.integration
def test_without_a_time_the_clip_ended_just_now(log: HeardLog) -> None:
    log.record(heard("Sinnerman"), Hearing(HeardSource.FILE))
    (event,) = log.last(1)
    assert (event.at, event.ended_at) == (NOON - timedelta(seconds=6), NOON)


@pytest.mark.integration
def test_the_log_is_searched_by_words_time_and_place(log: HeardLog) -> None:
    log.record(heard("Sinnerman", "Nina Simone"), at(0))
    log.record(heard("Hallelujah", "Jeff Buckley"), at(60, place="Living room"))
    log.record(heard("Déjà vu", "Someone"), at(120, device="Kitchen radio", place=""))
    log.record(Heard(Certainty.UNKNOWN, 6.0), at(180))

    def titles(**asked: object) -> list[str]:
        return [event.title for event in log.search(**asked)]  # type: ignore[arg-type]

    assert titles() == ["", "Déjà vu", "Hallelujah", "Sinnerman"]
    assert titles(about="simone NINA") == ["Sinnerman"]
    assert titles(about="deja vu") == ["Déjà vu"]
    assert titles(about="100%") == []
    assert titles(place="KITCHEN") == ["", "Déjà vu", "Sinnerman"]
    assert titles(known=True) == ["Déjà vu", "Hallelujah", "Sinnerman"]
    assert titles(known=False) == [""]
    assert titles(limit=1) == [""]
    hour = timedelta(hours=1)
    assert titles(start=NOON + hour, end=NOON + 2 * hour) == ["Hallelujah"]
    between = log.between(NOON, NOON + 2 * hour)
    assert [event.title for event in between] == ["Sinnerman", "Hallelujah"]


@pytest.mark.integration
def test_what_began_before_a_time_span_but_went_on_is_in_it(log: HeardLog) -> None:
    for minute in range(5):
        log.record(heard("Sinnerman"), at(minute))
    later = NOON + timedelta(minutes=3)
    assert len(log.between(later, later + timedelta(hours=1))) == 1


@pytest.mark.integration
def test_events_outlive_their_tracks(log: HeardLog, database: Database) -> None:
    heard_id = log.record(heard("Hallelujah", "Jeff Buckley"), at(0))
    assert log.get(heard_id).track is not None
    CatalogWriter(database).forget(["/m/Hallelujah"])
    event = log.get(heard_id)
    assert (event.track, event.title, event.artist) == (None, "Hallelujah", "Jeff Buckley")


@pytest.mark.integration
def test_events_can_be_forgotten(log: HeardLog) -> None:
    first = log.record(heard("Sinnerman"), at(0))
    log.record(heard("Hallelujah"), at(10))
    log.delete(first)
    with pytest.raises(NotHeard):
        log.get(first)
    with pytest.raises(NotHeard):
        log.delete(first)
    assert log.delete_all() == 1
    assert log.last(9) == ()


@pytest.mark.unit
def test_a_time_without_a_zone_is_refused(log: HeardLog) -> None:
    with pytest.raises(ValueError, match="time zone"):
        log.record(heard("Sinnerman"), Hearing(HeardSource.FILE, at=datetime(2026, 1, 1)))  # noqa: DTZ001
