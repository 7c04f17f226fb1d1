"""Order candidates by what was chosen before: boosted trees, LambdaRank.

Burges 2010, "From RankNet to LambdaRank to LambdaMART". Worth it from some thousand labelled lists
on; before that, fixed weights.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Self

import numpy as np

from knowledge.recommend.learning.plays import Ids, Numbers


def is_available() -> bool:
    """Whether LightGBM is installed."""
    return find_spec("lightgbm") is not None


class CandidateRanker:
    """Learns to put the chosen candidate first."""

    def __init__(self, *, rounds: int = 150, leaves: int = 15, seeds: int = 1) -> None:
        self._rounds, self._leaves, self._seeds = rounds, leaves, seeds
        self._boosters: list[Any] = []

    def fit(self, features: Numbers, chosen: Numbers, lists: Ids) -> Self:
        """Learn from lists of candidates.

        Args:
            features: shape (n, m), list after list.
            chosen: 1 for what was chosen, else 0, shape (n,).
            lists: how many candidates each list has, summing to n.

        Raises:
            ModuleNotFoundError: LightGBM is not installed.
        """
        lightgbm = import_module("lightgbm")
        data = lightgbm.Dataset(features, label=chosen, group=lists, free_raw_data=False)
        self._boosters = []
        for seed in range(self._seeds):
            parameters = {
                "objective": "lambdarank",
                "lambdarank_truncation_level": 20,
                "num_leaves": self._leaves,
                "learning_rate": 0.06,
                "min_data_in_leaf": 50,
                "feature_fraction": 0.7,
                "bagging_fraction": 0.8,
                "bagging_freq": 1,
                "lambda_l2": 5.0,
                "num_threads": 1,
                "deterministic": True,
                "seed": seed,
                "verbosity": -1,
            }
            self._boosters.append(lightgbm.train(parameters, data, self._rounds))
        return self

    def score(self, features: Numbers) -> Numbers:
        """A score for each row, comparable within a list only."""
        return np.asarray(np.mean([b.predict(features) for b in self._boosters], axis=0))
