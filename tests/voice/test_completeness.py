"""Whether words sound finished."""

import pytest

from voice.completeness import Completeness, completeness, joined


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    ["Pause.", "stop", "Next!", "Next song, please.", "Turn it down", "louder", "Yes.", "No",
     "Okay, stop it", "What's this song?", "Skip this one", "The second one.", "mute", "never mind",
     "Can you turn it up please", "Nächstes Lied bitte"],
)  # fmt: skip
def test_whole_commands(text: str) -> None:
    assert completeness(text) is Completeness.WHOLE


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    ["Play", "play something by", "Play something by...", "Add this to my", "I want to hear.",
     "Set the volume to", "Find me.", "um", "Play the album", "turn it", "and", "Could you",
     "Songs like", "Play music by Nina Simone and", "play Kind of Blue,", "the", "What is"],
)  # fmt: skip
def test_more_must_follow(text: str) -> None:
    assert completeness(text) is Completeness.UNFINISHED


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    ["Play something by Queen.", "Play Bohemian Rhapsody", "Add this to my favourites",
     "Set the volume to thirty percent", "What is the name of this album?", "play the who",
     "Could you play some jazz", "Turn the volume down a bit more", "mm-hmm"],
)  # fmt: skip
def test_requests_that_could_end_here(text: str) -> None:
    assert completeness(text) is Completeness.LIKELY


@pytest.mark.unit
@pytest.mark.parametrize("text", ["", "...", "Queen", "Blue Monday", "something quiet"])
def test_nothing_is_known_of_other_words(text: str) -> None:
    assert completeness(text) <= Completeness.OPEN


@pytest.mark.unit
def test_an_article_of_one_language_is_a_word_of_another() -> None:
    assert completeness("spiel etwas von der", "de") is Completeness.UNFINISHED
    assert completeness("play Live and Let Die", "en") is Completeness.LIKELY
    assert completeness("joue quelque chose de", "fr") is Completeness.UNFINISHED
    assert completeness("日本の音楽をかけて", "ja") is Completeness.OPEN


@pytest.mark.unit
@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Play Take Five.", "By Dave Brubeck.", "Play Take Five by Dave Brubeck."),
        ("Add this song.", "to my dinner playlist", "Add this song to my dinner playlist"),
        ("Play...", "Something quiet.", "Play Something quiet."),
        ("Play Take Five.", "Something else", None),
        ("Pause.", "In the morning", None),
        ("Play Take Five.", "and turn it up", None),
        ("Play", "Stop.", None),
        ("Play", "", None),
    ],
)
def test_the_rest_of_a_request_is_joined_to_it(first: str, second: str, whole: str | None) -> None:
    assert joined(first, second) == whole
