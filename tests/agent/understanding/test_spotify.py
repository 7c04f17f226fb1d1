"""Requests that name Spotify, in twelve languages: what they ask, and of what."""

import pytest

from agent.understanding import Translation
from agent.understanding.pivot.translator import Translator
from agent.understanding.spotify import Asked, abroad, asked_of_spotify

pytestmark = pytest.mark.unit

ASKED = {
    "play": (
        "play {} on Spotify",
        "spiel {} auf Spotify",
        "pon {} en Spotify",
        "mets {} sur Spotify",
        "metti {} su Spotify",
        "toca {} no Spotify",
        "speel {} op Spotify",
        "spela {} på Spotify",
        "puść {} na Spotify",
        "Spotifyで{}を再生して",
        "在Spotify上播放{}",
        "Spotify पर {} चलाओ",
    ),
    "pause": (
        "pause Spotify",
        "pausiere Spotify",
        "pausa Spotify",
        "mets Spotify en pause",
        "metti in pausa Spotify",
        "pausa o Spotify",
        "pauzeer Spotify",
        "zatrzymaj Spotify",
        "スポティファイを一時停止して",
        "暂停Spotify",
        "स्पॉटिफ़ाई रोको",
    ),
    "now": (
        "what's playing on Spotify?",
        "was läuft auf Spotify?",
        "¿qué suena en Spotify?",
        "qu'est-ce qui joue sur Spotify ?",
        "cosa c'è su Spotify?",
        "o que está tocando no Spotify?",
        "wat speelt er op Spotify?",
        "vad spelas på Spotify?",
        "co leci na Spotify?",
        "Spotifyで何が流れてる？",
        "Spotify上在放什么？",
        "Spotify पर क्या चल रहा है?",
    ),
    "search": (
        "search Spotify for {}",
        "such {} auf Spotify",
        "busca {} en Spotify",
        "cherche {} sur Spotify",
        "cerca {} su Spotify",
        "procura {} no Spotify",
        "zoek {} op Spotify",
        "sök {} på Spotify",
        "znajdź {} na Spotify",
        "Spotifyで{}を探して",
        "在Spotify上搜索{}",
        "Spotify पर {} ढूंढो",
    ),
    "resume": (
        "resume Spotify",
        "mach auf Spotify weiter",
        "continúa en Spotify",
        "reprends sur Spotify",
        "riprendi su Spotify",
        "continua no Spotify",
        "ga verder op Spotify",
        "fortsätt på Spotify",
        "wznów na Spotify",
        "Spotifyを再開して",
        "继续播放Spotify",
        "Spotify पर जारी रखो",
    ),
}
TITLES = ("Sinnerman", "Der Weg nach Hause")


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator()


def in_english(translator: Translator, text: str) -> Translation:
    said = translator.translate(text)
    other = abroad(text, said, lambda left, code: translator.translate(left, preferred=code))
    return other or said


@pytest.mark.parametrize(
    ("action", "text"), [(action, text) for action, texts in ASKED.items() for text in texts]
)
def test_it_is_understood_in_every_language(translator: Translator, action: str, text: str) -> None:
    for title in TITLES if "{}" in text else ("",):
        (part,) = in_english(translator, text.format(title)).parts
        assert asked_of_spotify(part.english) == Asked(action, title)


@pytest.mark.parametrize(
    "text", ["play Take Five", "spiel Take Five", "what is Spotify?", "Spotify", "auf Spotify"]
)
def test_what_asks_nothing_of_it_is_left_alone(translator: Translator, text: str) -> None:
    said = translator.translate(text)
    assert abroad(text, said, lambda left, code: translator.translate(left, preferred=code)) is None
    assert asked_of_spotify(text) is None
