"""How loud a recording is to the ear."""

import numpy as np
from scipy import signal

from knowledge.demo.sound import SAMPLE_RATE, Audio, samples


def integrated_lufs(sound: Audio) -> float:
    """Integrated loudness of stereo (2, n) after ITU-R BS.1770: K-weighting, two gates.

    Silence gives -70.
    """
    weighted = _k_weighted(sound)
    block, hop = samples(0.4), samples(0.1)
    power = np.concatenate([[0.0], np.cumsum(np.sum(weighted.astype(np.float64) ** 2, axis=0))])
    starts = np.arange(0, max(1, sound.shape[1] - block), hop)
    ends = np.minimum(starts + block, sound.shape[1])
    blocks = (power[ends] - power[starts]) / block
    blocks = blocks[blocks > _power(-70.0)]
    if not blocks.size:
        return -70.0
    relative = 0.1 * blocks.mean()
    return float(-0.691 + 10 * np.log10(blocks[blocks > relative].mean()))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def _k_weighted(sound: Audio) -> Audio:
    weighted = signal.sosfilt(np.array([_shelf(), _high_pass()]), sound, axis=1)
    return np.asarray(weighted, dtype=np.float32)


Section = tuple[float, float, float, float, float, float]
"""A second-order filter: numerator, then denominator."""


def _shelf() -> Section:
    """The head's effect, the analogue prototype of BS.1770 at our sample rate."""
    k = float(np.tan(np.pi * 1681.974450955533 / SAMPLE_RATE))
    q, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    scale = 1 + k / q + k * k
    return (
        (high + band * k / q + k * k) / scale,
        2 * (k * k - high) / scale,
        (high - band * k / q + k * k) / scale,
        1.0,
        2 * (k * k - 1) / scale,
        (1 - k / q + k * k) / scale,
    )


def _high_pass() -> Section:
    """The ear's insensitivity to lows; the numerator is 1, -2, 1 as in the standard's table."""
    k = float(np.tan(np.pi * 38.13547087602444 / SAMPLE_RATE))
    q = 0.5003270373238773
    scale = 1 + k / q + k * k
    return (1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale)
