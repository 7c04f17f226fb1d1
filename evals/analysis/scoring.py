"""How near a tempo, a key and beats are to the truth."""

from collections.abc import Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

Key = tuple[int, bool]
"""Pitch class of the tonic, and whether it is minor."""

SAME_TEMPO = 0.04
"""As in the MIREX tempo task and Gouyon et al. 2006."""
_BEAT_S = 0.07
_FIRST_BEAT_S = 5.0
"""Beats before this are not judged, as is usual."""


def tempo_right(found_bpm: float | None, true_bpm: float, *, octaves: bool = False) -> bool:
    """Whether a tempo is within 4 % of the truth.

    Args:
        found_bpm: None for "there is none".
        true_bpm: the truth.
        octaves: also of half, double, a third or three times the truth.
    """
    factors = (1.0, 2.0, 0.5, 3.0, 1 / 3) if octaves else (1.0,)
    return found_bpm is not None and any(
        abs(found_bpm / (true_bpm * factor) - 1) <= SAME_TEMPO for factor in factors
    )


def key_score(found: Key | None, true: Key) -> float:
    """Return the MIREX score: 1 right, .5 a fifth above, .3 the relative, .2 the parallel key."""
    if found is None:
        return 0.0
    if found == true:
        return 1.0
    above = (found[0] - true[0]) % 12
    if found[1] == true[1]:
        return 0.5 if above == 7 else 0.0
    if above == (3 if true[1] else 9):
        return 0.3
    return 0.2 if above == 0 else 0.0


def beats_f(found_s: Sequence[float], true_s: Sequence[float]) -> float:
    """Return the F measure of beats within 70 ms of true ones, each counted once."""
    found = [each for each in found_s if each >= _FIRST_BEAT_S]
    true = [each for each in true_s if each >= _FIRST_BEAT_S]
    if not found or not true:
        return 0.0
    hits = left = right = 0
    while left < len(found) and right < len(true):
        if abs(found[left] - true[right]) <= _BEAT_S:
            hits, left, right = hits + 1, left + 1, right + 1
        elif found[left] < true[right]:
            left += 1
        else:
            right += 1
    return 2 * hits / (len(found) + len(true))


def kendall(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Kendall's tau-b, -1 to 1."""
    first, second = (np.sign(_differences(values)) for values in (one, other))
    size = float(np.sqrt(np.square(first).sum() * np.square(second).sum()))
    return float((first * second).sum()) / size if size else 0.0


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Spearman's rho, -1 to 1."""
    from scipy.stats import spearmanr  # noqa: PLC0415 - slow to import

    return float(spearmanr(one, other).statistic)


def _differences(values: Sequence[float]) -> NDArray[np.float64]:
    array = np.asarray(values, np.float64)
    return array[:, None] - array[None, :]


def every_key() -> list[Key]:
    """All 24 keys, the major ones first."""
    return [(tonic, minor) for minor, tonic in product((False, True), range(12))]
