"""How loud each pitch is with its overtones: the network of notes does not say, and tunes are loud.

Salience by harmonic summation after Salamon & Gomez 2012, "Melody Extraction from Polyphonic Music
Signals Using Pitch Contour Characteristics", section III, on semitones and plain spectra.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from knowledge.melody.extraction.activations import HOP, LOWEST, PITCHES, RATE_HZ
from knowledge.melody.models import Samples

_SIZE = 4096
_HARMONICS = 8
_DECAY = 0.8
"""Weight of each overtone, relative to the one below."""
_WIDTH = 0.35
"""Semitones at which what lies beside an overtone counts half."""
_HIGHEST_HZ = 6000.0
_BLOCK = 2048
"""Frames at a time: bounds the memory."""

Loudness = NDArray[np.float32]


def pitch_loudness(samples: Samples) -> Loudness:
    """Return the magnitude of every pitch with its overtones, shape (frames, 88), `HOP` apart.

    Args:
        samples: mono at `RATE_HZ`, shape (n,), finite.
    """
    frames = -(-len(samples) // HOP)
    padded = np.concatenate([np.zeros(_SIZE // 2, np.float32), samples])
    window = np.hanning(_SIZE).astype(np.float32) * np.float32(2 / _SIZE)
    loud = np.empty((frames, PITCHES), np.float32)
    for first in range(0, frames, _BLOCK):
        count = min(_BLOCK, frames - first)
        piece = padded[first * HOP : (first + count - 1) * HOP + _SIZE]
        missing = (count - 1) * HOP + _SIZE - len(piece)
        piece = np.pad(piece, (0, missing)) if missing else piece
        rows = np.lib.stride_tricks.sliding_window_view(piece, _SIZE)[::HOP]
        spectrum = np.abs(fft.rfft(rows * window, axis=1)).astype(np.float32)
        loud[first : first + count] = spectrum @ _sums()
    return loud


@cache
def _sums() -> NDArray[np.float32]:
    """What each bin of a spectrum adds to each pitch, shape (bins, 88)."""
    hertz = fft.rfftfreq(_SIZE, 1 / RATE_HZ)
    hertz[0] = 1e-3
    place = 69 + 12 * np.log2(hertz / 440)
    sums = np.zeros((len(hertz), PITCHES))
    for pitch in range(PITCHES):
        for harmonic in range(1, _HARMONICS + 1):
            centre = LOWEST + pitch + 12 * np.log2(harmonic)
            if 440 * 2 ** ((centre - 69) / 12) > _HIGHEST_HZ:
                break
            off = (place - centre) / _WIDTH
            sums[:, pitch] += _DECAY ** (harmonic - 1) * np.exp2(-(off**2))
    return sums.astype(np.float32)
