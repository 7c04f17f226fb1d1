"""The course of energy through a list: flat, ramp, hill, wind-down."""

import numpy as np

from knowledge.analysis.sound import Vector
from knowledge.wish import Arc

_LOW, _HIGH = 0.1, 0.9
_PEAK = 0.6
"""A hill is highest a little after its middle: one cools down faster than one warms up."""


def target(arc: Arc, progress: Vector) -> Vector:
    """Wanted energy at each point of a list, as a rank among its candidates, 0 to 1.

    Args:
        arc: its shape; "" wants nothing in particular.
        progress: where in the list, 0 (begin) to 1 (end).

    Returns:
        The rank, same shape; NaN where the arc wants nothing.
    """
    if arc == "flat":
        return np.full_like(progress, 0.5)
    if arc == "ramp":
        return _LOW + (_HIGH - _LOW) * progress
    if arc == "wind_down":
        return _HIGH - (_HIGH - _LOW) * progress
    if arc == "hill":
        up = progress / _PEAK
        down = (1 - progress) / (1 - _PEAK)
        return np.asarray(_LOW + (_HIGH - _LOW) * np.minimum(up, down))
    return np.full_like(progress, np.nan)


def strays(arc: Arc, progress: Vector, rank: Vector) -> Vector:
    """How far energies are from the arc, 0 to 1; 0 where the arc wants nothing."""
    away = np.abs(rank - target(arc, progress))
    return np.asarray(np.nan_to_num(away, nan=0.0 if not arc else 0.25))
