"""Music by numbers: chords, a melody and a beat, different for each seed."""

from math import gcd

import numpy as np
from scipy.signal import resample_poly

from knowledge.fingerprint.models import RATE_HZ, Samples

_SCALE = (0, 2, 4, 5, 7, 9, 11)


def synthetic_piece(seed: int, *, seconds: float) -> Samples:
    """Render a piece of music that never repeats itself."""
    random = np.random.default_rng(seed)
    sound = np.zeros(int(seconds * RATE_HZ) + RATE_HZ)
    beat_s = float(random.uniform(0.3, 0.6))
    key = 200.0 * 2 ** (random.integers(0, 12) / 12)
    for number in range(int(seconds / beat_s)):
        start = int(number * beat_s * RATE_HZ)
        for octave in (1, 2, 4):
            step = _SCALE[random.integers(0, 7)] + 12 * int(random.integers(0, 2))
            length = beat_s * float(random.choice((0.5, 1.0, 2.0)))
            _add_note(sound, start, key / 2 * octave * 2 ** (step / 12), length)
        click = random.standard_normal(800) * np.exp(-np.arange(800) / 120) * 0.5
        sound[start : start + 800] += click
    sound = sound[: int(seconds * RATE_HZ)]
    piece: Samples = (0.5 * sound / np.abs(sound).max()).astype(np.float32)
    return piece


def _add_note(sound: np.ndarray, start: int, hertz: float, seconds: float) -> None:
    time = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    note = sum(
        np.sin(2 * np.pi * hertz * partial * time) / partial
        for partial in range(1, 6)
        if hertz * partial < RATE_HZ / 2
    )
    end = min(sound.size, start + time.size)
    sound[start:end] += (note * np.exp(-3.0 * time / seconds))[: end - start]


def in_noise(clip: Samples, *, snr_db: float, seed: int = 0) -> Samples:
    """Add white noise."""
    noise = np.random.default_rng(seed).standard_normal(clip.size)
    noise *= np.sqrt(np.mean(clip**2)) * 10 ** (-snr_db / 20)
    return (clip + noise).astype(np.float32)


def resampled(clip: Samples, speed: float) -> Samples:
    """Play faster, and so higher."""
    up, down = 1000, round(1000 * speed)
    common = gcd(up, down)
    faster: Samples = resample_poly(clip, up // common, down // common).astype(np.float32)
    return faster
