"""The numbered list and what a conversation points at."""

import pytest

from agent.pointing import Pointer, point
from agent.references import (
    after_call,
    list_after,
    matching_option,
    numbered,
    other_number,
    pointed,
    references,
)
from agent.session import Session
from agent_outcomes import EVENING, NINA, SINNERMAN, TAKE_FIVE, TIME_OUT, found
from knowledge.models import Track
from tools.result import Ambiguous, Failed, NothingFound

pytestmark = pytest.mark.unit


def listed(*items: object, **fields: object) -> Session:
    return Session("s", results=numbered(items), **fields)  # type: ignore[arg-type]


def test_things_of_every_kind_are_numbered() -> None:
    shown = numbered((TAKE_FIVE, TIME_OUT, NINA, EVENING))
    assert [(r.number, r.kind, r.title) for r in shown] == [
        (1, "track", "Take Five"),
        (2, "album", "Time Out"),
        (3, "artist", "Nina Simone"),
        (4, "playlist", "Evening"),
    ]
    assert shown[0].subtitle == "Dave Brubeck · Time Out"
    assert [str(one) for one in references(shown)] == [
        "track:1",
        "album:1",
        "artist:3",
        "playlist:4",
    ]


def test_hostile_titles_are_cleaned() -> None:
    track = Track(9, "A\x00\u202eB\n" + "x" * 900, ("M",))
    title = numbered((track,))[0].title
    assert title.startswith("A B x")
    assert len(title) <= 200


def test_playing_from_the_list_keeps_the_list() -> None:
    result = found(SINNERMAN, playing="Sinnerman")
    assert list_after("play_music", {"numbers": [2]}, result) == ()
    assert list_after("play_music", {"refs": ["track:2"]}, result) == ()
    assert list_after("play_music", {"query": "x", "mode": "next"}, result) == ()
    assert list_after("play_music", {"query": "x"}, result) == (SINNERMAN,)
    assert list_after("now_playing", {}, result) == ()


def test_a_question_keeps_what_to_do_with_the_answer() -> None:
    asked = Ambiguous((TAKE_FIVE, SINNERMAN), "Which?")
    session = after_call(Session("s"), "play_music", {"query": "x", "mode": "next"}, asked)
    assert session.question is not None
    assert session.question.arguments == {"mode": "next"}
    assert [one.id for one in session.question.options] == [1, 2]
    assert after_call(session, "now_playing", {}, found(TAKE_FIVE)).question is None


def test_an_offer_is_a_question_too() -> None:
    missing = NothingFound("wonderwall", (TAKE_FIVE,))
    session = after_call(Session("s"), "play_music", {"query": "wonderwall"}, missing)
    assert session.question is not None
    assert session.question.kind == "offer"


def test_failure_changes_nothing_but_the_question() -> None:
    before = listed(TAKE_FIVE)
    assert after_call(before, "play_music", {}, Failed("x", "y")).results == before.results


def test_the_other_number() -> None:
    assert other_number(listed(TAKE_FIVE, SINNERMAN, chosen=1)) == 2
    assert other_number(listed(TAKE_FIVE, SINNERMAN, chosen=2)) == 1
    assert other_number(listed(TAKE_FIVE)) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("the one by nina simone", 2),
        ("the album", 3),
        ("i mean sinnerman", 2),
        ("the song", None),
        ("something completely different", None),
        ("yes", None),
    ],
)
def test_an_option_is_described(text: str, number: int | None) -> None:
    assert matching_option(text, listed(TAKE_FIVE, SINNERMAN, TIME_OUT)) == number


def test_this_is_what_sounds_and_that_is_what_was_spoken_of() -> None:
    session = after_call(Session("s"), "rate_track", {}, found(TAKE_FIVE, rated="like"))
    assert pointed(point("that song"), session, SINNERMAN) == {"refs": ["track:1"]}
    assert pointed(point("this song"), session, SINNERMAN) == {"refs": ["track:2"]}
    assert pointed(point("that album"), session, SINNERMAN) == {"refs": ["album:1"]}
    assert pointed(point("by him"), session, SINNERMAN) == {"artist": "Dave Brubeck"}


def test_nothing_known_is_pointed_at() -> None:
    for text in ("the second one", "that album", "by her", "it", "all of them", "the other one"):
        assert pointed(point(text), Session("s"), None) == {}
    assert pointed(Pointer(numbers=(7,)), listed(TAKE_FIVE), None) == {}
