"""The second opinion of the classifier: a small convolutional network over words, in numpy.

One layer of filters one, two and three words wide, each remembered by its strongest and its mean
answer, after Kim 2014, "Convolutional Neural Networks for Sentence Classification". Unlike the
linear model it knows the order of words that it never saw together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agent.understanding.features import FloatArray, WordVectors, hash_word
from agent.understanding.lexicon import Lexicon, load_lexicon

HASHES = 4096
"""Words also have a vector of their own, found by hash: a few share one."""
MAX_WORDS = 48
"""The rest of a longer request is not read."""
KINDS = ("genre", "mood", "activity", "instrument", "service", "music_item", "sort", "year",
         "object_type")  # fmt: skip
"""Lists of the lexicon whose words the network is told of."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """The words of one request; all arrays have one row for each word."""

    vectors: npt.NDArray[np.int64]
    """Row of the word vectors plus one; 0 for a word without a vector."""
    hashes: npt.NDArray[np.int64]
    kinds: FloatArray
    """Shape (words, len(KINDS)): 1.0 where the word is part of a phrase of that kind."""


def encode(bare: str, words: WordVectors, lexicon: Lexicon) -> Encoded:
    """What the network reads of a `plain` text; at least one word."""
    said = bare.split()[:MAX_WORDS] or [""]
    hashes = np.array([hash_word(word) for word in said], np.uint32)
    places = np.minimum(np.searchsorted(words.hashes, hashes), len(words.hashes) - 1)
    vectors = np.where(words.hashes[places] == hashes, places + 1, 0)
    kinds = np.zeros((len(said), len(KINDS)), np.float32)
    for first, end, names in lexicon.find(said):
        for name in names:
            if name in KINDS:
                kinds[first:end, KINDS.index(name)] = 1.0
    return Encoded(vectors.astype(np.int64), (hashes % HASHES).astype(np.int64), kinds)


@dataclass(frozen=True, slots=True)
class ConvolutionModel:
    projection: FloatArray
    """Shape (numbers of a word vector, projected)."""
    projection_bias: FloatArray
    hashed: FloatArray
    """Shape (HASHES, numbers)."""
    filters: tuple[FloatArray, ...]
    """For each width: shape (width, numbers of a word, filters)."""
    filter_biases: tuple[FloatArray, ...]
    output: FloatArray
    """Shape (2 * widths * filters, classes)."""
    bias: FloatArray
    temperature: float
    words: WordVectors
    lexicon: Lexicon

    @classmethod
    def load(cls, path: Path, words: WordVectors) -> "ConvolutionModel":
        """Read what training wrote.

        Raises:
            FileNotFoundError: it was never trained.
        """
        with np.load(path, allow_pickle=False) as data:
            widths = int(data["widths"])
            return cls(
                projection=data["projection"].astype(np.float32),
                projection_bias=data["projection_bias"].astype(np.float32),
                hashed=data["hashed"].astype(np.float32),
                filters=tuple(data[f"filters{w}"].astype(np.float32) for w in range(widths)),
                filter_biases=tuple(data[f"biases{w}"].astype(np.float32) for w in range(widths)),
                output=data["output"].astype(np.float32),
                bias=data["bias"].astype(np.float32),
                temperature=float(data["temperature"]),
                words=words,
                lexicon=load_lexicon(),
            )

    def scores(self, bare: str) -> FloatArray:
        """One score for each class of a `plain` text, divided by the temperature."""
        encoded = encode(bare, self.words, self.lexicon)
        known = encoded.vectors > 0
        vectors = np.zeros((len(known), self.projection.shape[0]), np.float32)
        vectors[known] = self.words.vectors[encoded.vectors[known] - 1].astype(np.float32) / 127.0
        projected = np.maximum(vectors @ self.projection + self.projection_bias, 0.0)
        rows = np.concatenate([projected, self.hashed[encoded.hashes], encoded.kinds], axis=1)
        pooled: list[FloatArray] = []
        for filters, bias in zip(self.filters, self.filter_biases, strict=True):
            answers = np.maximum(_slide(rows, filters) + bias, 0.0)
            pooled += [answers.max(axis=0), answers.sum(axis=0) / (len(rows) + 1)]
        scores = np.concatenate(pooled) @ self.output + self.bias
        return (scores / self.temperature).astype(np.float32)


def _slide(rows: FloatArray, filters: FloatArray) -> FloatArray:
    """Answers of `filters` at every place, the first and last reaching beyond the request."""
    width, size = filters.shape[0], rows.shape[1]
    edge = np.zeros((width - 1, size), np.float32)
    padded = np.concatenate([edge, rows, edge])
    places: Sequence[FloatArray] = [padded[at : at + len(rows) + width - 1] for at in range(width)]
    total: FloatArray = sum(
        (part @ filters[at] for at, part in enumerate(places)),
        start=np.zeros((len(rows) + width - 1, filters.shape[2]), np.float32),
    )
    return total
