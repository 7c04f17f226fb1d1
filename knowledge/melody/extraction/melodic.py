"""How likely a pitch that sounds is the tune: a small network over `features.py`.

What it was trained on, and how well it does, is in `MODEL_CARD.md`.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import special

from knowledge.melody.extraction.features import Candidates

WEIGHTS = Path(__file__).parent / "weights" / "melodic.npz"
"""What `refrain train-melody` writes."""
_LAYERS = 3
_FAR = 6.0
"""Standard deviations beyond which a feature says no more."""
_BLOCK = 65_536

Likelihood = NDArray[np.float32]
Weights = Mapping[str, NDArray[np.float32]]


def likelihood(candidates: Candidates, stored: Weights | None = None) -> Likelihood:
    """Return how likely each pitch of each frame is the tune, 0 to 1, shape `candidates.shape`.

    Args:
        candidates: what may be the tune.
        stored: weights just trained, for those in git.
    """
    stored = weights() if stored is None else stored
    found = np.zeros(candidates.shape, np.float32)
    for first in range(0, len(candidates.frames), _BLOCK):
        block = slice(first, first + _BLOCK)
        found[candidates.frames[block], candidates.pitches[block]] = _answer(
            candidates.features[block], stored
        )
    return found


def _answer(features: NDArray[np.float32], stored: Weights) -> Likelihood:
    values = standard(features, stored["mean"], stored["deviation"])
    for layer in range(_LAYERS):
        values = values @ stored[f"weight{layer}"] + stored[f"bias{layer}"]
        if layer < _LAYERS - 1:
            values = np.maximum(values, 0)
    return np.asarray(special.expit(values[:, 0]), np.float32)


@cache
def weights() -> Weights:
    """All that was trained, by name; the last two tell strokes: see `strikes.py`."""
    with np.load(WEIGHTS) as stored:
        return {name: stored[name] for name in stored.files}


def standard(
    features: NDArray[np.float32], mean: NDArray[np.float32], deviation: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The features as the network takes them."""
    return np.asarray(((features - mean) / deviation).clip(-_FAR, _FAR), np.float32)
