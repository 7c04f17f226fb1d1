"""The words of a request, in any script.

Chinese characters and kana are words of their own, so that one longest match serves all scripts;
everything else is folded to Latin letters, as names are.
"""

import re
import unicodedata
from dataclasses import dataclass

from knowledge.folding import fold

MAX_CHARACTERS = 600
MAX_TOKENS = 120
_PIECE = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)"
    r"|(?P<ideograph>[぀-ヿㇰ-ㇿ㐀-鿿豈-﫿々])"
    r"|(?P<word>(?:(?![\d぀-ヿㇰ-ㇿ㐀-鿿豈-﫿々])[\w&\u0900-\u0963\u0966-\u097f\u0e00-\u0e7f\u0300-\u036f])+)"
    r"|(?P<mark>[,;:.!?、。，；！？।|()\[\]–—\"“”„«»「」『』]|\s-\s)"
)
_QUOTES = re.compile(
    r"[\"“”„«‹](?P<a>[^\"“”„«»‹›]{2,200})[\"“”»›]|「(?P<b>[^」]{1,200})」|『(?P<c>[^』]{1,200})』"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, character or mark."""

    text: str
    """Folded; a Chinese character or kana stands for itself."""
    start: int
    """Place in the text that was read, which `read_text` gives."""
    end: int
    kind: str
    """"word", "number", "ideograph" or "mark"."""
    is_capital: bool = False
    """Written with a capital although no sentence begins here."""


def read_text(text: str) -> str:
    """The text that tokens are places in: compatibility forms and line breaks are gone."""
    clean = text[:MAX_CHARACTERS].encode("utf-8", "ignore").decode("utf-8")
    return " ".join(unicodedata.normalize("NFKC", clean).split())


def tokenize(text: str) -> tuple[Token, ...]:
    """Cut text (as `read_text` made it) into tokens; what follows the hundredth or so is lost."""
    found: list[Token] = []
    begins = True
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or "word"
        shown = match[0]
        if kind == "mark":
            folded = shown.strip()
        elif kind in ("number", "ideograph"):
            folded = shown
        else:
            folded = fold(shown)
        if not folded:
            continue
        capital = kind == "word" and shown[0].isupper() and not begins
        found.extend(
            Token(word, match.start(), match.end(), kind, capital)
            for word in (folded.split() if kind == "word" else (folded,))
        )
        begins = kind == "mark" and shown.strip() in {".", "!", "?"}
        if len(found) >= MAX_TOKENS:
            break
    return tuple(found)


def key_of(phrase: str) -> tuple[str, ...]:
    """The tokens of a phrase of the lexicon."""
    return tuple(token.text for token in tokenize(read_text(phrase)) if token.kind != "mark")


def quotations(text: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and content of everything between quotation marks."""
    return tuple(
        (match.start(), match.end(), (match["a"] or match["b"] or match["c"]).strip())
        for match in _QUOTES.finditer(text)
    )
