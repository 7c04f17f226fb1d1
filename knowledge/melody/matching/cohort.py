"""How well a hum fits tunes that nobody knows: the scale on which its costs are read.

A slow hum of few notes fits anything better than a fast one of many. Costs are divided by the
median cost of made-up tunes, as scores are normalised by a cohort of impostors in speaker
verification (Auckenthaler et al. 2000).
"""

from functools import cache

import numpy as np

from knowledge.melody.matching.alignment import COST, Floats, Longs, align
from knowledge.melody.matching.pieces import Pieces

_TUNES, _NOTES = 96, 80
_STEPS = np.array([0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5])
_SHARES = np.array([12, 24, 28, 11, 11, 4, 4, 2, 2, 1, 1]) / 100
_LENGTHS_S = np.array([0.125, 0.25, 0.375, 0.5, 0.75, 1.0])
_LENGTH_SHARES = np.array([0.12, 0.42, 0.08, 0.24, 0.07, 0.07])
_MAJOR = np.array([0, 2, 4, 5, 7, 9, 11])


def usual_cost(pieces: Pieces, costs: Floats) -> float:
    """Return the median cost of a hum against made-up tunes."""
    notes, lines = _made_up()
    found = align(pieces.pitch, pieces.weight, pieces.begin, notes, lines[:-1], lines[1:], costs)
    return max(float(np.median(found[:, COST])), 1e-3)


@cache
def _made_up() -> tuple[Floats, Longs]:
    """Walks over a major scale, faster and slower ones."""
    chance = np.random.default_rng(1)
    step = np.cumsum(chance.choice(_STEPS, (_TUNES, _NOTES), p=_SHARES), axis=1)
    # Folded back where it leaves two octaves.
    step = 7 - np.abs((step + 7) % 28 - 14)
    pitch = 60 + 12 * (step // 7) + _MAJOR[step % 7]
    length = chance.choice(_LENGTHS_S, (_TUNES, _NOTES), p=_LENGTH_SHARES)
    length = length * np.exp(chance.uniform(-0.4, 0.4, (_TUNES, 1)))
    onset = np.cumsum(length, axis=1) - length
    notes = np.stack([pitch.ravel(), onset.ravel(), np.ones(pitch.size)]).astype(np.float32)
    return notes, np.arange(_TUNES + 1, dtype=np.int64) * _NOTES
