"""A request in another language becomes the English request it means."""

import pytest

from agent.understanding import Understander
from agent.understanding.pivot import Translator
from agent.understanding.pivot.words import words_of

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator(("de",))


def english(translator: Translator, text: str) -> list[str]:
    return [part.english for part in translator.translate(text).parts]


def test_a_command_is_translated_and_a_name_is_kept(translator: Translator) -> None:
    assert english(translator, "Mach bitte die Musik etwas leiser!")[0].startswith("turn")
    assert english(translator, "Spiel mir mal Ärzte ohne Grenzen") == ["play Ärzte ohne Grenzen"]


def test_two_requests_of_one_sentence_are_told_apart(translator: Translator) -> None:
    both = translator.translate("spiel Nina Simone und mach es etwas leiser")
    assert both.language == "de"
    assert [part.original for part in both.parts] == ["spiel Nina Simone", "mach es etwas leiser"]


def test_a_name_with_and_stays_one(translator: Translator) -> None:
    assert english(translator, "spiel Simon und Garfunkel") == ["play Simon und Garfunkel"]


def test_english_stays_as_it_is(translator: Translator) -> None:
    said = translator.translate("play Die Antwoord, please")
    assert (said.language, said.parts[0].english) == ("en", "play Die Antwoord, please")


def test_a_word_that_languages_share_is_of_the_conversation(translator: Translator) -> None:
    assert translator.translate("pause").language == "en"
    assert translator.translate("pause", preferred="de").language == "de"


def test_words_of_scripts_without_spaces_are_single_letters() -> None:
    assert [token.word for token in words_of("次の曲 Café")] == ["次", "の", "曲", "cafe"]


@pytest.mark.parametrize("text", ["", "   ", "\u0000", "und und und", "(" * 400, "spiel " * 200])
def test_strange_text_is_left_alone(translator: Translator, text: str) -> None:
    assert translator.translate(text).parts


def test_understanding_tells_the_language_and_what_was_read() -> None:
    understood = Understander().understand("mach es etwas leiser")
    assert (understood.intent, understood.language) == ("volume_down", "de")
    assert understood.english
