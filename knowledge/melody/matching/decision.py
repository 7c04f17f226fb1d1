"""What may be said about the best tunes: name one, offer two or three, or ask again.

Two logistic regressions, one for "the first is right" and one for "it is among the first three",
read how far the best tune is ahead of the next ones and how well it fits. They were fitted to 300
made-up hums of traditional tunes, sought in 40, 200, 1,000 and 5,000 melodies with their tune and
without it, and checked on 300 hums of other tunes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.melody.models import HumOutcome

_FOUND = 0.6
"""So likely, a tune is named."""
_OFFERED = 0.5
"""So likely to be among them, two or three are offered."""
_MOST_OFFERED = 3
_LEAST_SHARE = 0.05
"""A third one is offered when it is as likely as this."""
_CHANCE = 1.0
"""What a tune costs that is not the one, in a library too small to tell."""
_COUNT = 10
_FIRST = (-2.13, 9.5, -1.53, 3.62)
"""Constant, lead over the second, cost, lead over the fourth to seventh."""
_THREE = (-2.9, 5.04, -0.54, 7.46, 1.0)
"""Constant, lead over the fourth, cost, lead over the second, over the last three of ten."""
_SPREAD = 0.05
"""Difference in cost that makes the second tune e times less likely than the first."""
_VERSION_SPREAD = 0.03
"""The same for two versions of one tune."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be said."""

    outcome: HumOutcome
    probabilities: tuple[float, ...]
    """Of the hits, in their order; together at most 1."""
    offered: int


def verdict(costs: Sequence[float], best: Sequence[float]) -> Verdict:
    """Judge the hits by their costs.

    Args:
        costs: of the hits, as shares of what it costs to fit by chance, best first.
        best: of the best hit of each tune, best first: versions of a tune count once.
    """
    known = sorted(cost for cost in best if math.isfinite(cost))[:_COUNT]
    if not costs or not known:
        return Verdict(HumOutcome.AGAIN, (0.0,) * len(costs), 0)
    first, three = _chances(known)
    tunes = _shares(known, first, three)
    probabilities = _of_hits(costs, known, tunes)
    likeliest = sorted(probabilities, reverse=True)[:_MOST_OFFERED]
    worth = sum(share >= _LEAST_SHARE for share in likeliest)
    if first >= _FOUND and (likeliest[0] >= _FOUND * first or worth < 2):
        return Verdict(HumOutcome.FOUND, probabilities, 1)
    # Several tunes may be meant, or several versions of one fit alike.
    if three >= _OFFERED and worth > 1:
        return Verdict(HumOutcome.AMBIGUOUS, probabilities, worth)
    if first >= _OFFERED:
        return Verdict(HumOutcome.FOUND, probabilities, 1)
    return Verdict(HumOutcome.AGAIN, probabilities, 0)


def _chances(known: list[float]) -> tuple[float, float]:
    """Return how likely the first is right, and one of the first three."""
    filled = known + [max(_CHANCE, known[-1])] * (_COUNT - len(known))
    cost = np.maximum(np.array(filled), 0.01)
    lead = np.log(cost / cost[0])
    first = np.dot(_FIRST, [1, lead[1], cost[0], math.log(cost[3:7].mean() / cost[0])])
    three = np.dot(_THREE, [1, lead[3], cost[0], lead[1], math.log(cost[7:10].mean() / cost[0])])
    one = _logistic(float(first))
    return one, max(one, _logistic(float(three)))


def _shares(known: list[float], first: float, three: float) -> list[float]:
    """Probability of each tune: the first as judged, the next two share what is left of three."""
    nearness = [math.exp(-(cost - known[0]) / _SPREAD) for cost in known]
    shares = [first]
    for low, high, total in ((1, 3, three - first), (3, len(known), (1 - three) * 0.1)):
        part = nearness[low:high]
        shares += [total * near / max(sum(part), 1e-12) for near in part]
    # Never likelier than the one before, since it fits less well.
    return [min(shares[: place + 1]) for place in range(len(shares))]


def _of_hits(costs: Sequence[float], known: list[float], tunes: list[float]) -> tuple[float, ...]:
    """Share out the probability of each tune among its versions, the better fitting ones first.

    A hit that is the best of no tune counts as a version of the tune that fits next better.
    """
    weights: list[float] = []
    owners: list[int] = []
    best = iter(enumerate(known))
    ahead = next(best, None)
    owner = 0
    for cost in costs:
        if ahead is not None and cost >= ahead[1]:
            owner = ahead[0]
            ahead = next(best, None)
        behind = min(cost - known[owner], 1.0)
        weights.append(math.exp(-behind / _VERSION_SPREAD))
        owners.append(owner)
    totals = [0.0] * len(known)
    for owner, weight in zip(owners, weights, strict=True):
        totals[owner] += weight
    return tuple(
        tunes[owner] * weight / max(totals[owner], 1e-12)
        for owner, weight in zip(owners, weights, strict=True)
    )


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-min(max(value, -40.0), 40.0)))
