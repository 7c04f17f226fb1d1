"""A singing voice, so that the network of melody knows more than instruments."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from knowledge.demo.sound import SAMPLE_RATE, Audio, Hit

_VOWELS = (
    (700.0, 1150.0, 2700.0),
    (350.0, 780.0, 2500.0),
    (300.0, 2200.0, 2900.0),
    (500.0, 1800.0, 2600.0),
    (450.0, 900.0, 2500.0),
)
"""The first three resonances in hertz of ah, oo, ee, eh, oh."""
_RESONANCE = ((90.0, 1.0), (120.0, 0.6), (200.0, 0.3))
"""Width in hertz and strength of each."""
_HIGHEST_HZ = 9000.0
_PARTIALS = 25


def sing(hits: Sequence[Hit], length: int, rng: np.random.Generator) -> Audio:
    """Sing notes one after the other, each on some vowel; mono, shape (length,)."""
    hertz = np.full(length, 100.0)
    loud = np.zeros(length)
    vowel = np.zeros(length, np.intp)
    glide, depth, speed = rng.uniform(0.03, 0.1), rng.uniform(0.1, 0.7), rng.uniform(4.8, 6.3)
    last: float | None = None
    for hit in hits:
        start = int(hit.start_s * SAMPLE_RATE)
        end = min(length, int((hit.start_s + hit.length_s) * SAMPLE_RATE))
        if end - start < 500:
            continue
        time = np.arange(end - start) / SAMPLE_RATE
        tied = last is not None and rng.random() < 0.7
        begin = last if tied and last is not None else hit.pitch - rng.uniform(0.3, 2.0)
        pitch = hit.pitch + rng.normal(0, 0.12) + (begin - hit.pitch) * np.exp(-2.2 * time / glide)
        wave = np.sin(2 * np.pi * speed * time + rng.uniform(0, 6))
        pitch = pitch + depth * wave * np.clip((time - 0.15) / 0.25, 0, 1)
        hertz[start:end] = 440 * 2 ** ((pitch - 69) / 12)
        edge = np.minimum(1, time / 0.04) * np.minimum(1, (time[-1] - time) / 0.05)
        loud[start:end] = edge * hit.velocity
        if rng.random() < 0.6:
            vowel[start:] = rng.integers(len(_VOWELS))
        last = float(hit.pitch)
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE
    source = np.zeros(length)
    for partial in range(1, _PARTIALS + 1):
        source += np.cos(phase * partial) / partial**1.1 * (hertz * partial < _HIGHEST_HZ)
    source = (source + rng.normal(0, 0.02, length)) * loud
    return _shaped(source, vowel)


def _shaped(source: NDArray[np.float64], vowel: NDArray[np.intp]) -> Audio:
    out = np.zeros(len(source))
    for number, formants in enumerate(_VOWELS):
        share = signal.lfilter([0.002], [1, -0.998], (vowel == number).astype(float))
        if share.max() < 0.01:
            continue
        part = source * share
        out += 0.15 * part
        for hertz, (width, strength) in zip(formants, _RESONANCE, strict=True):
            radius = np.exp(-np.pi * width / SAMPLE_RATE)
            turn = -2 * radius * np.cos(2 * np.pi * hertz / SAMPLE_RATE)
            out += strength * signal.lfilter([1 - radius], [1, turn, radius**2], part)
    return np.asarray(out, np.float32)
