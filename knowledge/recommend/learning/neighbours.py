"""Items that the same people play: cosine between the columns of who plays what."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from scipy import sparse

from knowledge.recommend.learning.plays import Ids, Numbering, Numbers, Plays, Scored

MOST_ITEMS = 20_000
"""Less played items beyond these are left out."""


def interactions(
    plays: Plays, *, most_items: int, half_life_days: float | None = None
) -> tuple[Any, Numbering]:
    """Turn plays into a matrix people x items of ones, or of ages, and number its columns."""
    items, counts = np.unique(plays.items, return_counts=True)
    kept = items[np.argsort(-counts, kind="stable")[:most_items]]
    columns, rows = Numbering(kept), Numbering(plays.users)
    column, row = columns.places(plays.items), rows.places(plays.users)
    aged = np.ones(len(plays))
    if half_life_days is not None and len(plays):
        aged = 0.5 ** ((plays.times.max() - plays.times) / 86_400.0 / half_life_days)
    known = column >= 0
    # Of several plays the newest counts: they are ordered by time, and later ones overwrite.
    key = row[known] * max(len(columns), 1) + column[known]
    cells, place = np.unique(key, return_inverse=True)
    value = np.zeros(len(cells))
    np.maximum.at(value, place, aged[known])
    shape = (len(rows), len(columns))
    where = (cells // max(len(columns), 1), cells % max(len(columns), 1))
    return sparse.csr_matrix((value, where), shape=shape), columns


class ItemNeighbours:
    """Item kNN: cosine with shrinkage, the best neighbours of each item only.

    Best below about ten known items of a person, where linear models have too little to go by.
    """

    def __init__(
        self,
        *,
        neighbours: int = 200,
        shrinkage: float = 10.0,
        exponent: float = 0.5,
        half_life_days: float | None = None,
    ) -> None:
        """Set it up.

        Args:
            neighbours: how many each item keeps.
            shrinkage: added to the divisor, against chance likeness of rare items.
            exponent: 0.5 is the cosine; less favours popular neighbours.
            half_life_days: older plays count less; None when age does not matter.
        """
        self._neighbours, self._shrinkage = neighbours, shrinkage
        self._exponent, self._half_life_days = exponent, half_life_days
        self.items = Numbering([])
        self._likeness: Any = None

    def fit(self, plays: Plays) -> Self:
        matrix, items = interactions(
            plays, most_items=MOST_ITEMS, half_life_days=self._half_life_days
        )
        return self.fit_matrix(matrix, items)

    def fit_matrix(self, matrix: Any, items: Numbering) -> Self:
        """Fit on a sparse matrix people x items whose columns are `items`."""
        self.items = items
        common = (matrix.T @ matrix).tocoo()
        norm = np.asarray(matrix.multiply(matrix).sum(axis=0)).ravel() ** self._exponent
        off = common.row != common.col
        row, column = common.row[off], common.col[off]
        divisor = norm[row] * norm[column] + self._shrinkage
        likeness = sparse.csr_matrix((common.data[off] / divisor, (row, column)), common.shape)
        self._likeness = _best_of_rows(likeness, self._neighbours).T.tocsr()
        return self

    def score(self, history: Sequence[int], weights: Sequence[float] | None = None) -> Scored:
        """Score all items for a person who played `history`; unknown items are passed over."""
        places = self.items.places(history)
        given = np.ones(len(places)) if weights is None else np.asarray(weights, np.float64)
        known = places >= 0
        if self._likeness is None or not known.any():
            return Scored.nothing()
        row = sparse.csr_matrix(
            (given[known], (np.zeros(known.sum(), int), places[known])), (1, len(self.items))
        )
        found = (row @ self._likeness.T).tocoo()
        return Scored.ranked(self.items.ids[found.col], found.data)

    def scores(self, matrix: Any) -> Numbers:
        """Score everyone at once: people x items in, the same shape out, dense."""
        return np.asarray((matrix @ self._likeness.T).todense())

    def like(self, item: int) -> tuple[Ids, Numbers]:
        """The items most like `item`, for "because you play"."""
        found = self.score([item])
        return found.ids, found.scores


def _best_of_rows(matrix: Any, count: int) -> Any:
    """Keep the `count` largest entries of each row of a sparse matrix."""
    kept = []
    for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True):
        place = np.arange(start, end)
        if end - start > count:
            place = start + np.argpartition(-matrix.data[start:end], count)[:count]
        kept.append(place)
    chosen = np.concatenate(kept) if kept else np.empty(0, np.int64)
    rows = np.repeat(np.arange(matrix.shape[0]), [len(one) for one in kept])
    return sparse.csr_matrix((matrix.data[chosen], (rows, matrix.indices[chosen])), matrix.shape)
