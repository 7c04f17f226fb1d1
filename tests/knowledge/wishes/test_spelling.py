"""Slips of the finger are read, other words are left alone."""

import pytest

from knowledge.wishes import parse_wish
from knowledge.wishes.lexicon import LANGUAGES, function_words, load_lexicon
from knowledge.wishes.pieces import DESCRIPTORS
from knowledge.wishes.spelling import near_words


@pytest.mark.unit
def test_a_slip_is_read() -> None:
    assert near_words("energteic", ["energetic", "emotional"]) == ["energetic"]
    assert near_words("relaxiing", ["relaxing"]) == ["relaxing"]
    assert parse_wish("intrumental musc").vocal is False
    assert parse_wish("something energteic").moods == ("energetic",)
    assert parse_wish("saxaphone").instruments == ("saxophone",)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("coming", "coding"),
        ("recorded", "recorder"),
        ("story", "stormy"),
        ("parts", "party"),
        ("alles", "altes"),
        ("jazz", "jizz"),
        ("", "calm"),
    ],
)
def test_another_word_is_no_slip(word: str, other: str) -> None:
    assert near_words(word, [other]) == []


@pytest.mark.unit
def test_compounds_are_read_by_their_first_part() -> None:
    assert parse_wish("Rocklieder").genres == ("rock",)
    assert parse_wish("Partysongs").activity == "party"
    assert parse_wish("jazznummers").genres == ("jazz",)
    assert parse_wish("rocklåtar").genres == ("rock",)
    assert next(load_lexicon("de").heads("rocklieder")) == "rock"
    assert list(load_lexicon("en").heads("rocksongs")) == []


@pytest.mark.unit
def test_a_german_adjective_is_no_comparative_before_a_noun() -> None:
    assert parse_wish("ruhiger Jazz").moods == ("calm",)
    assert parse_wish("ruhiger Jazz").but == {}
    assert parse_wish("etwas ruhiger bitte").but == {"energy": -1.0}


@pytest.mark.unit
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_small_word_is_a_description_without_its_accents(code: str) -> None:
    small = function_words(code)
    lexicon = load_lexicon(code)
    described = {
        word for word in small if {m.slot for m in lexicon.meanings_of(word)} & DESCRIPTORS
    }
    assert described == set()
