"""Words that point at something."""

import pytest

from agent.pointing import Pointer, only_points, point

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("the second one", (2,)),
        ("play the 3rd", (3,)),
        ("number two please", (2,)),
        ("track 4", (4,)),
        ("2", (2,)),
        ("play two", (2,)),
        ("the last one", (-1,)),
        ("the first one", (1,)),
        ("the first two", (1, 2)),
        ("the last three", (3, 4, 5)),
        ("the first and the third", (1, 3)),
        ("both", (1, 2)),
        ("the twelfth", ()),
        ("play one more time", ()),
        ("take five", ()),
    ],
)
def test_numbers_of_a_list_of_five(text: str, numbers: tuple[int, ...]) -> None:
    assert point(text, listed=5).numbers == numbers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("play that album", "album"),
        ("what album is this from", "track"),
        ("something else by her", "artist"),
        ("more of his songs", "artist"),
        ("who is that band", "artist"),
        ("save these songs", "list"),
        ("queue them", "list"),
        ("play it again", "track"),
        ("i like this song", "track"),
        ("play take five", None),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    assert point(text).kind == kind


def test_this_is_here_and_that_is_not() -> None:
    assert point("add this song").here
    assert not point("add that song").here


def test_the_other_one_and_all_of_them() -> None:
    assert point("no, the other one").other
    assert point("play all of them").everything
    assert point("play take five") == Pointer()


@pytest.mark.parametrize("text", ["the second one", "this song", "them", "it", "the first two"])
def test_only_pointing(text: str) -> None:
    assert only_points(text)


@pytest.mark.parametrize("text", ["First We Take Manhattan", "Second Hand News", "take five"])
def test_titles_are_more_than_pointing(text: str) -> None:
    assert not only_points(text)
