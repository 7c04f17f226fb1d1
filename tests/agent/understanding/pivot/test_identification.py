"""Which language a request is in, told by its small words."""

import pytest

from agent.understanding import Understander
from agent.understanding.pivot import Translator
from agent.understanding.pivot.identification import english_share, identify

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("what is the weather in Berlin", "en"),
        ("wie wird das Wetter morgen", "de"),
        ("de la musique calme, sans paroles", "fr"),
        ("hvad er klokken", "da"),
        ("apakah besok akan hujan di Jakarta", "id"),
        ("yarın hava nasıl olacak", "tr"),
        ("ar rytoj bus lietus", "lt"),
        ("kakvo će biti vreme sutra", "sr"),
        ("ертең ауа райы қандай", "kk"),
        ("какво време", "sr"),
        ("كم الساعة", "ar"),
        ("明天天气", "zh"),
        ("今何時ですか", "ja"),
        ("गाना बजाओ", "hi"),
        ("mujhe ye gaana pasand nahi hai", "hi"),
        ("Radiohead", "en"),
        ("", "en"),
    ],
)
def test_a_language_is_known_by_its_small_words(said: str, language: str) -> None:
    assert identify(said) == language


def test_english_is_known_though_a_name_is_not() -> None:
    assert english_share("play the album Cara De Dios") > english_share("pon Cara De Dios")
    assert english_share("") == 0


@pytest.mark.parametrize(
    "said",
    [
        "Play One Way Ticket by Ray Kennedy",
        "play me some chant from the last half of the sixties",
        "play country music",
        "play me a podcast",
        "play the best songs by Zara Larsson for me",
    ],
)
def test_english_with_words_that_hindi_borrowed_is_english(said: str) -> None:
    assert Translator().translate(said).language == "en"


@pytest.mark.parametrize(
    "said", ["play songs by 米津玄師", "play 夜に駆ける by YOASOBI", "play some music by Кино"]
)
def test_english_may_name_what_is_in_another_script(said: str) -> None:
    understood = Understander().understand(said)
    assert (understood.intent, understood.language) == ("play", "en")


def test_what_is_in_no_language_we_translate_is_not_read_as_english() -> None:
    understood = Understander().understand("apakah akan terjadi badai salju di posisi saya")
    assert (understood.intent, understood.language) == ("out_of_scope", "id")
