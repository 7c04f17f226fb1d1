"""The second stage: a linear model over hashed n-grams and word vectors, averaged with a network.

Both run in numpy and are calibrated by themselves; the mean of their probabilities decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agent.understanding.convolution import ConvolutionModel
from agent.understanding.features import FloatArray, WordVectors, plain_words, weigh
from agent.understanding.intents import Intent
from agent.understanding.language import Language

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class IntentModel:
    """Multinomial logistic regression (8-bit weights, one scale for each class) and a network."""

    intents: tuple[Intent, ...]
    members: npt.NDArray[np.int64]
    """Which of `intents` each class stands for: what is out of scope comes in many classes."""
    idf: FloatArray
    ngram_weights: npt.NDArray[np.int8]
    """Shape (BUCKETS, classes)."""
    ngram_scale: FloatArray
    dense_weights: FloatArray
    """Shape (numbers of the word vectors, classes)."""
    bias: FloatArray
    temperature: float
    """Divides the scores, so that a probability means what it says."""
    music_threshold: float
    """Music is claimed from this probability that it is music at all."""
    words: WordVectors
    network: ConvolutionModel

    @classmethod
    def load(cls, folder: Path = WEIGHTS) -> "IntentModel":
        """Read the model from `folder`.

        Raises:
            FileNotFoundError: it was never trained.
        """
        words = WordVectors.load(folder / "words.npz")
        with np.load(folder / "intents.npz", allow_pickle=False) as data:
            classes = [str(name).partition("/")[0] for name in data["classes"]]
            intents = sorted(set(classes))
            return cls(
                intents=tuple(map(Intent, intents)),
                members=np.array([intents.index(name) for name in classes], np.int64),
                idf=data["idf"].astype(np.float32),
                ngram_weights=data["ngram_weights"],
                ngram_scale=data["ngram_scale"].astype(np.float32),
                dense_weights=data["dense_weights"].astype(np.float32),
                bias=data["bias"].astype(np.float32),
                temperature=float(data["temperature"]),
                music_threshold=float(data["music_threshold"]),
                words=words,
                network=ConvolutionModel.load(folder / "network.npz", words),
            )

    def probabilities(self, bare: str) -> FloatArray:
        """One calibrated probability for each of `intents` of a `plain` text; they add up to 1."""
        if not bare:
            nothing = [float(intent is Intent.OUT_OF_SCOPE) for intent in self.intents]
            return np.array(nothing, np.float32)
        row = weigh(bare, self.idf)
        scores = row.weights @ self.ngram_weights[row.buckets].astype(np.float32)
        scores = scores * self.ngram_scale + self.words.describe(bare) @ self.dense_weights
        linear = _softmax((scores + self.bias) / self.temperature)
        both = (linear + _softmax(self.network.scores(bare))) / 2
        return np.bincount(self.members, both, len(self.intents)).astype(np.float32)

    def classify(self, words: Sequence[str], language: Language) -> "Verdict":
        """Decide whether `words` ask for music, and for what."""
        return self.decide(self.probabilities(plain_words(words, language)))

    def decide(self, chances: Sequence[float] | FloatArray) -> "Verdict":
        """The verdict that `chances`, one for each of `intents`, lead to."""
        ranked = sorted(zip(self.intents, map(float, chances), strict=True), key=lambda p: -p[1])
        music = sum(chance for intent, chance in ranked if intent.is_music)
        claims = music >= self.music_threshold
        ranked.sort(key=lambda p: (p[0].is_music != claims, -p[1]))
        return Verdict(tuple(ranked), music)


def _softmax(scores: FloatArray) -> FloatArray:
    powers: FloatArray = np.exp(scores - scores.max())
    chances: FloatArray = powers / powers.sum()
    return chances


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every intent with its probability: first those of the side that won, likeliest first."""

    ranked: tuple[tuple[Intent, float], ...]
    music: float
    """Probability that the request is about music at all."""

    def as_music(self) -> "Verdict":
        """The same, when something else than the words proves that it is about music."""
        ranked = sorted(self.ranked, key=lambda pair: (not pair[0].is_music, -pair[1]))
        return Verdict(tuple(ranked), max(self.music, 0.5))

    @property
    def intent(self) -> Intent:
        """The winner."""
        return self.ranked[0][0]
