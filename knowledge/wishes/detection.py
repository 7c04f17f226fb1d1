"""Which of our languages a short request is in, by its script and its small words."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from knowledge.wishes.lexicon import LANGUAGES, function_words, load_lexicon
from knowledge.wishes.tokens import Token, key_of

_LATIN = tuple(code for code in LANGUAGES if code not in ("ja", "zh", "hi"))
_LETTERS = {
    "de": "äöüß", "sv": "åäö", "es": "ñ¿¡", "pt": "ãõçôâ", "pl": "ąćęłńśźż", "fr": "êèçœùâîû",
    "it": "ìòù",
}  # fmt: skip
_LETTER_WEIGHT = 0.35
_DESCRIPTOR_WEIGHT = 0.8
_PART_WEIGHT = 0.4
"""Of a word that is only known inside phrases."""
_ROMANIZED_HINDI = frozenset(
    key_of(
        "gaane gana gaana gaano gane chahiye nahi nahin bajao bajana lagao lagana sunao sunna "
        "wala wale wali mujhe sirf bina hai hain koi kuch aur dashak chhodkar chodkar thoda yaar "
        "sake awaaz ka ke ki karo"
    )
)
_ENOUGH_HINDI = 2
"""So many words of Hindi in Latin letters, few of which another language has."""


def detect_language(text: str, tokens: Sequence[Token]) -> str:
    """Tell the language of `text`, ISO 639-1; "en" when nothing speaks for another."""
    if any("぀" <= letter <= "ヿ" for letter in text):
        return "ja"
    if any("\u0900" <= letter <= "\u097f" for letter in text):
        return "hi"
    if any("㐀" <= letter <= "鿿" for letter in text):
        return "zh"
    if sum(token.text in _ROMANIZED_HINDI for token in tokens) >= _ENOUGH_HINDI:
        return "hi"
    scores: defaultdict[str, float] = defaultdict(float, {"en": 0.01})
    shared = _shared(tokens)
    for place, token in enumerate(tokens):
        if token.kind != "word" or place in shared:
            continue
        for code, weight in _speaks_for(token.text):
            scores[code] += weight
    lowered = text.lower()
    for code, letters in _LETTERS.items():
        scores[code] += _LETTER_WEIGHT * sum(lowered.count(letter) for letter in letters)
    best = max(scores.values())
    # Of equals the one that more people are likely to mean, in the order of the list.
    return next(code for code in LANGUAGES if scores[code] == best)


def _shared(tokens: Sequence[Token]) -> set[int]:
    """Places of words of genres, which all languages share: "heavy metal"."""
    common = load_lexicon("common")
    shared: set[int] = set()
    for place in range(len(tokens)):
        found = common.at(tokens, place)
        if found is not None:
            shared.update(range(found.first, found.last))
    return shared


@lru_cache(maxsize=8192)
def _speaks_for(word: str) -> tuple[tuple[str, float], ...]:
    small = {code for code in _LATIN if word in function_words(code)}
    others = [code for code in _LATIN if code not in small]
    telling = {code for code in others if _is_of_music(word, code)}
    parts = {code for code in others if load_lexicon(code).is_word(word)} - telling
    shared = len(small) + len(telling) + len(parts)
    return tuple(
        (code, weight / shared)
        for codes, weight in (
            (small, 1.0),
            (telling, _DESCRIPTOR_WEIGHT),
            (parts, _PART_WEIGHT),
        )
        for code in sorted(codes)
    )


def _is_of_music(word: str, code: str) -> bool:
    """Whether a language has a meaning for a word, or for the first part of it: "Rocklieder"."""
    lexicon = load_lexicon(code)
    if lexicon.meanings_of(word):
        return True
    shared = load_lexicon("common")
    return any(
        lexicon.meanings_of(head) or shared.meanings_of(head) for head in lexicon.heads(word)
    )
