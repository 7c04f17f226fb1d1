"""From answers to numbers: thresholds from one half of the unknown clips, errors from the other."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np

from evals.recognition.answers import Answered

Choose: TypeAlias = Callable[[Answered], bool]

_FOLD_SEED = 3_141
_ONE_IN = 100
"""Unknown clips of which one may be answered."""
BINS = (0.0, 0.05, 0.2, 0.5, 0.8, 0.9, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Fold:
    """A threshold for each clip length, and what it lets through that it was not chosen on.

    Attributes:
        thresholds: by clip length; an answer counts when its score is above.
        false_positives: unknown clips of the other half that are answered, by length.
        unknown: unknown clips of the other half, by length.
    """

    thresholds: Mapping[int, float]
    false_positives: Mapping[int, int]
    unknown: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Scores:
    """The answers of one recogniser, judged.

    The unknown recordings are dealt into two halves. Each half once chooses the thresholds while
    the other tells what they let through; a recall is the mean of the two.
    """

    answered: tuple[Answered, ...]
    folds: tuple[Fold, Fold]

    def recall(self, choose: Choose | None = None) -> float:
        """Share of the known clips that are named rightly at one false positive in a hundred."""
        clips = self.known(choose)
        return float(np.mean([self._recall(clips, fold) for fold in self.folds]))

    def recall_at_length(self, length_s: int, group: str | None = None) -> float:
        """Share of the known clips of one length, and of one group of conditions if asked."""
        return self.recall(
            lambda one: one.facts.length_s == length_s and group in {None, one.facts.group}
        )

    def ranked_right(self, choose: Choose | None = None) -> float:
        """Share of the known clips whose recording comes first, whatever the score."""
        return share(one.right for one in self.known(choose))

    def native_recall(self, choose: Choose | None = None) -> float:
        """Share of the known clips that the recogniser itself would name, and rightly."""
        return share(one.right and one.answer.claimed for one in self.known(choose))

    def native_wrong(self, choose: Choose | None = None) -> float:
        """Share of the known clips that the recogniser itself would name wrongly."""
        return share(one.answer.claimed and not one.right for one in self.known(choose))

    def native_false_positives(self, choose: Choose | None = None) -> float:
        """Share of the unknown clips for which the recogniser itself would name something."""
        return share(one.answer.claimed for one in self.unknown(choose))

    def false_positives_at_thresholds(self) -> float:
        """Share of unknown clips answered by thresholds that were chosen on others."""
        answered = sum(sum(fold.false_positives.values()) for fold in self.folds)
        return answered / max(1, sum(sum(fold.unknown.values()) for fold in self.folds))

    def known(self, choose: Choose | None = None) -> list[Answered]:
        """Return the clips of indexed recordings."""
        return _chosen(self.answered, choose, known=True)

    def unknown(self, choose: Choose | None = None) -> list[Answered]:
        """Return the clips of recordings that are not indexed."""
        return _chosen(self.answered, choose, known=False)

    def offset_errors_s(self) -> list[float]:
        """Return how far off the place is, for right answers to clips at their own speed."""
        return [
            abs(one.answer.offset_s - one.facts.offset_s)
            for one in self.known()
            if one.right and one.facts.tempo == 1 and one.facts.pitch == 0
        ]

    @staticmethod
    def _recall(clips: Sequence[Answered], fold: Fold) -> float:
        return share(
            one.right and one.answer.score > fold.thresholds[one.facts.length_s] for one in clips
        )


@dataclass(frozen=True, slots=True)
class Reliability:
    """Clips whose stated probability lies in one range, and how many of them were right."""

    low: float
    high: float
    clips: int
    stated: float
    right: float


def judge(answered: Sequence[Answered]) -> Scores:
    """Choose thresholds and count."""
    sources = sorted({one.facts.source for one in answered if one.facts.truth is None})
    order = np.random.default_rng(_FOLD_SEED).permutation(len(sources))
    first = {sources[place] for place in order[: len(sources) // 2]}
    unknown = [one for one in answered if one.facts.truth is None]
    halves = (
        [one for one in unknown if one.facts.source in first],
        [one for one in unknown if one.facts.source not in first],
    )
    lengths = sorted({one.facts.length_s for one in answered})
    return Scores(
        tuple(answered),
        (_fold(halves[0], halves[1], lengths), _fold(halves[1], halves[0], lengths)),
    )


def threshold(unknown: Sequence[Answered]) -> float:
    """Return the score that one in a hundred unknown clips exceeds; -inf if fewer are answered."""
    scores = sorted(
        (one.answer.score for one in unknown if one.answer.recording is not None), reverse=True
    )
    allowed = len(unknown) // _ONE_IN
    return scores[allowed] if len(scores) > allowed else -math.inf


def reliability(answered: Sequence[Answered]) -> list[Reliability]:
    """Compare stated probabilities with how often they were right."""
    stated = [one for one in answered if one.answer.probability is not None]
    rows = []
    for low, high in pairwise(BINS):
        inside = [one for one in stated if low <= _probability(one) < high or _is_top(one, high)]
        if inside:
            mean = float(np.mean([_probability(one) for one in inside]))
            rows.append(
                Reliability(low, high, len(inside), mean, share(one.right for one in inside))
            )
    return rows


def calibration_error(rows: Sequence[Reliability]) -> float:
    """Mean distance of stated and real probability, weighted by clips."""
    total = sum(row.clips for row in rows)
    return sum(row.clips * abs(row.stated - row.right) for row in rows) / max(1, total)


def half_width(right: float, count: int) -> float:
    """Return half the 95 % interval (Wilson) of a share."""
    z = 1.96
    spread = z * math.sqrt(right * (1 - right) / count + z * z / (4 * count * count))
    return spread / (1 + z * z / count)


def share(values: Iterable[bool]) -> float:
    """Share of true values, 0 of none."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _fold(chosen: Sequence[Answered], other: Sequence[Answered], lengths: Sequence[int]) -> Fold:
    thresholds = {
        length: threshold([one for one in chosen if one.facts.length_s == length])
        for length in lengths
    }
    others = {length: [one for one in other if one.facts.length_s == length] for length in lengths}
    return Fold(
        thresholds,
        {
            length: sum(
                one.answer.recording is not None and one.answer.score > thresholds[length]
                for one in clips
            )
            for length, clips in others.items()
        },
        {length: len(clips) for length, clips in others.items()},
    )


def _chosen(answered: Sequence[Answered], choose: Choose | None, *, known: bool) -> list[Answered]:
    return [
        one
        for one in answered
        if (one.facts.truth is not None) == known and (choose is None or choose(one))
    ]


def _probability(one: Answered) -> float:
    return one.answer.probability or 0.0


def _is_top(one: Answered, high: float) -> bool:
    return high == BINS[-1] and _probability(one) == high
