"""Matrix factorisation of play counts by alternating least squares, through `implicit`.

Hu, Koren and Volinsky 2008, "Collaborative filtering for implicit feedback datasets". An optional
part: from about twenty people on it helps, and only as a member of a blend.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Self

import numpy as np

from knowledge.recommend.learning.neighbours import MOST_ITEMS, interactions
from knowledge.recommend.learning.plays import Numbering, Numbers, Plays, Scored


def is_available() -> bool:
    """Whether the optional package is installed."""
    return find_spec("implicit") is not None


class Factors:
    """People and items as short vectors whose product says who would play what."""

    def __init__(
        self,
        *,
        factors: int = 32,
        regularisation: float = 5.0,
        rounds: int = 15,
        seeds: Sequence[int] = (0,),
    ) -> None:
        """Set it up; the scores of several `seeds` are averaged."""
        self._factors, self._regularisation = factors, regularisation
        self._rounds, self._seeds = rounds, tuple(seeds)
        self._models: list[Any] = []
        self.items = Numbering([])

    def fit(self, plays: Plays) -> Self:
        matrix, items = interactions(plays, most_items=MOST_ITEMS)
        return self.fit_matrix(matrix, items)

    def fit_matrix(self, matrix: Any, items: Numbering) -> Self:
        """Fit on a sparse matrix people x items; larger values are surer.

        Raises:
            ModuleNotFoundError: `implicit` is not installed.
        """
        als, pools = import_module("implicit.als"), import_module("threadpoolctl")
        self.items, self._models = items, []
        for seed in self._seeds:
            # Its own loops and those of the linear algebra inside get in each other's way.
            with pools.threadpool_limits(1, "blas"):
                model = als.AlternatingLeastSquares(
                    factors=self._factors,
                    regularization=self._regularisation,
                    alpha=1.0,
                    iterations=self._rounds,
                    use_gpu=False,
                    num_threads=1,
                    random_state=seed,
                )
                model.fit(matrix.astype(np.float32).tocsr(), show_progress=False)
            self._models.append(model)
        return self

    def score(self, history: Sequence[int], weights: Sequence[float] | None = None) -> Scored:
        """Score all items for a person who played `history`, known when fitted or not."""
        places = self.items.places(history)
        given = np.ones(len(places)) if weights is None else np.asarray(weights, np.float64)
        known = places >= 0
        if not self._models or not known.any():
            return Scored.nothing()
        total = np.zeros(len(self.items))
        for model in self._models:
            own = model.item_factors[places[known]]
            gram = model.item_factors.T @ model.item_factors
            confident = own.T @ (own * given[known, None])
            ridge = np.eye(self._factors) * self._regularisation
            person = np.linalg.solve(gram + confident + ridge, own.T @ (given[known] + 1))
            total += model.item_factors @ person
        return Scored.ranked(self.items.ids, total / len(self._models))

    def scores(self, people: int) -> Numbers:
        """Score the first `people` rows of the fitted matrix at once: shape (people, items)."""
        products = [m.user_factors[:people] @ m.item_factors.T for m in self._models]
        return np.asarray(np.mean(products, axis=0), np.float64)
