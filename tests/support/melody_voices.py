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


def talked(seconds: float = 6.0, seed: int = 1) -> Samples:
    """Somebody who talks: short syllables, each gliding, each of another colour, hisses between."""
    random = np.random.default_rng(seed)
    parts: list[NDArray[np.float64]] = []
    while sum(len(part) for part in parts) < seconds * RATE_HZ:
        count = int(random.uniform(0.11, 0.2) * RATE_HZ)
        pitch = 48 + random.uniform(-3, 4) + random.uniform(-5, 5) * np.linspace(0, 1, count)
        hertz = 440 * 2 ** ((pitch - 69) / 12)
        phase = 2 * np.pi * np.cumsum(hertz) / RATE_HZ
        formants = random.uniform((250, 900), (800, 2500)), random.uniform((250, 900), (800, 2500))
        path = np.linspace(*formants, count)
        syllable = np.zeros(count)
        for harmonic in range(1, 24):
            near = np.abs(harmonic * hertz[:, None] - path).min(axis=1)
            syllable += np.exp(-near / 150) * np.sin(harmonic * phase)
        hiss = np.diff(random.normal(size=int(random.uniform(0.03, 0.12) * RATE_HZ))) * 0.1
        parts += [syllable * np.hanning(count), hiss]
    sound = np.concatenate(parts)
    return np.asarray(0.3 * sound / np.abs(sound).max(), np.float32)


def played_together(*parts: Samples) -> Samples:
    """Several at once, cut to the shortest."""
    shortest = min(len(part) for part in parts)
    together = np.sum([part[:shortest] for part in parts], axis=0)
    return np.asarray(together / len(parts), np.float32)
