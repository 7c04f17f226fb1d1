"""Simple content of a picture: a large circle, stripes, text on a plain ground."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.covers_look.colours import Array

SIDE = 96
"""Pixels of the side of the picture that is looked at."""
_EDGE = 9.0
"""Change of colour, in CIELAB units a pixel, from which on it is an edge."""
_RADII = np.arange(9, 42)
_SECTORS = 36
_SOLID = 0.06
"""More of the ink than this inside of areas, and it is a picture and no writing."""
_ANGLES = np.radians(np.arange(0, 180, 5))


@dataclass(frozen=True, slots=True)
class Shapes:
    """How far each shape is there, 0 to 1."""

    circle: float
    """One large disc or ring."""
    stripes: float
    """Parallel bands, at least four, over all of it."""
    text: float
    """Hardly more than writing on one ground."""
    plain: float
    """Nearly one colour."""


def shapes_in(lab: Array) -> Shapes:
    """Look for shapes in a picture, shape (SIDE, SIDE, 3) in CIELAB."""
    down, across = _gradients(lab)
    strength = np.hypot(down, across)
    ground = _ground(lab)
    plain = float(ground.mean())
    return Shapes(
        circle=_circle(down, across, strength),
        stripes=_stripes(lab),
        text=_text(ground, strength),
        plain=round(max(0.0, (plain - 0.7) / 0.3), 3),
    )


def _gradients(lab: Array) -> tuple[Array, Array]:
    """Derivatives of the channel that changes most, at each pixel."""
    soft = _smoothed(lab)
    down = np.zeros_like(soft)
    across = np.zeros_like(soft)
    down[1:-1] = (soft[2:] - soft[:-2]) / 2
    across[:, 1:-1] = (soft[:, 2:] - soft[:, :-2]) / 2
    most = np.argmax(down**2 + across**2, axis=2)[..., None]
    return (
        np.take_along_axis(down, most, axis=2)[..., 0],
        np.take_along_axis(across, most, axis=2)[..., 0],
    )


def _smoothed(lab: Array) -> Array:
    padded = np.pad(lab, ((1, 1), (1, 1), (0, 0)), mode="edge")
    rows = (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4
    result: Array = (rows[:, :-2] + 2 * rows[:, 1:-1] + rows[:, 2:]) / 4
    return result


def _circle(down: Array, across: Array, strength: Array) -> float:
    """Hough voting along the gradient (Kimme, Ballard and Sklansky 1975), then the whole rim.

    A rim counts by how many of its directions have an edge that points to the middle.
    """
    ys, xs = np.nonzero(strength > _EDGE)
    if len(ys) < 30:
        return 0.0
    ny, nx = down[ys, xs] / strength[ys, xs], across[ys, xs] / strength[ys, xs]
    votes = np.zeros((SIDE, SIDE))
    for sign in (1, -1):
        cy = np.rint(ys[:, None] + sign * ny[:, None] * _RADII).astype(int)
        cx = np.rint(xs[:, None] + sign * nx[:, None] * _RADII).astype(int)
        inside = (cy >= 0) & (cy < SIDE) & (cx >= 0) & (cx < SIDE)
        votes += np.bincount((cy * SIDE + cx)[inside], minlength=SIDE * SIDE).reshape(SIDE, SIDE)
    pooled = _smoothed(votes[..., None])[..., 0]
    best = 0.0
    for middle in np.argsort(-pooled, axis=None)[:6]:
        y, x = divmod(int(middle), SIDE)
        best = max(best, _rim(y, x, ys, xs, ny, nx))
    return round(best, 3)


def _rim(
    y: int,
    x: int,
    ys: NDArray[np.int64],
    xs: NDArray[np.int64],
    ny: Array,
    nx: Array,
) -> float:
    dy, dx = ys - y, xs - x
    distance = np.hypot(dy, dx)
    outward = dy * ny + dx * nx
    pointing = np.abs(outward) > 0.9 * distance
    angle = ((np.arctan2(dy, dx) / (2 * np.pi) + 0.5) * _SECTORS).astype(int) % _SECTORS
    best = 0.0
    for radius in _RADII:
        on = pointing & (np.abs(distance - radius) < 1.3)
        if on.sum() < 0.4 * _SECTORS:
            continue
        # A disc is lighter than its ground all around, or darker: clutter is both.
        inward = outward < 0
        one = max(len(np.unique(angle[on & inward])), len(np.unique(angle[on & ~inward])))
        any_way = len(np.unique(angle[on]))
        best = max(best, (0.7 * one + 0.3 * any_way) / _SECTORS)
    return best


def _stripes(lab: Array) -> float:
    """How much of the picture is explained by its profile across one direction."""
    lightness = lab - lab.mean(axis=(0, 1))
    total = float((lightness**2).sum())
    if total / lightness.size < 30:
        return 0.0
    grid = np.arange(SIDE) - (SIDE - 1) / 2
    best = 0.0
    for angle in _ANGLES:
        along = np.cos(angle) * grid[:, None] + np.sin(angle) * grid[None, :]
        bins = np.floor(along + SIDE).astype(int).reshape(-1)
        counts = np.maximum(np.bincount(bins), 1)
        profile = np.stack(
            [np.bincount(bins, lightness[..., c].reshape(-1)) / counts for c in range(3)], axis=1
        )
        explained = float((counts[:, None] * profile**2).sum()) / total
        if explained > best and _bands(profile[counts > SIDE // 3]) >= 7:
            best = explained
    return round(max(0.0, min(1.0, (best - 0.45) / 0.4)), 3)


def _bands(profile: Array) -> int:
    """Clear turns of a profile up and down, along the channel that swings most."""
    swing = profile[:, int(np.argmax(profile.std(axis=0)))]
    high = swing.std() * 0.6
    turns, side = 0, 0
    for value in swing:
        now = 1 if value > high else -1 if value < -high else 0
        if now and now != side:
            turns += 1
            side = now
    return turns


def _ground(lab: Array) -> NDArray[np.bool_]:
    """Where the commonest colour is."""
    cells = np.floor(lab.reshape(-1, 3) / 8)
    kinds, members = np.unique(cells, axis=0, return_inverse=True)
    commonest = (kinds[np.argmax(np.bincount(members.reshape(-1)))] + 0.5) * 8
    result: NDArray[np.bool_] = np.linalg.norm(lab - commonest, axis=2) < 16
    return result


def _solid(ink: NDArray[np.bool_]) -> int:
    """Pixels of ink with nothing but ink around them, within three pixels."""
    sums = np.pad(ink.astype(np.int64), ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    around = sums[7:, 7:] - sums[:-7, 7:] - sums[7:, :-7] + sums[:-7, :-7]
    return int((around == 49).sum())


def _text(ground: NDArray[np.bool_], strength: Array) -> float:
    """Writing: a plain ground, and thin strokes in a few rows with quiet between them."""
    share = float(ground.mean())
    if not 0.6 <= share <= 0.985:
        return 0.0
    ink = ~ground
    edges = strength > _EDGE
    # Strokes are nearly all edge; pictures have areas between their edges.
    stroke = float((ink & edges).sum()) / max(int(ink.sum()), 1)
    if _solid(ink) > _SOLID * ink.sum():
        return 0.0
    rows = ink.mean(axis=1)
    quiet = float((rows < 0.02).mean())
    crossings = np.abs(np.diff(ink.astype(int), axis=1)).sum(axis=1)
    written = rows >= 0.02
    busy = float((crossings[written] >= 6).mean()) if written.any() else 0.0
    rows_of_letters = min(1.0, max(0.0, busy - 0.3) / 0.4) * min(1.0, quiet / 0.2)
    return round(min(1.0, max(0.0, stroke - 0.1) / 0.2) * rows_of_letters, 3)
