"""One command among words that mean nothing, and requests with something told beside them."""

import pytest

from agent.understanding.pivot.gist import gist_words
from agent.understanding.pivot.translator import Translator

pytestmark = pytest.mark.unit

LANGUAGES = ("de", "es", "fr", "it", "pt", "nl", "pl", "sv", "zh", "ja", "hi")


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_its_words(code: str) -> None:
    words = gist_words(code)
    assert words is not None
    assert {"turn it up", "turn it down", "pause", "resume"} <= set(words.commands.values())
    assert {"a bit", "a lot"} == set(words.measures.values())


@pytest.mark.parametrize(
    ("code", "said", "english"),
    [
        ("de", "geht das vielleicht auch ein bisschen leiser", "turn it down a bit"),
        ("de", "wär nett wenn du das mal lauter machst", "turn it up"),
        ("es", "a ver si le puedes bajar un poco a la música", "turn it down a bit"),
        ("fr", "tu pourrais pas baisser un chouïa la musique", "turn it down a bit"),
        ("it", "se puoi alza un pochino il volume dai", "turn it up a bit"),
        ("pt", "será que dá para baixar um bocadinho o som", "turn it down a bit"),
        ("nl", "zou het misschien ietsje zachter kunnen", "turn it down a bit"),
        ("pl", "ciszej trochę", "turn it down a bit"),
        ("sv", "skulle du kunna höja lite grann nu", "turn it up a bit"),
        ("zh", "你能不能把声音再调小一点啊", "turn it down a bit"),
        ("ja", "ちょっとだけ音を小さくしてもらえますか", "turn it down a bit"),
        ("hi", "आवाज़ थोड़ी कम करो यार", "turn it down"),
    ],
)
def test_the_gist_of_many_words(translator: Translator, code: str, said: str, english: str) -> None:
    read = translator.translate(said, preferred=code)
    assert read.found
    assert read.english.startswith(english.removesuffix(" a bit"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("de", "mach das bitte nicht lauter"),
        ("de", "mach das Licht etwas heller und leiser"),
        ("es", "no le subas"),
        ("fr", "ne baisse pas le son"),
        ("it", "non abbassare"),
        ("nl", "niet harder zetten"),
        ("pl", "nie ściszaj tego"),
        ("sv", "höj inte"),
        ("zh", "不要调小"),
        ("ja", "音を下げないで"),
        ("hi", "आवाज़ कम मत करो"),
    ],
)
def test_what_is_forbidden_is_not_done(translator: Translator, code: str, said: str) -> None:
    read = translator.translate(said, preferred=code)
    assert not read.found or not read.english.startswith(("turn it up", "turn it down"))


@pytest.mark.parametrize(
    ("code", "said", "english"),
    [
        ("de", "mach was Ruhiges an, hab die Hände voll Teig", "play something calm"),
        ("de", "ich muss los, Pause", "pause"),
        ("es", "baja un poco que estoy al teléfono", "turn it down a bit"),
        ("fr", "baisse un peu, je suis au téléphone", "turn it down a bit"),
        ("it", "abbassa un po' che sono al telefono", "turn it down a bit"),
        ("pt", "abaixa um pouco que eu estou no telefone", "turn it down a bit"),
        ("nl", "zet even wat zachter, ik ben aan het bellen", "turn it down a bit"),
        ("pl", "ścisz trochę, bo rozmawiam przez telefon", "turn it down a bit"),
        ("sv", "sänk lite, jag pratar i telefon", "turn it down a bit"),
        ("zh", "我在打电话，声音小一点", "turn it down"),
        ("ja", "電話中だから、音下げて", "turn it down"),
        ("hi", "मैं फ़ोन पर हूँ, आवाज़ कम करो", "turn it down"),
    ],
)
def test_what_is_told_beside_a_request(
    translator: Translator, code: str, said: str, english: str
) -> None:
    read = translator.translate(said, preferred=code)
    assert [part.english for part in read.parts] == [english]


def test_a_time_told_beside_a_request_belongs_to_it(translator: Translator) -> None:
    said = "in 20 Minuten ist die Pizza fertig, dann mach aus"
    assert translator.translate(said).english == "stop in 20 minutes"


def test_names_with_commas_stay_whole(translator: Translator) -> None:
    said = "spiel Take Me Home, Country Roads"
    assert translator.translate(said).english == "play Take Me Home, Country Roads"


def test_informal_words_are_read_as_they_are_written(translator: Translator) -> None:
    assert translator.translate("mets du Aznavour s'te plaît").english.endswith("Aznavour")
    assert translator.translate("来点爵士呗").english == "play some jazz"


def test_the_language_of_the_conversation_stays(translator: Translator) -> None:
    said = translator.translate("vabbè lascia stare, toglila", preferred="it")
    assert said.language == "it"
