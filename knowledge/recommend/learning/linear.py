"""EASE and CEASE: one linear weight for each pair of items, in closed form.

Steck 2019, "Embarrassingly shallow autoencoders for sparse data"; side information as further rows
after Jeunen, Van Balen and Goethals 2020, "Closed-form models for collaborative filtering with
side-information".
"""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from scipy import linalg

from knowledge.recommend.learning.neighbours import interactions
from knowledge.recommend.learning.plays import Numbering, Numbers, Plays, Scored

MOST_ITEMS = 6_000
"""The inverse of a matrix this wide takes some ten seconds; less played items are left out."""


class Ease:
    """A linear autoencoder without hidden layer. With `side` it is CEASE.

    Needs several people: a household of one has nothing to learn from here.
    """

    def __init__(
        self,
        *,
        regularisation: float = 50.0,
        side_weight: float = 4.0,
        half_life_days: float | None = None,
    ) -> None:
        """Set it up.

        Args:
            regularisation: the lambda of the paper, more for fewer people.
            side_weight: how much a row of side information counts against a person.
            half_life_days: older plays count less; None when age does not matter.
        """
        self._regularisation, self._side_weight = regularisation, side_weight
        self._half_life_days = half_life_days
        self.items = Numbering([])
        self._weights: Numbers | None = None

    def fit(self, plays: Plays, side: Any = None) -> Self:
        """Learn from plays; `side` is asked for the numbering of items, and gives rows x items."""
        matrix, items = interactions(
            plays, most_items=MOST_ITEMS, half_life_days=self._half_life_days
        )
        return self.fit_matrix(matrix, items, None if side is None else side(items))

    def fit_matrix(self, matrix: Any, items: Numbering, side: Any = None) -> Self:
        """Fit on a sparse matrix people x items; `side` is a sparse matrix tags x items."""
        self.items = items
        gram = np.asarray((matrix.T @ matrix).todense(), dtype=np.float64)
        if side is not None:
            gram += self._side_weight * np.asarray((side.T @ side).todense())
        gram[np.diag_indices_from(gram)] += self._regularisation
        upper = linalg.cho_factor(gram, overwrite_a=True, check_finite=False)
        inverse = linalg.cho_solve(upper, np.eye(len(items)), overwrite_b=True, check_finite=False)
        weights = inverse / -np.diag(inverse)
        np.fill_diagonal(weights, 0.0)
        self._weights = weights
        return self

    def score(self, history: Sequence[int], weights: Sequence[float] | None = None) -> Scored:
        """Score all items for a person who played `history`; unknown items are passed over."""
        places = self.items.places(history)
        given = np.ones(len(places)) if weights is None else np.asarray(weights, np.float64)
        known = places >= 0
        if self._weights is None or not known.any():
            return Scored.nothing()
        return Scored.ranked(self.items.ids, given[known] @ self._weights[places[known]])

    def scores(self, matrix: Any) -> Numbers:
        """Score everyone at once: people x items in, the same shape out, dense."""
        return np.asarray(matrix @ self._weights)
