"""Which requests are about a tune that somebody hums."""

import pytest

from agent.understanding.hums import HumRequest, hum_request

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "text",
    [
        "what am I humming?",
        "what song am I whistling",
        "What was I singing just now?",
        "do you know what I'm humming?",
        "can you recognise my whistling?",
        "which song is stuck in my head",
        "I have this tune in my head, what is it?",
        "it goes la la la",
        "the song goes like this",
        "what's the song that goes da da dum",
        "Welche Melodie summe ich gerade?",
        "Wie heißt das Lied, das ich summe?",
        "c'est quoi l'air que je fredonne",
        "¿Qué canción estoy tarareando?",
        "che canzone sto canticchiando?",
        "qual é a música que estou cantarolando?",
        "welk liedje neurie ik?",
        "jaki utwór nucę?",
        "vilken låt nynnar jag på?",
    ],
)
def test_what_sounds_as_they_ask_is_a_hum_now(text: str) -> None:
    assert hum_request(text) is HumRequest.NOW


@pytest.mark.parametrize(
    "text",
    [
        "I'll hum it",
        "let me hum a tune for you",
        "can I hum something?",
        "I'm going to whistle it for you",
        "if I hum a song can you tell me what it is?",
        "find a song by humming",
        "ich summe dir was vor",
        "je vais fredonner un air",
        "te voy a tararear algo",
    ],
)
def test_what_they_announce_is_a_hum_soon(text: str) -> None:
    assert hum_request(text) is HumRequest.SOON


@pytest.mark.parametrize("text", ["name that tune", "what tune is this?", "guess this melody"])
def test_a_tune_that_is_asked_for_may_be_hummed(text: str) -> None:
    assert hum_request(text) is HumRequest.TUNE


@pytest.mark.parametrize(
    "text", ["try again", "once more", "let me try that again", "hum it again"]
)
def test_another_try_is_asked_for(text: str) -> None:
    assert hum_request(text) is HumRequest.AGAIN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "play Whistle by Flo Rida",
        "play something to hum along to",
        "put on the Humming Chorus",
        "play something I can sing along with",
        "what should I sing at the wedding?",
        "which songs does she sing?",
        "who sings this?",
        "what am I listening to?",
        "I like humming",
        "I was singing in the shower",
        "play it again",
        "find that song that goes na na na hey jude",
        "search for songs about whistling",
        "what was I playing when I was whistling in the garden",
        "मैं क्या सुन रहा हूँ",
    ],
)
def test_other_requests_are_left_alone(text: str) -> None:
    assert hum_request(text) is None


def test_a_text_without_end_is_answered_at_once() -> None:
    assert hum_request("what i " * 20_000) is None
