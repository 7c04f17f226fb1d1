"""From the slots of a request to the arguments of a tool."""

import pytest

from agent.asking import begins_with_play, leftover, wants_sound, wants_to_know
from agent.naming import named
from agent.understanding import Intent, Understanding
from agent.wishing import arguments, is_mood, is_style, only_wishes
from tools.context import understood

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


def test_a_wish_goes_on_in_its_own_words() -> None:
    calm = understood("play something calm")
    assert arguments(calm, "play something calm") == {"wish": "play something calm"}
    assert arguments(understood("play take five"), "play take five") == {}


def test_what_describes_music_is_no_name() -> None:
    assert named(meaning(query="chill"), "play chill") == {}
    assert named(meaning(playlist="chill"), "play my chill playlist") == {"playlist": "chill"}
    assert only_wishes("calm")
    assert only_wishes("slow songs from the 60s")
    assert not only_wishes("calm before the storm by gong")


def test_jazz_is_a_genre_and_no_mood() -> None:
    assert named(meaning(mood="jazz"), "play jazz") == {"genre": "jazz"}
    assert named(meaning(genre="mellow"), "play something mellow") == {}
    assert is_style("jazz")
    assert not is_mood("jazz")
    assert is_mood("mellow")
