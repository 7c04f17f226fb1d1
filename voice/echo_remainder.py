"""How much of what an echo filter left is not echo.

In each band a Wiener-like gain takes off what may be left of the echo: what the filter doubts
itself, and the share of the echo that the residual is seen to rise and fall with (Valin 2007, "On
Adjusting the Learning Rate in Frequency Domain Echo Cancellation With Double-Talk").

Only the power of the outcome is used. As sound it was tried and left: suppressed bands flicker,
which voice activity takes for speech more often than the plain residual, and which transcription
understands less well.
"""

from typing import Final

import numpy as np

from voice.audio import Samples
from voice.echo_filter import BLOCK, Power

_OVER: Final = 3.0
"""Taken off more than once, so that nothing is mistaken for speech by chance."""
_FAST: Final = 0.1
_SLOW: Final = 1.0 / 60.0
_TAIL: Final = 0.7
"""How much of an echo's power the room keeps from block to block, at most."""
_EVEN: Final = 24
"""Neighbouring bands over which the leak is evened out."""
_DOUBT: Final = 0.375
"""Power of the window that the spectra are seen through."""
_SMOOTHING: Final = 0.3
_FORGETS: Final = 0.985
"""The loudest echo of about the last two seconds counts."""
_NOTHING: Final = 10.0 ** (-16.0 / 10.0)
"""Less than this share of the echo is no speech. Measured: of speech 10 dB below loud music more
than half still passes, and of the music's own voices next to nothing."""


class Remainder:
    """Blocks of `BLOCK` samples, in order."""

    def __init__(self) -> None:
        bands = BLOCK + 1
        self._window = np.hanning(2 * BLOCK).astype(np.float32)
        self._left_before: Samples = np.zeros(BLOCK, np.float32)
        self._echo_before: Samples = np.zeros(BLOCK, np.float32)
        self._tail: Power = np.zeros(bands, np.float32)
        self._left_mean: Power = np.zeros(bands, np.float32)
        self._echo_mean: Power = np.zeros(bands, np.float32)
        self._together: Power = np.zeros(bands, np.float32)
        self._alone: Power = np.full(bands, 1e-6, np.float32)
        self._even = np.full(_EVEN, 1.0 / _EVEN, np.float32)
        self._power = self._echo_power = self._loudest = 0.0

    def hear(self, left: Samples, echo: Samples, doubt: Power) -> None:
        """Take the next block.

        Args:
            left: what the filter left of the microphone's sound.
            echo: what it took out.
            doubt: power of what it may have missed, in each band.
        """
        left_power = self._bands(self._left_before, left)
        echo_power = self._bands(self._echo_before, echo)
        self._left_before, self._echo_before = left, echo
        self._tail = np.maximum(echo_power, _TAIL * self._tail)
        rest = _OVER * (self._leak(left_power, echo_power) * self._tail + _DOUBT * doubt)
        power = float(np.maximum(left_power - rest, 0.0).mean())
        self._power += _SMOOTHING * (power - self._power)
        self._echo_power += _SMOOTHING * (float(echo_power.mean()) - self._echo_power)
        self._loudest = max(self._echo_power, _FORGETS * self._loudest)

    @property
    def is_nothing(self) -> bool:
        """Whether what is left is too little, beside the echo, to be somebody who speaks."""
        return self._power < _NOTHING * self._loudest

    def _bands(self, before: Samples, block: Samples) -> Power:
        spectrum = np.fft.rfft(np.concatenate([before, block]) * self._window)
        power: Power = (np.square(spectrum.real) + np.square(spectrum.imag)).astype(np.float32)
        return power

    def _leak(self, left: Power, echo: Power) -> Power:
        """The share of the echo that is in what is left, by how they rise and fall together."""
        self._left_mean += _FAST * (left - self._left_mean)
        self._echo_mean += _FAST * (echo - self._echo_mean)
        left_change, echo_change = left - self._left_mean, echo - self._echo_mean
        self._together += _SLOW * (left_change * echo_change - self._together)
        self._alone += _SLOW * (echo_change * echo_change - self._alone)
        share = np.clip(self._together / (self._alone + 1e-9), 0.0, 1.0)
        smooth: Power = np.convolve(share, self._even, mode="same").astype(np.float32)
        return smooth
