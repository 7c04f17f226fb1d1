"""Words of a request, each knowing where in the text it stands."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MAX_CHARACTERS = 500
"""Nobody asks for music in more; the rest of a longer text is not read."""

_LETTER = (
    r"(?:[^\W_]|[\u0300-\u036f\u064b-\u065f\u0670"
    r"\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u200c\u200d])"
)
"""A letter or digit, or a sign that belongs to the letter before it: accents, vowels of India."""
_TOKEN = re.compile(rf"{_LETTER}+(?:['’`´]{_LETTER}+)*|%|(?<=\d):(?=\d)|&")
_APOSTROPHES = str.maketrans({"’": "'", "`": "'", "´": "'"})


@dataclass(frozen=True, slots=True)
class Token:
    word: str
    """Lower case, compatibility forms and typographic apostrophes made plain."""
    start: int
    end: int
    """Where in the text: `text[start:end]`. Two words of one contraction share a place."""


def tokenise(text: str, contractions: Mapping[str, Sequence[str]] | None = None) -> list[Token]:
    """Split `text` into words; punctuation is left out, except "%", "&" and ":" in "1:20"."""
    tokens = []
    for found in _TOKEN.finditer(text[:MAX_CHARACTERS]):
        word = unicodedata.normalize("NFKC", found.group()).casefold().translate(_APOSTROPHES)
        parts = (contractions or {}).get(word, (word,))
        tokens += [Token(part, found.start(), found.end()) for part in parts]
    return tokens


def text_between(text: str, tokens: Sequence[Token], first: int, end: int) -> str:
    """The text from token `first` up to, not with, token `end`, as the user wrote it."""
    if first >= end:
        return ""
    return text[tokens[first].start : tokens[end - 1].end].strip()
