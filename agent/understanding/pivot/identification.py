"""Which language a request is in, by its script, its small words and the letters it has.

Small words tell languages apart in texts of a few words, where letter n-grams do not (Grefenstette,
"Comparing two language identification schemes", JADT 1995).
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from agent.understanding.pivot.words import plain, words_of
from agent.understanding.tokens import tokenise

_LETTER_WEIGHT = 0.4
_ENGLISH_FIRST = 0.01
"""English wins where nothing speaks for another language."""
_EXPECTED = 1.0
"""What the language of the conversation is ahead by: a small word that only it has."""
_CONTRACTED = re.compile(
    r"\b(?:i|you|we|they|it|that|do|does|can|won|don|isn|didn)['’](?:ve|re|ll|d|m|s|t)\b",
    re.IGNORECASE,
)
"""Whose parts are words of other languages: "ve" is Turkish for "and"."""
_KAZAKH = frozenset("әіңғүұқөһ")


def identify(text: str, *, expected: str = "en") -> str:
    """The language of `text`, ISO 639-1; "en" when nothing speaks for another.

    `expected` is the language of the conversation, which stays where little speaks for another.
    """
    written = _by_script(text)
    if written:
        return written
    scores: defaultdict[str, float] = defaultdict(float, {"en": _ENGLISH_FIRST})
    small, letters = _small_words(), _letters()
    scores["en"] += len(_CONTRACTED.findall(text))
    if expected != "en":
        scores[expected] += _EXPECTED
    for token in words_of(text):
        languages = small.get(token.word, ())
        for code in languages:
            scores[code] += 1 / len(languages)
    for letter in text.lower():
        for code in letters.get(letter, ()):
            scores[code] += _LETTER_WEIGHT / len(letters[letter])
    return max(scores, key=lambda code: scores[code])


def english_share(text: str) -> float:
    """Share of the words of `text` that are small words of English, 0 to 1.

    A name in Han letters is one word here: "play songs by 米津玄師" is English.
    """
    small = _small_words()
    words = [plain(token.word) for token in tokenise(text)]
    return sum("en" in small.get(word, ()) for word in words) / max(1, len(words))


def _by_script(text: str) -> str | None:
    cyrillic = kazakh = arabic = False
    han = devanagari = False
    for letter in text.lower():
        if "\u3041" <= letter <= "\u30ff":
            return "ja"
        han = han or "\u3400" <= letter <= "\u9fff"
        devanagari = devanagari or "\u0900" <= letter <= "\u097f"
        arabic = arabic or "\u0621" <= letter <= "\u06ff"
        cyrillic = cyrillic or "\u0400" <= letter <= "\u04ff"
        kazakh = kazakh or letter in _KAZAKH
    found = (
        *(("zh", han), ("hi", devanagari), ("ar", arabic)),
        *(("kk", cyrillic and kazakh), ("sr", cyrillic)),
    )
    return next((code for code, is_there in found if is_there), None)


@lru_cache(maxsize=1)
def _file() -> Mapping[str, Mapping[str, str]]:
    source = files("agent.understanding") / "languages" / "common_words.toml"
    return tomllib.loads(source.read_text("utf-8"))


@lru_cache(maxsize=1)
def _small_words() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for code, words in _file()["words"].items():
        for word in sorted({token.word for token in words_of(words)}):
            found.setdefault(word, []).append(code)
    return found


@lru_cache(maxsize=32)
def small_words(code: str) -> frozenset[str]:
    """The small words of a language, as `words_of` cuts them."""
    return frozenset(word for word, codes in _small_words().items() if code in codes)


@lru_cache(maxsize=1)
def _letters() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for code, letters in _file()["letters"].items():
        for letter in letters:
            found.setdefault(letter, []).append(code)
    return found
