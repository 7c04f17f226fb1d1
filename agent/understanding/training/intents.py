"""Training the classifier of intents: a linear model and a small network, averaged."""

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack

from agent.understanding.features import (
    BUCKETS,
    WORD_BUCKETS,
    FloatArray,
    WordVectors,
    ngrams,
    weigh,
)
from agent.understanding.intents import Intent
from agent.understanding.lexicon import load_lexicon
from agent.understanding.training import convolution
from agent.understanding.training.calibration import (
    FOLDS,
    Calibration,
    CrossFit,
    fold_of,
    softmax,
    temperature_of,
    threshold_of,
)
from agent.understanding.training.data import Row
from agent.understanding.training.labelled import Labelled

CLINC_TOPICS = 14
RARE = 30
"""Topics with fewer rows are no class of their own."""
REGULARISATION = 20.0
ITERATIONS = 60
SOURCE_WEIGHT = {"slurp_devel": 5.0, "hwu64": 2.5, "clinc150": 1.3, "made": 0.6}
"""SLURP and HWU64 are nearest to how people talk, and smaller: their rows count more. Made requests
are many and alike: they count less."""


def with_topics(items: Sequence[Labelled], words: WordVectors) -> list[Labelled]:
    """Split what is not music by topic.

    A linear model tells many small classes apart from music better than one that holds all the
    rest. HWU64 and SLURP name topics themselves ("alarm_set" is about alarms); the intents of
    CLINC150 are clustered by the mean of their word vectors.
    """
    groups = _clusters(items, words)
    split = [
        item
        if item.row is None or item.intent.is_music or item.intent.value != item.row.intent
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


def cross_fit(items: Sequence[Labelled], features: Any, words: WordVectors) -> CrossFit:
    """Score each item by models trained on the other folds, so nothing held back is read."""
    names = np.array([item.name for item in items])
    folds = np.array([fold_of(item) for item in items])
    classes = tuple(sorted(set(names)))
    weights = source_weights(items)
    linear = np.full((len(items), len(classes)), -30.0)
    network = np.zeros_like(linear)
    data = convolution.encode_all([item.bare for item in items], words, load_lexicon())
    labels = np.array([classes.index(name) for name in names])
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        model = fit(features[inside], names[inside].tolist(), weights[inside])
        columns = [classes.index(name) for name in model.classes_]
        linear[np.ix_(outside, np.array(columns))] = model.decision_function(features[outside])
        trained = convolution.fit(data, inside, labels, weights, words, classes=len(classes))
        network[outside] = convolution.predict(trained, data, outside)
    intents = tuple(Intent(name.partition("/")[0]) for name in classes)
    temperatures = tuple(temperature_of(scores, items, intents) for scores in (linear, network))
    chances = softmax(linear / temperatures[0]) + softmax(network / temperatures[1])
    return CrossFit(chances / 2, intents, temperatures)


def source_weights(items: Sequence[Labelled]) -> npt.NDArray[np.float64]:
    """How much each item counts."""
    return np.array([SOURCE_WEIGHT.get(item.source, 1.0) for item in items])


def settled(items: Sequence[Labelled], crossed: CrossFit) -> list[str]:
    """The intent to train each item with: of those a row accepts, the likeliest about music.

    Public labels are coarser than ours ("play" for "resume the music"); what a row accepts says
    where they may be read more finely.
    """
    names = []
    for item, chances in zip(items, crossed.chances, strict=True):
        accepted = [
            (chance, intent.value)
            for intent, chance in zip(crossed.classes, chances, strict=True)
            if item.row is not None and intent.is_music and intent.public in item.row.accept
        ]
        coarse = item.row is not None and item.row.is_music and item.intent == item.row.intent
        names.append(max(accepted)[1] if coarse and accepted else item.name)
    return names


def train(items: Sequence[Labelled], words: WordVectors, folder: Path) -> Calibration:
    """Calibrate, train on everything in `items` and write both models to `folder`."""
    items = with_topics(items, words)
    texts = [item.bare for item in items]
    idf = inverse_document_frequency(texts)
    features = matrix(texts, idf, words)
    crossed = cross_fit(items, features, words)
    calibration = Calibration(crossed.temperatures, threshold_of(items, crossed))
    names = settled(items, crossed)
    model = fit(features, names, source_weights(items))
    weights = model.coef_.T.astype(np.float32)
    scale = np.maximum(np.abs(weights[:BUCKETS]).max(axis=0), 1e-9) / 127
    np.savez_compressed(
        folder / "intents.npz",
        classes=np.array(list(model.classes_)),
        idf=idf.astype(np.float16),
        ngram_weights=np.clip(np.round(weights[:BUCKETS] / scale), -127, 127).astype(np.int8),
        ngram_scale=scale.astype(np.float32),
        dense_weights=weights[BUCKETS:].astype(np.float16),
        bias=model.intercept_.astype(np.float32),
        temperature=np.float32(calibration.temperatures[0]),
        music_threshold=np.float32(calibration.threshold),
    )
    classes = list(model.classes_)
    network = convolution.fit(
        convolution.encode_all(texts, words, load_lexicon()),
        np.arange(len(items)),
        np.array([classes.index(name) for name in names]),
        source_weights(items),
        words,
        classes=len(classes),
    )
    convolution.save(network, calibration.temperatures[1], folder / "network.npz")
    return calibration
