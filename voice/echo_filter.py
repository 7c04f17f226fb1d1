"""The way of a sound from our loudspeaker into a microphone, learnt while it sounds.

A frequency-domain Kalman filter in partitions: Enzner and Vary 2006, "Frequency-domain adaptive
Kalman filter for acoustic echo control in hands-free telephones"; Kuech, Mabande and Enzner 2014,
"State-space architecture of the partitioned-block-based acoustic echo controller". It knows how
uncertain it is in each band, so that it learns fast at first and holds still while somebody
speaks, without being told which is the case.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from voice.audio import Samples

BLOCK: Final = 512
"""Samples handled at once, 32 ms."""
_BANDS: Final = BLOCK + 1
_PARTITIONS: Final = 10
TAIL: Final = _PARTITIONS * BLOCK
"""Samples of reverberation that the filter covers, 320 ms."""
_KEEPS: Final = 0.997
"""How well the room keeps its way, from block to block; less forgets faster."""
_NOISE_SMOOTHING: Final = 0.9
_AT_FIRST: Final = 1.0

Spectrum = NDArray[np.complex64]
Power = NDArray[np.float32]


class EchoFilter:
    """Takes out of the microphone what a reference explains. Blocks of `BLOCK` samples."""

    def __init__(self) -> None:
        self._before: Samples = np.zeros(BLOCK, np.float32)
        self._played: Spectrum = np.zeros((_PARTITIONS, _BANDS), np.complex64)
        self.reset()

    def reset(self) -> None:
        """Know nothing of the way any more."""
        self._way: Spectrum = np.zeros((_PARTITIONS, _BANDS), np.complex64)
        decay = np.exp(-np.arange(_PARTITIONS, dtype=np.float32))[:, None] * _AT_FIRST
        self._doubt: Power = np.broadcast_to(decay, (_PARTITIONS, _BANDS)).astype(np.float32)
        self._other: Power = np.zeros(_BANDS, np.float32)

    def push(self, reference: Samples) -> Samples:
        """Take the next block of the reference; what of it arrives in this block, by the filter."""
        self._played = np.roll(self._played, 1, axis=0)
        self._played[0] = np.fft.rfft(np.concatenate([self._before, reference]))
        self._before = reference
        together = (self._way * self._played).sum(axis=0)
        echo: Samples = np.fft.irfft(together)[BLOCK:].astype(np.float32)
        return echo

    def learn(self, left: Samples, share: float = 1.0) -> None:
        """Learn from what was left in this block.

        Args:
            left: the microphone without `share` times the echo.
            share: how loud the reference really was, such as while it was ducked.
        """
        left_bands = np.fft.rfft(np.concatenate([np.zeros(BLOCK, np.float32), left]))
        played = self._played * np.float32(share)
        power = np.square(played.real) + np.square(played.imag)
        left_power = np.square(left_bands.real) + np.square(left_bands.imag)
        self._other += (1 - _NOISE_SMOOTHING) * (left_power.astype(np.float32) - self._other)
        doubted = 0.5 * (power * self._doubt).sum(axis=0)
        gain = self._doubt / (doubted + self._other + 1e-6)
        self._doubt *= 1 - 0.5 * gain * power
        change = gain * np.conj(played) * left_bands.astype(np.complex64)
        impulse = np.fft.irfft(change, axis=1)
        impulse[:, BLOCK:] = 0.0
        self._way += np.fft.rfft(impulse, axis=1).astype(np.complex64)
        way_power = np.square(self._way.real) + np.square(self._way.imag)
        self._doubt += np.float32(1 - _KEEPS**2) * (way_power - self._doubt)

    def doubt(self, share: float = 1.0) -> Power:
        """Power of the echo that the filter may have missed in this block, in each band."""
        power = np.square(self._played.real) + np.square(self._played.imag)
        missed: Power = np.float32(0.5 * share**2) * (power * self._doubt).sum(axis=0)
        return missed

    def shift(self, samples: int) -> None:
        """The reference comes so many samples later than it did."""
        impulse = np.fft.irfft(self._way, axis=1)[:, :BLOCK].reshape(-1)
        moved = np.zeros_like(impulse)
        if samples >= 0:
            moved[: len(impulse) - samples] = impulse[samples:]
        else:
            moved[-samples:] = impulse[:samples]
        padded = np.zeros((_PARTITIONS, 2 * BLOCK), np.float32)
        padded[:, :BLOCK] = moved.reshape(_PARTITIONS, BLOCK)
        self._way = np.fft.rfft(padded, axis=1).astype(np.complex64)
