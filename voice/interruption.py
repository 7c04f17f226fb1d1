"""Whether somebody who makes a sound while we speak wants us to be silent."""

from enum import Enum, auto
from typing import Final

import numpy as np

from voice.audio import HEARING_RATE_HZ, Samples


class Verdict(Enum):
    """What a sound over our own voice is taken for."""

    UNDECIDED = auto()
    INTERRUPTION = auto()
    """Somebody cuts in: be silent."""
    HUM = auto()
    """So far "mm-hm" and its like: speak on."""
    NOISE = auto()
    """So far a cough, a clap, a door."""


_LOW_HZ: Final = (70.0, 600.0)
_HIGH_HZ: Final = (600.0, 5_000.0)
_HUM_SHARE: Final = 0.97
_FEWEST_S: Final = 0.13


def judge(sound: Samples) -> Verdict:
    """Judge what is heard since the onset; `sound` begins where the voice was first noticed."""
    if len(sound) < _FEWEST_S * HEARING_RATE_HZ:
        return Verdict.UNDECIDED
    spectrum = np.square(np.abs(np.fft.rfft(sound * np.hanning(len(sound)))))
    hz = np.fft.rfftfreq(len(sound), 1 / HEARING_RATE_HZ)
    low = float(spectrum[(hz >= _LOW_HZ[0]) & (hz < _LOW_HZ[1])].sum())
    high = float(spectrum[(hz >= _HIGH_HZ[0]) & (hz < _HIGH_HZ[1])].sum())
    if low >= _HUM_SHARE * (low + high):
        return Verdict.HUM
    return Verdict.INTERRUPTION
