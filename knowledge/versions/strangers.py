"""Songs that nobody sang, so that a clip in a small library has others to be compared with."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FEW = 100
"""With this many recordings they are one another's strangers."""
_BLOCK = 5
_MOMENTS = 320


def strangers_of(chroma: Sequence[NDArray[np.int8]], count: int) -> tuple[NDArray[np.int8], ...]:
    """Make songs out of recordings: backwards, in short pieces, each moved to another key.

    They have the harmonies of the library, which makes them fit a clip by chance as well as
    its recordings do, but none of its songs.
    """
    random = np.random.default_rng(0)
    sources = [one for one in chroma if len(one) >= _BLOCK]
    if not sources:
        return ()
    return tuple(_stranger(sources[n % len(sources)], random) for n in range(count))


def _stranger(chroma: NDArray[np.int8], random: np.random.Generator) -> NDArray[np.int8]:
    firsts = random.integers(0, len(chroma) - _BLOCK + 1, _MOMENTS // _BLOCK)
    blocks = [
        np.roll(chroma[first : first + _BLOCK][::-1], int(random.integers(12)), axis=1)
        for first in firsts
    ]
    return np.concatenate(blocks)
