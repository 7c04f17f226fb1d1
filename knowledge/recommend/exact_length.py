"""Choose tracks whose lengths add up to a wished length: the subset-sum problem, solved exactly.

Dynamic programming over whole seconds with numpy: for every sum that can be reached, the choice of
the greatest worth. Lists are at most some hours long, so that the table stays small.
"""

import numpy as np
from numpy.typing import NDArray

from knowledge.recommend.transitions import Indexes

_MOST = 300
"""So many candidates are tried, the worthiest: more are not needed to meet a sum."""
_LONGEST_S = 12 * 3600


def subset_of_length(
    durations: NDArray[np.float64],
    worth: NDArray[np.float64],
    target_s: float,
    *,
    tolerance_s: float,
) -> Indexes | None:
    """The worthiest choice whose lengths add up to the target, nearest first by a second each.

    Args:
        durations: seconds, shape (n,).
        worth: of each candidate, greater than 0, shape (n,); sums are compared by mean worth.
        target_s: wished sum in seconds, at most twelve hours.
        tolerance_s: the sum may be off by so much.

    Returns:
        Places of the chosen, ascending; None when no choice adds up.
    """
    best = np.argsort(-worth, kind="stable")[:_MOST]
    whole = np.rint(durations[best]).astype(int)
    limit = int(min(target_s, _LONGEST_S) + tolerance_s) + 1
    value = np.full(limit + 1, -np.inf)
    value[0] = 0.0
    taken = np.zeros((len(best), limit + 1), bool)
    for row, seconds in enumerate(whole):
        if not 0 < seconds <= limit:
            continue
        # Longer tracks must not win by being fewer: worth is weighed by length.
        with_it = value[: limit + 1 - seconds] + worth[best[row]] * seconds
        better = with_it > value[seconds:]
        taken[row, seconds:] = better
        value[seconds:] = np.where(better, with_it, value[seconds:])
    sums = np.arange(limit + 1)
    near = np.flatnonzero(np.isfinite(value) & (np.abs(sums - target_s) <= tolerance_s))
    for rounded in sorted(near, key=lambda each: (abs(each - target_s), each)):
        chosen, left = [], int(rounded)
        for row in range(len(best) - 1, -1, -1):
            if taken[row, left]:
                chosen.append(int(best[row]))
                left -= int(whole[row])
        # Rounding of single lengths may add up to some seconds.
        if chosen and abs(float(durations[chosen].sum()) - target_s) <= tolerance_s:
            return np.asarray(sorted(chosen), np.int64)
    return None
