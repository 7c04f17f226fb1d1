"""A score as a sum of terms, and the reasons that follow from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import Vector
from knowledge.recommend.models import Reason
from knowledge.recommend.weights import SOURCES, WEIGHTS

_TOLD = 4
_LEAST_SHARE = 0.08
"""A smaller part of the score is no reason worth telling."""


@dataclass(frozen=True, slots=True)
class Term:
    """One part of the score of n candidates."""

    kind: str
    """A key of `WEIGHTS`."""
    values: Vector
    """Shape (n,), 0 to 1; taste goes down to -1."""
    words: Callable[[int], tuple[str, ...]]
    """Why candidate i has this value, to be said as it is; () when there is nothing to say."""
    weight: float

    @property
    def added(self) -> Vector:
        """What it adds to the score of each."""
        return np.asarray(self.weight * self.values, np.float32)


def term(
    kind: str,
    values: Vector,
    words: Callable[[int], tuple[str, ...]],
    *,
    weight: float | None = None,
) -> Term:
    """Make a term with its usual weight."""
    return Term(
        kind, np.asarray(values, np.float32), words, WEIGHTS[kind] if weight is None else weight
    )


def unsaid(place: int) -> tuple[str, ...]:
    """For terms that speak against a track: they are no reason to offer it."""
    del place
    return ()


@dataclass(frozen=True, slots=True)
class Scores:
    """Terms of the same n candidates, added up."""

    terms: tuple[Term, ...]
    total: NDArray[np.float64]
    """Shape (n,); 1 would be perfect in every respect."""

    @classmethod
    def of(cls, terms: Sequence[Term], n: int) -> "Scores":
        summed = np.zeros(n)
        for each in terms:
            summed += each.added
        best = sum(each.weight for each in terms if each.weight > 0)
        return cls(tuple(terms), summed / (best or 1.0))

    def reasons(self, place: int) -> tuple[Reason, ...]:
        """Why candidate `place` is good, the largest term first; weights are shares of the good."""
        good = [(float(each.added[place]), each) for each in self.terms if each.added[place] > 0]
        total = sum(added for added, _ in good)
        told: list[Reason] = []
        for added, each in sorted(good, key=lambda pair: (-pair[0], pair[1].kind)):
            if len(told) >= _TOLD or added < _LEAST_SHARE * total:
                break
            words = each.words(place)
            share = added / total / max(1, len(words))
            told += [Reason(each.kind, said, round(share, 4)) for said in words]
        return tuple(told[: 2 * _TOLD])

    def source(self, place: int) -> str:
        """The source that brought candidate `place`: the one that adds most to it."""
        best = max(
            (each for each in self.terms if each.kind in SOURCES),
            key=lambda each: float(each.added[place]),
            default=None,
        )
        return "library" if best is None or best.added[place] <= 0 else best.kind

    def brought_by(self, source: str) -> NDArray[np.bool_]:
        """Which candidates a source brought, shape (n,)."""
        for each in self.terms:
            if each.kind == source:
                return np.asarray(each.values > 0)
        return np.zeros(len(self.total), bool)
