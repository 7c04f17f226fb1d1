"""The strongest peaks of sound that is just coming in: for the eyes, not for the recognition."""

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.models import RATE_HZ, Samples

_SIZE = 1_024
_HOP = 512
_LOWEST_BIN = 10
"""107 Hz."""
_EACH_FRAME = 3
_FLOOR = 1e-3
_WINDOW = np.hanning(_SIZE).astype(np.float32)


class Glimpse:
    """Picks peaks from sound block by block."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)
        self._frames = 0

    def take(self, samples: Samples) -> NDArray[np.float32]:
        """The peaks of the next samples: seconds from the beginning and hertz, shape (n, 2)."""
        held = np.concatenate((self._rest, samples))
        count = max(0, (held.size - _SIZE) // _HOP + 1)
        if not count:
            self._rest = held
            return np.zeros((0, 2), np.float32)
        frames = np.lib.stride_tricks.sliding_window_view(held, _SIZE)[: count * _HOP : _HOP]
        power = np.abs(np.fft.rfft(frames * _WINDOW, axis=1))
        inner = power[:, _LOWEST_BIN:-1]
        is_peak = (inner > power[:, _LOWEST_BIN - 1 : -2]) & (inner >= power[:, _LOWEST_BIN + 1 :])
        strength = np.where(is_peak & (inner > _FLOOR), inner, 0.0)
        bins = np.argpartition(strength, -_EACH_FRAME, axis=1)[:, -_EACH_FRAME:]
        rows = np.repeat(np.arange(count), _EACH_FRAME).reshape(count, _EACH_FRAME)
        strong = strength[rows, bins] > 0
        at = ((rows + self._frames) * _HOP + _SIZE / 2) / RATE_HZ
        hertz = (bins + _LOWEST_BIN) * RATE_HZ / _SIZE
        self._rest = held[count * _HOP :]
        self._frames += count
        return np.stack((at[strong], hertz[strong]), axis=1).astype(np.float32)
