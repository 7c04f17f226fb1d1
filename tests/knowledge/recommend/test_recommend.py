"""Wishes, and a varied choice."""

import itertools

import pytest

from knowledge.models import Track
from knowledge.recommend.selection import Candidate, recency, spread
from knowledge.recommend.wishes import known_wishes, wish_for

pytestmark = pytest.mark.unit


def track(number: int, title: str = "", artist: str = "", **fields: object) -> Track:
    return Track(number, title or f"Song {number}", (artist or f"Artist {number}",), **fields)  # type: ignore[arg-type]


def chosen(*tracks: Track, count: int = 10, cap: int = 2, **recent: float) -> list[int]:
    memory = {int(key[1:]): value for key, value in recent.items()}
    candidates = [Candidate(one, 0.5) for one in tracks]
    return [c.track.id for c in spread(candidates, count, recent=memory, artist_cap=cap)]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("calm", "calm"),
        ("something relaxing please", "calm"),
        ("music to study to", "focused"),
        ("for a workout", "workout"),
        ("going for a run", "workout"),
        ("sad", "sad"),
        ("upbeat", "happy"),
        ("road trip", "driving"),
        ("dinner with guests", "dinner"),
        ("xylophone", None),
        ("", None),
    ],
)
def test_wishes(words: str, name: str | None) -> None:
    wish = wish_for(words)
    assert (wish.name if wish is not None else None) == name


def test_every_wish_is_a_stretch_of_the_library() -> None:
    for name in known_wishes():
        wish = wish_for(name)
        assert wish is not None
        assert 0 <= wish.low < wish.high <= 1


def test_near_duplicates_count_once() -> None:
    assert chosen(
        track(1, "Home", "A"),
        track(2, "Home (Live at Wembley)", "A"),
        track(3, "Home - 2011 Remaster", "A"),
        track(4, "Home", "B"),
    ) == [1, 4]


def test_parts_of_a_work_are_not_duplicates() -> None:
    assert len(chosen(track(1, "Suite (Part 1)", "A"), track(2, "Suite (Part 2)", "A"))) == 2


def test_an_artist_gets_few_places_and_not_two_in_a_row() -> None:
    picked = chosen(*(track(n, artist="A" if n < 6 else f"B{n}") for n in range(1, 10)))
    assert len([n for n in picked if n < 6]) == 2
    assert not any(a < 6 and b < 6 for a, b in itertools.pairwise(picked))


def test_a_library_of_one_artist_still_gets_an_answer() -> None:
    assert len(chosen(*(track(n, artist="A") for n in range(1, 10)), count=5)) == 5


def test_what_was_heard_comes_last_and_what_is_disliked_never() -> None:
    tracks = [track(n) for n in range(1, 5)]
    assert chosen(*tracks, t1=1.0) == [2, 3, 4, 1]
    assert chosen(*tracks, t1=-1.0) == [2, 3, 4]


def test_the_order_of_candidates_does_not_matter() -> None:
    tracks = [track(n) for n in range(1, 9)]
    assert chosen(*tracks) == chosen(*reversed(tracks))


def test_recency_fades() -> None:
    memory = recency([5, 6, 5, 7], fade=4)
    assert memory[5] == 1.0
    assert memory[5] > memory[6] > memory[7] > 0
