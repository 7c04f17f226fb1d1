"""People who hum and whistle, made of sines: for tests of the listening."""

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.models import Samples

RATE_HZ: Final = 16_000
Tune: TypeAlias = Sequence[tuple[int, float]]
"""MIDI number and seconds of each note."""
_LULLABY = ((0, 0.5), (2, 0.5), (4, 0.5), (5, 0.5), (7, 1.0), (4, 0.5), (9, 0.5), (7, 1.2))


def lullaby(first: int) -> Tune:
    """Eight notes, no two alike beside each other."""
    return [(first + pitch, seconds) for pitch, seconds in _LULLABY]


def hummed(tune: Tune, rate_hz: int = RATE_HZ) -> Samples:
    """A voice: ten harmonics under a soft formant, vibrato, glides between the notes."""
    return _sung(tune, rate_hz, lambda hertz: [np.exp(-hertz * k / 900) for k in range(1, 11)])


def whistled(tune: Tune, rate_hz: int = RATE_HZ) -> Samples:
    """One pure tone with a little breath."""
    return _sung(tune, rate_hz, lambda _hertz: [1.0])


def _sung(
    tune: Tune, rate_hz: int, strengths: Callable[[NDArray[np.float64]], Sequence[object]]
) -> Samples:
    pitch = np.concatenate([np.full(int(seconds * rate_hz), note) for note, seconds in tune])
    glide = int(0.05 * rate_hz)
    padded = np.pad(pitch.astype(float), (glide // 2, glide - glide // 2 - 1), mode="edge")
    time = np.arange(len(pitch)) / rate_hz
    pitch = np.convolve(padded, np.ones(glide) / glide, mode="valid")
    hertz = 440 * 2 ** ((pitch + 0.25 * np.sin(2 * np.pi * 5.5 * time) - 69) / 12)
    phase = 2 * np.pi * np.cumsum(hertz) / rate_hz
    sound = np.zeros(len(phase))
    for harmonic, strength in enumerate(strengths(hertz), start=1):
        if np.all(hertz * harmonic < rate_hz / 2):
            sound += np.asarray(strength) * np.sin(harmonic * phase)
    breath = np.random.default_rng(1).normal(size=len(sound)) * 0.003
    return np.asarray(0.3 * sound / np.abs(sound).max() + breath, np.float32)
