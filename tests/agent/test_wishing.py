"""Whether a request wishes for music, although the reader of requests saw none in it."""

import pytest

from agent.understanding import Intent, Understanding
from agent.wishing import compares, is_open, refines, speaks_another_language
from tools.context import understood

pytestmark = pytest.mark.unit
UNKNOWN = Understanding(Intent.OUT_OF_SCOPE, {}, 0.8)


@pytest.mark.parametrize(
    "text",
    [
        "a 30 minute run that builds up and cools down",
        "happy songs around 160 bpm",
        "etwas Ruhiges zum Lernen ohne Gesang",
        "lustige Lieder für die Party",
        "静かなピアノ",
        "パーティー用の明るい曲",
        "de la musique joyeuse pour courir",
    ],
)
def test_what_is_described_is_music(text: str) -> None:
    assert is_open(understood(text), UNKNOWN, text)


@pytest.mark.parametrize(
    "text",
    [
        "what is the weather like today",
        "i am so sad",
        "dinner",
        "book a table for dinner",
        "suggest an italian meal for me",
        "any signs of rain",
        "wie wird das Wetter morgen",
        "stell den Wecker auf sieben",
        "mach das Licht im Wohnzimmer an",
        "今何時ですか",
        "",
    ],
)
def test_what_may_be_anything_is_not(text: str) -> None:
    assert not is_open(understood(text), UNKNOWN, text)


def test_a_command_of_the_grammar_stays_one() -> None:
    pause = Understanding(Intent.PAUSE, {}, 0.99, "grammar")
    assert not is_open(understood("calm music"), pause, "calm music")


@pytest.mark.parametrize("text", ["no vocals please", "a bit slower", "but from the sixties"])
def test_what_only_changes_a_wish(text: str) -> None:
    assert refines(understood(text), text)


@pytest.mark.parametrize("text", ["music from the 80s", "calm piano", "play take five"])
def test_what_is_a_wish_of_its_own(text: str) -> None:
    assert not refines(understood(text), text)


def test_what_is_compared() -> None:
    assert compares(understood("like this but slower"), "like this but slower")
    assert not compares(understood("a bit slower"), "a bit slower")


def test_english_words_make_it_english() -> None:
    text = "add git to Domingo Indie"
    assert not speaks_another_language(understood(text), text)
    german = "stell den Wecker auf sieben"
    assert speaks_another_language(understood(german), german)
