"""Integrated loudness after ITU-R BS.1770-4 and EBU R128, as the samples stream by."""

import math

import numpy as np
from numpy.typing import NDArray

from knowledge.audio.decoder import Samples

SILENCE_LUFS = -70.0
"""The absolute gate; also what silence is reported as."""
STEP_S = 0.1
_STEPS_IN_BLOCK = 4  # gating blocks of 400 ms overlap by 75 %
_RELATIVE_GATE_LU = -10.0
_OFFSET_LU = -0.691


class LoudnessMeter:
    """Measures level, loudness and peak of a stereo stream in steps of 100 ms."""

    def __init__(self, sample_rate: int, channels: int) -> None:
        # scipy.signal takes half a second to import, and only analysis needs it.
        from scipy.signal import sosfilt  # noqa: PLC0415

        self._filter = sosfilt
        self._sections = k_weighting(sample_rate)
        self._state = np.zeros((2, channels, 2))
        self._step = round(sample_rate * STEP_S)
        self._rest: Samples = np.zeros((channels, 0), np.float32)
        self._weighted: list[NDArray[np.float64]] = []
        self._plain: list[NDArray[np.float64]] = []
        self.peak = 0.0
        """Largest absolute sample so far."""

    def add(self, samples: Samples) -> None:
        """Take the next samples, shape (channels, n)."""
        if samples.size:
            self.peak = max(self.peak, float(np.abs(samples).max()))
        samples = np.concatenate((self._rest, samples), axis=1)
        whole = samples.shape[1] // self._step * self._step
        self._rest = samples[:, whole:]
        if whole:
            weighted, self._state = self._filter(
                self._sections, samples[:, :whole], axis=1, zi=self._state
            )
            self._weighted.append(_step_power(weighted, self._step).sum(axis=0))
            self._plain.append(_step_power(samples[:, :whole], self._step).mean(axis=0))

    def step_power(self) -> NDArray[np.float64]:
        """Return the mean square of each 100 ms, averaged over channels, unweighted."""
        return np.concatenate(self._plain) if self._plain else np.zeros(0)

    def weighted_power(self) -> NDArray[np.float64]:
        """Return the K-weighted mean square of each 100 ms, summed over channels."""
        return np.concatenate(self._weighted) if self._weighted else np.zeros(0)

    def integrated_lufs(self) -> float:
        """Return the gated loudness of all so far, LUFS; at least `SILENCE_LUFS`."""
        return gated_lufs(self.weighted_power())


def gated_lufs(steps: NDArray[np.float64]) -> float:
    """Return the gated loudness of K-weighted power in steps of 100 ms, LUFS.

    At least `SILENCE_LUFS`.
    """
    if steps.size < _STEPS_IN_BLOCK:
        blocks = steps.mean(keepdims=True) if steps.size else np.zeros(1)
    else:
        sums = np.concatenate(([0.0], np.cumsum(steps)))
        blocks = (sums[_STEPS_IN_BLOCK:] - sums[:-_STEPS_IN_BLOCK]) / _STEPS_IN_BLOCK
    loud = blocks[blocks > power_of(SILENCE_LUFS)]
    if not loud.size:
        return SILENCE_LUFS
    gate = float(loud.mean()) * 10 ** (_RELATIVE_GATE_LU / 10)
    return max(_lufs(float(loud[loud > gate].mean())), SILENCE_LUFS)


def k_weighting(sample_rate: int) -> NDArray[np.float64]:
    """Return the K-weighting as two second-order sections for any sample rate.

    BS.1770 gives the coefficients for 48 kHz only. These are the analogue prototypes behind them,
    a high shelf of +4 dB at 1682 Hz and a high pass at 38 Hz, warped to `sample_rate`.
    """
    shelf = _shelf(sample_rate, frequency_hz=1681.974450955533, gain_db=3.999843853973347)
    high_pass = _high_pass(sample_rate, frequency_hz=38.13547087602444, quality=0.5003270373238773)
    return np.array((shelf, high_pass))


def _shelf(sample_rate: int, *, frequency_hz: float, gain_db: float) -> list[float]:
    quality = 0.7071752369554196
    k = math.tan(math.pi * frequency_hz / sample_rate)
    high = 10 ** (gain_db / 20)
    middle = high**0.4996667741545416
    a0 = 1 + k / quality + k * k
    return [
        (high + middle * k / quality + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - middle * k / quality + k * k) / a0,
        1.0,
        2 * (k * k - 1) / a0,
        (1 - k / quality + k * k) / a0,
    ]


def _high_pass(sample_rate: int, *, frequency_hz: float, quality: float) -> list[float]:
    k = math.tan(math.pi * frequency_hz / sample_rate)
    a0 = 1 + k / quality + k * k
    return [1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / quality + k * k) / a0]


def _step_power(samples: NDArray[np.floating], step: int) -> NDArray[np.float64]:
    steps = samples.reshape(samples.shape[0], -1, step)
    power: NDArray[np.float64] = np.einsum("csn,csn->cs", steps, steps) / float(step)
    return power


def _lufs(power: float) -> float:
    return _OFFSET_LU + 10 * math.log10(power)


def power_of(lufs: float) -> float:
    """Return the K-weighted power that has this loudness."""
    return 10 ** ((lufs - _OFFSET_LU) / 10)
