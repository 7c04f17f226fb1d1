"""Playlists that fill themselves by a rule."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.analysis.sound import Axis
from knowledge.errors import NotInLibrary, WishRejected
from knowledge.recommend.smart_playlists import SmartPlaylists
from knowledge.recommend.wish_json import wish_from_json, wish_to_json
from knowledge.wish import MusicWish
from recommend_library import NOW, RecommendHome, open_recommending

ROCK = MusicWish(genres=("Rock",), count=8)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[RecommendHome]:
    opened = open_recommending(tmp_path)
    yield opened
    opened.database.close()


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def smart(home: RecommendHome, clock: Clock) -> SmartPlaylists:
    return SmartPlaylists(home.database, home.playlists, home.recommender, clock=clock)


@pytest.mark.integration
def test_a_smart_playlist_is_a_playlist_that_obeys_its_rule(
    home: RecommendHome, smart: SmartPlaylists
) -> None:
    made = smart.create("Loud", ROCK)
    tracks = home.playlists.tracks(made.smart.playlist.id)
    assert len(tracks) == 8
    assert {home.genre_of(track.id) for track in tracks} == {"Rock"}
    assert smart.all()[0].wish == ROCK


@pytest.mark.integration
def test_it_is_renewed_when_opened_after_its_time(
    home: RecommendHome, smart: SmartPlaylists, clock: Clock
) -> None:
    made = smart.create("Loud", ROCK, every_s=3600.0)
    playlist_id = made.smart.playlist.id
    before = [track.id for track in home.playlists.tracks(playlist_id)]
    assert smart.opened(playlist_id) is None
    home.taste.say("never", "track", str(before[0]))
    clock.now = NOW + timedelta(hours=2)
    renewed = smart.opened(playlist_id)
    assert renewed is not None
    assert renewed.smart.refreshed_at == clock.now
    assert before[0] not in {track.id for track in home.playlists.tracks(playlist_id)}


@pytest.mark.integration
def test_what_is_due_is_renewed_in_the_background(smart: SmartPlaylists, clock: Clock) -> None:
    smart.create("Hourly", ROCK, every_s=3600.0)
    smart.create("By hand", MusicWish(genres=("Folk",)), every_s=0.0)
    assert smart.refresh_due() == 0
    clock.now = NOW + timedelta(days=400)
    assert smart.refresh_due() == 1


@pytest.mark.integration
def test_a_list_is_kept_when_nothing_fits_any_more(
    home: RecommendHome, smart: SmartPlaylists
) -> None:
    made = smart.create("Loud", ROCK)
    home.taste.say("never", "genre", "rock")
    renewed = smart.refresh(made.smart.playlist.id)
    assert not renewed.changed
    assert len(home.playlists.tracks(made.smart.playlist.id)) == 8


@pytest.mark.integration
def test_a_rule_goes_with_its_playlist_and_can_go_alone(
    home: RecommendHome, smart: SmartPlaylists
) -> None:
    one, other = (smart.create(name, ROCK).smart.playlist.id for name in ("One", "Other"))
    smart.make_ordinary(one)
    assert smart.get(one) is None
    with pytest.raises(NotInLibrary):
        smart.refresh(one)
    home.playlists.delete(other)
    assert smart.all() == ()


@pytest.mark.integration
def test_an_interval_without_sense_is_refused(home: RecommendHome, smart: SmartPlaylists) -> None:
    with pytest.raises(WishRejected):
        smart.create("Hectic", ROCK, every_s=1.0)
    assert home.playlists.all() == ()


@pytest.mark.unit
@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        {"version": 2},
        {"version": 1, "genres": "rock"},
        {"version": 1, "genres": ["x" * 501]},
        {"version": 1, "genres": ["x"] * 201},
        {"version": 1, "duration_s": float("nan")},
        {"version": 1, "duration_s": 1e9},
        {"version": 1, "years": [2000, 1990]},
        {"version": 1, "axes": {"energy": [0, 2]}},
        {"version": 1, "axes": {"nonsense": [0, 1]}},
        {"version": 1, "but": {"__class__": 1}},
        {"version": 1, "like": [-1]},
        {"version": 1, "arc": "zigzag"},
        {"version": 1, "liked": "yes"},
        {"version": 1, "eval": "x"},
    ],
)
def test_a_malformed_rule_is_refused(given: Any) -> None:
    with pytest.raises(WishRejected):
        wish_from_json(given)


_SPAN = st.tuples(st.floats(0, 0.5), st.floats(0.5, 1))


@pytest.mark.unit
@given(
    st.builds(
        MusicWish,
        text=st.text(max_size=40),
        genres=st.lists(st.text(max_size=20), max_size=4).map(tuple),
        axes=st.dictionaries(st.sampled_from(list(Axis)), _SPAN, max_size=3),
        years=st.none() | st.tuples(st.just(1990.0), st.just(1999.0)),
        vocal=st.none() | st.booleans(),
        like=st.lists(st.integers(1, 10**9), max_size=3).map(tuple),
        but=st.dictionaries(st.sampled_from(["energy", "tempo", "year"]), st.floats(-1, 1)),
        count=st.none() | st.integers(1, 500),
        duration_s=st.none() | st.floats(1, 80_000),
        arc=st.sampled_from(("", "flat", "ramp", "hill", "wind_down")),
    )
)
def test_a_wish_survives_being_kept(wish: MusicWish) -> None:
    assert wish_from_json(wish_to_json(wish)) == wish
