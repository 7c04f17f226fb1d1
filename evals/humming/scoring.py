"""Ranks to numbers, with what they are worth."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from evals.humming.performance import SungKind
from knowledge.melody.models import Contour, HumOutcome, MelodyKey

_DRAWS: Final = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A hum as it was heard, and which tunes are right."""

    name: str
    group: str
    """The set: dev or own."""
    kind: SungKind
    snr_db: float
    tune: str
    """Whatever is the same for hums of one tune."""
    accept: frozenset[MelodyKey]
    contour: Contour
    cpu_s: float
    """CPU time of listening."""
    right_frames: float = 0.0
    """Share of sung frames within 50 cents of the truth."""
    false_frames: float = 0.0
    """Share of silent frames that were taken for sung."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one query."""

    query: Query
    rank: int
    """Place of the first right tune, 0 when it was not among those returned."""
    outcome: HumOutcome
    offered: int
    probability: float
    """Of the first hit; 0 without any."""
    first: MelodyKey
    cpu_s: float
    """CPU time of the search alone."""

    @property
    def total_cpu_s(self) -> float:
        """Listening and searching."""
        return self.cpu_s + self.query.cpu_s

    @property
    def is_right(self) -> bool:
        """A right tune is shown, or is one of those offered."""
        return self.outcome is not HumOutcome.AGAIN and 0 < self.rank <= self.offered

    @property
    def is_shown_wrong(self) -> bool:
        """One tune is named, and it is a wrong one."""
        return self.outcome is HumOutcome.FOUND and not self.is_right


def mrr(answers: Collection[Answer]) -> float:
    """Mean of 1/rank; tunes that were not returned count 0."""
    return _mean([reciprocal(one) for one in answers])


def top(answers: Collection[Answer], count: int) -> float:
    """Share of queries with a right tune among the first `count`."""
    return _mean([0 < one.rank <= count for one in answers])


def kept(answers: Collection[Answer]) -> float:
    """Share of the queries whose right tune comes first that are shown or offered."""
    return _mean([one.is_right for one in answers if one.rank == 1])


def refused(answers: Collection[Answer]) -> float:
    """Share of "hum it again"."""
    return _mean([one.outcome is HumOutcome.AGAIN for one in answers])


def reciprocal(answer: Answer) -> float:
    """1/rank of one answer."""
    return 1 / answer.rank if answer.rank else 0.0


def first(answer: Answer) -> float:
    """1 when a right tune comes first."""
    return float(answer.rank == 1)


def interval(answers: Sequence[Answer], value: Callable[[Answer], float]) -> tuple[float, float]:
    """95 % bootstrap interval of the mean of `value`; hums of one tune are drawn together.

    Returns:
        The 2.5th and the 97.5th percentile.
    """
    groups: dict[str, list[float]] = {}
    for answer in answers:
        groups.setdefault(answer.query.tune, []).append(value(answer))
    if not groups:
        return 0.0, 0.0
    sums = np.array([sum(values) for values in groups.values()])
    counts = np.array([len(values) for values in groups.values()])
    drawn = np.random.default_rng(9).integers(len(sums), size=(_DRAWS, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def rank_of(keys: Sequence[MelodyKey], accept: Collection[MelodyKey]) -> int:
    """Place of the first accepted key, from 1 on; 0 when there is none."""
    return next((place for place, key in enumerate(keys, start=1) if key in accept), 0)


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else 0.0
