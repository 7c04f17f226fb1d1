"""Mel spectra as the networks were trained on them, by numpy and scipy alone.

The same numbers as librosa's `melspectrogram` with the Slaney scale: Hann window, frames centred
on their time with silence beyond both ends, power, triangles of equal area.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.audio.decoder import Samples

RATE = 16_000
"""Hertz of what the networks hear."""
_LINEAR_HZ = 200.0 / 3
"""Width of a mel below 1 kHz on the Slaney scale; above it, pitch grows logarithmically."""
_KNEE_HZ = 1000.0
_KNEE_MEL = _KNEE_HZ / _LINEAR_HZ
_STEP = np.log(6.4) / 27


def mel_power(
    samples: Samples, *, window: int, size: int, hop: int, bands: int, centred: bool
) -> NDArray[np.float32]:
    """Return the power in each mel band, shape (frames, bands), float32.

    Args:
        samples: mono at `RATE`, shape (n,).
        window: samples of the Hann window.
        size: samples of the Fourier transform, at least `window`; the rest is zeros.
        hop: samples between two frames.
        bands: mel bands from 0 Hz to half of `RATE`.
        centred: the first frame is centred on the first sample, otherwise it begins there.
    """
    # scipy's transform stays in single precision; it is slow to import.
    from scipy.fft import rfft  # noqa: PLC0415

    samples = np.asarray(samples, np.float32)
    if centred:
        samples = np.pad(samples, size // 2)
    if samples.size < window:
        samples = np.pad(samples, (0, window - samples.size))
    frames = np.lib.stride_tricks.sliding_window_view(samples, window)[::hop]
    spectrum = rfft(frames * _hann(window), n=size, axis=1)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    result: NDArray[np.float32] = power @ mel_filters(size, bands)
    return result


@lru_cache(maxsize=4)
def mel_filters(size: int, bands: int) -> NDArray[np.float32]:
    """Return triangles on the Slaney mel scale, each of area 1 in hertz, (size // 2 + 1, bands)."""
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    edges = _hertz(np.linspace(0.0, _mel(RATE / 2), bands + 2))
    rising = (hertz[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - hertz[:, None]) / (edges[2:] - edges[1:-1])
    triangles = np.maximum(0, np.minimum(rising, falling)) * 2 / (edges[2:] - edges[:-2])
    return np.ascontiguousarray(triangles, np.float32)


@lru_cache(maxsize=4)
def _hann(size: int) -> NDArray[np.float32]:
    """Return a periodic Hann window."""
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)).astype(np.float32)


def _mel(hertz: float) -> float:
    if hertz < _KNEE_HZ:
        return hertz / _LINEAR_HZ
    return float(_KNEE_MEL + np.log(hertz / _KNEE_HZ) / _STEP)


def _hertz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    above = _KNEE_HZ * np.exp(_STEP * (np.maximum(mel, _KNEE_MEL) - _KNEE_MEL))
    return np.where(mel < _KNEE_MEL, mel * _LINEAR_HZ, above)
