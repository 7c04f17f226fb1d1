"""A taste: said, learned, shown, corrected, forgotten."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from knowledge.catalog_writer import CatalogWriter
from knowledge.errors import NotInLibrary, TasteRejected
from knowledge.people.current import acting_as
from knowledge.recommend.frame import Frame
from knowledge.recommend.shelf import ShelfReader
from knowledge.schema import lyrics
from knowledge.taste.matching import theme_words
from knowledge.wish import MusicWish
from library_drafts import draft
from people_here import ANNA, BEN, people_in
from recommend_library import RecommendHome, open_recommending


@pytest.fixture
def home(tmp_path: Path) -> Iterator[RecommendHome]:
    opened = open_recommending(tmp_path)
    yield opened
    opened.database.close()


def weight(home: RecommendHome, track_id: int) -> float:
    frame = Frame.of(ShelfReader(home.database).read(), home.sounding.table(), None)
    return float(home.taste.weights(frame)[frame.ids.tolist().index(track_id)])


@pytest.mark.integration
def test_never_christmas_songs_in_any_language(home: RecommendHome) -> None:
    titles = (
        "Last Christmas", "Stille Nacht", "クリスマス・イブ", "Petit Papa Noël", "Feliz Navidad",
    )  # fmt: skip
    drafts = [draft(title, "Singer", genres=("Pop",), duration_s=200.0) for title in titles]
    added = [one.track_id for one in CatalogWriter(home.database).add(drafts)]
    line = home.taste.say("never", "theme", "christmas songs", "I never want Christmas songs")
    assert line.count == len(titles)
    assert "You said: “I never want Christmas songs”" in line.words
    made = home.recommender.recommend(MusicWish(), home.situation(), count=150)
    assert not set(added) & {item.track.id for item in made.items}


@pytest.mark.integration
def test_a_song_is_about_what_its_words_name_often(home: RecommendHome) -> None:
    often, once = home.ids["Folk"][:2]
    with home.database.write() as connection:
        for track_id, count in ((often, 4), (once, 1)):
            text = "\n".join(["It is Halloween tonight"] * count)
            connection.execute(
                insert(lyrics).values(
                    track_id=track_id,
                    text=text,
                    synced=False,
                    language="en",
                    source="tag",
                    read_at=0,
                )
            )
    assert home.taste.say("never", "theme", "halloween").count == 1
    assert home.taste.now().forbidden == {often}
    assert home.taste.say("less", "language", "English").count == 2


@pytest.mark.integration
@pytest.mark.parametrize(
    ("subject", "value", "count"),
    [
        ("artist", "ROCK artist 3", 5),
        ("album", "folk album 1", 5),
        ("genre", "techno", 30),
        ("track", "1", 1),
        ("theme", "ambient", 30),
        ("genre", "polka", 0),
    ],
)
def test_rules_are_about_the_right_tracks(
    home: RecommendHome, subject: str, value: str, count: int
) -> None:
    assert home.taste.say("never", subject, value).count == count
    assert len(home.taste.now().forbidden) == count


@pytest.mark.integration
def test_more_and_less_shift_what_is_chosen(home: RecommendHome) -> None:
    home.taste.say("more", "genre", "Techno")
    home.taste.say("less", "genre", "Ambient")
    assert weight(home, home.ids["Techno"][0]) > 0 > weight(home, home.ids["Ambient"][0])
    made = home.recommender.recommend(MusicWish(), home.situation(), count=8)
    assert {home.genre_of(item.track.id) for item in made.items} == {"Techno"}
    assert any("you want more of Techno" in r.words for r in made.items[0].reasons)


@pytest.mark.integration
def test_skips_and_completed_plays_are_learned_from(home: RecommendHome) -> None:
    liked, skipped = home.ids["Folk"][:5], home.ids["Rock"][:5]
    for _ in range(3):
        home.played(*liked)
        home.played(*skipped, skipped=True)
    assert weight(home, liked[0]) > 0.3
    assert weight(home, skipped[0]) < 0
    # Others of the artist share in it, and what has little to do with it does not.
    assert weight(home, home.ids["Folk"][4]) > weight(home, home.ids["Techno"][20])


@pytest.mark.integration
def test_old_listening_fades(home: RecommendHome) -> None:
    home.played(*home.ids["Folk"][:5], ago_h=24.0 * 1000)
    home.played(*home.ids["Rock"][:5], ago_h=24.0)
    assert weight(home, home.ids["Rock"][0]) > 3 * weight(home, home.ids["Folk"][0])


@pytest.mark.integration
def test_a_taste_is_shown_in_plain_sentences_with_counts(home: RecommendHome) -> None:
    home.played(*home.ids["Folk"][:10], ago_h=24.0)  # NOW is half past eight in the evening
    home.played(*home.ids["Rock"][:4], skipped=True, ago_h=48.0)
    shown = home.taste.shown(zone=home.situation().at.tzinfo)
    words = [line.words for line in shown]
    assert "You played Folk music 10 times, mostly in the evening." in words
    assert "You skipped Rock Artist 0 4 of 4 times." in words


@pytest.mark.integration
def test_what_is_known_can_be_corrected_and_forgotten(home: RecommendHome) -> None:
    home.played(*home.ids["Folk"][:10])
    genre = next(line for line in home.taste.shown() if line.id == "learned:genre:folk")
    before = weight(home, home.ids["Folk"][29])
    home.taste.forget(genre.id)
    assert genre.id not in {line.id for line in home.taste.shown()}
    assert weight(home, home.ids["Folk"][29]) < before
    rule = home.taste.say("never", "genre", "rock")
    home.taste.forget(rule.id)
    assert home.taste.now().forbidden == frozenset()
    with pytest.raises(NotInLibrary):
        home.taste.forget(rule.id)


@pytest.mark.integration
def test_reset_begins_anew_but_keeps_the_log(home: RecommendHome) -> None:
    home.played(*home.ids["Folk"][:10])
    home.taste.say("never", "genre", "rock")
    home.taste.reset()
    assert home.taste.shown() == ()
    assert home.taste.now().forbidden == frozenset()
    assert weight(home, home.ids["Folk"][0]) == 0.0
    assert len(home.history.last(50)) == 10


@pytest.mark.integration
def test_each_person_has_a_taste_and_the_household_has_one_for_all(home: RecommendHome) -> None:
    people_in(home.database)
    home.taste.say("never", "genre", "techno")
    with acting_as(ANNA):
        home.taste.say("never", "genre", "rock")
        assert len(home.taste.now().forbidden) == 60
        with pytest.raises(NotInLibrary):
            home.taste.forget("rule:1")  # the household's
    with acting_as(BEN):
        assert len(home.taste.now().forbidden) == 30
    with acting_as(ANNA):
        home.taste.reset()
        assert len(home.taste.now().forbidden) == 30


@pytest.mark.integration
def test_the_last_word_counts(home: RecommendHome) -> None:
    home.taste.say("never", "artist", "Rock Artist 1")
    home.taste.say("more", "artist", "rock artist 1", "I changed my mind")
    assert home.taste.now().forbidden == frozenset()
    assert [line.kind for line in home.taste.shown()] == ["more"]


@pytest.mark.integration
def test_not_now_ends_by_itself(tmp_path: Path) -> None:
    from datetime import timedelta

    from knowledge.taste.rules import TasteRules
    from recommend_library import NOW

    home = open_recommending(tmp_path)
    now = [NOW]
    rules = TasteRules(home.database, clock=lambda: now[0])
    rules.say("not_now", "", str(home.ids["Rock"][0]))
    assert len(rules.all()) == 1
    now[0] += timedelta(hours=7)
    assert rules.all() == ()
    home.database.close()


@pytest.mark.integration
@pytest.mark.parametrize(
    ("kind", "subject", "value"),
    [
        ("always", "genre", "rock"),
        ("never", "colour", "red"),
        ("never", "genre", "   "),
        ("never", "genre", "x" * 400),
        ("never", "track", "1; drop table tracks"),
        ("never", "track", ""),
    ],
)
def test_what_makes_no_sense_is_refused(
    home: RecommendHome, kind: str, subject: str, value: str
) -> None:
    with pytest.raises(TasteRejected):
        home.taste.say(kind, subject, value)


@pytest.mark.integration
def test_wildcards_in_names_are_only_letters(home: RecommendHome) -> None:
    assert home.taste.say("never", "theme", "%").count == 0
    assert home.taste.say("never", "theme", "_____").count == 0


@pytest.mark.unit
def test_a_theme_is_known_by_any_of_its_words() -> None:
    assert theme_words("christmas songs") == theme_words("weihnachten")
    assert theme_words("trains") == ("trains",)


@pytest.mark.integration
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rules=st.lists(
        st.tuples(
            st.sampled_from(("genre", "artist", "track")),
            st.sampled_from(("Rock", "Folk", "Techno Artist 1", "Rock Artist 2", "7", "99")),
        ),
        max_size=4,
    ),
    wish=st.sampled_from(
        (
            MusicWish(),
            MusicWish(activity="party"),
            MusicWish(genres=("Rock",)),
            MusicWish(like=(3,), but={"energy": 1.0}),
            MusicWish(duration_s=1200.0, arc="ramp"),
        )
    ),
)
def test_what_is_never_wanted_never_comes(
    home: RecommendHome, rules: list[tuple[str, str]], wish: MusicWish
) -> None:
    home.taste.reset()
    for subject, value in rules:
        if subject != "track" or value.isdecimal():
            home.taste.say("never", subject, value)
    forbidden = home.taste.now().forbidden
    for made in (
        home.recommender.recommend(wish, home.situation(), count=40),
        home.recommender.playlist(wish, home.situation()),
    ):
        ids = [item.track.id for item in made.items]
        assert not forbidden & set(ids)
        assert len(set(ids)) == len(ids)
