"""Make a list better by small changes: 2-opt, moves, swaps, exchanges, one more, one less."""

import numpy as np

from knowledge.recommend.objective import ARC, FIT, Objective, arc_strays
from knowledge.recommend.transitions import Indexes

_ROUNDS = 40
_TRIED = 6
"""So many of the most promising exchanges of one place are looked at exactly."""
_WINDOW = 24
"""In a list longer than this, only stretches of this length are turned around."""
_WORK_REORDERING, _WORK_EXCHANGING = 20_000_000, 100_000
"""Bounds for very long lists: places looked at while reordering, and pairs of places in rounds of
exchanging. Lists of usual length are hardly bound by them."""
_AT_LEAST = 1
_LEAST = 1e-6


def improve(objective: Objective, order: Indexes, *, rounds: int = _ROUNDS) -> Indexes:
    """The best list that can be reached by single changes, each of them for the better."""
    allowed = _WORK_EXCHANGING // max(1, len(order) ** 2)
    for _ in range(min(rounds, max(_AT_LEAST, allowed))):
        ordered = reorder(objective, order)
        changed = exchange(objective, ordered)
        if changed is None:
            return ordered
        order = changed
    return reorder(objective, order)


def reorder(objective: Objective, order: Indexes) -> Indexes:
    """Put the same tracks into a better order: 2-opt, swaps and moves of one track."""
    k = len(order)
    if k < 2:
        return order
    moves = _moves(k)
    score = objective(order)
    for _ in range(min(2 * k, max(_AT_LEAST, _WORK_REORDERING // moves.size))):
        scores = objective.each(order[moves])
        best = int(np.argmin(scores))
        if scores[best] >= score - _LEAST:
            break
        order, score = order[moves[best]], float(scores[best])
    return order


def exchange(objective: Objective, order: Indexes) -> Indexes | None:
    """The list with the best single exchange, addition or removal; None when none helps."""
    if not len(order):
        return None
    base = objective(order)
    best, best_score = None, base - _LEAST
    for place in range(len(order)):
        for changed in _exchanges(objective, order, place):
            score = objective(changed)
            if score < best_score:
                best, best_score = changed, score
    return best


def _exchanges(objective: Objective, order: Indexes, place: int) -> list[Indexes]:
    """Promising lists that differ at one place."""
    k = len(order)
    changed = [
        np.concatenate([order[:place], [other], order[place + 1 :]])
        for other in _promising(objective, order, place, replaced=True)
    ]
    if objective.rules.target_s is not None:
        if k > 1:
            changed.append(np.delete(order, place))
        changed += [
            np.insert(order, place, other)
            for other in _promising(objective, order, place, replaced=False)[:2]
        ]
    return changed


def _promising(objective: Objective, order: Indexes, place: int, *, replaced: bool) -> Indexes:
    pool, k = objective.pool, len(order)
    free = np.flatnonzero(objective.free(order, place, replaced=replaced))
    if not len(free):
        return free
    total = float(pool.durations[order].sum()) + pool.durations
    if replaced:
        total = total - pool.durations[order[place]]
    cost = (FIT * (1 - pool.fits) + ARC * arc_strays(pool, objective.arc, (place + 0.5) / k)) / k
    cost = cost + objective.length_cost(total)
    one = int(order[place - 1]) if place else pool.before
    after = place + 1 if replaced else place
    if one is not None:
        cost = cost + pool.passages.after(one)[: len(pool)] / k
    if after < k:
        cost = cost + pool.passages.before(int(order[after]))[: len(pool)] / k
    some = min(_TRIED, len(free))
    return free[np.argpartition(cost[free], some - 1)[:some]]


def _moves(k: int) -> Indexes:
    """Every neighbouring order of k things, shape (m, k)."""
    identity = np.arange(k)
    moves = []
    for i in range(k):
        for j in range(i + 1, min(k, i + _WINDOW + 1)):
            turned = identity.copy()
            turned[i : j + 1] = turned[i : j + 1][::-1]
            moves.append(turned)
            if j - i > 2:
                swapped = identity.copy()
                swapped[[i, j]] = swapped[[j, i]]
                moves.append(swapped)
            if j - i > 1:
                later = identity.copy()
                later[i : j + 1] = np.roll(later[i : j + 1], -1)
                earlier = identity.copy()
                earlier[i : j + 1] = np.roll(earlier[i : j + 1], 1)
                moves += [later, earlier]
    return np.asarray(moves, np.int64)
