"""What may be said, when versions of a song were counted together or words weigh in."""

from collections.abc import Sequence

from knowledge.melody.models import HumOutcome

_FOUND, _AHEAD = 0.6, 2.0
"""Named alone: this likely, and so many times as likely as the next."""
_OFFERED = 0.5
"""Offered: altogether this likely."""
_MOST = 3
_WORTH = 0.05
"""What is less likely is not offered."""


def decide(probabilities: Sequence[float]) -> tuple[HumOutcome, int]:
    """Return what may be said, and of how many songs.

    Args:
        probabilities: calibrated, of different songs, the likeliest first.
    """
    if not probabilities:
        return HumOutcome.AGAIN, 0
    best, second = probabilities[0], (*probabilities, 0.0)[1]
    if best >= _FOUND and best >= _AHEAD * second:
        return HumOutcome.FOUND, 1
    offered = [one for one in probabilities[:_MOST] if one >= _WORTH]
    if len(offered) > 1 and sum(offered) >= _OFFERED:
        return HumOutcome.AMBIGUOUS, len(offered)
    return HumOutcome.AGAIN, 0


def merged(outcome: HumOutcome, songs: int) -> tuple[HumOutcome, int]:
    """Return what may be said once the melodies that were offered turned out to be fewer songs.

    Args:
        outcome: what the index said of melodies.
        songs: how many songs the offered melodies are of.
    """
    if outcome is HumOutcome.AGAIN or not songs:
        return HumOutcome.AGAIN, 0
    return (HumOutcome.FOUND, 1) if songs == 1 else (HumOutcome.AMBIGUOUS, min(songs, _MOST))
