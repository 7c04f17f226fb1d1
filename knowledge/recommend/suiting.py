"""How well tracks suit an activity: its profile, overridden by what was really played during it."""

from dataclasses import dataclass

import numpy as np

from knowledge.analysis.sound import Axis, Vector
from knowledge.models import TrackId
from knowledge.recommend.activities import Activity
from knowledge.recommend.frame import NEUTRAL, Frame
from knowledge.recommend.shelf import Ids
from knowledge.wish import Span

SHRINKAGE = 30.0
"""After so many plays during an activity, own listening weighs as much as the profile."""
_LEAST_WIDTH = 0.12
_CADENCE_TOLERANCE = 1.03
"""Steps follow music within 3 % of the own cadence (Van Dyck 2015)."""


@dataclass(frozen=True, slots=True)
class Suited:
    """The fit of n candidates to an activity, 0 to 1, and how much of it is own listening."""

    fit: Vector
    own_share: float
    """0 (the profile alone) to 1."""


def suits(frame: Frame, activity: Activity, played: tuple[TrackId, ...] = ()) -> Suited:
    """Judge candidates.

    Args:
        frame: the candidates.
        activity: its profile.
        played: what was heard to the end during this activity before, each play once.
    """
    profile = _by_profile(frame, activity)
    rows = frame.shelf.rows(played)
    if not len(rows):
        return Suited(profile, 0.0)
    share = len(rows) / (len(rows) + SHRINKAGE)
    own = _by_own(frame, activity, Frame.of(frame.shelf, frame.table, None), rows)
    return Suited(np.asarray((1 - share) * profile + share * own, np.float32), share)


def in_step(bpm: Vector, cadence: float, *, tolerance: float = _CADENCE_TOLERANCE) -> Vector:
    """Whether one can run in step to each tempo: at the cadence or half of it.

    Args:
        bpm: beats per minute, NaN where unknown.
        cadence: steps per minute.
        tolerance: a ratio, 1.03 for 3 %.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        once = np.abs(np.log2(bpm / cadence))
        half = np.abs(np.log2(2 * bpm / cadence))
    return np.asarray(np.fmin(once, half) <= np.log2(tolerance))


def _by_profile(frame: Frame, activity: Activity) -> Vector:
    fits = [(frame.within(axis, span), _weight(activity, axis)) for axis, span in _axes(activity)]
    if activity.tempo_bpm is not None:
        fits.append((frame.in_tempo(activity.tempo_bpm), activity.weights.get("tempo", 1.0)))
    total = sum(weight for _, weight in fits)
    if total <= 0:
        return np.full(len(frame), NEUTRAL, np.float32)
    return np.asarray(sum(fit * weight for fit, weight in fits) / total, np.float32)


def _by_own(frame: Frame, activity: Activity, whole: Frame, rows: Ids) -> Vector:
    fits: list[tuple[Vector, float]] = []
    for axis in {axis: None for axis, _ in _axes(activity)} | {Axis.ENERGY: None}:
        played = whole.places(axis)[rows]
        played = played[~np.isnan(played)]
        if not len(played):
            continue
        width = max(float(played.std()), _LEAST_WIDTH)
        away = (frame.places(axis) - float(played.mean())) / width
        near = np.exp(-0.5 * away**2)
        fits.append((np.where(np.isnan(near), NEUTRAL, near), _weight(activity, axis)))
    total = sum(weight for _, weight in fits)
    sound = sum(fit * weight for fit, weight in fits) / total if total > 0 else NEUTRAL
    # What was played before during it suits it, whatever it sounds like.
    known = np.isin(frame.rows, rows)
    return np.asarray(np.where(known, np.maximum(0.9, sound), sound), np.float32)


def _axes(activity: Activity) -> tuple[tuple[Axis, Span], ...]:
    return tuple(activity.axes.items())


def _weight(activity: Activity, axis: Axis) -> float:
    return activity.weights.get(axis.value, 1.0)
