"""Scores of rankings and of probabilities, with intervals by bootstrap."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import rankdata

from knowledge.recommend.learning.plays import Ids, Numbers

_DRAWS = 2_000


@dataclass(frozen=True, slots=True)
class Ranked:
    """Quality of top-k lists, one value for each person with held-out items."""

    ndcg10: Numbers
    recall10: Numbers
    """Divided by the most that ten places can hold."""
    covered: int
    """Distinct items in all lists."""


def rank_people(scores: Numbers, seen: Any, held: Any) -> Ranked:
    """Rank all items for each person without the seen ones.

    Args:
        scores: shape (people, items).
        seen: sparse, what must not be ranked.
        held: sparse, what should be found.
    """
    masked = scores.copy()
    masked[seen.nonzero()] = -np.inf
    best = np.argpartition(-masked, 10, axis=1)[:, :10]
    order = np.argsort(-np.take_along_axis(masked, best, 1), axis=1, kind="stable")
    top = np.take_along_axis(best, order, 1)
    wanted = held.toarray() > 0
    count = wanted.sum(axis=1)
    some = count > 0
    hits = np.take_along_axis(wanted, top, 1)
    discount = 1 / np.log2(np.arange(10) + 2)
    most = np.minimum(count, 10)
    ideal = np.cumsum(discount)[np.maximum(most, 1) - 1]
    return Ranked(
        ((hits * discount).sum(axis=1) / ideal)[some],
        (hits.sum(axis=1) / np.maximum(most, 1))[some],
        len(np.unique(top[some])),
    )


@dataclass(frozen=True, slots=True)
class Places:
    """The place of the one right answer of each question, from 0; very large when not found."""

    places: Ids

    def hits(self, count: int) -> Numbers:
        return np.asarray(self.places < count, np.float64)

    @property
    def ndcg10(self) -> Numbers:
        return np.where(self.places < 10, 1 / np.log2(np.minimum(self.places, 10) + 2.0), 0.0)

    @property
    def mrr20(self) -> Numbers:
        return np.where(self.places < 20, 1 / (np.minimum(self.places, 20) + 1.0), 0.0)


NOT_FOUND = 1_000_000_000


def place_of(scores: Numbers, right: int) -> int:
    """How many score higher than row `right`; half of the equal ones count as higher."""
    own = scores[right]
    return int((scores > own).sum() + ((scores == own).sum() - 1) // 2)


def auc(yes: Numbers, chance: Numbers) -> float:
    """Area under the ROC curve: how often a yes has the higher chance than a no."""
    ranks = rankdata(chance)
    ones = float(yes.sum())
    none = len(yes) - ones
    return float((ranks[yes == 1].sum() - ones * (ones + 1) / 2) / max(ones * none, 1.0))


def average_precision(yes: Numbers, chance: Numbers) -> float:
    """Mean precision at each yes, from the highest chance down."""
    ordered = yes[np.argsort(-chance, kind="stable")]
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float((precision * ordered).sum() / max(float(ordered.sum()), 1.0))


def calibration_error(yes: Numbers, chance: Numbers, bins: int = 10) -> float:
    """Mean distance of promised and real share over `bins` equally large groups."""
    groups = np.array_split(np.argsort(chance, kind="stable"), bins)
    apart = [abs(float(chance[g].mean() - yes[g].mean())) * len(g) for g in groups if len(g)]
    return float(sum(apart) / max(len(yes), 1))


def interval(values: Numbers, *, seed: int = 0) -> tuple[float, float]:
    """The middle 95 % of the mean under resampling; of differences it is a paired test."""
    rng = np.random.default_rng(seed)
    count = len(values)
    means = np.empty(_DRAWS)
    for draw in range(_DRAWS):
        means[draw] = values[rng.integers(0, count, count)].mean()
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
