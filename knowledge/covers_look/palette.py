"""The few colours that a picture is made of: k-means in CIELAB, the same every time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.covers_look.colours import Array, rgb_of

_ROUNDS = 12
_CELL = 10.0
"""Side of the cells of CIELAB from which the first guesses are taken."""
_ALIKE = 7.0
"""Colours nearer than this are one."""


@dataclass(frozen=True, slots=True)
class Swatch:
    """One of the colours."""

    share: float
    """Of the picture, 0 to 1."""
    lab: tuple[float, float, float]

    @property
    def hex(self) -> str:
        """As in CSS: "#fcca16"."""
        red, green, blue = rgb_of(np.array([self.lab]))[0]
        return f"#{red:02x}{green:02x}{blue:02x}"


def palette(lab: Array, most: int = 6) -> tuple[Swatch, ...]:
    """Find the colours of a picture, the largest share first.

    Args:
        lab: its pixels, shape (n, 3).
        most: colours at most.
    """
    centres = _first_guesses(lab, most)
    nearest = _nearest(lab, centres)
    for _ in range(_ROUNDS):
        sums = np.stack([np.bincount(nearest, lab[:, c], len(centres)) for c in range(3)], axis=1)
        counts = np.bincount(nearest, minlength=len(centres))
        moved = np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], centres)
        if np.allclose(moved, centres, atol=0.01):
            break
        centres = moved
        nearest = _nearest(lab, centres)
    counts = np.bincount(nearest, minlength=len(centres))
    order = np.argsort(-counts, kind="stable")
    found: list[tuple[float, Array]] = []
    for place in order:
        if not counts[place]:
            continue
        alike = [n for n, (_, one) in enumerate(found) if _far(one, centres[place]) < _ALIKE]
        if alike:
            share, one = found[alike[0]]
            found[alike[0]] = (share + counts[place] / len(lab), one)
        else:
            found.append((counts[place] / len(lab), centres[place]))
    found.sort(key=lambda one: -one[0])
    return tuple(
        Swatch(round(float(share), 4), (float(one[0]), float(one[1]), float(one[2])))
        for share, one in found
    )


def _first_guesses(lab: Array, most: int) -> Array:
    """Full cells of CIELAB that are far from each other."""
    cells, members = np.unique(np.floor(lab / _CELL), axis=0, return_inverse=True)
    counts = np.bincount(members.reshape(-1), minlength=len(cells)).astype(np.float64)
    middles = (cells + 0.5) * _CELL
    chosen = [int(np.argmax(counts))]
    far = np.linalg.norm(middles - middles[chosen[0]], axis=1)
    while len(chosen) < min(most, len(cells)):
        # As in k-means++, but always the likeliest instead of a random one.
        best = int(np.argmax(counts * far**2))
        if far[best] == 0:
            break
        chosen.append(best)
        far = np.minimum(far, np.linalg.norm(middles - middles[best], axis=1))
    return middles[chosen]


def _nearest(lab: Array, centres: Array) -> NDArray[np.int64]:
    distance = (centres**2).sum(axis=1)[None, :] - 2 * lab @ centres.T
    result: NDArray[np.int64] = np.argmin(distance, axis=1)
    return result


def _far(one: Array, other: Array) -> float:
    return float(np.linalg.norm(one - other))
