"""From the slots of a request to the arguments of a tool."""

import pytest

from agent.asking import begins_with_play, leftover, wants_sound, wants_to_know
from agent.naming import named
from agent.understanding import Intent, Understanding
from agent.wishing import only_wishes, wishes, years

pytestmark = pytest.mark.unit


def meaning(**slots: str) -> Understanding:
    return Understanding(Intent.PLAY, {name: (value,) for name, value in slots.items()}, 0.9)


def test_a_name_whose_kind_nobody_said_is_left_to_search() -> None:
    assert named(meaning(track="genesis"), "play genesis") == {"query": "genesis"}
    assert named(meaning(track="genesis"), "play the song genesis") == {"title": "genesis"}
    assert named(meaning(artist="genesis"), "play something by genesis") == {"artist": "genesis"}


def test_who_is_named_after_by_is_a_condition_even_if_unknown() -> None:
    found = named(meaning(track="hallelujah"), "play hallelujah by The Beatles")
    assert found == {"query": "hallelujah", "artist": "The Beatles"}


def test_by_inside_a_title_is_no_artist() -> None:
    assert named(meaning(track="stand by me"), "play stand by me") == {"query": "stand by me"}


def test_the_verb_is_not_an_album_called_play() -> None:
    assert named(meaning(album="play", genre="jazz"), "play some jazz") == {"genre": "jazz"}
    assert named(meaning(album="play"), "play the album play") == {"album": "play"}


def test_pointing_words_name_nothing() -> None:
    assert named(meaning(query="the second one"), "add the second one to the queue") == {}


def test_where_to_put_it_is_no_part_of_its_name() -> None:
    found = named(meaning(query="sinnerman to the queue"), "add sinnerman to the queue")
    assert found == {"query": "sinnerman"}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("play take five please", "take five"),
        ("could you play some miles davis", "miles davis"),
        ("please put on the song suzanne for me", "suzanne"),
        ("find me songs by nina simone", "nina simone"),
        ("play something", ""),
        ("play some music", ""),
    ],
)
def test_what_is_left_of_a_request(text: str, rest: str) -> None:
    assert leftover(text) == rest


@pytest.mark.parametrize("text", ["play it", "i want to hear jazz", "put on something calm"])
def test_wants_sound(text: str) -> None:
    assert wants_sound(text)


@pytest.mark.parametrize(
    "text", ["do you have anything by bach", "what should i listen to", "find songs i can play"]
)
def test_wants_to_know(text: str) -> None:
    assert wants_to_know(text)
    assert not wants_sound(text)


def test_begins_with_play() -> None:
    assert begins_with_play("please put on abba")
    assert not begins_with_play("add abba to my list")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("80s", {"year_from": 1980, "year_to": 1989}),
        ("the eighties", {"year_from": 1980, "year_to": 1989}),
        ("1990s", {"year_from": 1990, "year_to": 1999}),
        ("1985", {"year_from": 1985, "year_to": 1985}),
        ("before 1970", {"year_to": 1969}),
        ("since 2010", {"year_from": 2010}),
        ("after 1999", {"year_from": 2000}),
        ("from the 20s", {"year_from": 2020, "year_to": 2029}),
        ("nothing", {}),
        ("", {}),
    ],
)
def test_years(words: str, found: dict[str, int]) -> None:
    assert years(words) == found


def test_wishes_from_slots_and_from_words() -> None:
    assert wishes(meaning(mood="calm"), "play something calm") == {"mood": "calm"}
    assert wishes(meaning(), "play something to dance to")["mood"]
    assert wishes(meaning(), "play slow songs from the 60s") == {
        "year_from": 1960,
        "year_to": 1969,
        "mood": "slow songs from the 60s",
        "tempo": "slow",
    }
    assert wishes(meaning(), "play take five") == {}


def test_jazz_is_a_genre_and_no_mood() -> None:
    assert wishes(meaning(genre="jazz"), "play jazz by miles") == {}
    assert only_wishes("calm")
    assert not only_wishes("calm before the storm by gong")
