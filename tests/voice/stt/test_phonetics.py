import pytest

from voice.stt.phonetics import folded, likeness, sounds

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("meant", "misheard"),
    [
        ("Sigur Rós", "see your rows"),
        ("Ólafur Arnalds", "Oliver Arnold's"),
        ("Khruangbin", "crew and bin"),
        ("Harold Arlen", "Harold Arlin"),
        ("Clair de lune", "Claire the loon"),
        ("Night on Bald Mountain", "night on bold mountain"),
    ],
)
def test_what_was_misheard_sounds_like_what_was_meant(meant: str, misheard: str) -> None:
    assert likeness(sounds(meant), sounds(misheard)) > 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sigur Rós", "Take Five"), ("Clair de lune", "Summertime"), ("Queen", "Miles Davis")],
)
def test_different_names_sound_different(one: str, other: str) -> None:
    assert likeness(sounds(one), sounds(other)) < 0.5


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("Take 5", "take five"),
        ("Summer of '69", "summer of sixty nine"),
        ("1999", "nineteen ninety nine"),
        ("2000 miles", "two thousand miles"),
        ("1800", "eighteen hundred"),
        ("1905", "nineteen o five"),
        ("Symphony 100", "symphony one hundred"),
        ("867", "eight hundred sixty seven"),
        ("Gnossienne No. 1", "gnossienne number one"),
        ("Hayloft II", "hayloft two"),
        ("Op. 27", "opus twenty seven"),
    ],
)
def test_numbers_sound_like_their_words(digits: str, words: str) -> None:
    assert sounds(digits) == sounds(words)


def test_folding_keeps_words_and_drops_the_rest() -> None:
    assert folded("  Guns N' Roses & Ólafur: Live!! ") == "guns n roses and olafur live"


@pytest.mark.parametrize("text", ["", "…", "!!!", "   "])
def test_nothing_makes_no_sound(text: str) -> None:
    assert sounds(text) == ""
    assert likeness(sounds(text), sounds("Queen")) == 0.0
