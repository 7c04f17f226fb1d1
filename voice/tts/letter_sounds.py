"""How words of other languages sound, as near as an English voice can say it.

Rules of spelling, one table for each language, in the phonemes of hibari's voice (misaki's): A, I,
O, W and Y are the vowels of "day", "my", "go", "now" and "boy"; a stress mark stands before its
vowel. This is no phonetics of those languages: it is what a well-read English speaker says.
"""

import re
import unicodedata
from functools import cache
from typing import Final

from anyascii import anyascii

from voice.tts import spelling

_VOWELS: Final = "AIOWYaeiouɑæɛɪɔʊʌəɜ"
_STRESS: Final = "ˈ"
_MAX_LETTERS: Final = 40

_TABLES: Final = {
    "de": spelling.GERMAN,
    "fr": spelling.FRENCH,
    "es": spelling.SPANISH,
    "pt": spelling.PORTUGUESE,
    "it": spelling.ITALIAN,
    "is": spelling.ICELANDIC,
    "sv": spelling.SCANDINAVIAN,
    "cs": spelling.CZECH,
    "pl": spelling.POLISH,
    "hu": spelling.HUNGARIAN,
    "tr": spelling.TURKISH,
    "ru": spelling.RUSSIAN,
    "zh": spelling.CHINESE,
    "plain": "",
}
_FIRST: Final = frozenset({"de", "is", "sv", "cs", "hu"})
_LAST: Final = frozenset({"fr", "tr"})


def sounds_of(word: str, language: str) -> str:
    """The phonemes of a word; "" when it holds nothing that can be said.

    Args:
        word: one word, in the script of the language; for "zh" and "plain" in Latin letters.
        language: one of the tables' ISO 639-1 codes, or "plain" for romanised words.
    """
    word = unicodedata.normalize("NFC", word.lower())[:_MAX_LETTERS]
    parts = (_part(one, language) for one in word.split("-") if one)
    return " ".join(part for part in parts if part)


def _part(word: str, language: str) -> str:
    said, at = "", 0
    while at < len(word):
        sound, at = _read(word, at, language)
        said += sound
    said = re.sub(r"([bdfhkmnpstvzɡlɹʃ])\1+", r"\1", said)
    said = said.replace("Oj", "Y").replace("ɑj", "I")
    return _stressed(said, word, language)


def _read(word: str, at: int, language: str) -> tuple[str, int]:
    """The next sound, and where the word goes on."""
    for pattern, sound in (*_rules(language), *_rules("plain")):
        if (found := pattern.match(word, at)) and found.end() > at:
            return found.expand(sound), found.end()
    letter = word[at]
    if letter.isascii():
        return (letter if letter.isalpha() else ""), at + 1
    known = "".join(one for one in unicodedata.normalize("NFD", letter) if one.isalpha())
    if known == letter:
        known = anyascii(letter).lower()
    said = ""
    for one in known:
        if one.isascii() and one.isalpha():
            said += _read(one, 0, language)[0]
    return said, at + 1


def _stressed(said: str, word: str, language: str) -> str:
    if _STRESS in said:
        first = said.index(_STRESS) + 1
        return said[:first] + said[first:].replace(_STRESS, "")
    vowels = [place for place, one in enumerate(said) if one in _VOWELS]
    if not vowels:
        return said
    full = [place for place in vowels if said[place] != "ə"] or vowels
    if language in _FIRST:
        place = full[0]
    elif (
        language in _LAST
        or (language == "es" and word[-1] not in "aeiouns")
        or (language == "ru" and said[-1] not in _VOWELS)
    ):
        place = full[-1]
    else:
        place = full[-2] if len(full) > 1 else full[0]
    return said[:place] + _STRESS + said[place:]


@cache
def _rules(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    table = spelling.PLAIN if language == "plain" else _TABLES[language]
    rules = []
    for line in table.strip().splitlines():
        pattern, _, sound = line.rpartition(" ")
        rules.append((re.compile(pattern), "" if sound == "-" else sound))
    return tuple(rules)
