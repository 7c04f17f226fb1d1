"""Random drum patterns."""

from dataclasses import dataclass

import numpy as np

Hit = tuple[float, int, int]
"""(beat within the bar, General MIDI drum, velocity)."""

_KICKS, _SNARES = (35, 36), (38, 40, 37, 39)
_CYMBALS, _TOMS = (42, 42, 44, 51, 53, 59, 46), (41, 43, 45, 47, 48, 50)
_HAND = (54, 56, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 73, 75, 76, 77, 82)


@dataclass(frozen=True, slots=True)
class Kit:
    """One bar of drums, and what is added in the last bar of a phrase."""

    bar: tuple[Hit, ...]
    fill: tuple[Hit, ...]


def groove(rng: np.random.Generator, beats: int, activity: float) -> Kit:
    """A bar of `beats` beats; activity 0 (none) to 1 (busy)."""
    if activity <= 0:
        return Kit((), ())
    hits: list[Hit] = []
    kick, snare = int(rng.choice(_KICKS)), int(rng.choice(_SNARES))
    if rng.random() < 0.8:
        four = rng.random() < 0.3
        hits += [
            (k / 2, kick, int(rng.integers(85, 120)))
            for k in range(2 * beats)
            if k == 0 or (four and k % 2 == 0) or rng.random() < 0.25 * activity
        ]
        back = int(rng.integers(1, 3)) if beats > 2 else 1
        hits += [(float(b), snare, int(rng.integers(80, 118))) for b in range(back, beats, 2)]
        cymbal = int(rng.choice(_CYMBALS))
        step = float(rng.choice([0.25, 0.5, 0.5, 1.0, 1 / 3]))
        hits += [
            (k * step, cymbal, 95 if k % 2 == 0 else 65)
            for k in range(round(beats / step))
            if rng.random() < 0.6 + 0.4 * activity
        ]
    for _ in range(int(rng.integers(0, 3))):
        drum = int(rng.choice(_HAND + _TOMS))
        chance = float(rng.uniform(0.1, 0.5))
        hits += [
            (k / 4, drum, int(rng.integers(50, 105)))
            for k in range(4 * beats)
            if rng.random() < chance
        ]
    fill = tuple(
        (beats - 1 + k / 4, int(rng.choice(_TOMS + _SNARES)), int(rng.integers(75, 120)))
        for k in range(4)
        if rng.random() < 0.7
    )
    crash: tuple[Hit, ...] = ((0.0, 49, 100),) if rng.random() < 0.4 else ()
    return Kit(tuple(hits), fill + crash)
