"""The log of offers, and what is learned from what became of them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.people.current import acting_as
from knowledge.recommend.exploring import Explorer
from knowledge.recommend.models import Reason
from knowledge.recommend.offers import Offer, OffersLog
from people_here import ANNA, people_in
from recommend_library import NOW, RecommendHome, open_recommending


@pytest.fixture
def home(tmp_path: Path) -> Iterator[RecommendHome]:
    opened = open_recommending(tmp_path)
    people_in(opened.database)
    yield opened
    opened.database.close()


def offer(log: OffersLog, list_id: str, source: str, track_id: int, *, days_ago: float) -> None:
    """A list of two: an ordinary place and an explored one."""
    offered = [Offer(1, "wish", ()), Offer(track_id, source, (), 0.5)]
    log.record(list_id, offered, at=NOW - timedelta(days=days_ago))


@pytest.mark.integration
def test_reasons_are_kept_as_they_were_told(home: RecommendHome) -> None:
    log = OffersLog(home.database)
    reasons = (Reason("tempo", "about 165 BPM", 0.6), Reason("taste", "you like them", 0.4))
    log.record("one", [Offer(7, "wish", reasons)], at=NOW)
    assert log.why(7) == reasons
    assert log.why(7, list_id="other") == ()
    assert log.why(8) == ()


@pytest.mark.integration
def test_an_offer_is_kept_skipped_passed_over_or_ignored(home: RecommendHome) -> None:
    log = OffersLog(home.database)
    offer(log, "kept", "rules", 10, days_ago=4)
    home.played(10, ago_h=95.9)
    offer(log, "skipped", "content", 11, days_ago=3)
    home.played(11, ago_h=71.9, skipped=True)
    offer(log, "passed over", "recent", 12, days_ago=2)
    home.played(1, ago_h=47.9)
    offer(log, "ignored", "artists", 13, days_ago=1)
    found = {one.source: one.kept for one in log.taken()}
    assert found == {"rules": True, "content": False, "recent": False}
    assert all(one.propensity == 0.5 for one in log.taken())


@pytest.mark.integration
def test_the_source_that_is_taken_is_chosen_more_often(home: RecommendHome) -> None:
    log = OffersLog(home.database)
    for number in range(40):
        source = ("rules", "content")[number % 2]
        offer(log, f"list{number}", source, 20 + number, days_ago=60 - number)
        home.played(20 + number, ago_h=24.0 * (60 - number) - 0.1, skipped=source == "content")
    explorer = Explorer(log, seed=4)
    chosen = [explorer.choose({"rules": 1, "content": 1}) for _ in range(40)]
    assert sum(one is not None and one.source == "rules" for one in chosen) >= 32
    assert all(one is not None and 0 < one.propensity <= 1 for one in chosen)


@pytest.mark.integration
def test_nothing_is_explored_without_a_choice_or_when_it_is_off(home: RecommendHome) -> None:
    log = OffersLog(home.database)
    assert Explorer(log, seed=1).choose({"rules": 3, "content": 0}) is None
    assert not Explorer(log, enabled=False).may_explore(10)
    assert not Explorer(log).may_explore(5)  # one of five would be too many
    assert Explorer(log).may_explore(10)


@pytest.mark.integration
def test_what_was_heard_for_an_activity_is_found_again(home: RecommendHome) -> None:
    log = OffersLog(home.database)
    at = NOW - timedelta(hours=10)
    log.record(
        "gym",
        [Offer(5, "wish", ()), Offer(6, "wish", ())],
        at=at,
        context=OffersLog.context(at, activity="workout"),
    )
    home.played(5, ago_h=9.9)
    home.played(6, ago_h=9.8, skipped=True)
    assert log.heard_for("workout") == (5,)
    assert log.heard_for("sleep") == ()
    with acting_as(ANNA):
        assert log.heard_for("workout") == ()


@pytest.mark.integration
def test_what_was_offered_is_of_one_person(home: RecommendHome) -> None:
    log = OffersLog(home.database)
    offer(log, "one", "rules", 10, days_ago=1)
    home.played(10, ago_h=23.9)
    assert log.explored_share() == (1, 2)
    assert len(log.taken()) == 1
    with acting_as(ANNA):
        assert log.explored_share() == (0, 0)
        assert log.why(10) == ()
        assert log.taken() == ()
