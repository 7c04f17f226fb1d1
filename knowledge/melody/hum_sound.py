"""What a microphone gave, made fit to be followed: finite, not too long, at one rate and level."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.models import FRAME_S, Samples

RATE_HZ: Final = 16_000
HOP: Final = 256
"""Samples between two frames, `FRAME_S` at `RATE_HZ`; frame k is centred on sample k * HOP."""
MAX_S: Final = 30.0
"""Of a longer recording only the stretch of this length with most sound in it is heard."""
LOWEST_RATE_HZ, HIGHEST_RATE_HZ = 4_000, 384_000
HIGHEST_HZ: Final = 6_000.0
"""Nobody whistles above this."""

_WINDOW, _FFT = 768, 2048
BIN_HZ: Final = RATE_HZ / _FFT
_BINS = int(HIGHEST_HZ * 1.05 / BIN_HZ)
_LOUDEST = 1e6
"""Nothing measured is beyond this many times full scale; keeps squares finite."""
_LEVEL_S = 0.05
_LOUD_PERCENTILE = 95.0
_WANTED_LEVEL = 0.1
_MAX_GAIN = 1_000.0
_AUDIBLE = 0.03
"""A frame counts as sound from this share of the loud frames' level on."""


@dataclass(frozen=True, slots=True, eq=False)
class HumSound:
    """What was given, ready to be followed."""

    samples: Samples
    """At `RATE_HZ`, without offset, loud frames at an RMS of about 0.1."""
    level_db: float
    """RMS of the loud frames as they came, dB of full scale; -inf for nothing at all."""

    @property
    def frames(self) -> int:
        """How many frames of `FRAME_S` there are."""
        return len(self.samples) // HOP


def prepared(samples: Samples, rate_hz: int) -> HumSound:
    """Make any sound fit to be followed.

    Args:
        samples: shape (n,), any level, any n; what is not finite is taken as silence.
        rate_hz: hertz.

    Raises:
        ValueError: no rate at which somebody records.
    """
    if not LOWEST_RATE_HZ <= rate_hz <= HIGHEST_RATE_HZ:
        raise ValueError(
            f"A hum at {rate_hz} samples a second cannot be followed; record it at "
            f"{LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ}."
        )
    finite = np.nan_to_num(np.ravel(samples).astype(np.float32), posinf=0.0, neginf=0.0)
    stretch = _fullest(np.clip(finite, -_LOUDEST, _LOUDEST), rate_hz)
    if not len(stretch):
        return HumSound(stretch, -math.inf)
    level = _level(stretch - stretch.mean(), rate_hz)
    if level <= 0.0:
        return HumSound(np.zeros_like(stretch), -math.inf)
    gain = min(_WANTED_LEVEL / level, _MAX_GAIN)
    centred = ((stretch - stretch.mean()) * gain).astype(np.float32)
    return HumSound(resampled(centred, rate_hz), 20 * math.log10(level))


def resampled(samples: Samples, rate_hz: int) -> Samples:
    """Bring a whole clip to `RATE_HZ` by cutting or padding its spectrum.

    The ends are padded with silence, so that nothing wraps around from one to the other.
    """
    if rate_hz == RATE_HZ:
        return samples
    divisor = math.gcd(rate_hz, RATE_HZ)
    unit = rate_hz // divisor
    # The padded length must map to a whole number of samples at the new rate.
    padded = (len(samples) + rate_hz // 10 + unit - 1) // unit * unit
    wanted = padded // unit * (RATE_HZ // divisor)
    spectrum = np.fft.rfft(samples, padded)
    kept = np.zeros(wanted // 2 + 1, spectrum.dtype)
    shared = min(len(kept), len(spectrum))
    kept[:shared] = spectrum[:shared]
    count = round(len(samples) * RATE_HZ / rate_hz)
    return (np.fft.irfft(kept, wanted)[:count] * (wanted / padded)).astype(np.float32)


def power_spectra(sound: HumSound) -> NDArray[np.float32]:
    """Power around each frame, shape (frames, bins), bins of `BIN_HZ` from 0 Hz on.

    A Hann window of 48 ms, padded.
    """
    count = sound.frames
    padded = np.concatenate(
        [np.zeros(_WINDOW // 2), sound.samples, np.zeros(_WINDOW)], dtype=np.float32
    )
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[: count * HOP : HOP]
    shaped = windows * np.hanning(_WINDOW).astype(np.float32)
    spectra = np.fft.rfft(shaped, _FFT, axis=1)[:, :_BINS]
    power: NDArray[np.float32] = np.square(spectra.real) + np.square(spectra.imag)
    return power.astype(np.float32)


def _frame_levels(samples: Samples, rate_hz: int) -> NDArray[np.float64]:
    """RMS of each 50 ms, shape (n,)."""
    size = max(1, int(_LEVEL_S * rate_hz))
    whole = len(samples) // size * size
    if not whole:
        whole = size = len(samples)
    squares = np.square(samples[:whole], dtype=np.float64).reshape(-1, size)
    levels: NDArray[np.float64] = np.sqrt(squares.mean(axis=1))
    return levels


def _level(samples: Samples, rate_hz: int) -> float:
    return float(np.percentile(_frame_levels(samples, rate_hz), _LOUD_PERCENTILE))


def _fullest(samples: Samples, rate_hz: int) -> Samples:
    """The stretch of at most `MAX_S` with most sound in it, the first of equally full ones."""
    count = int(MAX_S * rate_hz)
    if len(samples) <= count:
        return samples
    levels = _frame_levels(samples, rate_hz)
    size = max(1, int(_LEVEL_S * rate_hz))
    audible = levels > _AUDIBLE * np.percentile(levels, _LOUD_PERCENTILE)
    sums = np.concatenate([[0], np.cumsum(audible)])
    width = min(count // size, len(levels))
    start = int(np.argmax(sums[width:] - sums[:-width])) * size
    return samples[start : start + count]


def frames_of(seconds: float) -> int:
    """How many frames a time is, at least one."""
    return max(1, round(seconds / FRAME_S))
