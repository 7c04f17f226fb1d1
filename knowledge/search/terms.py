"""One thing that speaks for a track: what a score is made of, and what can be told of it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from knowledge.recommend.models import Reason
from knowledge.search.library_columns import Column

UNKNOWN = 0.3
"""What counts where a term says nothing: worse than a fair fit, better than none."""
_SAID_FROM = 0.5
"""A term is a reason where it holds at least so well."""


@dataclass(frozen=True, slots=True)
class Term:
    """How well each track meets one part of a wish."""

    kind: str
    weight: float
    values: Column
    """0 to 1, shape (n,); NaN where nothing is known."""
    words: Callable[[int], str]
    """Says of a row why it is met: "about 165 BPM"; "" when there is nothing to say."""


def always(words: str) -> Callable[[int], str]:
    """The same words for every row."""
    return lambda _row: words


def total(terms: tuple[Term, ...], count: int) -> Column:
    """Weighted mean of the terms, 0 to 1; all 1 when there are none."""
    if not terms:
        return np.ones(count, np.float32)
    summed, weights = np.zeros(count, np.float32), 0.0
    for term in terms:
        summed += term.weight * np.where(np.isfinite(term.values), term.values, UNKNOWN)
        weights += term.weight
    mean: Column = np.clip(summed / weights, 0, 1).astype(np.float32)
    return mean


def reasons(terms: tuple[Term, ...], row: int) -> tuple[Reason, ...]:
    """Why a row is there: its terms that hold, the largest share of the score first."""
    shares = [
        (term, term.weight * float(value))
        for term in terms
        if np.isfinite(value := term.values[row]) and value >= _SAID_FROM
    ]
    whole = sum(share for _, share in shares) or 1.0
    told: dict[str, Reason] = {}
    for term, share in sorted(shares, key=lambda one: -one[1]):
        words = term.words(row)
        if words and words not in told:
            told[words] = Reason(term.kind, words, round(share / whole, 4))
    return tuple(told.values())
