"""Strangers' text made safe, and credits split without breaking names."""

import pytest

from knowledge.sources.tag_text import (
    artist_names,
    clean,
    featured_in,
    genre_names,
    name,
    number,
    repaired,
    year,
)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  two\twords \r\n", "two words"),
        ("a\x00b\x1b[31m", "a b [31m"),
        ("user\u202egpj.exe", "usergpj.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("שיר השירים", "שיר השירים"),
        ("Cafe\u0301", "Café"),
        ("hidden\U000e0041\U000e0042 words", "hidden words"),
        ("Z" + "\u0335" * 60 + "algo", "Z" + "\u0335" * 4 + "algo"),
        ("x" * 300, "x" * 249 + "…"),
    ],
)
def test_text_becomes_one_short_visible_line(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.unit
@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Êèíî", "Кино"),
        ("Âèêòîð Öîé - Ãðóïïà êðîâè", "Виктор Цой - Группа крови"),
        ("BjÃ¶rk", "Björk"),
        ("Björk", "Björk"),
        ("Sigur Rós", "Sigur Rós"),
        ("Ágætis byrjun", "Ágætis byrjun"),
        ("Motörhead – Überjam", "Motörhead – Überjam"),
        ("Édith Piaf", "Édith Piaf"),
        ("Кино", "Кино"),
    ],
)
def test_wrong_decoding_is_undone_and_right_text_left_alone(wrong: str, right: str) -> None:
    assert repaired(wrong) == right


@pytest.mark.unit
@pytest.mark.parametrize(
    ("given", "artists"),
    [
        (["AC/DC"], ("AC/DC",)),
        (["Simon & Garfunkel"], ("Simon & Garfunkel",)),
        (["Tyler, the Creator"], ("Tyler, the Creator",)),
        (["Earth, Wind & Fire"], ("Earth, Wind & Fire",)),
        (["Queen; David Bowie"], ("Queen", "David Bowie")),
        (["Queen / David Bowie"], ("Queen", "David Bowie")),
        (["Queen\x00David Bowie"], ("Queen", "David Bowie")),
        (["Queen", "David Bowie", "queen"], ("Queen", "David Bowie")),
        (["Santana feat. Rob Thomas"], ("Santana", "Rob Thomas")),
        (["Santana ft Rob Thomas"], ("Santana", "Rob Thomas")),
        (["Santana (feat. Rob Thomas)"], ("Santana", "Rob Thomas")),
        (["Daft Punk"], ("Daft Punk",)),
        (["A x B", "A", "B"], ("A", "B")),
        (["Sunn O)))"], ("Sunn O)))",)),
        (["Unknown Artist"], ()),
        (["", "  "], ()),
    ],
)
def test_credits_are_split_only_where_it_is_certain(
    given: list[str], artists: tuple[str, ...]
) -> None:
    assert artist_names(given) == artists


@pytest.mark.unit
def test_guests_in_titles_genres_years_and_numbers() -> None:
    assert featured_in("Get Lucky (feat. Pharrell Williams)") == ("Pharrell Williams",)
    assert featured_in("Defeat (live)") == ()
    assert genre_names(["Hip-Hop/Rap; Soul, Funk", "soul", "(None)"]) == (
        "Hip-Hop",
        "Rap",
        "Soul",
        "Funk",
    )
    assert genre_names(["Singer/Songwriter"]) == ("Singer/Songwriter",)
    assert [year(text) for text in ("1984-05-01", "May 1984", "84", "31337", None)] == [
        1984,
        1984,
        None,
        None,
        None,
    ]
    assert [number(text, 99) for text in ("3", "03/12", "0", "100", "A1", None)] == [
        3,
        3,
        None,
        None,
        None,
        None,
    ]
    assert name("<Unknown>") is None
    assert name("Untitled") == "Untitled"
