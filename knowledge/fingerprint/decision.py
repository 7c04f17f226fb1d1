"""How sure is a match? Evidence to probability, and probability to what may be claimed."""

import math
from dataclasses import dataclass

from knowledge.fingerprint.models import Certainty

CERTAIN = 0.99
LIKELY = 0.8
_HANDICAP = 1.7


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best contender of a clip.

    Attributes:
        worth: standard deviations above chance, as measured on this very clip, less the handicap.
        rival: the same for the best contender of another recording, 0 when there is none.
    """

    worth: float
    rival: float


def handicap(*, moved: bool) -> float:
    """Return what the best of many places scores more when pitch and tempo are free too."""
    return _HANDICAP if moved else 0.0


def log_odds(evidence: Evidence) -> float:
    """Natural-log odds that the contender is right."""
    lead = evidence.worth - max(evidence.rival, 0.0)
    return -14.0 + 1.8 * evidence.worth + 0.8 * lead


def probability(odds: float) -> float:
    """Turn natural-log odds into a probability."""
    return 1.0 / (1.0 + math.exp(-min(max(odds, -50.0), 50.0)))


def certainty(chance: float) -> Certainty:
    """Say what may be claimed at a probability."""
    if chance >= CERTAIN:
        return Certainty.CERTAIN
    return Certainty.LIKELY if chance >= LIKELY else Certainty.UNKNOWN
