"""The commonest requests in languages and dialects that have a small translation grammar only."""

import pytest

from agent.understanding.pivot import Translator

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator()


@pytest.mark.parametrize(
    ("said", "language", "english"),
    [
        ("شغّل أغنية من أم كلثوم", "ar", "play songs by أم كلثوم"),
        ("اخفض الصوت", "ar", "turn it down"),
        ("spil en sang med Kim Larsen", "da", "play songs by Kim Larsen"),
        ("skru lidt ned for musikken", "da", "turn it down"),
        ("putar lagu Laskar Pelangi oleh Nidji", "id", "play Laskar Pelangi by Nidji"),
        ("kecilkan volumenya dong", "id", "turn it down"),
        ("Dimash-тың әнін ойнат", "kk", "play songs by Dimash"),
        ("келесі ән", "kk", "next song"),
        ("grok Andrius Mamontovas dainas", "lt", "play songs by Andrius Mamontovas"),
        ("patylink muziką", "lt", "turn it down"),
        ("pusti pesmu Jugoslovenka od Lepe Brene", "sr", "play Jugoslovenka by Lepe Brene"),
        ("pojačaj malo", "sr", "turn it up"),
        ("Tarkan'ın Şımarık şarkısını çal", "tr", "play Şımarık by Tarkan"),
        ("sesi biraz kıs lütfen", "tr", "turn it down"),
        ("ses seviyesini yüzde 30 yap", "tr", "set the volume to 30 percent"),
        ("Spui a Liad vo de Haindling", "de", "play songs by de Haindling"),
        ("Miett' 'na canzone 'e Pino Daniele", "it", "play songs by Pino Daniele"),
    ],
)
def test_what_is_asked_for_most(
    translator: Translator, said: str, language: str, english: str
) -> None:
    translation = translator.translate(said)
    assert (translation.language, translation.english) == (language, english)


@pytest.mark.parametrize(
    "said",
    [
        "tambahkan pengingat untuk rapat besok",
        "mind mig om mødet i morgen",
        "alarmı yarın sabah yediye kur",
        "ذكرني بالاجتماع غدا",
        "nađi restoran u blizini",
        "rask restoraną netoliese",
        "жақын жердегі мейрамхананы тап",
        "Wia werd s Wetter morgn",
    ],
)
def test_what_is_not_about_music_is_not_translated(translator: Translator, said: str) -> None:
    assert not translator.translate(said).found
