"""A rating is what one thinks now; each change of mind stands in the history."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.errors import NotInLibrary
from knowledge.history import History
from knowledge.models import PlayEventKind
from knowledge.ratings import Ratings
from player_tracks import store_tracks, tracks

pytestmark = pytest.mark.integration

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(tmp_path / "library.db")
    yield opened
    opened.close()


def test_ratings_are_set_changed_and_taken_back(database: Database) -> None:
    store_tracks(database, tracks(3))
    ratings = Ratings(database)
    assert ratings.get(1) is None
    ratings.set(1, True)
    assert ratings.get(1) is True
    ratings.set(1, False)
    assert ratings.get(1) is False
    assert ratings.of([1, 2]) == {1: False}
    ratings.set(1, None)
    assert ratings.get(1) is None


def test_the_newest_like_comes_first(database: Database) -> None:
    store_tracks(database, tracks(3))
    ratings = Ratings(database)
    for minute, track_id in enumerate((2, 3, 1)):
        ratings.set(track_id, track_id != 3, at=NOON + timedelta(minutes=minute))
    assert ratings.liked_ids() == (1, 2)
    assert ratings.disliked_ids() == (3,)


def test_each_change_of_mind_is_in_the_history_once(database: Database) -> None:
    history = History(database, store_tracks(database, tracks(3)))
    ratings = Ratings(database)
    for liked in (True, True, None, False):
        ratings.set(1, liked, at=NOON, session_id="s")
    events = history.last(9, [PlayEventKind.LIKE, PlayEventKind.DISLIKE])
    assert [event.kind for event in events] == [PlayEventKind.DISLIKE, PlayEventKind.LIKE]
    assert events[0].session_id == "s"


def test_an_unknown_track_cannot_be_rated(database: Database) -> None:
    with pytest.raises(NotInLibrary):
        Ratings(database).set(5, True)
