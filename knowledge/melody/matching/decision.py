"""What may be said about the best tunes: name one, offer two or three, or ask again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.melody.models import HumOutcome

_SURE = 0.7
_WORTH_OFFERING = 0.12
_SHOWN = 0.5
_MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be said."""

    outcome: HumOutcome
    probabilities: tuple[float, ...]
    offered: int


def verdict(costs: Sequence[float], best: Sequence[float]) -> Verdict:
    """Judge the hits by their costs.

    Args:
        costs: of the hits, best first.
        best: of one hit of each group of equal tunes, best first.

    Returns:
        Probabilities for `costs`.
    """
    if not costs:
        return Verdict(HumOutcome.AGAIN, (), 0)
    first = costs[0]
    second = best[1] if len(best) > 1 else 1.0
    known = 1 / (1 + np.exp(-(12 * (second / max(first, 0.02) - 1.12) + 6 * (0.55 - first))))
    shares = np.exp(-(np.array(costs) - first) / 0.03)
    shares = shares / shares.sum() * known
    probabilities = tuple(float(share) for share in shares)
    if probabilities[0] >= _SURE:
        return Verdict(HumOutcome.FOUND, probabilities, 1)
    offered = sum(share >= _WORTH_OFFERING for share in probabilities[:_MOST_OFFERED])
    if offered >= 2 and sum(probabilities[:offered]) >= _SHOWN:
        return Verdict(HumOutcome.AMBIGUOUS, probabilities, offered)
    if probabilities[0] >= _SHOWN:
        return Verdict(HumOutcome.FOUND, probabilities, 1)
    return Verdict(HumOutcome.AGAIN, probabilities, 0)
