"""One spelling for everything that people spell in many ways.

`fold` is what names are compared by: case, accents, script, punctuation and "&" do not count.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHE = re.compile(r"['’‘`´]")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_FEATURING = re.compile(
    r"\s*[\(\[]?\b(?:feat|ft|featuring|duet with)\b\.?\s.*?(?:[\)\]]|$)", re.IGNORECASE
)
_ARTICLE = re.compile(r"^(?:the|a|an) (?=\S)")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Fold `text` to lower-case ASCII words separated by single spaces.

    "Beyoncé & Jay‐Z" and "beyonce and jay z" fold alike; "Кино" folds to "kino". Text without
    any letter or digit folds to its stripped, case-folded self, so that nothing folds to "".
    """
    plain = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    plain = _APOSTROPHE.sub("", anyascii(plain).lower())
    folded = _NOT_WORD.sub(" ", plain).strip()
    return folded or text.strip().casefold()


def without_article(folded: str) -> str:
    """Make "the beatles" "beatles"; a name that is only an article stays."""
    return _ARTICLE.sub("", folded)


def without_featuring(title: str) -> str:
    """Cut "(feat. …)" and its relatives off a title or an artist."""
    return _FEATURING.sub("", title).strip() or title
