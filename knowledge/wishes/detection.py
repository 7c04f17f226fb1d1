"""Which of our languages a short request is in, by its script and its small words."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from knowledge.wishes.lexicon import LANGUAGES, function_words, load_lexicon
from knowledge.wishes.tokens import Token

_LATIN = tuple(code for code in LANGUAGES if code not in ("ja", "zh", "hi"))
_LETTERS = {
    "de": "äöüß", "sv": "åäö", "es": "ñ¿¡", "pt": "ãõç", "pl": "ąćęłńśźż", "fr": "êèçœùâîû",
    "it": "ìòù",
}  # fmt: skip
_LETTER_WEIGHT = 0.35
_DESCRIPTOR_WEIGHT = 0.8


def detect_language(text: str, tokens: Sequence[Token]) -> str:
    """Tell the language of `text`, ISO 639-1; "en" when nothing speaks for another."""
    if any("぀" <= letter <= "ヿ" for letter in text):
        return "ja"
    if any("\u0900" <= letter <= "\u097f" for letter in text):
        return "hi"
    if any("㐀" <= letter <= "鿿" for letter in text):
        return "zh"
    scores: Counter[str] = Counter({"en": 0.01})
    for token in tokens:
        if token.kind != "word":
            continue
        for code, weight in _speaks_for(token.text):
            scores[code] += weight
    lowered = text.lower()
    for code, letters in _LETTERS.items():
        scores[code] += _LETTER_WEIGHT * sum(lowered.count(letter) for letter in letters)
    best = max(scores.values())
    # Of equals the one that more people are likely to mean, in the order of the list.
    return next(code for code in LANGUAGES if scores[code] == best)


@lru_cache(maxsize=8192)
def _speaks_for(word: str) -> tuple[tuple[str, float], ...]:
    small = [code for code in _LATIN if word in function_words(code)]
    telling = [
        code for code in _LATIN if code not in small and load_lexicon(code).meanings_of(word)
    ]
    shared = len(small) + len(telling)
    return tuple(
        [(code, 1.0 / shared) for code in small]
        + [(code, _DESCRIPTOR_WEIGHT / shared) for code in telling]
    )
