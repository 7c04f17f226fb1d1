"""How sure is a match? Evidence to probability, and probability to what may be claimed."""

import math
from dataclasses import dataclass

from knowledge.fingerprint.models import Certainty

CERTAIN = 0.99
LIKELY = 0.8


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best contender of a clip.

    Attributes:
        score: standard deviations above chance, as measured on this very clip.
        runner_up: the same for the best contender of another recording, 0 when there is none.
        landmarks: how many places were compared.
        moved: whether pitch or tempo had to be changed; many more places are tried then.
    """

    score: float
    runner_up: float
    landmarks: int
    moved: bool


def log_odds(evidence: Evidence) -> float:
    """Natural-log odds that the contender is right."""
    margin = evidence.score - max(evidence.runner_up, 0.0)
    return -16.0 + 1.8 * evidence.score + 0.8 * margin - (1.5 if evidence.moved else 0.0)


def probability(odds: float) -> float:
    """Turn natural-log odds into a probability."""
    return 1.0 / (1.0 + math.exp(-min(max(odds, -50.0), 50.0)))


def certainty(chance: float) -> Certainty:
    """Say what may be claimed at a probability."""
    if chance >= CERTAIN:
        return Certainty.CERTAIN
    return Certainty.LIKELY if chance >= LIKELY else Certainty.UNKNOWN
