"""Several requests in one sentence are told apart; names stay whole."""

import pytest

from agent import compound
from request_reader import opens, reader

pytestmark = pytest.mark.unit


def parts(text: str) -> list[str]:
    return list(compound.split(text, opens, reader().names).texts)


@pytest.mark.parametrize(
    ("text", "requests"),
    [
        (
            "play Nina Simone, a bit quieter, and stop at eleven",
            ["play Nina Simone", "a bit quieter", "stop at eleven"],
        ),
        ("pause and remind me what this was", ["pause", "remind me what this was"]),
        ("turn it down, skip this one and shuffle", ["turn it down", "skip this one", "shuffle"]),
        ("stop the music and wake me at seven", ["stop the music", "wake me at seven"]),
        ("find songs by moby and play the first one", ["find songs by moby", "play the first one"]),
        ("play some jazz, i'm not into saxophone", ["play some jazz", "i'm not into saxophone"]),
        ("pause the music. what is this?", ["pause the music", "what is this"]),
        ("hey, play suzanne and turn it up a little", ["play suzanne", "turn it up a little"]),
        ("play take five then suzanne", ["play take five", "play suzanne"]),
        ("play Blood, Sweat & Tears and turn it up", ["play Blood, Sweat & Tears", "turn it up"]),
    ],
)
def test_each_request_is_a_part(text: str, requests: list[str]) -> None:
    assert parts(text) == requests


@pytest.mark.parametrize(
    "text",
    [
        "play Simon and Garfunkel",
        "play Earth, Wind & Fire",
        "play Me and Bobby McGee",
        "play Blood, Sweat and Tears",
        "play Hello, Goodbye by the Beatles",
        "play Stop and Stare",
        "play Turn It Up and Dance",
        "play rock and roll",
        "play something happy and upbeat",
        "play something calm but not too slow",
        "play songs from the 80s and the 90s",
        "play the first and the third",
        "play music for me and my kids",
        "play something calm, no vocals",
    ],
)
def test_a_name_and_a_description_stay_whole(text: str) -> None:
    assert parts(text) == [text]


@pytest.mark.parametrize(
    ("text", "requests"),
    [
        (
            "add Take Five and Blue Rondo to my jazz list and play it",
            ["add Take Five to my jazz list", "add Blue Rondo to my jazz list",
             "play my jazz playlist"],
        ),
        (
            "queue Take Five, Suzanne and Grace",
            ["queue Take Five", "queue Suzanne", "queue Grace"],
        ),
        (
            "play Hallelujah and Suzanne by Leonard Cohen",
            ["play Hallelujah by Leonard Cohen", "play Suzanne by Leonard Cohen"],
        ),
        ("add Nobody and Anybody to Dinner", ["add Nobody and Anybody to Dinner"]),
    ],
)  # fmt: skip
def test_lists_of_names_are_told_apart_when_all_are_known(text: str, requests: list[str]) -> None:
    assert parts(text) == requests


def test_more_than_four_requests_are_counted_and_left() -> None:
    found = compound.split("skip, pause, next, louder, quieter, stop", opens, reader().names)
    assert len(found.texts) == compound.MAX_PARTS
    assert found.left == 2


@pytest.mark.parametrize("text", ["", " ", ", and, and ,", "and " * 400, "play " + "x, " * 700])
def test_nothing_is_too_strange_to_be_split(text: str) -> None:
    assert compound.split(text, opens, reader().names).texts
