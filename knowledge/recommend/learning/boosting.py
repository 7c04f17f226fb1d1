"""Chances learned by gradient boosting of very random trees, averaged over seeds.

LightGBM with thresholds drawn at random (Geurts, Ernst and Wehenkel 2006, "Extremely randomized
trees"): on some hundred to some ten thousand examples that was better than the best thresholds, on
validation data of rejections and of situations alike. LightGBM is an optional part.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Self

import numpy as np

from knowledge.recommend.learning.plays import Numbers


def is_available() -> bool:
    """Whether LightGBM is installed."""
    return find_spec("lightgbm") is not None


class BoostedChances:
    """The probability of yes from a row of numbers; NaN stands for unknown."""

    def __init__(
        self,
        *,
        seeds: int = 3,
        rounds: int = 300,
        leaves: int = 7,
        least_in_leaf: int = 30,
        share_of_columns: float = 0.3,
    ) -> None:
        """Set it up; each tree sees `share_of_columns` of what is known."""
        self._share_of_columns = share_of_columns
        self._seeds, self._rounds = seeds, rounds
        self._leaves, self._least_in_leaf = leaves, least_in_leaf
        self._boosters: list[Any] = []

    @property
    def is_learned(self) -> bool:
        return bool(self._boosters)

    def fit(self, features: Numbers, yes: Numbers) -> Self:
        """Learn from rows.

        Args:
            features: shape (n, m).
            yes: 0 or 1, shape (n,).

        Raises:
            ModuleNotFoundError: LightGBM is not installed.
        """
        lightgbm = import_module("lightgbm")  # takes a second to import
        data = lightgbm.Dataset(features, label=yes, free_raw_data=False)
        self._boosters = []
        for seed in range(self._seeds):
            parameters = {
                "objective": "binary",
                "extra_trees": True,
                "num_leaves": self._leaves,
                "learning_rate": 0.03,
                "min_data_in_leaf": self._least_in_leaf,
                "feature_fraction": self._share_of_columns,
                "bagging_fraction": 0.7,
                "bagging_freq": 1,
                "lambda_l2": 5.0,
                "num_threads": 1,
                "deterministic": True,
                "seed": seed,
                "verbosity": -1,
            }
            self._boosters.append(lightgbm.train(parameters, data, self._rounds))
        return self

    def chance(self, features: Numbers) -> Numbers:
        """Probability of yes for each row, shape (n,)."""
        return np.asarray(np.mean([b.predict(features) for b in self._boosters], axis=0))

    def gains(self) -> Numbers:
        """How much each column gave, summing to 1, shape (m,); for reasons and reports."""
        total = np.sum([b.feature_importance("gain") for b in self._boosters], axis=0)
        return np.asarray(total / max(float(total.sum()), 1e-12), np.float64)
