"""Words of a request in any script, compared without accents."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from agent.understanding.tokens import MAX_CHARACTERS, Token

_PLAIN = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})
_ACCENTS = re.compile("[\u0300-\u036f]")
_WITHOUT_SPACES = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kana and Han letters: written without spaces, so each is a word of its own."""
_DEVANAGARI = "\u0900-\u0963\u0966-\u097f"
_WORD = re.compile(
    rf"[{_WITHOUT_SPACES}]|[{_DEVANAGARI}]+|(?:(?![{_WITHOUT_SPACES}{_DEVANAGARI}])[^\W_])"
    rf"(?:(?![{_WITHOUT_SPACES}{_DEVANAGARI}])(?:[^\W_]|[\u0300-\u036f]))*|%|(?<=\d):(?=\d)|&"
)


def plain(word: str) -> str:
    """`word` in lower case and without the accents of Latin letters; other signs are kept."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", word.casefold()))
    return unicodedata.normalize("NFKC", bare).translate(_PLAIN)


def words_of(text: str, contractions: Mapping[str, Sequence[str]] | None = None) -> list[Token]:
    """Split `text` into words; an apostrophe parts them, and kana and Han letters stand alone."""
    tokens = []
    for found in _WORD.finditer(text[:MAX_CHARACTERS]):
        word = plain(found.group())
        parts = (contractions or {}).get(word, (word,))
        tokens += [Token(part, found.start(), found.end()) for part in parts]
    return tokens
