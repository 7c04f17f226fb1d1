"""Words of a request in any script, compared without accents."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from agent.understanding.tokens import MAX_CHARACTERS, Token

_PLAIN = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})
_WITHOUT_SPACES = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kana and Han letters: written without spaces, so each is a word of its own."""
_DEVANAGARI = "\u0900-\u0963\u0966-\u097f\u200c\u200d"
_ARABIC_MARKS = "\u0640\u064b-\u065f\u0670"
"""Short vowels and the stretching line, which hardly anybody writes."""
_QUOTES = re.compile(
    r"「[^「」]+」|『[^『』]+』|“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|\"[^\"]+\"|《[^《》]+》"
)
_NAMED = "\ue000"
"""Put before words between quotation marks; a private letter that no template holds."""
_WORD = re.compile(
    rf"[{_WITHOUT_SPACES}]|[{_DEVANAGARI}]+|(?:(?![{_WITHOUT_SPACES}{_DEVANAGARI}])[^\W_])"
    rf"(?:(?![{_WITHOUT_SPACES}{_DEVANAGARI}])(?:[^\W_]|[\u0300-\u036f{_ARABIC_MARKS}]))*|%|(?<=\d):(?=\d)|&"
)

_ACCENTS = re.compile(f"[\u0300-\u036f\u093c\u200c\u200d{_ARABIC_MARKS}]")
"""Of Latin letters; the dot under Devanagari ones; what joins or parts those unseen."""
_SAME = str.maketrans(
    {
        "\u0901": "\u0902",  # two signs for a vowel through the nose
        **dict.fromkeys("\u0623\u0625\u0622\u0671", "\u0627"),  # alif with and without hamza
        "\u0649": "\u064a",
        "\u0629": "\u0647",  # letters that end Arabic words
    }
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """Spellings that a language takes for the same."""

    letters: Mapping[int, str] = field(default_factory=dict)
    """One letter for another, as `str.maketrans` makes them."""
    latin: tuple[tuple[str, str], ...] = ()
    """What is replaced in words of Latin letters, one after the other."""

    def of(self, word: str) -> str:
        """The spelling that stands for all of them."""
        word = word.translate(self.letters)
        if self.latin and word.isascii():
            for said, written in self.latin:
                word = word.replace(said, written)
        return word


PLAIN = Spelling()


def plain(word: str) -> str:
    """`word` in lower case and without the accents of Latin letters; other signs are kept."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", word.casefold()))
    return unicodedata.normalize("NFKC", bare).translate(_PLAIN).translate(_SAME)


def words_of(
    text: str,
    contractions: Mapping[str, Sequence[str]] | None = None,
    spelling: Spelling = PLAIN,
) -> list[Token]:
    """Split `text` into words; an apostrophe parts them, and kana and Han letters stand alone.

    Words between quotation marks name something: no word of a template is the same as one of them.
    """
    tokens = []
    names = _quoted(text)
    for found in _WORD.finditer(text[:MAX_CHARACTERS]):
        word = spelling.of(plain(found.group()))
        if any(begin < found.start() < end for begin, end in names):
            word = _NAMED + word
        parts = (contractions or {}).get(word, (word,))
        tokens += [Token(part, found.start(), found.end()) for part in parts]
    return tokens


def every_word(text: str, spelling: Spelling = PLAIN) -> frozenset[str]:
    """The different words of a text of any length, as `words_of` writes them."""
    return frozenset(spelling.of(plain(word)) for word in set(_WORD.findall(text.casefold())))


def _quoted(text: str) -> list[tuple[int, int]]:
    """Places between quotation marks, unless nothing else is said."""
    found = [match.span() for match in _QUOTES.finditer(text[:MAX_CHARACTERS])]
    said = sum(end - begin for begin, end in found)
    return found if said < len(text.strip()) else []
