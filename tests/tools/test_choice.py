"""One clear match, several equal ones, or none."""

import pytest

from knowledge.models import Album, Artist, Track
from knowledge.search import MusicItem, SearchHit, SearchResult
from tools.choice import Choice, choose
from tools.result import Ambiguous

pytestmark = pytest.mark.unit


def hit(
    item: MusicItem, score: float = 1.0, *, exact: bool = True, versions: tuple[Track, ...] = ()
) -> SearchHit:
    return SearchHit(item, score, exact, "", versions)


COHEN = Track(1, "Hallelujah", ("Leonard Cohen",))
BUCKLEY = Track(2, "Hallelujah", ("Jeff Buckley",))
METALLICA = Artist(1, "Metallica")


def chosen(*hits: SearchHit, said: str = "x") -> object:
    return choose(SearchResult(hits), said=said)


def test_an_exact_name_is_clear_whatever_else_is_like_it() -> None:
    hayloft, second = Track(1, "Hayloft", ("MM",)), Track(2, "Hayloft II", ("MM",))
    result = chosen(hit(hayloft), hit(second, 0.95, exact=False))
    assert isinstance(result, Choice)
    assert result.item is hayloft


def test_the_same_title_by_others_is_asked_about() -> None:
    result = chosen(hit(COHEN), hit(BUCKLEY), said="hallelujah")
    assert isinstance(result, Ambiguous)
    assert result.items == (COHEN, BUCKLEY)
    assert result.question == "Whose Hallelujah do you mean?"


def test_an_artist_beats_album_and_track_of_the_same_name_by_that_artist() -> None:
    album = Album(1, "Metallica", "Metallica")
    track = Track(1, "Metallica", ("Metallica",))
    result = chosen(hit(track), hit(album), hit(METALLICA))
    assert isinstance(result, Choice)
    assert result.item is METALLICA


def test_but_not_those_by_somebody_else() -> None:
    track = Track(1, "Metallica", ("A Cover Band",))
    assert isinstance(chosen(hit(METALLICA), hit(track)), Ambiguous)


def test_the_same_recording_twice_is_one_thing() -> None:
    copy = Track(9, "Hallelujah", ("Leonard Cohen",))
    result = chosen(hit(COHEN), hit(copy))
    assert isinstance(result, Choice)


def test_at_most_three_are_asked_about() -> None:
    hits = [hit(Track(n, "Home", (f"Artist {n}",))) for n in range(9)]
    result = chosen(*hits)
    assert isinstance(result, Ambiguous)
    assert len(result.items) == 3


def test_a_clear_lead_decides_among_inexact_ones() -> None:
    result = chosen(hit(COHEN, 0.9, exact=False), hit(BUCKLEY, 0.6, exact=False))
    assert isinstance(result, Choice)
    close = chosen(hit(COHEN, 0.9, exact=False), hit(BUCKLEY, 0.89, exact=False))
    assert isinstance(close, Ambiguous)


def test_a_weak_match_is_offered_not_played() -> None:
    assert chosen(hit(COHEN, 0.3, exact=False)) == (COHEN,)


def test_nothing() -> None:
    assert choose(SearchResult(), said="x") == ()
    assert choose(SearchResult(nearest=(hit(COHEN, 0.4),)), said="x") == (COHEN,)
