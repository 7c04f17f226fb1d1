"""Second thoughts, fragments and hesitations in other languages become the English for them."""

import pytest

from agent.understanding.pivot import Translator

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator()


@pytest.mark.parametrize(
    ("code", "said", "english"),
    [
        ("de", "spiel Abba, nein warte, Queen", "play Abba, no wait, Queen"),
        ("de", "spiel Grace, nein, ich meinte das Album", "play Grace, no wait, the album"),
        ("de", "spiel ähm was von Queen", "play something by Queen"),
        ("es", "pon Grace, perdón, de Queen", "play Grace, no wait, by Queen"),
        ("fr", "mets Grace, euh, celle de Queen", "play Grace, no wait, by Queen"),
        ("it", "metti Stop, no volevo dire Suzanne", "play Stop, no wait, Suzanne"),
        ("it", "abbassa un po', anzi no, spegni tutto", "stop"),
        ("pt", "toca Abba, quer dizer, Queen", "play Abba, no wait, Queen"),
        ("nl", "speel Abba, nee wacht, Queen", "play Abba, no wait, Queen"),
        ("pl", "puść Abba, nie czekaj, Queen", "play Abba, no wait, Queen"),
        ("sv", "spela Abba, nej vänta, Queen", "play Abba, no wait, Queen"),
        ("zh", "播放夜曲,不对,七里香", "play 夜曲, no wait, 七里香"),
        ("ja", "夜に駆けるをかけて、じゃなくて、さくらをかけて", "play さくら"),
        ("hi", "अबा बजाओ, नहीं रुको, क्वीन", "play अबा, no wait, क्वीन"),
    ],
)
def test_second_thoughts_in_one_sentence(
    translator: Translator, code: str, said: str, english: str
) -> None:
    read = translator.translate(said)
    assert (read.language, read.english) == (code, english)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("de", "nein, ich meinte das Album"),
        ("es", "no, quería decir el álbum"),
        ("fr", "non, je voulais dire l'album"),
        ("it", "no, volevo dire l'album"),
        ("pt", "não, quis dizer o álbum"),
        ("nl", "nee, ik bedoelde het album"),
        ("pl", "nie, chodziło mi o album"),
        ("sv", "nej, jag menade albumet"),
        ("zh", "不是，我是说专辑"),
        ("ja", "違う、アルバム"),
        ("hi", "नहीं, मेरा मतलब एल्बम"),
    ],
)
def test_corrections_of_the_turn_before(translator: Translator, code: str, said: str) -> None:
    assert translator.translate(said, preferred=code).english == "no, i meant the album"


@pytest.mark.parametrize(
    ("code", "said", "english"),
    [
        ("de", "und von Miles Davis?", "and by Miles Davis"),
        ("es", "¿y de Miles Davis?", "and by Miles Davis"),
        ("fr", "et de Miles Davis ?", "and by Miles Davis"),
        ("it", "e di Miles Davis?", "and by Miles Davis"),
        ("pt", "e do Miles Davis?", "and by Miles Davis"),
        ("nl", "en van Miles Davis?", "and by Miles Davis"),
        ("pl", "a Miles Davis?", "and Miles Davis"),
        ("sv", "och av Miles Davis?", "and by Miles Davis"),
        ("zh", "那周杰伦的呢", "and by 周杰伦"),
        ("ja", "じゃあ宇多田ヒカルは", "and 宇多田ヒカル"),
        ("hi", "और क्वीन का", "and by क्वीन"),
    ],
)
def test_fragments_go_on(translator: Translator, code: str, said: str, english: str) -> None:
    assert translator.translate(said, preferred=code).english == english


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("play Non, je ne regrette rien", "play Non, je ne regrette rien"),
        ("pon Sí, no te vayas", "play Sí, no te vayas"),
    ],
)
def test_a_title_with_no_in_it_takes_nothing_back(
    translator: Translator, said: str, english: str
) -> None:
    assert translator.translate(said).english == english


@pytest.mark.parametrize(
    ("code", "said"),
    [("nl", "wat zei je?"), ("de", "wie bitte?"), ("es", "¿qué has dicho?"), ("zh", "再说一遍")],
)
def test_asking_for_the_reply_once_more(translator: Translator, code: str, said: str) -> None:
    assert translator.translate(said, preferred=code).english == "what did you say"


def test_what_was_taken_back_is_wished_for_no_more(translator: Translator) -> None:
    read = translator.translate("spiel was Ruhiges, nein, doch lieber was Schnelles")
    assert [part.original for part in read.parts] == ["was Schnelles"]
