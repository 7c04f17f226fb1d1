"""Key and mode, with how sure that is and what else it may be.

How long each pitch class sounds is compared with what is usual in each of the 24 keys, after
Krumhansl 1990, "Cognitive Foundations of Musical Pitch".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.chroma import Chroma
from knowledge.analysis.sound import KeyHeard

# How much of each scale degree there is. Half Albrecht and Shanahan 2013, "The Use of Large Corpora
# to Train a New Type of Key-Finding Algorithm", half the degrees of the scale, those of the tonic
# chord more. Of the profiles tried (these two alone, Krumhansl and Kessler's, Temperley's, Bellman
# and Budge's, and one for electronic music) it did best on constructed songs for development
# together with how often parts of real recordings agree.
_MAJOR = (0.217, 0.003, 0.114, 0.003, 0.147, 0.106, 0.008, 0.205, 0.004, 0.099, 0.004, 0.09)
_MINOR = (0.206, 0.003, 0.11, 0.138, 0.01, 0.109, 0.006, 0.203, 0.079, 0.011, 0.079, 0.045)
_LEAST_S = 4
_LEAST_FIT = 0.2
# How often a key is right that is so far ahead of the runner-up: measured on constructed songs for
# development, and lowered, because real music is harder.
_MARGINS = (0.0, 0.05, 0.1, 0.2, 0.3)
_SURE = (0.3, 0.5, 0.65, 0.85, 0.95)


@dataclass(frozen=True, slots=True)
class Tonality:
    """Keys of a recording."""

    whole: KeyHeard | None
    parts: tuple[KeyHeard | None, ...]
    """Of each stretch asked for."""
    tuning: float
    """Semitones above 440 Hz, -0.5 to 0.5."""


def tonality_of(chroma: Chroma, bounds: Sequence[tuple[float, float]]) -> Tonality:
    """Find the key of all of a recording and of each stretch of it.

    Args:
        chroma: from `Frames.chroma`.
        bounds: start and end of each stretch, seconds.
    """
    tuning = chroma.tuning()
    classes = chroma.classes(tuning)
    parts = tuple(_key_of_rows(classes[round(start_s) : round(end_s)]) for start_s, end_s in bounds)
    return Tonality(_key_of_rows(classes), parts, tuning)


def _key_of_rows(rows: NDArray[np.float32]) -> KeyHeard | None:
    if np.count_nonzero(rows.any(axis=1)) < _LEAST_S:
        return None
    return key_of(rows.sum(axis=0))


def key_of(chroma: NDArray[np.floating]) -> KeyHeard | None:
    """Find the key that fits pitch classes best.

    Args:
        chroma: strength of each pitch class from C to B, shape (12,), not negative.

    Returns:
        None when nothing sounds, or no key stands out.
    """
    fits = key_fits(chroma)
    order = np.argsort(-fits)
    best, other = int(order[0]), int(order[1])
    if fits[best] < _LEAST_FIT:
        return None
    confidence = float(np.interp(fits[best] - fits[other], _MARGINS, _SURE))
    return KeyHeard(
        tonic=best % 12,
        minor=best >= 12,
        confidence=round(confidence, 3),
        other_tonic=other % 12,
        other_minor=other >= 12,
    )


def key_fits(chroma: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the correlation with each key: 0 to 11 are major from C on, 12 to 23 minor."""
    heard = chroma.astype(np.float64) - chroma.mean()
    size = float(np.linalg.norm(heard))
    if size <= 1e-9:
        return np.zeros(24)
    fits: NDArray[np.float64] = _PROFILES @ (heard / size)
    return fits


def _profiles() -> NDArray[np.float64]:
    rows = [np.roll(profile, tonic) for profile in (_MAJOR, _MINOR) for tonic in range(12)]
    centred = np.array(rows) - np.mean(rows, axis=1, keepdims=True)
    unit: NDArray[np.float64] = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    return unit


_PROFILES = _profiles()
