"""Whether a tempo is in a window, counting half and double where that is meant."""

import numpy as np

from knowledge.search.library_columns import Column
from knowledge.wish import Span

_SLACK = 0.005
"""Tempo is measured no more exactly than this."""
_OCTAVE = 0.85
"""Half or double the tempo counts a little less than the tempo itself."""
_EDGE = 0.7
"""What counts at the ends of the window; 1 in its middle."""


def in_tempo(tempo: Column, span: Span, *, exact: bool) -> Column:
    """How well tempos lie in a window, 0 (outside, or unknown) to 1 (in its middle).

    Args:
        tempo: beats per minute, NaN where unknown.
        span: of beats per minute.
        exact: half and double the tempo do not count.
    """
    best = np.zeros(len(tempo), np.float32)
    for factor, counts in ((1.0, 1.0), (2.0, _OCTAVE), (0.5, _OCTAVE))[: 1 if exact else 3]:
        best = np.maximum(best, counts * _inside(tempo * factor, span))
    return best


def tempo_words(tempo: Column, row: int) -> str:
    """The tempo of a row, to be said."""
    return "" if np.isnan(tempo[row]) else f"about {tempo[row]:.0f} BPM"


def _inside(tempo: Column, span: Span) -> Column:
    low, high = min(span) * (1 - _SLACK), max(span) * (1 + _SLACK)
    middle, half = (low + high) / 2, max((high - low) / 2, 1e-6)
    with np.errstate(invalid="ignore"):
        inside = (tempo >= low) & (tempo <= high)
        close = 1 - (1 - _EDGE) * np.abs(tempo - middle) / half
    return np.where(inside, close, 0).astype(np.float32)
