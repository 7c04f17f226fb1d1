"""How loud and how changing a recording is, as a whole and for each segment.

The loudness range after EBU Tech 3342: the distance between soft and loud passages, from loudness
over 3 s, gated, between the 10th and the 95th percentile.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.loudness import SILENCE_LUFS, STEP_S, gated_lufs, power_of

_SHORT_TERM_STEPS = 30
"""Steps of 100 ms in the 3 s over which short-term loudness is taken."""
_RELATIVE_GATE_LU = -20.0
_SOFT, _LOUD = 10.0, 95.0


@dataclass(frozen=True, slots=True)
class Dynamics:
    """Level of a stretch of music."""

    loudness_lufs: float
    """Gated loudness, BS.1770-4; at least `SILENCE_LUFS`."""
    range_db: float
    """Loudness range, in LU, which are dB; 0 for silence and for less than 3 s."""


def dynamics_of(
    weighted_power: NDArray[np.float64], bounds: Sequence[tuple[float, float]]
) -> tuple[Dynamics, ...]:
    """Measure each stretch.

    Args:
        weighted_power: K-weighted power of each 100 ms, from `Frames.weighted_power`.
        bounds: start and end of each stretch, seconds.
    """
    return tuple(
        _dynamics(weighted_power[round(start_s / STEP_S) : round(end_s / STEP_S)])
        for start_s, end_s in bounds
    )


def _dynamics(steps: NDArray[np.float64]) -> Dynamics:
    return Dynamics(round(gated_lufs(steps), 2), round(loudness_range(steps), 2))


def loudness_range(steps: NDArray[np.float64]) -> float:
    """Return the loudness range of steps of 100 ms, LU."""
    if steps.size < _SHORT_TERM_STEPS:
        return 0.0
    sums = np.concatenate(([0.0], np.cumsum(steps)))
    short_term = (sums[_SHORT_TERM_STEPS:] - sums[:-_SHORT_TERM_STEPS]) / _SHORT_TERM_STEPS
    heard = short_term[short_term > power_of(SILENCE_LUFS)]
    if not heard.size:
        return 0.0
    heard = heard[heard >= heard.mean() * 10 ** (_RELATIVE_GATE_LU / 10)]
    soft, loud = np.percentile(10 * np.log10(heard), (_SOFT, _LOUD))
    return float(loud - soft)
