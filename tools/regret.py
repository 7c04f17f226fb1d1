"""Whether to ask or to act: the expected cost of a wrong guess against the cost of a question.

Horvitz 1999, "Principles of Mixed-Initiative User Interfaces": act when the expected utility of
acting is above that of asking. Costs are seconds of the user's time; they were chosen by thought
and not measured. A wrong song is noticed at once and "no, the other one" mends it; what was deleted
or wakes somebody at the wrong hour is not mended by a word.
"""

from collections.abc import Sequence
from enum import StrEnum

QUESTION_S = 4.0
"""Reading a short question and typing or tapping the answer."""
SPOKEN_QUESTION_S = 4.8
"""Hearing it to its end and answering aloud, while the music is turned down."""


class Deed(StrEnum):
    """What would be done with the guess."""

    PLAY = "play"
    QUEUE = "queue"
    RATE = "rate"
    KEEP = "keep"
    """Put into a playlist, or taken out."""
    WAKE = "wake"
    DELETE = "delete"


WRONG_S = {
    Deed.PLAY: 10.0,
    Deed.QUEUE: 14.0,
    Deed.RATE: 30.0,
    Deed.KEEP: 40.0,
    Deed.WAKE: 300.0,
    Deed.DELETE: 3_600.0,
}
"""Seconds that a wrong guess costs: until it is noticed, and to put it right."""


def worth_asking(weights: Sequence[float], deed: Deed = Deed.PLAY, *, spoken: bool = False) -> bool:
    """Whether the question is cheaper than guessing the likeliest.

    Args:
        weights: how likely each reading is; not negative, their sum is taken as certain.
        deed: what would be done with it.
        spoken: whether the question would be heard and not read.
    """
    total = sum(weights)
    if len(weights) < 2 or total <= 0:
        return len(weights) > 1
    wrong = 1.0 - max(weights) / total
    return wrong * WRONG_S[deed] > (SPOKEN_QUESTION_S if spoken else QUESTION_S)
