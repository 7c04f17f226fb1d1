"""The log answers what was played, when, and how often."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.history import History
from knowledge.models import PlayEventKind
from player_tracks import FewTracks, store_tracks, track, tracks

pytestmark = pytest.mark.integration

EVENING = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
KNOWN = (track(1, "Take Five"), track(2, "Für Elise"), *tracks(5)[2:])


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(tmp_path / "library.db")
    yield opened
    opened.close()


@pytest.fixture
def catalog(database: Database) -> FewTracks:
    return store_tracks(database, KNOWN)


@pytest.fixture
def history(database: Database, catalog: FewTracks) -> History:
    return History(database, catalog)


def play(history: History, track_id: int, minutes: float, played_s: float = 100.0) -> int:
    at = EVENING + timedelta(minutes=minutes)
    return history.record(PlayEventKind.PLAY, track_id, at=at, played_s=played_s, player="mpv")


def test_an_event_comes_back_whole(history: History) -> None:
    event_id = history.record(
        PlayEventKind.PLAY, 1, at=EVENING, played_s=3.0, player="mpv", session_id="s"
    )
    history.update_played(event_id, 61.5)
    (event,) = history.last(5)
    assert event.track.title == "Take Five"
    assert event.at == EVENING
    assert event.at.tzinfo is not None
    assert (event.id, event.played_s, event.player, event.session_id) == (
        event_id,
        61.5,
        "mpv",
        "s",
    )


def test_yesterday_evening_is_asked_in_any_time_zone(history: History) -> None:
    for minutes, track_id in ((-300, 1), (0, 2), (30, 3), (300, 4)):
        play(history, track_id, minutes)
    tokyo = timezone(timedelta(hours=9))
    start, end = (EVENING.astimezone(tokyo) + timedelta(hours=h) for h in (-1, 1))
    assert [event.track.id for event in history.between(start, end)] == [2, 3]


def test_a_track_that_still_sounds_counts(history: History) -> None:
    play(history, 1, minutes=-2, played_s=180.0)
    play(history, 2, minutes=-10, played_s=180.0)
    found = history.between(EVENING, EVENING + timedelta(minutes=1))
    assert [event.track.id for event in found] == [1]


def test_a_time_without_a_zone_is_refused(history: History) -> None:
    naive = EVENING.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        history.between(naive, EVENING)
    with pytest.raises(ValueError, match="time zone"):
        history.record(PlayEventKind.PLAY, 1, at=naive)


def test_kinds_are_told_apart(history: History) -> None:
    play(history, 1, 0)
    history.record(PlayEventKind.LIKE, 1, at=EVENING)
    assert [event.kind for event in history.last(9)] == [PlayEventKind.PLAY]
    assert [e.kind for e in history.last(9, [PlayEventKind.LIKE])] == [PlayEventKind.LIKE]


def test_with_too_many_events_the_newest_are_given(history: History) -> None:
    for minute in range(5):
        play(history, minute + 1, minute)
    found = history.between(EVENING, EVENING + timedelta(hours=1), limit=2)
    assert [event.track.id for event in found] == [4, 5]


def test_skipped_plays_do_not_count(history: History) -> None:
    for track_id in (1, 1, 1, 2):
        play(history, track_id, 0)
    for track_id in (1, 2):
        history.record(PlayEventKind.SKIP, track_id, at=EVENING, played_s=3.0)
    assert history.play_counts() == {1: 2}


def test_when_it_was_played_last(history: History) -> None:
    assert history.last_played(1) is None
    play(history, 1, 0)
    play(history, 1, 60)
    assert history.last_played(1) == EVENING + timedelta(hours=1)


def test_what_was_played_is_found_by_any_spelling(history: History) -> None:
    play(history, 1, 0)
    play(history, 2, 5)
    assert [event.track.id for event in history.played("fur elise")] == [2]
    assert [event.track.id for event in history.played("TAKE")] == [1]
    assert history.played("nothing like it") == ()
    assert history.played("%") == ()
    late = history.played(start=EVENING + timedelta(minutes=1))
    assert [event.track.id for event in late] == [2]


def test_what_left_the_library_is_still_known_by_name(history: History, catalog: FewTracks) -> None:
    play(history, 1, 0)
    catalog.forget(1)
    (event,) = history.last(1)
    assert (event.track.title, event.track.artist) == ("Take Five", "Artist 1")
