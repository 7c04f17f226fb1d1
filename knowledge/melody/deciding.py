"""What may be said, when versions of a song were counted together or words weigh in."""

from collections.abc import Sequence

from knowledge.melody.models import HumOutcome
from knowledge.melody.songs import Song

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


def judge(songs: Sequence[Song]) -> tuple[HumOutcome, int]:
    """Judge songs by their best melodies, as the index judges melodies.

    Versions of one song fit a hum alike, and so do recordings of it by several artists: neither
    makes the tune more doubtful.

    Args:
        songs: the best first; they get the probabilities that come of it.
    """
    # Beside the index, which is loaded when a hum is judged.
    from knowledge.melody.matching.decision import verdict  # noqa: PLC0415

    costs = [song.cost for song in songs]
    tunes: dict[str, float] = {}
    for song in songs:
        tunes.setdefault(song.name[0], song.cost)
    said = verdict(costs, tuple(tunes.values()))
    for song, probability in zip(songs, said.probabilities, strict=True):
        song.probability = probability
    return said.outcome, min(said.offered, len(songs))
