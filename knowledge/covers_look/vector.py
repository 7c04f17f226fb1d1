"""A picture as a vector: near ones look alike. Colours, where they lie, and where edges run."""

import numpy as np
from numpy.typing import NDArray

from knowledge.covers_look.colours import Array

_WEIGHTS = (0.5, 1.0, 1.0)
"""Of the colours, their places, and the edges; chosen on the development drawings of the
evaluation, as are the numbers in `finding` and `shapes`."""
_EDGES_LIGHT = np.array([15, 35, 55, 75])
_EDGES_CHROMA = np.array([-45, -22, -8, 8, 22, 45])


def vector_of(lab: Array) -> NDArray[np.float32]:
    """Describe a picture, shape (side, side, 3) in CIELAB, by a vector of unit length."""
    blocks = (_colours(lab), _places(lab), _directions(lab[..., 0]))
    scaled = [weight * _unit(block) for weight, block in zip(_WEIGHTS, blocks, strict=True)]
    return _unit(np.concatenate(scaled)).astype(np.float32)


def _colours(lab: Array) -> Array:
    """Histogram of 5 x 7 x 7 cells; roots, so that small areas count too (Hellinger)."""
    pixels = lab.reshape(-1, 3)
    cell = (
        np.digitize(pixels[:, 0], _EDGES_LIGHT) * 49
        + np.digitize(pixels[:, 1], _EDGES_CHROMA) * 7
        + np.digitize(pixels[:, 2], _EDGES_CHROMA)
    )
    counts = np.bincount(cell, minlength=5 * 49).reshape(5, 7, 7) / len(pixels)
    soft = counts.copy()  # what lies in the next cell is nearly the same
    for axis in range(3):
        soft += 0.3 * (_shifted(counts, 1, axis) + _shifted(counts, -1, axis))
    result: Array = np.sqrt(soft.reshape(-1))
    return result


def _places(lab: Array) -> Array:
    """Mean colour of 4 x 4 parts, around the mean of all."""
    side = lab.shape[0] // 4 * 4
    parts = lab[:side, :side].reshape(4, side // 4, 4, side // 4, 3).mean(axis=(1, 3))
    result: Array = (parts - np.array([50.0, 0.0, 0.0])).reshape(-1)
    return result


def _directions(lightness: Array) -> Array:
    """Histograms of gradient directions, 8 in each of 3 x 3 parts (Dalal and Triggs 2005)."""
    down = lightness[2:, 1:-1] - lightness[:-2, 1:-1]
    across = lightness[1:-1, 2:] - lightness[1:-1, :-2]
    strength = np.hypot(down, across)
    direction = np.floor((np.arctan2(down, across) % np.pi) / np.pi * 8).astype(int) % 8
    rows = np.minimum(np.arange(strength.shape[0]) * 3 // strength.shape[0], 2)
    columns = np.minimum(np.arange(strength.shape[1]) * 3 // strength.shape[1], 2)
    part = rows[:, None] * 3 + columns[None, :]
    found = np.bincount((part * 8 + direction).reshape(-1), strength.reshape(-1), 72)
    result: Array = np.sqrt(found + 1e-6)
    return result


def _shifted(cells: Array, by: int, axis: int) -> Array:
    moved = np.roll(cells, by, axis=axis)
    edge: list[slice | int] = [slice(None)] * cells.ndim
    edge[axis] = 0 if by > 0 else -1
    moved[tuple(edge)] = 0
    return moved


def _unit(block: Array) -> Array:
    length = float(np.linalg.norm(block))
    return block / length if length > 0 else block
