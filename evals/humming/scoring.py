"""Ranks to numbers, with what they are worth."""

from collections.abc import Callable, Collection, Hashable, Sequence
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
    return _mean([1 / one.rank if one.rank else 0.0 for one in answers])


def top(answers: Collection[Answer], count: int) -> float:
    """Share of queries with a right tune among the first `count`."""
    return _mean([0 < one.rank <= count for one in answers])


def kept(answers: Collection[Answer]) -> float:
    """Share of the queries whose right tune comes first that are shown or offered."""
    return _mean([one.is_right for one in answers if one.rank == 1])


def refused(answers: Collection[Answer]) -> float:
    """Share of "hum it again"."""
    return _mean([one.outcome is HumOutcome.AGAIN for one in answers])


def interval(
    answers: Sequence[Answer],
    measure: Callable[[Sequence[Answer]], float],
    *,
    cluster: Callable[[Answer], Hashable] = lambda one: one.query.tune,
) -> tuple[float, float]:
    """95 % bootstrap interval of `measure`; hums of one tune are drawn together.

    Returns:
        The 2.5th and the 97.5th percentile.
    """
    groups: dict[Hashable, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(cluster(answer), []).append(answer)
    bags = list(groups.values())
    random = np.random.default_rng(9)
    found = []
    for _ in range(_DRAWS if len(answers) < 500 else _DRAWS // 4):
        drawn = [one for bag in random.integers(len(bags), size=len(bags)) for one in bags[bag]]
        found.append(measure(drawn))
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def rank_of(keys: Sequence[MelodyKey], accept: Collection[MelodyKey]) -> int:
    """Place of the first accepted key, from 1 on; 0 when there is none."""
    return next((place for place, key in enumerate(keys, start=1) if key in accept), 0)


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else 0.0
