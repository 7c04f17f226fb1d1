"""Made-up tunes to fill an index with: as many as wanted, the same ones each time.

Walks over the steps of a scale, in bars of common rhythms, in phrases that come back as those of
songs and dances do. Lengths, leaps and the share of repeated passages are near those of printed
collections of traditional tunes; nothing is taken from any of them.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np

from evals.humming.performance import Notes
from knowledge.melody.models import Melody, MelodyLine

_SCALES = (
    ((0, 2, 4, 5, 7, 9, 11), 0.6),
    ((0, 2, 3, 5, 7, 9, 10), 0.12),
    ((0, 2, 3, 5, 7, 8, 10), 0.1),
    ((0, 2, 3, 5, 7, 8, 11), 0.04),
    ((0, 2, 4, 5, 7, 9, 10), 0.08),
    ((0, 2, 4, 7, 9), 0.06),
)
"""Semitones above the tonic, and how common."""
_STEPS: Final = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 7, -7)
_STEP_WEIGHTS = (
    0.12,
    0.24,
    0.29,
    0.1,
    0.11,
    0.045,
    0.035,
    0.022,
    0.014,
    0.008,
    0.008,
    0.006,
    0.004,
)
_CLIMB = 0.35
"""Probability that a step goes on in the direction of the one before."""
_FIGURES: Final = (
    (1, 1, 1), (-1, -1, -1), (1, -1, -1), (-1, 1, 1), (2, 2, -2), (2, -1, -1), (-2, 1, 1),
    (0, 1, 1), (2, 2, 3), (-2, -2, 2), (1, 1, -2), (-1, -1, 2), (1, 0, -1), (0, 0, 0),
)  # fmt: skip
"""Turns of a few steps that half of all music is made of."""
_FIGURE = 0.3
_METRES: Final = (
    # quarters in a bar, weight, rhythms of a bar in quarters with their weights
    (4.0, 0.36, (((0.5,) * 8, 5), ((1, 1, 1, 1), 4), ((1.5, 0.5, 1, 1), 3), ((1, 0.5, 0.5) * 2, 3),
                 ((2, 1, 1), 2), ((1, 1, 2), 2), ((0.75, 0.25) * 4, 2), ((2, 2), 1),
                 ((0.5, 0.5, 1, 0.5, 0.5, 1), 2), ((1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5), 2))),
    (3.0, 0.24, (((1, 1, 1), 4), ((2, 1), 3), ((1, 0.5, 0.5, 1), 3), ((1.5, 0.5, 1), 3),
                 ((0.5,) * 6, 2), ((3,), 1), ((1, 2), 1))),
    (2.0, 0.18, (((0.5,) * 4, 4), ((0.5, 0.25, 0.25) * 2, 2), ((0.25,) * 8, 2), ((1, 0.5, 0.5), 3),
                 ((0.75, 0.25, 0.5, 0.5), 2), ((1, 1), 2))),
    (3.0, 0.22, (((0.5,) * 6, 5), ((1, 0.5, 1, 0.5), 4), ((1, 0.5, 0.5, 0.5, 0.5), 3),
                 ((1.5, 1, 0.5), 2), ((0.75, 0.25, 0.5, 1, 0.5), 1), ((1.5, 1.5), 1))),
)  # fmt: skip
_FORMS = ("AABB", "AABA", "ABAC", "AB", "ABCB", "ABAB", "AABBCC", "ABCD", "A")
_FORM_WEIGHTS = (3, 3, 2, 3, 1, 1, 0.6, 2, 0.7)
_TRIAD = frozenset({0, 2, 4})


@dataclass(frozen=True, slots=True)
class _Manner:
    """What stays the same throughout a tune."""

    scale: tuple[int, ...]
    bar: float
    rhythms: tuple[tuple[float, ...], ...]
    weights: tuple[float, ...]
    low: int
    high: int
    """Lowest and highest scale step."""


def generated_melodies(count: int, *, first: int = 0, seed: int = 5000) -> Iterator[Melody]:
    """Make melodies number `first` to `first + count - 1`, keys "fill:NUMBER"."""
    for number in range(first, first + count):
        notes = generated_tune(seed, number)
        rows = np.column_stack([notes, np.ones(len(notes))]).astype(np.float32)
        yield Melody(f"fill:{number}", (MelodyLine(rows),))


def generated_tune(seed: int, number: int) -> Notes:
    """Make the tune called `number` of the collection `seed`."""
    draw = random.Random(seed * 1_000_003 + number)
    manner = _manner(draw)
    form = draw.choices(_FORMS, _FORM_WEIGHTS)[0]
    bars = draw.choices((2, 4, 8), (0.1, 0.62, 0.28))[0]
    phrases = {name: _phrase(manner, bars, draw) for name in sorted(set(form))}
    quarter_s = 60 / draw.uniform(75, 175)
    tonic = draw.randrange(55, 68)
    rows: list[tuple[float, float, float]] = []
    now = 0.0
    for name in form:
        for length, step in phrases[name]:
            octave, degree = divmod(step, len(manner.scale))
            pitch = tonic + 12 * octave + manner.scale[degree]
            rows.append((now * quarter_s, length * quarter_s, float(pitch)))
            now += length
    return np.array(rows)


def _manner(draw: random.Random) -> _Manner:
    scale = draw.choices([one for one, _ in _SCALES], [weight for _, weight in _SCALES])[0]
    bar, _, rhythms = draw.choices(_METRES, [weight for _, weight, _ in _METRES])[0]
    # A tune keeps to a few rhythms.
    kept = draw.sample(rhythms, k=min(len(rhythms), draw.choice((2, 2, 3, 4))))
    span = draw.choice((7, 8, 9, 10, 11, 13))
    low = draw.choice((-3, -2, -1, 0))
    return _Manner(
        scale,
        bar,
        tuple(tuple(float(length) for length in rhythm) for rhythm, _ in kept),
        tuple(float(weight) for _, weight in kept),
        low,
        low + span,
    )


def _phrase(manner: _Manner, bars: int, draw: random.Random) -> list[tuple[float, int]]:
    """Bars of (length in quarters, scale step); the last one comes to rest."""
    step = draw.choice((0, 0, 2, 4, 4, 7))
    made: list[list[tuple[float, int]]] = []
    for number in range(bars):
        dice = draw.random()
        if made and number < bars - 1 and dice < 0.3:
            # What was sung before comes again, there or a little higher or lower.
            source = made[draw.randrange(len(made))]
            shift = draw.choice((0, 0, 0, 1, -1, 2, -2))
            bar = [(length, _folded(one + shift, manner)) for length, one in source]
        else:
            bar = _bar(manner, step, draw)
        made.append(bar)
        step = bar[-1][1]
    made[-1] = _cadence(made[-1], draw)
    return [note for bar in made for note in bar]


def _bar(manner: _Manner, step: int, draw: random.Random) -> list[tuple[float, int]]:
    rhythm = draw.choices(manner.rhythms, manner.weights)[0]
    bar: list[tuple[float, int]] = []
    figure: list[int] = []
    before = 0
    for length in rhythm:
        if figure:
            change = figure.pop()
        elif draw.random() < _FIGURE:
            figure = list(reversed(draw.choice(_FIGURES)))
            change = figure.pop()
        elif before and draw.random() < _CLIMB:
            change = 1 if before > 0 else -1
        else:
            change = _step(draw)
        step = _folded(step + change, manner)
        if length >= 1 and step % 7 not in _TRIAD and draw.random() < 0.35:
            step = _folded(step - 1, manner)
        before = change
        bar.append((length, step))
    return bar


_CUMULATED = tuple(accumulate(_STEP_WEIGHTS))


def _step(draw: random.Random) -> int:
    return draw.choices(_STEPS, cum_weights=_CUMULATED)[0]


def _cadence(bar: list[tuple[float, int]], draw: random.Random) -> list[tuple[float, int]]:
    """End on a long note of rest."""
    near = bar[-1][1]
    goal = min((0, 2, 4, 7, -3), key=lambda step: (abs(step - near), step))
    if draw.random() < 0.5:
        kept = bar[: max(1, len(bar) // 2)]
        rest = sum(length for length, _ in bar) - sum(length for length, _ in kept)
        return [*kept, (rest, goal)] if rest > 0 else [*kept[:-1], (kept[-1][0], goal)]
    return [*bar[:-1], (bar[-1][0], goal)]


def _folded(step: int, manner: _Manner) -> int:
    """Turn back at the ends of the voice."""
    if step > manner.high:
        step = 2 * manner.high - step
    return max(step, 2 * manner.low - step) if step < manner.low else step
