"""Words, numbers, years, genres and misspellings."""

import pytest

from knowledge.search.facets import Facets, Genres, find_facets
from knowledge.search.names import NameIndex
from knowledge.search.readings import Freedom, readings
from knowledge.search.spelling import Vocabulary
from knowledge.search.words import Word, in_digits, name_keys, number_spellings, tokens

VOCABULARY = Vocabulary(
    [("beatles", 50), ("help", 3), ("blackbird", 1), ("black", 9), ("bird", 4), ("hart", 2)]
)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("typed", "meant"),
    [("beatls", "beatles"), ("beatels", "beatles"), ("baetles", "beatles"), ("hepl", "help"),
     ("hrt", "hart")],
)  # fmt: skip
def test_a_misspelled_word_is_corrected(typed: str, meant: str) -> None:
    corrections = VOCABULARY.corrections(typed)
    assert corrections[0][0] == meant
    assert 0.5 < corrections[0][1] < 1.0


@pytest.mark.unit
@pytest.mark.parametrize("typed", ["hex", "he", "1984", "bxxxles", "гитара"])
def test_short_words_numbers_and_far_words_are_not_corrected(typed: str) -> None:
    assert VOCABULARY.corrections(typed) == ()


@pytest.mark.unit
def test_words_cut_wrongly_are_put_right() -> None:
    assert ("blackbird",) in VOCABULARY.joined(("black", "bird"))
    assert ("black", "help") in VOCABULARY.parted(("blackhelp",))


@pytest.mark.unit
def test_only_unknown_words_are_corrected_at_first() -> None:
    (reading,) = readings(("hepl", "black"), VOCABULARY, Freedom.LITERAL)
    assert [word.spellings for word in reading.words] == [
        (("hepl", 1.0), VOCABULARY.corrections("hepl")[0]),
        (("black", 1.0),),
    ]


@pytest.mark.unit
def test_light_words_count_only_alone() -> None:
    (reading,) = readings(("the", "help"), VOCABULARY, Freedom.LITERAL)
    assert [word.text for word in reading.words] == ["help"]
    (reading,) = readings(("the", "the"), VOCABULARY, Freedom.LITERAL)
    assert [word.text for word in reading.words] == ["the", "the"]


@pytest.mark.unit
def test_a_long_query_is_cut_off() -> None:
    assert len(tokens("la " * 10_000)) == 12
    assert tokens("\x00\ud800 ") is not None


@pytest.mark.unit
@pytest.mark.parametrize(
    ("word", "others"),
    [("2", {"two", "ii"}), ("two", {"2", "ii"}), ("ii", {"2", "two"}), ("i", set()), ("99", set())],
)
def test_small_numbers_are_written_in_several_ways(word: str, others: set[str]) -> None:
    assert set(number_spellings(word)) == others


@pytest.mark.unit
def test_names_are_the_same_without_article_and_spaces() -> None:
    assert set(name_keys(["the", "beatles"])) & set(name_keys(["beatles"]))
    assert set(name_keys(["ac", "dc"])) & set(name_keys(["acdc"]))
    assert not set(name_keys(["the", "the"])) & set(name_keys(["the"]))


GENRES = Genres(["jazz", "acid jazz", "hip hop", "rock"])


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "facets"),
    [
        ("jazz from 1959", Facets(1959, 1959, ("jazz", "acid jazz"))),
        ("70s rock", Facets(1970, 1979, ("rock",))),
        ("music from the eighties", Facets(1980, 1989)),
        ("songs between 1965 and 1969", Facets(1965, 1969)),
        ("rock since 2010", Facets(2010, None, ("rock",))),
        ("hiphop before 1990", Facets(None, 1989, ("hip hop",))),
        ("some calm jazz", Facets(genres=("jazz", "acid jazz"), mood="calm")),
    ],
)
def test_years_genres_and_moods_are_found(said: str, facets: Facets) -> None:
    assert find_facets(tokens(said), GENRES) == (facets, ())


@pytest.mark.unit
def test_words_beside_facets_are_left_over() -> None:
    facets, left = find_facets(tokens("miles davis from 1959"), GENRES)
    assert facets == Facets(1959, 1959)
    assert left == (0, 1)


def _artists(*names: str) -> NameIndex:
    index = NameIndex()
    index.add((number, name, name, "") for number, name in enumerate(names, 1))
    return index


def _resolve(index: NameIndex, said: str) -> list[str]:
    words = [Word(text, place, ((text, 1.0),)) for place, text in enumerate(said.split())]
    return [" ".join(named.name.words) for named in index.resolve(words)]


@pytest.mark.unit
def test_an_artist_brings_along_their_groups_but_no_namesakes() -> None:
    index = _artists("prince", "prince and the revolution", "prince buster", "the prince trio")
    assert _resolve(index, "prince") == ["prince", "prince and the revolution", "the prince trio"]


@pytest.mark.unit
def test_part_of_a_name_names_everybody_of_that_name() -> None:
    index = _artists("dave brubeck", "darius brubeck", "nina simone")
    assert set(_resolve(index, "brubeck")) == {"dave brubeck", "darius brubeck"}


@pytest.mark.unit
def test_a_short_word_that_is_the_whole_request_is_not_another_word() -> None:
    vocabulary = Vocabulary([("bich", 1), ("bachs", 1)])
    assert [term for term, _ in vocabulary.corrections("bach")] == ["bachs", "bich"]
    assert [term for term, _ in vocabulary.corrections("bach", alone=True)] == ["bachs"]


@pytest.mark.unit
def test_numbers_said_in_words_are_written_as_titles_have_them() -> None:
    assert in_digits(("ninety", "nine", "luftballons")) == ("99", "luftballons")
    assert in_digits(("gymnopedie", "number", "one")) == ("gymnopedie", "no", "1")
    assert in_digits(("one", "more", "time")) == ("one", "more", "time")
