"""How sure the classifier may be: temperatures and the threshold, cross-fitted on training rows."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

from agent.understanding.intents import Intent
from agent.understanding.training.labelled import Labelled

FOLDS = 3
WANTED_REJECTION = 0.982
"""Share of rows that are not music which each set must reject, cross-fitted on training rows."""
_LEAST_THRESHOLD, _GREATEST_THRESHOLD = 0.3, 0.9

Chances = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CrossFit:
    """What models say that did not see the request."""

    chances: Chances
    """Shape (items, classes): the mean of both models."""
    classes: tuple[Intent, ...]
    temperatures: tuple[float, ...]
    """Of the linear model and of the network."""


@dataclass(frozen=True, slots=True)
class Calibration:
    temperatures: tuple[float, ...]
    threshold: float


def fold_of(item: Labelled) -> int:
    """Which of the folds holds the item; the same on every machine."""
    key = item.row.id if item.row else item.bare
    return hashlib.sha256(f"fold {key}".encode()).digest()[0] % FOLDS


def softmax(scores: Chances) -> Chances:
    """Probabilities, row by row."""
    powers: Chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Chances = powers / powers.sum(axis=1, keepdims=True)
    return chances


def temperature_of(scores: Chances, items: Sequence[Labelled], classes: Sequence[Intent]) -> float:
    """What makes right answers of public rows likeliest; any accepted label is right."""
    kept = [at for at, item in enumerate(items) if item.row is not None]
    right = np.array([[intent.public in _accepted(items[at]) for intent in classes] for at in kept])
    chosen = scores[kept]

    def loss(temperature: float) -> float:
        chance = (softmax(chosen / temperature) * right).sum(axis=1)
        return float(-np.log(np.maximum(chance, 1e-9)).mean())

    return float(minimize_scalar(loss, bounds=(0.3, 5.0), method="bounded").x)


def _accepted(item: Labelled) -> frozenset[str]:
    return item.row.accept if item.row else frozenset({item.intent.public})


def threshold_of(items: Sequence[Labelled], crossed: CrossFit) -> float:
    """The least probability of music at which each set rejects enough of what is not music."""
    music = crossed.chances[:, [intent.is_music for intent in crossed.classes]].sum(axis=1)
    thresholds = [_LEAST_THRESHOLD]
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
    return min(_GREATEST_THRESHOLD, max(thresholds))
