"""A first list by beam search over (last track, time so far, artists just heard)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.recommend.objective import ARC, FIT, Objective, arc_strays
from knowledge.recommend.transitions import Indexes

_WIDTH = 12
MOST_TRACKS = 300
"""No list is longer than this."""


@dataclass(frozen=True, slots=True)
class _Lists:
    """The beam: b lists of the same number of tracks."""

    order: Indexes
    """Shape (b, step)."""
    cost: NDArray[np.float64]
    """Sum over their tracks, shape (b,)."""
    elapsed_s: NDArray[np.float64]


def search(objective: Objective) -> Indexes:
    """The best list found, as places in the pool; it may miss the length, and be empty."""
    pool, rules = objective.pool, objective.rules
    if not len(pool):
        return np.zeros(0, np.int64)
    wanted = min(rules.count or MOST_TRACKS, len(pool), MOST_TRACKS)
    lists = _Lists(np.zeros((1, 0), np.int64), np.zeros(1), np.zeros(1))
    best, best_score = lists.order[0], math.inf
    for step in range(wanted):
        lists = _longer(objective, lists, step / wanted)
        if not len(lists.cost):
            break
        done = objective.each(lists.order)
        winner = int(np.argmin(done))
        if rules.target_s is None or done[winner] < best_score:
            best, best_score = lists.order[winner], float(done[winner])
    return np.asarray(best)


def _longer(objective: Objective, lists: _Lists, progress: float) -> _Lists:
    """Every list with every candidate that may follow it; the best few of these."""
    pool, rules = objective.pool, objective.rules
    n, step = len(pool), lists.order.shape[1]
    added = np.full((len(lists.cost), n), np.inf)
    shortest = float(pool.durations.min())
    for index, order in enumerate(lists.order):
        elapsed = float(lists.elapsed_s[index])
        free = objective.free(order, step, replaced=False)
        if rules.target_s is not None:
            left = rules.target_s - elapsed - pool.durations
            # The end must be reachable: this is the last track, or another one fits behind it.
            free &= (np.abs(left) <= rules.tolerance_s) | (left >= shortest - rules.tolerance_s)
            progress = min(1.0, (elapsed + float(np.median(pool.durations)) / 2) / rules.target_s)
        last = int(order[-1]) if step else pool.before
        cost = FIT * (1 - pool.fits) + ARC * arc_strays(pool, objective.arc, progress)
        if last is not None:
            cost = cost + pool.passages.after(last)[:n]
        added[index, free] = lists.cost[index] + cost[free]
    flat = added.ravel()
    some = min(_WIDTH, len(flat))
    best = np.argpartition(flat, some - 1)[:some]
    best = best[np.argsort(flat[best], kind="stable")]
    best = best[np.isfinite(flat[best])]
    parent, child = best // n, best % n
    return _Lists(
        np.concatenate([lists.order[parent], child[:, None]], axis=1),
        flat[best],
        lists.elapsed_s[parent] + pool.durations[child],
    )
