"""Brightness and change of the spectrum, frame by frame, as the samples stream by."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.audio.decoder import Samples

_FRAME = 2048
_FRAMES_PER_S = 86.0
_BANDS = 36
_LOWEST_HZ = 40.0
_HIGHEST_HZ = 14_000.0
_FLOOR_DB = -70.0
"""Quieter than this in a band, relative to full scale, is silence."""
_LAG = 2
"""Frames over which a rise is measured: long enough for a soft attack."""


@dataclass(frozen=True, slots=True)
class Spectrum:
    """One value for each frame."""

    frames_per_s: float
    rise_db: NDArray[np.float32]
    """Mean rise over the bands since two frames before, dB: the onset strength (spectral flux)."""
    low_rise_db: NDArray[np.float32]
    """The same in the lowest third of the bands, where drums and bass are."""
    middle_rise_db: NDArray[np.float32]
    high_rise_db: NDArray[np.float32]
    magnitude: NDArray[np.float32]
    """Sum of the magnitudes."""
    moment_hz: NDArray[np.float32]
    """Sum of frequency times magnitude; divided by `magnitude` it is the spectral centroid."""

    @property
    def rises(self) -> NDArray[np.float32]:
        """Onset strength of everything, low, middle and high bands, shape (4, frames)."""
        return np.stack((self.rise_db, self.low_rise_db, self.middle_rise_db, self.high_rise_db))


class SpectrumMeter:
    """Takes a mono stream, gives a `Spectrum`."""

    def __init__(self, sample_rate: int) -> None:
        self._hop = max(1, round(sample_rate / _FRAMES_PER_S))
        self._frames_per_s = sample_rate / self._hop
        # A Hann window of sum 1 makes the magnitude of a full-scale sine 0.5.
        window = np.hanning(_FRAME).astype(np.float32)
        self._window = window / window.sum() * 2
        self._hertz = np.fft.rfftfreq(_FRAME, 1 / sample_rate).astype(np.float32)
        self._filters = _band_filters(self._hertz)
        self._rest: Samples = np.zeros(_FRAME // 2, np.float32)  # centres the first frame on 0
        self._last = np.full((_LAG, self._filters.shape[1]), _FLOOR_DB, np.float32)
        self._parts: list[tuple[NDArray[np.float32], ...]] = []

    def add(self, samples: Samples) -> None:
        """Take the next samples, shape (n,)."""
        samples = np.concatenate((self._rest, samples))
        count = (samples.size - _FRAME) // self._hop + 1
        if count <= 0:
            self._rest = samples
            return
        self._rest = samples[count * self._hop :]
        frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[:: self._hop][:count]
        # scipy's transform stays in single precision and is twice as fast as numpy's.
        from scipy.fft import rfft  # noqa: PLC0415 - slow to import, only analysis needs it

        magnitude = np.abs(rfft(frames * self._window, axis=1))
        power = (magnitude * magnitude) @ self._filters
        level = 10 * np.log10(np.maximum(power, 10 ** (_FLOOR_DB / 10)))
        levels = np.concatenate((self._last, level))
        self._last = levels[-_LAG:]
        rise = np.maximum(levels[_LAG:] - levels[:-_LAG], 0)
        third = self._filters.shape[1] // 3
        self._parts.append(
            (
                rise.mean(axis=1),
                rise[:, :third].mean(axis=1),
                rise[:, third : 2 * third].mean(axis=1),
                rise[:, 2 * third :].mean(axis=1),
                magnitude.sum(axis=1),
                magnitude @ self._hertz,
            )
        )

    def finish(self) -> Spectrum:
        """Return what was measured."""
        columns = [np.concatenate(column) for column in zip(*self._parts, strict=True)]
        if not columns:
            columns = [np.zeros(0, np.float32)] * 6
        return Spectrum(self._frames_per_s, *columns)


def _band_filters(hertz: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return triangles on a logarithmic frequency scale, shape (bins, bands)."""
    edges = np.geomspace(_LOWEST_HZ, min(_HIGHEST_HZ, float(hertz[-1])), _BANDS + 2)
    rising = (hertz[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - hertz[:, None]) / (edges[2:] - edges[1:-1])
    filters = np.maximum(0, np.minimum(rising, falling))
    heard = filters.sum(axis=0) > 0  # the lowest bands may fall between two bins
    return np.ascontiguousarray(filters[:, heard], dtype=np.float32)
