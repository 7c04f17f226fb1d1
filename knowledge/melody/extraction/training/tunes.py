"""Tunes with chords, composed at random: nobody's music to learn from."""

from fractions import Fraction

import numpy as np

from knowledge.demo.tune import Chord, ChordSpan, Key, Note, Part, Tune

_MODES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
}
_PROGRESSIONS = (
    "1451", "1645", "1564", "6415", "1415", "2511", "1355", "1254", "1641", "4151", "1111", "1144",
    "1715",
)  # fmt: skip
_FOUR: tuple[tuple[float, ...], ...] = (
    (1, 1, 1, 1), (2, 1, 1), (1.5, 0.5, 1, 1), (0.5, 0.5, 1, 1, 1), (1, 0.5, 0.5, 1, 1), (3, 1),
    (0.5, 0.5, 0.5, 0.5, 1, 1), (2, 2), (0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1), (1.5, 0.5, 2), (4,),
    (1, 1, 2), (0.75, 0.25, 0.75, 0.25, 1, 1), (0.5, 1, 0.5, 1, 1), (0.5,) * 8,
    (0.5, 0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 1), (*(0.25,) * 8, 1, 1),
)  # fmt: skip
_THREE: tuple[tuple[float, ...], ...] = (
    (1, 1, 1), (2, 1), (1.5, 0.5, 1), (0.5, 0.5, 1, 1), (1, 0.5, 0.5, 1), (3,), (0.5,) * 6, (1, 2),
    (1.5, 0.5, 0.5, 0.5), (1, 0.5, 0.5, 0.5, 0.5),
)  # fmt: skip
_STEPS = (-1, 1, -2, 2, -3, 3, 4, -4, 7, -7)
_CHANCES = (0.38, 0.38, 0.07, 0.07, 0.03, 0.03, 0.015, 0.015, 0.005, 0.005)
_LOWEST, _HIGHEST = -4, 11
"""Scale degrees a tune stays between, 0 the tonic."""
_FORM = "ABACCA"

Phrase = list[tuple[float, float, int]]


def compose(seed: int) -> Tune:
    """Compose tune number `seed`: three phrases of four bars in the form of a song."""
    rng = np.random.default_rng((seed, 77))
    mode = str(rng.choice(list(_MODES)))
    scale, tonic = _MODES[mode], int(rng.integers(12))
    rhythms, bar = (_THREE, 3) if rng.random() < 0.35 else (_FOUR, 4)
    own = [rhythms[index] for index in rng.integers(len(rhythms), size=4)]
    phrases: dict[str, tuple[Phrase, list[int]]] = {}
    for letter in "ABC":
        roots = [int(step) - 1 for step in str(rng.choice(_PROGRESSIONS))]
        phrases[letter] = (_phrase(rng, roots, own, rhythms), roots)
    base = 60 + tonic - 12 * (tonic > 7)
    notes: list[Note] = []
    chords: list[ChordSpan] = []
    begin = Fraction(0)
    for letter in _FORM:
        phrase, roots = phrases[letter]
        for start, length, degree in phrase:
            pitch = base + 12 * (degree // 7) + scale[degree % 7]
            notes.append(Note(begin + Fraction(start), Fraction(length), pitch))
        for number, root in enumerate(roots):
            tones = tuple((scale[(root + third) % 7] - scale[root]) % 12 for third in (0, 2, 4))
            chord = Chord((tonic + scale[root]) % 12, tones)
            chords.append(ChordSpan(begin + number * bar, Fraction(bar), chord))
        begin += bar * len(roots)
    part = Part(begin, tuple(notes), tuple(chords))
    return Tune(
        f"tune {seed}", "", "", Key(tonic, mode), Fraction(bar), Fraction(1), {"A": part}, "A"
    )


def _phrase(
    rng: np.random.Generator,
    roots: list[int],
    own: list[tuple[float, ...]],
    rhythms: tuple[tuple[float, ...], ...],
) -> Phrase:
    notes: Phrase = []
    degree, at = int(rng.choice([0, 2, 4, 7])), 0.0
    for root in roots:
        kind = own if rng.random() < 0.8 else rhythms
        for index, length in enumerate(kind[int(rng.integers(len(kind)))]):
            degree = _next(rng, degree, root, first=index == 0)
            if index == 0 or rng.random() > 0.06:
                notes.append((at, length, degree))
            at += length
    return notes


def _next(rng: np.random.Generator, degree: int, root: int, *, first: bool) -> int:
    """The next degree: a tone of the chord on the beat, else a small step or none."""
    if first and rng.random() < 0.7:
        tones = {(root + third) % 7 for third in (0, 2, 4)}
        places = [place for place in range(_LOWEST, _HIGHEST + 2) if place % 7 in tones]
        away = [abs(place - degree) + 2.5 * float(rng.random()) for place in places]
        degree = places[int(np.argmin(away))]
    elif rng.random() > 0.15:
        degree += int(rng.choice(_STEPS, p=_CHANCES))
    return degree - 3 * (degree > _HIGHEST) + 3 * (degree < _LOWEST)
