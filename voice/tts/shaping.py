"""Sound of an engine made fit to be joined: its edges, its rate, its level."""

from math import gcd
from typing import Final

import numpy as np

from voice.audio import SPEAKING_RATE_HZ, Samples
from voice.errors import SpeakingFailed

_FRAME_MS: Final = 5
_QUIET: Final = 0.012
"""What is below this part of the loudest frame is silence: -38 dB, under every consonant."""
_FLOOR: Final = 1e-4
_LEAD_MS: Final = 20
_TAIL_MS: Final = 40
_FADE_MS: Final = 4
_CEILING: Final = 0.97


def silence(ms: float, rate_hz: int = SPEAKING_RATE_HZ) -> Samples:
    """No sound for `ms` milliseconds."""
    return np.zeros(max(round(ms * rate_hz / 1000), 0), np.float32)


def trimmed(samples: Samples, rate_hz: int = SPEAKING_RATE_HZ) -> Samples:
    """`samples` without the silence around them, edges faded; empty when there is nothing else.

    Engines put up to 0.3 s of silence in front, which a listener waits for at each clause.
    """
    frame = rate_hz * _FRAME_MS // 1000
    frames = len(samples) // frame
    if frames == 0:
        return np.zeros(0, np.float32)
    level = np.sqrt(np.mean(samples[: frames * frame].reshape(frames, frame) ** 2, axis=1))
    loud = np.flatnonzero(level > max(float(level.max()) * _QUIET, _FLOOR))
    if len(loud) == 0:
        return np.zeros(0, np.float32)
    first = max(int(loud[0]) * frame - _LEAD_MS * rate_hz // 1000, 0)
    last = (int(loud[-1]) + 1) * frame + _TAIL_MS * rate_hz // 1000
    kept = np.array(samples[first:last], np.float32)
    fade = min(_FADE_MS * rate_hz // 1000, len(kept) // 2)
    ramp = np.linspace(0.0, 1.0, fade, dtype=np.float32)
    kept[:fade] *= ramp
    kept[len(kept) - fade :] *= ramp[::-1]
    return kept


def at_speaking_rate(samples: Samples, rate_hz: int) -> Samples:
    """A whole clip brought from `rate_hz` to `SPEAKING_RATE_HZ`.

    The spectrum is cut or filled up, which is exact for a clip that starts and ends in silence.
    """
    if rate_hz == SPEAKING_RATE_HZ or len(samples) == 0:
        return samples
    common = gcd(rate_hz, SPEAKING_RATE_HZ)
    up, down = SPEAKING_RATE_HZ // common, rate_hz // common
    blocks = _smooth(-(-len(samples) // down) + 8)  # silence behind keeps the end off the start
    spectrum = np.fft.rfft(samples, down * blocks)
    made = np.zeros(up * blocks // 2 + 1, np.complex128)
    kept = min(len(made), len(spectrum))
    made[:kept] = spectrum[:kept]
    whole = np.fft.irfft(made, up * blocks) * (up / down)
    return whole[: round(len(samples) * up / down)].astype(np.float32)


def sane(samples: Samples) -> Samples:
    """Float32 without numbers that are none, and never above full scale.

    Raises:
        SpeakingFailed: not mono.
    """
    if samples.ndim != 1:
        raise SpeakingFailed("The voice made sound of more than one channel.")
    whole = np.nan_to_num(samples.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    peak = float(np.abs(whole).max(initial=0.0))
    return whole * np.float32(_CEILING / peak) if peak > _CEILING else whole


def _smooth(number: int) -> int:
    """The next number with no prime factor above five: a Fourier transform of it is quick."""
    while True:
        rest = number
        for prime in (2, 3, 5):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return number
        number += 1
