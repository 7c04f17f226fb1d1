"""Choose a part of many recordings evenly, the same part every time."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.models import TrackId

# Knuth's multiplicative hash: neighbouring ids, which are often one album, fall far apart.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)


def thinned(track_ids: Sequence[TrackId] | NDArray[np.int64], count: int) -> list[TrackId]:
    """At most `count` of them, in their order.

    Who is chosen does not hang on the others: a recording that joins the library displaces one
    other at most.
    """
    ids = np.asarray(track_ids, np.int64)
    if len(ids) <= count:
        return [int(one) for one in ids]
    with np.errstate(over="ignore"):
        rank = ids.astype(np.uint64) * _SPREAD
    chosen = np.sort(np.argsort(rank, kind="stable")[:count])
    return [int(one) for one in ids[chosen]]
