"""Words of a song, and how a cover looks."""

import pytest

from knowledge.wishes import parse_wish


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "lyrics"),
    [
        ("the one that goes no rain in the desert", "no rain in the desert"),
        ('the song with the words "calm down my jazz"', "calm down my jazz"),
        ("das Lied, in dem es heißt: kein Metal im Regen", "kein Metal im Regen"),
        ("la canción que dice bailar bailar", "bailar bailar"),
        ("la chanson qui dit je ne regrette rien", "je ne regrette rien"),
    ],
)
def test_words_of_a_song_are_no_description(said: str, lyrics: str) -> None:
    wish = parse_wish(said)
    assert wish.lyrics == lyrics
    assert (wish.moods, wish.genres, wish.not_genres, wish.weather) == ((), (), (), "")


@pytest.mark.unit
def test_a_phrase_without_words_after_it_quotes_nothing() -> None:
    assert parse_wish("the one that goes").lyrics == ""
    assert parse_wish("").lyrics == ""


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "cover"),
    [
        ("the album with the yellow cover", "yellow"),
        ("das Album mit dem schwarz-weißen Cover", "black and white"),
        ("el disco de la portada azul", "blue"),
        ("封面是黄色的专辑", "yellow"),
    ],
)
def test_covers_by_colour(said: str, cover: str) -> None:
    wish = parse_wish(said)
    assert wish.cover == cover
    assert wish.kinds == ("album",)


@pytest.mark.unit
def test_a_colour_is_no_cover_without_the_word() -> None:
    assert parse_wish("yellow songs").cover == ""
    assert parse_wish("cover songs").cover == ""
