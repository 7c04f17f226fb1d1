"""Several models' scores as one: z-scores, weighted. Weights come from validation, never a test."""

from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.recommend.learning.plays import Numbers, Scored


def standardised(scores: Numbers) -> Numbers:
    """Each row with mean 0 and deviation 1, shape (people, items)."""
    mean = scores.mean(axis=-1, keepdims=True)
    deviation = scores.std(axis=-1, keepdims=True)
    return np.asarray((scores - mean) / np.maximum(deviation, 1e-12))


def blended(sources: Sequence[tuple[Scored, float]], *, limit: int = 200) -> Scored:
    """Weighted sum of scores, each source scaled so that its best is 1; absent counts as 0.

    Scaling by the best keeps sparse sources comparable, where a z-score over a handful would not.
    """
    ids, weights = [np.empty(0, np.int64)], [np.empty(0)]
    for scored, weight in sources:
        if len(scored) and weight:
            low = min(0.0, float(scored.scores.min()))
            span = float(scored.scores.max()) - low
            ids.append(scored.ids)
            weights.append((scored.scores - low) / (span or 1.0) * weight)
    return Scored.summed(np.concatenate(ids), np.concatenate(weights), limit=limit)


def shares(sources: Mapping[str, tuple[Scored, float]], item: int) -> dict[str, float]:
    """How much each source gave to an item's blended score, summing to 1; for reasons."""
    given: dict[str, float] = {}
    for name, (scored, weight) in sources.items():
        place = np.flatnonzero(scored.ids == item)
        if len(place):
            low = min(0.0, float(scored.scores.min()))
            span = float(scored.scores.max()) - low
            given[name] = weight * (float(scored.scores[place[0]]) - low) / (span or 1.0)
    total = sum(given.values())
    return {name: value / total for name, value in given.items()} if total > 0 else given
