"""Training the classifier of intents, its calibration and its threshold."""

import hashlib
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack

from agent.understanding.features import (
    BUCKETS,
    WORD_BUCKETS,
    FloatArray,
    WordVectors,
    ngrams,
    plain,
    weigh,
)
from agent.understanding.grammar import Grammar, GrammarMatch
from agent.understanding.intents import Intent
from agent.understanding.language import Language
from agent.understanding.tokens import tokenise
from agent.understanding.training.data import Row
from agent.understanding.training.generate import Request

FOLDS = 3
CLINC_TOPICS = 14
RARE = 30
"""Topics with fewer rows are no class of their own."""
REGULARISATION = 20.0
ITERATIONS = 80
SOURCE_WEIGHT = {"slurp_devel": 3.0, "hwu64": 1.5}
"""SLURP and HWU64 are nearest to how people talk, and smaller: their rows count more."""
WANTED_REJECTION = 0.985
"""Share of rows that are not music which each set must reject, cross-fitted on training rows."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One training request. Made ones have no row."""

    bare: str
    """Its `plain` text."""
    intent: Intent
    row: Row | None
    source: str
    topic: str = ""
    """What it is about when it is not about music: a class of its own for the classifier."""
    match: GrammarMatch | None = None

    @property
    def name(self) -> str:
        """Its class for the classifier."""
        return f"{self.intent.value}/{self.topic}" if self.topic else self.intent.value


def label(row: Row, source: str, grammar: Grammar) -> Labelled:
    """Give a public row our finer intent where the grammar knows it and the row accepts it."""
    match = grammar.match(row.text, tokenise(row.text, grammar.language.contractions))
    intent = Intent(row.intent)
    if match is not None and not match.unmet and match.rule.intent.public in row.accept:
        intent = match.rule.intent
    return Labelled(plain(row.text, grammar.language), intent, row, source, match=match)


def with_topics(items: Sequence[Labelled], words: WordVectors) -> list[Labelled]:
    """Split what is not music by topic.

    A linear model tells many small classes apart from music better than one that holds all the
    rest. HWU64 and SLURP name topics themselves ("alarm_set" is about alarms); the intents of
    CLINC150 are clustered by the mean of their word vectors.
    """
    groups = _clusters(items, words)
    split = [
        item
        if item.row is None or item.intent.is_music
        else replace(item, topic=_topic(item.row, item.source, groups))
        for item in items
    ]
    sizes = Counter(item.name for item in split)
    return [item if sizes[item.name] >= RARE else replace(item, topic="") for item in split]


def _topic(row: Row, source: str, groups: Mapping[str, str]) -> str:
    if source == "clinc150":
        return groups.get(row.source_intent, "")
    if source == "snips" or row.intent == "play_other_media":
        return row.source_intent
    return row.source_intent.partition("_")[0]


def _clusters(items: Sequence[Labelled], words: WordVectors) -> dict[str, str]:
    from sklearn.cluster import KMeans  # noqa: PLC0415 - only training needs it

    vectors: dict[str, list[FloatArray]] = {}
    for item in items:
        if item.source == "clinc150" and item.row is not None and not item.row.is_music:
            vectors.setdefault(item.row.source_intent, []).append(words.describe(item.bare))
    names = sorted(vectors)
    means = np.stack([np.mean(vectors[name], axis=0) for name in names])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    labels = KMeans(CLINC_TOPICS, n_init=4, random_state=0).fit(means).labels_
    return {name: f"clinc{place}" for name, place in zip(names, labels, strict=True)}


def made(request: Request, language: Language) -> Labelled:
    """A request from templates, as training data."""
    return Labelled(plain(request.text, language), request.intent, None, "made")


def inverse_document_frequency(texts: Sequence[str]) -> FloatArray:
    """Of each bucket, over `plain` texts."""
    counts = np.zeros(BUCKETS)
    for text in texts:
        words, characters = ngrams(text)
        counts[list(words)] += 1
        counts[[bucket + WORD_BUCKETS for bucket in characters]] += 1
    frequencies: FloatArray = (np.log((1 + len(texts)) / (1 + counts)) + 1).astype(np.float32)
    # At run time they are read as float16; train with what will be used.
    return frequencies.astype(np.float16).astype(np.float32)


def matrix(texts: Sequence[str], idf: FloatArray, words: WordVectors) -> Any:
    """Features of `plain` texts, one sparse row each."""
    rows = [weigh(text, idf) for text in texts]
    ends = np.cumsum([0] + [len(row.buckets) for row in rows])
    weights = np.concatenate([row.weights for row in rows])
    buckets = np.concatenate([row.buckets for row in rows])
    sparse = csr_matrix((weights, buckets, ends), shape=(len(texts), BUCKETS))
    dense = csr_matrix(np.stack([words.describe(text) for text in texts]))
    return hstack([sparse, dense]).tocsr().astype(np.float32)


def fit(features: Any, classes: Sequence[str], weights: npt.NDArray[np.float64]) -> Any:
    """Multinomial logistic regression, stopped early: the last iterations change nothing."""
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415 - only training needs it
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - only training needs it

    model = LogisticRegression(C=REGULARISATION, max_iter=ITERATIONS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(features, classes, sample_weight=weights)


@dataclass(frozen=True, slots=True)
class Calibration:
    temperature: float
    threshold: float


@dataclass(frozen=True, slots=True)
class CrossFit:
    """What models say that did not see the request: shape (items, classes)."""

    scores: npt.NDArray[np.float64]
    classes: tuple[Intent, ...]


def cross_fit(items: Sequence[Labelled], features: Any) -> CrossFit:
    """Score each item by a model trained on the other folds, so nothing held back is read."""
    names = np.array([item.name for item in items])
    folds = np.array([_fold(item) for item in items])
    classes = tuple(sorted(set(names)))
    weights = np.array([SOURCE_WEIGHT.get(item.source, 1.0) for item in items])
    scores = np.full((len(items), len(classes)), -30.0)
    for fold in range(FOLDS):
        model = fit(features[folds != fold], names[folds != fold], weights[folds != fold])
        columns = [classes.index(name) for name in model.classes_]
        scores[np.ix_(folds == fold, columns)] = model.decision_function(features[folds == fold])
    return CrossFit(scores, tuple(Intent(name.partition("/")[0]) for name in classes))


def settled(items: Sequence[Labelled], crossed: CrossFit) -> list[str]:
    """The intent to train each item with: of those a row accepts, the likeliest about music.

    Public labels are coarser than ours ("play" for "resume the music"); what a row accepts says
    where they may be read more finely.
    """
    names = []
    for item, scores in zip(items, crossed.scores, strict=True):
        accepted = [
            (score, intent.value)
            for intent, score in zip(crossed.classes, scores, strict=True)
            if item.row is not None and intent.is_music and intent.public in item.row.accept
        ]
        coarse = item.row is not None and item.row.is_music and item.intent == item.row.intent
        names.append(max(accepted)[1] if coarse and accepted else item.name)
    return names


def calibrate(items: Sequence[Labelled], crossed: CrossFit) -> Calibration:
    """Temperature and threshold from cross-fitted scores."""
    temperature = _temperature(crossed.scores, items, crossed.classes)
    chances = _softmax(crossed.scores / temperature)
    return Calibration(temperature, _threshold(chances, items, crossed.classes))


def _fold(item: Labelled) -> int:
    key = item.row.id if item.row else item.bare
    return hashlib.sha256(f"fold {key}".encode()).digest()[0] % FOLDS


def _softmax(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    powers: npt.NDArray[np.float64] = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: npt.NDArray[np.float64] = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _temperature(
    scores: npt.NDArray[np.float64], items: Sequence[Labelled], classes: Sequence[Intent]
) -> float:
    """What makes right answers of public rows likeliest; any accepted label is right."""
    kept = [at for at, item in enumerate(items) if item.row is not None]
    right = np.array([[intent.public in _accepted(items[at]) for intent in classes] for at in kept])
    chosen = scores[kept]

    def loss(temperature: float) -> float:
        chance = (_softmax(chosen / temperature) * right).sum(axis=1)
        return float(-np.log(np.maximum(chance, 1e-9)).mean())

    return float(minimize_scalar(loss, bounds=(0.3, 5.0), method="bounded").x)


def _accepted(item: Labelled) -> frozenset[str]:
    return item.row.accept if item.row else frozenset({item.intent.public})


def _threshold(
    chances: npt.NDArray[np.float64], items: Sequence[Labelled], classes: Sequence[Intent]
) -> float:
    """The least probability of music at which each set rejects enough of what is not music."""
    music = chances[:, [intent.is_music for intent in classes]].sum(axis=1)
    thresholds = [0.3]
    for source in sorted({item.source for item in items if item.row}):
        others = [
            at
            for at, item in enumerate(items)
            if item.source == source and item.row and not item.row.is_music
        ]
        matches = [items[at].match for at in others]
        claimed = sum(m is not None and not m.unmet and m.rule.intent.is_music for m in matches)
        left = sorted(
            (music[at] for at, m in zip(others, matches, strict=True) if m is None), reverse=True
        )
        allowed = int((1 - WANTED_REJECTION) * len(others)) - claimed
        thresholds.append(float(left[max(0, min(allowed, len(left) - 1))]) + 1e-6)
    return min(0.9, max(thresholds))


def train(items: Sequence[Labelled], words: WordVectors, path: Path) -> Calibration:
    """Calibrate, train on everything in `items` and write the model to `path`."""
    items = with_topics(items, words)
    texts = [item.bare for item in items]
    idf = inverse_document_frequency(texts)
    features = matrix(texts, idf, words)
    crossed = cross_fit(items, features)
    calibration = calibrate(items, crossed)
    source_weights = np.array([SOURCE_WEIGHT.get(item.source, 1.0) for item in items])
    model = fit(features, settled(items, crossed), source_weights)
    weights = model.coef_.T.astype(np.float32)
    scale = np.maximum(np.abs(weights[:BUCKETS]).max(axis=0), 1e-9) / 127
    np.savez_compressed(
        path,
        classes=np.array(list(model.classes_)),
        idf=idf.astype(np.float16),
        ngram_weights=np.clip(np.round(weights[:BUCKETS] / scale), -127, 127).astype(np.int8),
        ngram_scale=scale.astype(np.float32),
        dense_weights=weights[BUCKETS:].astype(np.float16),
        bias=model.intercept_.astype(np.float32),
        temperature=np.float32(calibration.temperature),
        music_threshold=np.float32(calibration.threshold),
    )
    return calibration
