"""How sure is a match? Evidence to probability, and probability to what may be claimed.

A logistic regression on two numbers, fitted to clips of recordings that serve development alone
(`python -m evals.recognition.calibration` repeats it). Neither depends on how many recordings are
known: in a larger library the best wrong contender scores more, and so does the second best.
"""

import math
from dataclasses import dataclass

from knowledge.fingerprint.models import Certainty

CERTAIN = 0.99
LIKELY = 0.9
_HANDICAP = 1.7
_BIAS, _OF_LEAD, _OF_MEAN = -5.93, 2.065, 5.79


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best contender of a clip.

    Attributes:
        worth: standard deviations above chance, as measured on this very clip, less the handicap.
        rival: the same for the best contender that is other music, 0 when there is none.
        landmarks: how many places of the recording were compared.
    """

    worth: float
    rival: float
    landmarks: int

    @property
    def lead(self) -> float:
        return self.worth - max(self.rival, 0.0)

    @property
    def mean(self) -> float:
        """Evidence of one place."""
        return self.worth / (math.sqrt(self.landmarks) + 1.0)


def handicap(*, moved: bool) -> float:
    """Return what the best of many places scores more when pitch and tempo are free too."""
    return _HANDICAP if moved else 0.0


def log_odds(evidence: Evidence) -> float:
    """Natural-log odds that the contender is right."""
    return _BIAS + _OF_LEAD * evidence.lead + _OF_MEAN * evidence.mean


def probability(odds: float) -> float:
    """Turn natural-log odds into a probability."""
    return 1.0 / (1.0 + math.exp(-min(max(odds, -50.0), 50.0)))


def certainty(chance: float) -> Certainty:
    """Say what may be claimed at a probability."""
    if chance >= CERTAIN:
        return Certainty.CERTAIN
    return Certainty.LIKELY if chance >= LIKELY else Certainty.UNKNOWN
