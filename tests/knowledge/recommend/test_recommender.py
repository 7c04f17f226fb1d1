"""What is recommended, from a generated library whose sound is known."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.analysis.sound import Axis
from knowledge.models import Queue, QueueItem
from knowledge.people.current import acting_as
from knowledge.recommend.exploring import SHARE
from knowledge.recommend.models import Recommended
from knowledge.recommend.offers import Offer, OffersLog
from knowledge.sound.sounding import AXIS_COLUMN
from knowledge.wish import MusicWish
from people_here import BEN, people_in
from recommend_library import NOW, RecommendHome, open_recommending


@pytest.fixture
def home(tmp_path: Path) -> Iterator[RecommendHome]:
    opened = open_recommending(tmp_path)
    yield opened
    opened.database.close()


def genres(home: RecommendHome, made: Recommended) -> set[str]:
    return {home.genre_of(item.track.id) for item in made.items}


@pytest.mark.integration
def test_facts_are_obeyed_and_artists_are_mixed(home: RecommendHome) -> None:
    made = home.recommender.recommend(MusicWish(genres=("rock",)), home.situation(), count=8)
    assert genres(home, made) == {"Rock"}
    artists = [item.track.artist for item in made.items]
    assert len(artists) == 8
    assert max(artists.count(each) for each in artists) <= 2


@pytest.mark.integration
@pytest.mark.parametrize(
    ("activity", "expected"),
    [("gym", {"Rock", "Techno"}), ("sleep", {"Ambient", "Folk"}), ("study", {"Ambient", "Folk"})],
)
def test_an_activity_takes_its_part_of_the_library(
    home: RecommendHome, activity: str, expected: set[str]
) -> None:
    made = home.recommender.recommend(MusicWish(activity=activity), home.situation(), count=6)
    assert genres(home, made) <= expected
    assert "activity" in {reason.kind for reason in made.items[0].reasons}


@pytest.mark.integration
def test_own_listening_overrides_the_profile_of_an_activity(home: RecommendHome) -> None:
    """Somebody who always sleeps to rock gets rock for sleeping."""
    asleep = MusicWish(activity="sleep")
    before = home.recommender.recommend(asleep, home.situation(), count=6)
    assert "Rock" not in genres(home, before)
    rock = home.ids["Rock"]
    for night in range(1, 13):
        at = NOW - timedelta(days=10 * night)
        home.recommender.offers.record(
            f"night{night}",
            [Offer(each, "wish", ()) for each in rock[:8]],
            at=at,
            context=OffersLog.context(at, activity="sleep"),
        )
        home.played(*rock[:8], ago_h=240.0 * night - 0.1)
    after = home.recommender.recommend(asleep, home.situation(), count=6)
    assert genres(home, after) == {"Rock"}
    assert any("what you play for sleep" in r.words for r in after.items[0].reasons)


@pytest.mark.integration
def test_running_keeps_to_the_cadence(home: RecommendHome) -> None:
    made = home.recommender.recommend(
        MusicWish(activity="running", cadence=165.0), home.situation(), count=10
    )
    table = home.sounding.table()
    for item in made.items:
        bpm = float(table.tempo_bpm[table.row(item.track.id) or 0])
        assert min(abs(bpm / 165 - 1), abs(2 * bpm / 165 - 1)) <= 0.031
    assert made.relaxed == ()


@pytest.mark.integration
@pytest.mark.parametrize(
    "wish",
    [
        MusicWish(moods=("calm",), years=(1701.0, 1709.0)),
        MusicWish(moods=("calm",), tempo_bpm=(299.0, 300.0), tempo_exact=True),
        MusicWish(moods=("calm",), genres=("mongolian throat singing",)),
    ],
)
def test_a_fact_that_nothing_fulfils_is_not_given_up(home: RecommendHome, wish: MusicWish) -> None:
    made = home.recommender.recommend(wish, home.situation())
    assert made.items == ()
    assert made.relaxed == ()


@pytest.mark.integration
def test_a_cadence_that_nothing_has_is_given_up_and_said(home: RecommendHome) -> None:
    made = home.recommender.recommend(MusicWish(cadence=151.0), home.situation())
    assert made.items
    assert made.relaxed == ("the cadence",)


@pytest.mark.integration
@pytest.mark.parametrize(
    ("name", "amount"), [("energy", -1.0), ("energy", 1.0), ("acousticness", 1.0), ("tempo", -1.0)]
)
def test_like_this_but_different(home: RecommendHome, name: str, amount: float) -> None:
    seed = home.ids["Folk" if amount > 0 else "Rock"][0]
    made = home.recommender.recommend(
        MusicWish(like=(seed,), but={name: amount}), home.situation(), count=5
    )
    table = home.sounding.table()
    column = None if name == "tempo" else table.percentiles[:, AXIS_COLUMN[Axis(name)]]
    values = table.tempo_bpm if column is None else column
    was = float(values[table.row(seed) or 0])
    assert len(made.items) >= 3
    assert seed not in {item.track.id for item in made.items}
    assert all(
        (float(values[table.row(item.track.id) or 0]) - was) * amount > 0 for item in made.items
    )
    assert any(reason.kind == "change" for reason in made.items[0].reasons)


@pytest.mark.integration
def test_like_this_but_older(home: RecommendHome) -> None:
    seed = home.ids["Rock"][-1]  # of 2024
    made = home.recommender.recommend(
        MusicWish(like=(seed,), but={"year": -1.0}), home.situation(), count=5
    )
    assert all((item.track.year or 9999) <= 2022 for item in made.items)
    assert genres(home, made) == {"Rock"}


@pytest.mark.integration
def test_what_is_disliked_or_forbidden_is_never_offered(home: RecommendHome) -> None:
    rock = home.ids["Rock"]
    home.ratings.set(rock[0], liked=False)
    home.taste.say("never", "artist", "Rock Artist 1", "no more of them")
    for count in (5, 30, 100):
        wish = MusicWish(genres=("Rock",))
        made = home.recommender.recommend(wish, home.situation(), count=count)
        assert rock[0] not in {item.track.id for item in made.items}
        assert "Rock Artist 1" not in {item.track.artist for item in made.items}


@pytest.mark.integration
def test_what_was_played_together_comes_together(home: RecommendHome) -> None:
    folk, techno = home.ids["Folk"], home.ids["Techno"]
    for evening in range(1, 6):
        home.played(folk[0], techno[7], folk[12], ago_h=300.0 * evening)
    made = home.recommender.recommend(MusicWish(), home.situation(folk[0]), count=5)
    assert techno[7] in {item.track.id for item in made.items[:2]}
    found = next(item for item in made.items if item.track.id == techno[7])
    assert found.source == "rules"
    assert any("you played it after “Folk 00” before" in r.words for r in found.reasons)


@pytest.mark.integration
def test_reasons_are_terms_of_the_score(home: RecommendHome) -> None:
    home.played(*home.ids["Folk"][:10])
    home.ratings.set(home.ids["Folk"][3], liked=True)
    made = home.recommender.recommend(MusicWish(genres=("folk",)), home.situation(), count=5)
    for item in made.items:
        weights = [reason.weight for reason in item.reasons]
        assert weights == sorted(weights, reverse=True)
        assert 0 < sum(weights) <= 1.0001
    found = home.recommender.explain(made.items[0].track.id, home.situation())
    assert found == made.items[0].reasons  # as it was logged


@pytest.mark.integration
def test_a_track_that_was_never_offered_is_explained_too(home: RecommendHome) -> None:
    folk = home.ids["Folk"]
    home.played(*folk[:4], folk[0], folk[0])
    reasons = home.recommender.explain(folk[0], home.situation())
    assert any("you played it 3 times" in reason.words for reason in reasons)
    assert home.recommender.explain(10_000, home.situation()) == ()


@pytest.mark.integration
def test_one_listener_alone_is_compared_with_nobody_and_that_is_said(home: RecommendHome) -> None:
    made = home.recommender.recommend(MusicWish(), home.situation())
    assert made.facts["people"] == "one listener: nobody to compare with"


@pytest.mark.integration
def test_what_was_just_heard_or_offered_waits(home: RecommendHome) -> None:
    first = home.recommender.recommend(MusicWish(genres=("Rock",)), home.situation(), count=5)
    ids = frozenset(item.track.id for item in first.items)
    again = home.recommender.recommend(
        MusicWish(genres=("Rock",)), home.situation(offered=ids), count=5
    )
    assert not ids & {item.track.id for item in again.items}


@pytest.mark.integration
def test_an_hour_of_exact_length_in_the_right_order(home: RecommendHome) -> None:
    wish = MusicWish(activity="running", cadence=165.0, duration_s=1800.0, arc="hill")
    made = home.recommender.playlist(wish, home.situation())
    assert abs(made.duration_s - 1800.0) <= 15.0
    assert made.relaxed == ()
    assert genres(home, made) == {"Techno"}
    assert float(made.facts["flow"]) < 0.3


@pytest.mark.integration
def test_music_goes_on_after_the_queue(home: RecommendHome) -> None:
    ambient = home.ids["Ambient"]
    tracks = home.catalog.tracks(ambient[:6])
    queue = Queue(tuple(QueueItem(str(t.id), t) for t in tracks), position=5)
    made = home.recommender.next_for(queue, home.situation(), count=5)
    ids = [item.track.id for item in made.items]
    assert len(ids) == 5
    assert not set(ids) & set(ambient[:6])
    assert genres(home, made) <= {"Ambient", "Folk"}


@pytest.mark.integration
def test_the_same_request_gets_the_same_answer(home: RecommendHome) -> None:
    home.played(*home.ids["Folk"][:10])
    one, other = (home.recommending(seed=7, explore=True) for _ in range(2))
    asked = (MusicWish(activity="dinner"), home.situation())
    ids = [item.track.id for item in one.recommend(*asked).items]
    assert ids == [item.track.id for item in other.recommend(*asked).items]


@pytest.mark.integration
def test_at_most_one_place_in_ten_is_explored_and_its_propensity_logged(
    home: RecommendHome,
) -> None:
    home.played(*home.ids["Folk"][:12], *home.ids["Rock"][:12])
    exploring = home.recommending(seed=3, explore=True)
    people_in(home.database)
    situation = home.situation(home.ids["Rock"][2])
    for _ in range(6):
        exploring.recommend(MusicWish(), situation, count=10)
    explored, total = exploring.offers.explored_share()
    assert total == 60
    assert 1 <= explored <= SHARE * total
    with acting_as(BEN):
        home.recommender.recommend(MusicWish(), situation, count=10)
        assert home.recommender.offers.explored_share() == (0, 10)  # switched off


@pytest.mark.integration
def test_similar_artists_sound_alike(home: RecommendHome) -> None:
    found = home.recommender.similar_artists("techno artist 2", count=4)
    assert all(one.name.startswith("Techno") for one in found)
    assert "Techno Artist 2" not in {one.name for one in found}
    assert found[0].reasons
    assert home.recommender.similar_artists("Nobody") == ()


@pytest.mark.integration
def test_an_open_request_of_an_unknown_person_is_worth_one_question(home: RecommendHome) -> None:
    anything = MusicWish(text="play something")
    question = home.recommender.question(anything, home.situation(session_id="kitchen"))
    assert question is not None
    assert 2 <= len(question.choices) <= 4
    assert all(choice in question.text for choice in question.choices)
    assert home.recommender.question(anything, home.situation(session_id="kitchen")) is None
    specific = MusicWish(genres=("jazz",))
    assert home.recommender.question(specific, home.situation(session_id="bath")) is None


@pytest.mark.integration
def test_nobody_is_asked_whose_taste_is_known(home: RecommendHome) -> None:
    home.played(*home.ids["Folk"])
    assert home.recommender.question(MusicWish(), home.situation(session_id="new")) is None


@pytest.mark.integration
def test_an_empty_library_gives_an_empty_list(tmp_path: Path) -> None:
    from knowledge.catalog import Catalog
    from knowledge.database import Database
    from knowledge.ratings import Ratings
    from knowledge.recommend.models import Situation
    from knowledge.recommend.recommender import Recommender
    from knowledge.recommend.shelf import ShelfReader
    from recommend_fit import PlainFit
    from recommend_sound import FakeSounding, random_table

    database = Database.at(tmp_path / "empty.db")
    catalog = Catalog(database, tmp_path)
    table = random_table(0)
    empty = Recommender(
        database,
        catalog,
        Ratings(database),
        FakeSounding(table),
        PlainFit(ShelfReader(database), FakeSounding(table)),
    )
    try:
        assert empty.recommend(MusicWish(), Situation(NOW)).items == ()
        assert empty.playlist(MusicWish(duration_s=600), Situation(NOW)).items == ()
        assert empty.question(MusicWish(), Situation(NOW)) is None
    finally:
        database.close()
