"""How sure is a match? Evidence to probability, and probability to what may be claimed.

Two logistic regressions on a few numbers, fitted to clips of recordings that serve development
alone (`python -m evals.recognition.calibration` repeats it): one for clips that the peaks alone
decide, one for those that the second witness was asked about. The lead does not depend on how many
recordings are known: in a larger library the best wrong contender scores more, and so does the
second best.
"""

import math
from dataclasses import dataclass

from knowledge.fingerprint.models import Certainty

CERTAIN = 0.99
LIKELY = 0.9
_HANDICAP = 1.7
OF_LIKENESS = 35.0
"""Standard deviations that a cosine of 1 between codes is worth."""
_ALONE = (-5.82, 1.894, 5.847, 0.0)
_JUDGED = (-9.22, 0.370, 7.234, 8.674)
"""Bias, and weights of lead, mean and likeness: of the peaks alone, and with both witnesses."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best contender of a clip.

    Attributes:
        worth: standard deviations above chance, as measured on this very clip, less the handicap.
        rival: the same for the best contender that is other music, 0 when there is none.
        landmarks: how many places of the recording were compared.
        peaks: the part of `worth` that the peaks make.
        likeness: mean cosine of the codes; None when they were not compared.
    """

    worth: float
    rival: float
    landmarks: int
    peaks: float
    likeness: float | None = None

    @property
    def lead(self) -> float:
        return self.worth - max(self.rival, 0.0)

    @property
    def mean(self) -> float:
        """Evidence of one place."""
        return self.peaks / (math.sqrt(self.landmarks) + 1.0)


def handicap(*, moved: bool) -> float:
    """Return what the best of many places scores more when pitch and tempo are free too."""
    return _HANDICAP if moved else 0.0


def log_odds(evidence: Evidence) -> float:
    """Natural-log odds that the contender is right."""
    likeness = evidence.likeness
    bias, of_lead, of_mean, of_likeness = _ALONE if likeness is None else _JUDGED
    return (
        bias + of_lead * evidence.lead + of_mean * evidence.mean + of_likeness * (likeness or 0.0)
    )


def probability(odds: float) -> float:
    """Turn natural-log odds into a probability."""
    return 1.0 / (1.0 + math.exp(-min(max(odds, -50.0), 50.0)))


def certainty(chance: float) -> Certainty:
    """Say what may be claimed at a probability."""
    if chance >= CERTAIN:
        return Certainty.CERTAIN
    return Certainty.LIKELY if chance >= LIKELY else Certainty.UNKNOWN
