"""One spelling for everything that people spell in many ways.

`fold` is what names are compared by: case, accents, script, punctuation and "&" do not count.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHE = re.compile(r"['’‘`´ʼ]")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
# Chinese characters are words of their own: "杰伦" must be found inside "周杰伦".
_IDEOGRAPH = re.compile(r"([㐀-鿿豈-﫿])")
# Letters in disguise: "P!nk", "Ke$ha", "$uicideboy$". "$100" is a price and "Help!" a cry.
_DOLLAR = re.compile(r"(?<=[a-z])\$|\$(?=[a-z])")
_EXCLAMATION = re.compile(r"(?<=[a-z])!(?=[a-z])")
_FEATURING = re.compile(
    r"[\(\[]?\b(?:feat|ft|featuring|duet with)\b\.?\s.*?(?:[\)\]]|$)", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:the|a|an) (?=\S)")
_CACHED_LENGTH = 200
"""Longer texts are no names; remembering them would let hostile tags fill the memory."""


def fold(text: str) -> str:
    """Fold `text` to lower-case ASCII words separated by single spaces.

    "Beyoncé & Jay‐Z" and "beyonce and jay z" fold alike; "Кино" folds to "kino", "P!nk" to
    "pink". Text without any letter or digit folds to its stripped, case-folded self, so that
    nothing folds to "" but blanks.
    """
    return _remembered(text) if len(text) <= _CACHED_LENGTH else _fold(text)


def without_article(folded: str) -> str:
    """Make "the beatles" "beatles"; a name that is only an article stays."""
    return _ARTICLE.sub("", folded)


def without_featuring(title: str) -> str:
    """Cut "(feat. …)" and its relatives off a title or an artist."""
    return " ".join(_FEATURING.sub(" ", title).split()) or title


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    plain = _IDEOGRAPH.sub(r" \1 ", plain)
    plain = _APOSTROPHE.sub("", anyascii(plain).lower())
    plain = _EXCLAMATION.sub("i", _DOLLAR.sub("s", plain))
    return _NOT_WORD.sub(" ", plain).strip() or text.strip().casefold()


_remembered = lru_cache(maxsize=65_536)(_fold)
