"""Brings decoded blocks to the lower rates that some analysers hear at."""

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from knowledge.audio.decoder import Samples


class MonoResampler:
    """Brings stereo to mono at another rate, across the borders of blocks."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._from_hz = from_hz
        self._resampler = AudioResampler("fltp", "mono", to_hz)
        self._fed = False

    def add(self, block: Samples) -> list[Samples]:
        """Convert the next block, shape (2, n); what comes out may lag behind."""
        mono = np.ascontiguousarray(block.mean(axis=0, keepdims=True), np.float32)
        frame = AudioFrame.from_ndarray(mono, format="fltp", layout="mono")
        frame.sample_rate = self._from_hz
        self._fed = True
        return [_plane(each) for each in self._resampler.resample(frame)]

    def rest(self) -> list[Samples]:
        """What was held back."""
        if not self._fed:
            return []
        return [_plane(each) for each in self._resampler.resample(None)]


def _plane(frame: AudioFrame) -> Samples:
    plane: Samples = frame.to_ndarray()[0].astype(np.float32, copy=False)
    return plane
