"""What makes a sequence good, as one number to make small."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import Vector
from knowledge.recommend.arcs import strays
from knowledge.recommend.pool import Pool
from knowledge.recommend.transitions import Indexes
from knowledge.wish import Arc

ARC, FIT = 0.6, 0.3
"""Weights beside the mean transition, which weighs 1."""
_BROKEN = 4.0
"""For each broken rule: more than any gain in flow."""
_OFF = 1.0
"""For a length out of tolerance; a length inside it costs a little, so that closer is better."""
_NEAR = 0.02


@dataclass(frozen=True, slots=True)
class Rules:
    """What every list must obey."""

    target_s: float | None = None
    count: int | None = None
    tolerance_s: float = 15.0
    artist_gap: int = 2
    """So many other tracks stand between two of one artist."""
    artist_cap: int = 10_000
    """At most so many tracks of one artist."""


@dataclass(frozen=True, slots=True)
class Objective:
    """Scores lists of places in a pool."""

    pool: Pool
    arc: Arc
    rules: Rules

    def __call__(self, order: Indexes) -> float:
        """Score one list, shape (k,); less is better, infinite for an empty one."""
        return float(self.each(order[None, :])[0]) if len(order) else math.inf

    def each(self, orders: Indexes) -> NDArray[np.float64]:
        """Score m lists of the same k tracks, shape (m, k)."""
        pool, k = self.pool, orders.shape[1]
        lengths = pool.durations[orders]
        total = lengths.sum(axis=1)
        score = self.flow(orders)
        score += FIT * (1 - pool.fits[orders]).mean(axis=1)
        if self.arc:
            middle = (np.cumsum(lengths, axis=1) - lengths / 2) / np.maximum(total, 1.0)[:, None]
            score += ARC * strays(self.arc, middle, pool.energy[orders]).mean(axis=1)
        score += self.length_cost(total)
        artists = pool.artists[orders]
        broken = np.zeros(len(orders))
        for gap in range(1, min(self.rules.artist_gap, k - 1) + 1):
            broken += (artists[:, gap:] == artists[:, :-gap]).sum(axis=1)
        return np.asarray(score + _BROKEN * (broken + self._over_cap(artists)))

    def flow(self, orders: Indexes) -> NDArray[np.float64]:
        """Mean cost of the transitions of each list, with the one into it."""
        parts = self.pool.passages.between(orders[:, :-1], orders[:, 1:]).astype(np.float64)
        if self.pool.before is not None:
            into = self.pool.passages.between(np.asarray(self.pool.before), orders[:, 0])
            parts = np.concatenate([into[:, None], parts], axis=1)
        return np.asarray(parts.mean(axis=1) if parts.shape[1] else np.zeros(len(orders)))

    def length_cost(self, total: NDArray[np.float64]) -> NDArray[np.float64]:
        """What it costs to miss the wished length by so much."""
        if self.rules.target_s is None:
            return np.zeros_like(total)
        off = np.abs(total - self.rules.target_s) / self.rules.tolerance_s
        return np.where(off <= 1, _NEAR * off, _OFF * off)

    def _over_cap(self, artists: Indexes) -> NDArray[np.float64]:
        if self.rules.artist_cap >= artists.shape[1] or not len(artists):
            return np.zeros(len(artists))
        # All lists hold the same tracks unless one was exchanged: counting rows is cheap enough.
        ordered = np.sort(artists, axis=1)
        cap = self.rules.artist_cap
        return np.asarray((ordered[:, cap:] == ordered[:, :-cap]).sum(axis=1), np.float64)

    def free(self, order: Indexes, place: int, *, replaced: bool) -> NDArray[np.bool_]:
        """Which candidates may stand at a place without breaking a rule, shape (n,).

        Args:
            order: the list.
            place: index in it.
            replaced: the track there leaves; otherwise it moves on by one.
        """
        pool, gap = self.pool, self.rules.artist_gap
        rest = np.delete(order, place) if replaced else order
        free = np.ones(len(pool), bool)
        free[order] = False
        near = rest[max(0, place - gap) : place + gap]
        if gap:
            free &= ~np.isin(pool.artists, pool.artists[near])
        counted = np.bincount(pool.artists[rest], minlength=int(pool.artists.max()) + 1)
        return np.asarray(free & (counted[pool.artists] < self.rules.artist_cap))


def arc_strays(pool: Pool, arc: Arc, progress: float) -> Vector:
    """How far each candidate would be from the arc at this point of the list, shape (n,)."""
    return strays(arc, np.full(len(pool), progress, np.float32), pool.energy)
