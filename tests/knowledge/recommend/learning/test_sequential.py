"""Rules, artists, like sessions and replays, on a few plays."""

import numpy as np
import pytest

from knowledge.recommend.learning.plays import Numbering, Plays, Scored
from knowledge.recommend.learning.sequential import (
    ArtistTransitions,
    BaseLevel,
    SequentialRules,
    SessionNeighbours,
)

pytestmark = pytest.mark.unit

MINUTE, DAY = 60.0, 86_400.0


def plays(*sessions: str, days_apart: float = 1.0) -> Plays:
    """Each word is a session of one person; each letter a track: "abc"."""
    items = [ord(letter) - ord("a") for one in sessions for letter in one]
    times = [
        number * days_apart * DAY + place * 3 * MINUTE
        for number, one in enumerate(sessions)
        for place in range(len(one))
    ]
    return Plays.of([1] * len(items), items, times)


def letters(scored: Scored) -> str:
    return "".join(chr(ord("a") + one) for one in scored.ids.tolist())


def test_silence_of_half_an_hour_ends_a_session() -> None:
    found = Plays.of([1, 1, 1, 2], [5, 6, 7, 8], [0, 100, 2_000, 50])
    assert len(set(found.sessions.tolist())) == 3
    assert found.sessions[0] == found.sessions[1]


def test_plays_are_sorted_and_repeats_dropped() -> None:
    found = Plays.of([1, 1, 1], [5, 5, 6], [200, 100, 0]).without_repeats()
    assert found.items.tolist() == [6, 5]
    with pytest.raises(ValueError, match="equally many"):
        Plays.of([1], [1, 2], [0.0])


def test_rules_prefer_what_followed_at_once() -> None:
    rules = SequentialRules(steps=2).fit(plays("abc", "abd", "abd"))
    assert letters(rules.score([0])) == "bdc"
    assert rules.score([0]).as_dict() == {1: 3.0, 3: 1.0, 2: 0.5}


def test_rules_do_not_reach_over_the_end_of_a_session() -> None:
    rules = SequentialRules().fit(plays("ab", "cd"))
    assert letters(rules.score([1])) == ""
    assert letters(rules.score([25])) == ""


def test_older_sessions_count_less() -> None:
    rules = SequentialRules(half_life_days=1.0).fit(plays("ab", "ab", "ac", days_apart=2.0))
    assert letters(rules.score([0])) == "cb"


def test_rules_with_a_memory_hear_more_than_the_last_track() -> None:
    rules = SequentialRules(steps=1).fit(plays("ax", "by"))
    assert letters(rules.score([0, 1], memory=2)) == "yx"


def test_artists_lead_to_their_most_played_tracks() -> None:
    artist_of = {0: 100, 1: 100, 2: 200, 3: 200}
    following = ArtistTransitions(artist_of, steps=1).fit(plays("ac", "bc", "ad"))
    assert following.artists(100).ids.tolist() == [200]
    assert letters(following.score([1])) == "cd"
    assert letters(following.tracks(100)) == "ab"
    assert len(following.score([9])) == 0


def test_like_sessions_bring_what_they_also_hold() -> None:
    neighbours = SessionNeighbours().fit(plays("abc", "abd", "xyz"))
    assert set(letters(neighbours.score([0, 1]))) == set("abcd")
    assert "c" not in letters(neighbours.score([0, 1], leave_out=1))


def test_often_and_lately_played_is_most_present() -> None:
    listened = plays("a", "a", "b", "c")
    present = BaseLevel().score(listened.items, listened.times, now=4 * DAY)
    assert letters(present) == "acb" or letters(present) == "cab"
    future = BaseLevel().score(listened.items, listened.times, now=0.5 * DAY)
    assert letters(future) == "a"


def test_scores_are_cut_and_ordered_the_same_way_every_time() -> None:
    ids = np.arange(5_000)
    scored = Scored.ranked(ids, np.ones(5_000), limit=3)
    assert scored.ids.tolist() == [0, 1, 2]
    assert scored.without([1]).ids.tolist() == [0, 2]


def test_numbering_knows_what_it_does_not_know() -> None:
    numbering = Numbering([30, 10, 20])
    assert numbering.places([10, 15, 30]).tolist() == [0, -1, 2]
    assert Numbering([]).places([1]).tolist() == [-1]
