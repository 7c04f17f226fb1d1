"""An embedder for tests: words are directions, so texts that share words are near."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import MeaningUnusable
from knowledge.meaning.embedder import unit


class WordsEmbedder:
    """Counts words into buckets. Keeps what it was asked to read."""

    def __init__(self, name: str = "words", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.read: list[str] = []
        self.fails_after: int | None = None
        """After so many documents it breaks."""

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return unit(np.stack([self._vector(text) for text in texts]))

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.fails_after is not None and len(self.read) >= self.fails_after:
            raise MeaningUnusable("The model for meaning does not work. It is a test.")
        self.read += texts
        return self.queries(texts)

    def close(self) -> None:
        pass

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimension, 1e-3, np.float32)
        for word in text.lower().replace(",", " ").replace(".", " ").split():
            bucket = int.from_bytes(hashlib.md5(word.encode()).digest()[:4], "big")  # noqa: S324
            vector[bucket % self.dimension] += 1
        return vector
