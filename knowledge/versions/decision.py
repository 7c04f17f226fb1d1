"""When a clip may be said to sound like a version of a recording."""

import math

SHORTEST_S = 8.0
_ENOUGH = 0.95
_CONSTANT, _PER_LEAD, _PER_SCORE, _PER_LENGTH = -26.2, 16.5, 6.1, -2.1
"""Fitted to performances of songs that are in no reported number, and to unknown recordings: as
many clips of songs in the library as others."""


def probability(score: float, lead: float, seconds: float) -> float:
    """Return the chance that clip and recording are the same song, 0 to 1.

    Args:
        score: how much of the clip fits.
        lead: the score as a ratio to those of the best others.
        seconds: length of the clip.
    """
    odds = _CONSTANT + _PER_LEAD * lead + _PER_SCORE * score + _PER_LENGTH * math.log(seconds / 20)
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))


def is_version(chance: float) -> bool:
    """Whether it may be said."""
    return chance >= _ENOUGH
