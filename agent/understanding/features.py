"""What the classifier sees of a request: hashed n-grams, and the meaning of its words.

Hashing keeps text of the training data out of what ships. The word vectors are distilled from a
sentence embedder word by word, so that unseen words ("amplify") sit beside seen ones ("raise").
"""

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agent.understanding.language import Language
from agent.understanding.tokens import tokenise

FloatArray = npt.NDArray[np.float32]

WORD_BUCKETS = 1 << 14
CHARACTER_BUCKETS = 1 << 15
BUCKETS = WORD_BUCKETS + CHARACTER_BUCKETS
_SHORTEST, _LONGEST = 2, 5
_NOT_WORD = re.compile(r"[^\w']+|_")
_DIGITS = re.compile(r"\d")


def plain(text: str, language: Language) -> str:
    """Words and apostrophes only, contractions opened, digits alike, no "hey refrain"."""
    words = [token.word for token in tokenise(text, language.contractions)]
    return plain_words(words, language)


def plain_words(words: Sequence[str], language: Language) -> str:
    """The same of words that are split already."""
    for phrase in language.wake:
        if len(words) > len(phrase):
            if tuple(words[: len(phrase)]) == phrase:
                words = words[len(phrase) :]
            elif tuple(words[-len(phrase) :]) == phrase:
                words = words[: -len(phrase)]
    return _DIGITS.sub("0", " ".join(_NOT_WORD.sub(" ", word) for word in words).strip())


def hash_word(text: str) -> int:
    """A 32-bit hash that is the same on every machine."""
    return zlib.crc32(text.encode("utf-8", "replace"))


def ngrams(text: str) -> tuple[Counter[int], Counter[int]]:
    """Buckets of the word 1- and 2-grams and of the character 2- to 5-grams of `plain` text."""
    words = text.split()
    word_counts: Counter[int] = Counter()
    character_counts: Counter[int] = Counter()
    before = "^"
    for word in [*words, "$"]:
        word_counts[hash_word(f"{before} {word}") % WORD_BUCKETS] += 1
        if word != "$":
            word_counts[hash_word(word) % WORD_BUCKETS] += 1
        before = word
    for word in words:
        padded = f" {word} "
        for length in range(_SHORTEST, _LONGEST + 1):
            for at in range(max(1, len(padded) - length + 1)):
                character_counts[hash_word(padded[at : at + length]) % CHARACTER_BUCKETS] += 1
    return word_counts, character_counts


@dataclass(frozen=True, slots=True)
class Ngrams:
    """A sparse row: which of the `BUCKETS` are not zero, and their weights (two unit vectors)."""

    buckets: npt.NDArray[np.int64]
    weights: FloatArray


def weigh(text: str, idf: FloatArray) -> Ngrams:
    """TF-IDF of the n-grams of `plain` text; words and characters are normalised apart."""
    buckets: list[int] = []
    weights: list[FloatArray] = []
    for counts, offset in zip(ngrams(text), (0, WORD_BUCKETS), strict=True):
        places = [bucket + offset for bucket in counts]
        values = np.fromiter(counts.values(), np.float32, len(places)) * idf[places]
        length = float(np.sqrt(np.dot(values, values)))
        buckets += places
        weights.append(values / length if length else values)
    return Ngrams(np.array(buckets, np.int64), np.concatenate(weights))


@dataclass(frozen=True, slots=True)
class WordVectors:
    """Vectors of common words, found by a hash of the word."""

    hashes: npt.NDArray[np.uint32]
    """Sorted."""
    vectors: npt.NDArray[np.int8]
    """One row for each hash; 127 is 1.0. Rows have about unit length."""
    weights: FloatArray
    """How much a word counts in a mean: its inverse document frequency."""

    @property
    def size(self) -> int:
        """Numbers that `describe` returns."""
        return 2 * int(self.vectors.shape[1])

    @classmethod
    def load(cls, path: Path) -> "WordVectors":
        """Read what training wrote."""
        with np.load(path, allow_pickle=False) as data:
            return cls(data["hashes"], data["vectors"], data["weights"].astype(np.float32))

    def find(self, words: Sequence[str]) -> list[int]:
        """Rows of the known ones of `words`."""
        if not words:
            return []
        wanted = np.array([hash_word(word) for word in words], np.uint32)
        places = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        return [int(place) for place in places[self.hashes[places] == wanted]]

    def describe(self, text: str) -> FloatArray:
        """Weighted mean direction of the words of `plain` text, then the middle of its extremes."""
        rows = self.find(text.split())
        width = int(self.vectors.shape[1])
        if not rows:
            return np.zeros(2 * width, np.float32)
        found = self.vectors[rows].astype(np.float32) / 127.0
        mean = self.weights[rows] @ found
        length = float(np.sqrt(np.dot(mean, mean)))
        extremes = (found.max(axis=0) + found.min(axis=0)) / 2
        return np.concatenate([mean / length if length else mean, extremes]).astype(np.float32)
