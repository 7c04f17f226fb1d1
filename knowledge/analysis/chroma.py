"""Which pitch classes sound, second by second, from the peaks of a long spectrum.

Peaks instead of whole bins keep drums and noise out, and interpolated peaks are exact enough to
see how an orchestra is tuned; after Gómez 2006, "Tonal Description of Music Audio Signals".
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.audio.decoder import Samples

_FRAME = 16_384
_HOP = 8192
FINE = 120
"""Bins of an octave before the tuning is known: 10 cents each."""
_FINE_OF_SEMITONE = FINE // 12
_LOWEST_HZ = 55.0
_HIGHEST_HZ = 1480.0
_AROUND = 0.25
"""A peak is compared with the spectrum this far around it, part of its frequency."""
_ABOVE = 1.5
"""A peak stands out from its surroundings by at least this factor."""
_LEAST = 2e-3
"""A peak has at least this part of the largest one's magnitude."""
_WHITENING = 0.25
"""Exponent of the spectrum around a peak: its level counts less where everything is loud."""
_COMPRESSION = 0.5
"""Exponent of a peak's level: loud notes do not drown the others."""
_LOUDNESS = 0.3
"""Exponent of a frame's loudness: loud moments count a little more."""
_SILENCE = 2e-6
"""Largest magnitude of a frame that is silent; a full-scale sine has 0.5."""


@dataclass(frozen=True, slots=True)
class Chroma:
    """How strongly each pitch sounded in each second, all octaves together."""

    fine: NDArray[np.float32]
    """Shape (seconds, FINE); bin 0 is centred on C at 440 Hz tuning, bin 10 on C sharp."""

    def tuning(self) -> float:
        """Return by how much the music is tuned above 440 Hz, in semitones from -0.5 to 0.5."""
        total = self.fine.sum(axis=0).astype(np.float64)
        turn = np.exp(2j * np.pi * np.arange(FINE) / _FINE_OF_SEMITONE)
        return float(np.angle(np.sum(total * turn)) / (2 * np.pi)) if total.any() else 0.0

    def classes(self, tuning: float = 0.0) -> NDArray[np.float32]:
        """Return the strength of each pitch class from C to B in each second, shape (seconds, 12).

        Args:
            tuning: from `tuning`.
        """
        folded: NDArray[np.float32] = self.fine @ _fold(tuning)
        return folded


class ChromaMeter:
    """Takes a mono stream, gives `Chroma`."""

    def __init__(self, sample_rate: int) -> None:
        window = np.hanning(_FRAME).astype(np.float32)
        self._window = window / window.sum()
        hertz = np.fft.rfftfreq(_FRAME, 1 / sample_rate)
        self._first = int(np.searchsorted(hertz, _LOWEST_HZ))
        self._last = int(np.searchsorted(hertz, _HIGHEST_HZ))
        bins = np.arange(self._first, self._last)
        self._low = np.maximum((bins * (1 - _AROUND)).astype(np.int64), 0)
        self._high = (bins * (1 + _AROUND)).astype(np.int64) + 1
        # Pitch of bin b, in fine bins above the C below the first bin: FINE * log2(b) + offset.
        c_hz = 440.0 * 2 ** (-9 / 12)
        self._offset = FINE * float(np.log2(sample_rate / _FRAME / c_hz))
        self._frames_per_s = sample_rate / _HOP
        self._rest: Samples = np.zeros(_FRAME // 2, np.float32)  # centres the first frame on 0
        self._frames = 0
        self._rows: list[NDArray[np.float32]] = []

    def add(self, samples: Samples) -> None:
        """Take the next samples, shape (n,)."""
        samples = np.concatenate((self._rest, samples))
        count = (samples.size - _FRAME) // _HOP + 1
        if count <= 0:
            self._rest = samples
            return
        self._rest = samples[count * _HOP :]
        frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[::_HOP][:count]
        from scipy.fft import rfft  # noqa: PLC0415 - slow to import, only analysis needs it

        magnitude = np.abs(rfft(frames * self._window, axis=1)[:, : self._high[-1] + 1])
        self._keep(magnitude)

    def _keep(self, magnitude: NDArray[np.float32]) -> None:
        """Add the peaks of some frames to the rows of their seconds."""
        middle = magnitude[:, self._first : self._last]
        left = magnitude[:, self._first - 1 : self._last - 1]
        right = magnitude[:, self._first + 1 : self._last + 1]
        sums = np.concatenate(
            (np.zeros((len(magnitude), 1), np.float32), np.cumsum(magnitude, axis=1)), axis=1
        )
        around = (sums[:, self._high] - sums[:, self._low]) / (self._high - self._low)
        largest = middle.max(axis=1, keepdims=True)
        peaks = (middle > left) & (middle >= right) & (middle > _ABOVE * around)
        peaks &= (middle > _LEAST * largest) & (largest > _SILENCE)
        frame, place = np.nonzero(peaks)
        a, b, c = (np.log(part[frame, place] + 1e-12) for part in (left, middle, right))
        shift = 0.5 * (a - c) / np.minimum(a - 2 * b + c, -1e-9)
        pitch = FINE * np.log2(place + self._first + shift) + self._offset
        level = middle[frame, place] / around[frame, place] ** _WHITENING
        weight = level**_COMPRESSION
        fine = np.round(pitch).astype(np.int64) % FINE
        size = len(magnitude) * FINE
        counted = np.bincount(frame * FINE + fine, weight, size).astype(np.float32)
        rows = counted.reshape(-1, FINE)
        rows = rows / np.maximum(rows.sum(axis=1, keepdims=True), 1e-9) ** (1 - _LOUDNESS)
        second = ((self._frames + np.arange(len(rows))) / self._frames_per_s).astype(np.int64)
        self._frames += len(rows)
        while len(self._rows) <= second[-1]:
            self._rows.append(np.zeros(FINE, np.float32))
        for row, at in zip(rows, second, strict=True):
            self._rows[at] += row

    def finish(self) -> Chroma:
        """Return what sounded."""
        return Chroma(np.array(self._rows, np.float32).reshape(-1, FINE))


def _fold(tuning: float) -> NDArray[np.float32]:
    """Return the weights that bring fine bins to pitch classes, shape (FINE, 12)."""
    place = np.arange(FINE)[:, None] / _FINE_OF_SEMITONE - tuning - np.arange(12)[None, :]
    distance = np.abs((place + 6) % 12 - 6)
    weights = np.where(distance < 0.5, np.cos(np.pi * distance) ** 2, 0.0)
    return weights.astype(np.float32)
