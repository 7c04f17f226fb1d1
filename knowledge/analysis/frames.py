"""What all analysers of one recording share: its spectra and levels, computed once, block by block.

`signal/1`, the rhythm, the key and the dynamics are all made of `Frames`:

    meter = FrameMeter()
    for block, _ in decode(path, sample_rate=RATE, channels=2):
        meter.add(block)
    frames = meter.finish()
    features = features_of(frames)  # signal.py
    rhythm = rhythm_of(frames.spectrum, bounds)  # rhythm.py
    keys = tonality_of(frames.chroma, bounds)  # tonality.py
    dynamics = dynamics_of(frames.weighted_power, bounds)  # dynamics.py
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.chroma import Chroma, ChromaMeter
from knowledge.analysis.loudness import LoudnessMeter
from knowledge.analysis.spectrum import Spectrum, SpectrumMeter
from knowledge.audio.decoder import Samples

RATE = 44_100
"""Hertz of what is analysed."""
_LOUDEST = 8.0
"""Samples beyond this, 18 dB over full scale, are damage."""


@dataclass(frozen=True, slots=True)
class Frames:
    """A recording as spectra and levels."""

    duration_s: float
    spectrum: Spectrum
    chroma: Chroma
    """Empty when the meter was told that nobody asks for the key."""
    plain_power: NDArray[np.float64]
    """Mean square of each 100 ms, averaged over channels, unweighted."""
    weighted_power: NDArray[np.float64]
    """K-weighted mean square of each 100 ms, summed over channels: see `loudness`."""
    loudness_lufs: float
    """Integrated loudness of all of it."""
    peak: float


class FrameMeter:
    """Hears one recording, block by block.

    Loudness is of two equal channels for a mono file, since that is how it is played.

    Args:
        tonal: whether somebody will ask for the key.
    """

    def __init__(self, *, tonal: bool = True) -> None:
        self._loudness = LoudnessMeter(RATE, 2)
        self._spectrum = SpectrumMeter(RATE)
        self._chroma = ChromaMeter(RATE)
        self._tonal = tonal
        self._total = 0

    def add(self, block: Samples) -> None:
        """Hear the next block: stereo at `RATE`, shape (2, n)."""
        # A file of floats may hold anything; one such sample would spoil all that follows it.
        if block.size and not float(np.abs(block).max()) <= _LOUDEST:
            block = np.clip(np.nan_to_num(block), -_LOUDEST, _LOUDEST)
        self._loudness.add(block)
        mono = block.mean(axis=0)
        self._spectrum.add(mono)
        if self._tonal:
            self._chroma.add(mono)
        self._total += block.shape[1]

    def finish(self) -> Frames:
        """Return what was heard."""
        return Frames(
            duration_s=self._total / RATE,
            spectrum=self._spectrum.finish(),
            chroma=self._chroma.finish(),
            plain_power=self._loudness.step_power(),
            weighted_power=self._loudness.weighted_power(),
            loudness_lufs=self._loudness.integrated_lufs(),
            peak=self._loudness.peak,
        )
