"""Names of other languages: what an English voice is told to say."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.tts.foreign import for_english_voice, in_latin
from voice.tts.initials import LETTER_MARK
from voice.tts.letter_sounds import sounds_of
from voice.tts.pronunciations import pronunciations

_VOICE_KNOWS = frozenset(
    ";:,.!?—…()“” ʣʥʦʨᵝꭧAIOQSTWYᵊabcdefhijklmnopqrstuvwxyzɑɐɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾɻʁɽʂʃ"
    "ʈʧʊʋʌɣɤχʎʒʔˈˌːʰʲᵻ"
)
"""Everything in the vocabulary of hibari's voice; other signs would be silent."""


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("by Björk", "by [Björk](/bjˈɔɹk/)"),
        ("Beyoncé's songs", "[Beyoncé](/biˈɑnsAz/) songs"),
        ("Bjork and Dvorak", "[Bjork](/bjˈɔɹk/) and [Dvorak](/dvˈɔɹʒɑk/)"),
        ("Non, je ne regrette rien", "[Non je ne regrette rien](/nˈOn ʒə nə ɹəɡɹˈɛt ɹiˈɛn/)"),
        ("Группа крови by Кино", "[Группа](/ɡɹˈupɑ/) [крови](/kɹˈOvi/) by [Кино](/kˈinO/)"),
        (f"A{LETTER_MARK} minor", "[A](/ˈA/) minor"),
        ("Größenwahn", "[Größenwahn](/ɡɹˈɜsɛnvɑn/)"),
    ],
)
def test_a_foreign_name_gets_its_pronunciation(text: str, said: str) -> None:
    assert for_english_voice(text) == said


@pytest.mark.unit
@pytest.mark.parametrize(
    "text",
    [
        "Playing Take Five by Dave Brubeck.",
        "Die Another Day, La La Land and Des'ree",
        "No more music in an hour, as you like",
        "a sade sort of word, and the air",
        "Los Lobos",
    ],
)
def test_english_is_left_alone(text: str) -> None:
    assert for_english_voice(text) == text


@pytest.mark.unit
def test_a_foreign_phrase_is_read_as_a_whole() -> None:
    said = for_english_voice("Bist du bei mir by Bach")
    assert said.startswith("[Bist](/bˈɪst/) [du](/dˈu/) [bei](/bˈI/) [mir](/mˈɪɹ/) by")


@pytest.mark.unit
@pytest.mark.parametrize(
    ("word", "language", "sounds"),
    [
        ("Straße", "de", "ʃtɹˈɑsə"),
        ("glück", "de", "ɡlˈuk"),
        ("garçons", "fr", "ɡɑɹsˈOn"),
        ("corazón", "es", "kOɹɑsˈOn"),
        ("saudade", "pt", "sWdˈɑʤi"),
        ("ciao", "it", "ʧˈW"),
        ("hoppípolla", "is", "hˈɔpipɔtlə"),
        ("dvořák", "cs", "dvˈOɹʒɑk"),
        ("sakura", "plain", "sɑkˈuɹɑ"),
        ("zhou", "zh", "ʤˈO"),
        ("ночь", "ru", "nˈOʧ"),
        ("---", "de", ""),
    ],
)
def test_spelling_becomes_sound(word: str, language: str, sounds: str) -> None:
    assert sounds_of(word, language) == sounds


@pytest.mark.unit
def test_every_pronunciation_uses_signs_that_the_voice_knows() -> None:
    for name, sounds in pronunciations().items():
        assert set(sounds) <= _VOICE_KNOWS, name
        assert "ˈ" in sounds, name


@pytest.mark.unit
@given(st.text(max_size=60))
def test_whatever_is_written_the_notation_stays_whole(text: str) -> None:
    said = for_english_voice(text)
    rest = re.sub(r"\[[\w ]*\]\(/([^/]*)/\)", lambda found: _checked(found[1]), said)
    assert not set(rest) & set("[]")


def _checked(sounds: str) -> str:
    assert set(sounds) <= _VOICE_KNOWS
    return ""


@pytest.mark.unit
@given(
    st.text(alphabet="aäßçñþæøřłőğиさ나ب-'", max_size=30),
    st.sampled_from(["de", "fr", "is", "plain"]),
)
def test_any_word_has_sounds_the_voice_knows(word: str, language: str) -> None:
    assert set(sounds_of(word, language)) <= _VOICE_KNOWS


@pytest.mark.unit
def test_other_scripts_become_latin_for_voices_that_read_accents() -> None:
    assert in_latin("Кино und Ärzte") == "Kino und Ärzte"
