"""Small pieces of music for the encoder, made of plucked notes."""

import numpy as np

from knowledge.fingerprint.models import RATE_HZ, Samples


def plucked(seed: int, seconds: float, *, pitch: float = 1.0) -> Samples:
    """Random plucked notes over a bass; `pitch` multiplies every frequency."""
    random = np.random.default_rng(seed)
    size = int(seconds * RATE_HZ)
    sound = np.zeros(size + RATE_HZ)
    t = np.arange(RATE_HZ) / RATE_HZ
    steps = random.choice([0, 2, 3, 5, 7, 8, 10, 12, 15, 19], size=int(seconds * 6) + 1)
    for k, step in enumerate(steps):
        start = int((k / 6 + random.uniform(0, 0.02)) * RATE_HZ)
        hertz = pitch * 220 * 2 ** ((step + 12 * random.integers(0, 2)) / 12)
        decay = np.exp(-t * random.uniform(3, 9))
        tone = sum(np.sin(2 * np.pi * hertz * n * t) / n for n in range(1, 6))
        if start + t.size <= sound.size:
            sound[start : start + t.size] += random.uniform(0.3, 1.0) * decay * tone
    sound = sound[:size] + 0.002 * random.standard_normal(size)
    result: Samples = (0.5 * sound / np.abs(sound).max()).astype(np.float32)
    return result


def noisy(samples: Samples, snr_db: float, seed: int = 0) -> Samples:
    """White noise on top, at this signal-to-noise ratio over the whole."""
    noise = np.random.default_rng(seed).standard_normal(samples.size).astype(np.float32)
    level = float(np.sqrt(np.mean(samples**2))) * 10 ** (-snr_db / 20)
    return samples + np.float32(level) * noise
