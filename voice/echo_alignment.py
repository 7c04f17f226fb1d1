"""How much later the microphone hears what we play.

Generalised cross-correlation with phase transform after Knapp and Carter 1976, "The Generalized
Correlation Method for Estimation of Time Delay", on the last seconds of both signals at a
quarter of the rate: what carries music and speech through small loudspeakers lies below 2 kHz,
and the filter behind it forgives an error of milliseconds.
"""

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voice.audio import HEARING_RATE_HZ, Samples

_FACTOR: Final = 4
_RATE_HZ: Final = HEARING_RATE_HZ // _FACTOR
_TAPS: Final = 48
_BAND_HZ: Final = (120.0, 1_700.0)
_WINDOW_S: Final = 4.0
_LEAST_S: Final = 1.5
_CLEAR: Final = 9.0
"""A peak this many deviations above the rest is no accident."""
_AGREE_S: Final = 0.003
_QUIET: Final = 1e-4


class Alignment:
    """Finds the delay of one loudspeaker to one microphone, and notices when it changes."""

    def __init__(self, most_s: float) -> None:
        """Make it for delays from 0 to `most_s`."""
        self._most = round(most_s * _RATE_HZ)
        self._window = round(_WINDOW_S * _RATE_HZ)
        self._microphone = _Slow(self._window)
        self._reference = _Slow(self._window + self._most)
        self._found: deque[float] = deque(maxlen=2)
        size = 1 << (self._window + self._most - 1).bit_length()
        self._size = size
        hz = np.fft.rfftfreq(size, 1 / _RATE_HZ)
        self._band = (hz >= _BAND_HZ[0]) & (hz < _BAND_HZ[1])

    def hear(self, microphone: Samples, reference: Samples) -> None:
        """Take a block of both, of a length that `_FACTOR` divides.

        `reference` is what was played at the same time, by the clock of the reference.
        """
        self._microphone.add(microphone)
        self._reference.add(reference)

    def delay_s(self) -> float | None:
        """The delay, once two looks at it agree; None when there is none to be found now."""
        one = self._look()
        if one is None:
            self._found.clear()
            return None
        self._found.append(one)
        if len(self._found) < 2 or abs(self._found[0] - one) > _AGREE_S:
            return None
        return one

    def forget(self) -> None:
        """Begin anew."""
        self._found.clear()
        self._microphone.clear()
        self._reference.clear()

    def _look(self) -> float | None:
        heard = self._microphone.last(self._window)
        if self._microphone.held < _LEAST_S * _RATE_HZ:
            return None
        played = self._reference.last(self._window + self._most)
        if np.sqrt(np.mean(played**2)) < _QUIET or np.sqrt(np.mean(heard**2)) < _QUIET / 10:
            return None
        # played[k] sounds at the time of heard[k - most]: a delay of d is a lag of d - most
        spectrum = np.fft.rfft(heard, self._size) * np.conj(np.fft.rfft(played, self._size))
        spectrum = np.where(self._band, spectrum / (np.abs(spectrum) + 1e-9), 0.0)
        likeness = np.fft.irfft(spectrum, self._size)
        lags = np.concatenate([likeness[self._size - self._most :], likeness[:1]])
        size = np.abs(lags)
        best = int(size.argmax())
        if size[best] < _CLEAR * float(np.sqrt(np.mean(lags**2))):
            return None
        return best / _RATE_HZ


class _Slow:
    """The last samples at a quarter of the rate."""

    def __init__(self, length: int) -> None:
        self._kept: NDArray[np.float32] = np.zeros(2 * length, np.float32)
        self._length = length
        self._end = length
        self.held = 0
        self._tail: Samples = np.zeros(_TAPS - _FACTOR, np.float32)
        place = np.arange(_TAPS) - (_TAPS - 1) / 2
        low = np.sinc(place * 0.9 / _FACTOR) * np.hamming(_TAPS)
        self._low: NDArray[np.float32] = (low / low.sum()).astype(np.float32)

    def add(self, block: Samples) -> None:
        together = np.concatenate([self._tail, block])
        self._tail = together[len(together) - len(self._tail) :]
        slow = np.lib.stride_tricks.sliding_window_view(together, _TAPS)[::_FACTOR] @ self._low
        if self._end + len(slow) > len(self._kept):
            self._kept[: self._length] = self._kept[self._end - self._length : self._end]
            self._end = self._length
        self._kept[self._end : self._end + len(slow)] = slow
        self._end += len(slow)
        self.held = min(self.held + len(slow), self._length)

    def last(self, count: int) -> NDArray[np.float32]:
        return self._kept[self._end - count : self._end]

    def clear(self) -> None:
        self._kept.fill(0.0)
        self.held = 0
