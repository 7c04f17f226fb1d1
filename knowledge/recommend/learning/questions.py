"""Which short question tells most about a taste: mutual information over taste clusters.

A person belongs to one of some clusters; each cluster answers each question with yes with its own
probability. The next question is the one whose answer is expected to tell most about the cluster,
less what asking costs (Rashid, Karypis and Riedl 2008, "Learning preferences of new users").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from knowledge.recommend.learning.plays import Numbers

_ROUNDS = 30
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Asked:
    """A question worth asking."""

    question: int
    """Its column."""
    bits: float
    """The expected information about the taste."""
    yes: float
    """How likely the answer is yes, 0 to 1."""


@dataclass(frozen=True, slots=True)
class TasteClusters:
    """Kinds of taste, and how each would answer."""

    prior: Numbers
    """Shape (clusters,), summing to 1."""
    yes: Numbers
    """Probability of yes, shape (clusters, questions), strictly inside 0 and 1."""

    @classmethod
    def of(
        cls, answers: Numbers, *, clusters: int = 40, seed: int = 0, smoothing: float = 1.0
    ) -> Self:
        """Learn kinds of taste by expectation-maximisation of a Bernoulli mixture.

        Args:
            answers: 1 where a person (or a track of one's own library) says yes, else 0,
                shape (n, questions).
            clusters: how many kinds at most.
            seed: for the first guess.
            smoothing: pulls each kind towards the average of all.
        """
        rng = np.random.default_rng(seed)
        count = max(1, min(clusters, len(answers) // 3))
        average = np.clip(answers.mean(axis=0), _LEAST, 1 - _LEAST)
        given = rng.dirichlet(np.full(count, 0.1), size=len(answers))
        prior, yes = np.full(count, 1 / count), np.tile(average, (count, 1))
        for _ in range(_ROUNDS):
            size = given.sum(axis=0)[:, None]
            yes = (given.T @ answers + 10 * smoothing * average) / (size + 10 * smoothing)
            yes = np.clip(yes, _LEAST, 1 - _LEAST)
            prior = (size.ravel() + smoothing) / (len(answers) + smoothing * count)
            given = cls(prior, yes).belonging(answers)
        return cls(prior, yes)

    def belonging(self, answers: Numbers) -> Numbers:
        """How much each person belongs to each cluster: shape (n, clusters), rows summing to 1."""
        odds = np.log(self.yes) - np.log1p(-self.yes)
        no = np.log1p(-self.yes).sum(axis=1)
        return _normalised(answers @ odds.T + no + np.log(self.prior))

    def posterior(self, answers: Mapping[int, bool], *, wrong: float = 0.05) -> Numbers:
        """How likely each cluster is after some answers, a share `wrong` of which is mistaken."""
        logs = np.log(self.prior)
        for question, said in answers.items():
            yes = self._noisy(wrong)[:, question]
            logs = logs + np.log(yes if said else 1 - yes)
        return np.asarray(_normalised(logs[None, :])[0])

    def next_question(
        self,
        answers: Mapping[int, bool],
        among: Sequence[int] | None = None,
        *,
        cost_bits: float = 0.0,
        wrong: float = 0.05,
    ) -> Asked | None:
        """The most telling question not asked yet; None when none is worth `cost_bits`."""
        columns = np.arange(self.yes.shape[1]) if among is None else np.asarray(among, np.int64)
        columns = columns[~np.isin(columns, list(answers))]
        if not len(columns):
            return None
        belief = self.posterior(answers, wrong=wrong)
        yes = self._noisy(wrong)[:, columns]
        mean = belief @ yes
        bits = _entropy(mean) - belief @ _entropy(yes)
        best = int(np.argmax(bits))
        if bits[best] <= cost_bits:
            return None
        return Asked(int(columns[best]), float(bits[best]), float(mean[best]))

    def expected(self, answers: Mapping[int, bool], by_cluster: Numbers) -> Numbers:
        """Average what clusters like, shape (clusters, m), by how likely each is: shape (m,)."""
        return np.asarray(self.posterior(answers) @ by_cluster)

    def _noisy(self, wrong: float) -> Numbers:
        return self.yes * (1 - wrong) + (1 - self.yes) * wrong


def uncertainty_bits(belief: Numbers) -> float:
    """The entropy of a belief: when it is low, nothing needs to be asked."""
    some = belief[belief > 0]
    return float(-(some * np.log2(some)).sum())


def _entropy(p: Numbers) -> Numbers:
    inside = np.clip(p, 1e-12, 1 - 1e-12)
    return np.asarray(-(inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside)))


def _normalised(logs: Numbers) -> Numbers:
    shifted = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))
