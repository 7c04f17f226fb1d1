"""Learn which source of candidates serves whom: Thompson sampling with logged propensities.

Beta-Bernoulli sampling (Chapelle and Li 2011) of a source's chance to be accepted. What is known of
one person is little, so it is shrunk to what is known of all. It fills one explored place of a
list; it is not a way to surprise people, and it can be switched off.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

_PRIOR_WON, _PRIOR_LOST = 1.0, 8.0
_DRAWS = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """A source, and how likely the policy was to choose it; to be logged with the offer."""

    source: str
    propensity: float
    """Above 0, up to 1."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an offer: kept (True) or skipped and rejected (False)."""

    person: str
    source: str
    kept: bool


class SourceBandit:
    """Counts of kept and rejected offers by source and person. Rebuilt from the offers log."""

    def __init__(
        self,
        *,
        strength: float = 20.0,
        draws: int = _DRAWS,
        rng: np.random.Generator | None = None,
    ) -> None:
        """Set it up.

        Args:
            strength: how many offers to a person weigh as much as what all people say.
            draws: over how many draws a propensity is estimated.
            rng: the chance it samples with.
        """
        self._strength, self._draws = strength, draws
        self._rng = rng or np.random.default_rng()
        self._all: dict[str, list[float]] = {}
        self._of_person: dict[tuple[str, str], list[float]] = {}

    def learn(self, outcomes: Iterable[Outcome]) -> None:
        """Count outcomes, old or new."""
        for one in outcomes:
            lost = int(not one.kept)
            self._all.setdefault(one.source, [0.0, 0.0])[lost] += 1
            self._of_person.setdefault((one.person, one.source), [0.0, 0.0])[lost] += 1

    def rate(self, person: str, source: str) -> float:
        """The expected share of kept offers, 0 to 1."""
        won, lost = self._beta(person, source)
        return won / (won + lost)

    def choose(self, person: str, sources: Sequence[str]) -> Choice:
        """Choose one of `sources`; its propensity is estimated by drawing again.

        Raises:
            ValueError: there is no source.
        """
        if not sources:
            raise ValueError("There is no source to choose from.")
        betas = np.array([self._beta(person, source) for source in sources])
        draws = self._rng.beta(betas[:, 0], betas[:, 1], size=(self._draws + 1, len(sources)))
        best = draws.argmax(axis=1)
        chosen = int(best[0])
        # Smoothed, so that what was chosen never has the propensity 0.
        propensity = (np.count_nonzero(best[1:] == chosen) + 1) / (self._draws + len(sources))
        return Choice(sources[chosen], float(propensity))

    def _beta(self, person: str, source: str) -> tuple[float, float]:
        won, lost = self._all.get(source, (0.0, 0.0))
        rate = (won + _PRIOR_WON) / (won + lost + _PRIOR_WON + _PRIOR_LOST)
        own_won, own_lost = self._of_person.get((person, source), (0.0, 0.0))
        # Early, all that is known is the prior: no more certain than it is.
        strength = min(self._strength, won + lost + _PRIOR_WON + _PRIOR_LOST)
        return strength * rate + own_won, strength * (1 - rate) + own_lost


def snips(rewards: Sequence[float], logged: Sequence[float], wanted: Sequence[float]) -> float:
    """Estimate a policy's mean reward from another's log, self-normalised, weights cut at 20.

    Swaminathan and Joachims 2015, "The self-normalized estimator for counterfactual learning".

    Args:
        rewards: of each logged choice.
        logged: the propensity of each choice under the policy that made it.
        wanted: under the policy in question.

    Raises:
        ValueError: fewer than 100 effective samples, or no reward at all: no number is better.
    """
    reward = np.asarray(rewards, np.float64)
    weight = np.minimum(np.asarray(wanted, np.float64) / np.asarray(logged, np.float64), 20.0)
    effective = weight.sum() ** 2 / max(float((weight**2).sum()), 1e-12)
    if effective < 100 or not reward.any():
        raise ValueError("The log is too small to compare policies by.")
    return float((weight * reward).sum() / weight.sum())
