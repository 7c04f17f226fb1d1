"""Names that people would call the same fold alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.folding import fold, without_article, without_featuring


@pytest.mark.unit
@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Beyoncé & Jay‐Z", "beyonce and jay z"),
        ("Sigur Rós", "sigur ros"),
        ("Motörhead", "motorhead"),
        ("Кино", "kino"),
        ("Группа крови", "gruppa krovi"),
        ("さくら", "sakura"),
        ("サクラ", "sakura"),
        ("AC/DC", "ac dc"),
        ("P!nk", "pink"),
        ("Ke$ha", "kesha"),
        ("$uicideboy$", "suicideboys"),
        ("Help!", "help"),
        ("$100 Bill", "100 bill"),
        ("Don’t Stop Me Now", "dont stop me now"),
        ("4'33\"", "433"),
        ("ＦＵＬＬ　ｗｉｄｔｈ", "full width"),
        ("Straße", "strasse"),
        ("!!!", "!!!"),
        ("  ", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.unit
def test_chinese_characters_are_words_of_their_own() -> None:
    assert f" {fold('杰伦')} " in f" {fold('周杰伦')} "


@pytest.mark.unit
@given(st.text(max_size=300))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    if once.isascii():
        assert fold(once) == once
    assert once == once.strip()


@pytest.mark.unit
def test_only_a_leading_article_is_dropped() -> None:
    assert without_article("the beatles") == "beatles"
    assert without_article("the the") == "the"
    assert without_article("the") == "the"
    assert without_article("theory") == "theory"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Empire State of Mind (feat. Alicia Keys)", "Empire State of Mind"),
        ("Stan ft. Dido", "Stan"),
        ("Airplanes [featuring Hayley Williams] [Live]", "Airplanes [Live]"),
        ("No Mean Feat", "No Mean Feat"),
        ("Left Behind", "Left Behind"),
        ("feat. Somebody", "feat. Somebody"),
    ],
)
def test_guests_are_cut_off(title: str, plain: str) -> None:
    assert without_featuring(title) == plain
