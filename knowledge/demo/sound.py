"""What all instruments share: the sample rate, a played note, shaped noise, stereo placement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy import fft

SAMPLE_RATE = 44_100
Audio = npt.NDArray[np.float32]
"""Samples around -1 to 1; mono is (n,), stereo is (2, n)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One note as played."""

    start_s: float
    length_s: float
    pitch: int
    """MIDI number, 60 is middle C."""
    velocity: float
    """0 (silent) to 1 (as loud as the instrument goes)."""


class Instrument(Protocol):
    """Anything that turns hits into stereo sound."""

    def play(self, hits: Sequence[Hit], length: int, seed: int) -> Audio:
        """Render `hits` into stereo (2, length); hits past the end are cut."""
        ...


def hertz(pitch: float) -> float:
    """Frequency of a MIDI number, A4 (69) = 440 Hz, equal temperament."""
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


def samples(seconds: float) -> int:
    """Number of samples in `seconds`, at least one."""
    return max(1, round(seconds * SAMPLE_RATE))


def band_noise(length: int, low_hz: float, high_hz: float, rng: np.random.Generator) -> Audio:
    """White noise between two frequencies with soft (second order) edges; RMS 1."""
    size = fft.next_fast_len(length, real=True)
    spectrum = fft.rfft(rng.standard_normal(size, dtype=np.float32))
    freqs = np.maximum(fft.rfftfreq(size, 1 / SAMPLE_RATE), 1.0).astype(np.float32)
    shape = 1 / (1 + (low_hz / freqs) ** 4) / (1 + (freqs / high_hz) ** 4)
    shape[0] = 0.0
    noise = fft.irfft(spectrum * shape, size)[:length]
    return np.asarray(noise / (np.sqrt(np.mean(noise**2)) + 1e-9), dtype=np.float32)


def pan_gains(pan: float) -> tuple[float, float]:
    """Left and right gain for `pan` from -1 (left) to 1 (right), equal power."""
    angle = (pan + 1) * np.pi / 4
    return float(np.cos(angle) * np.sqrt(2)), float(np.sin(angle) * np.sqrt(2))


def add_at(target: Audio, start: int, sound: Audio, pan: float = 0.0) -> None:
    """Add a mono or stereo `sound` to stereo `target` from sample `start`, cut at its end."""
    start = max(start, 0)
    room = target.shape[1] - start
    if room <= 0:
        return
    if sound.ndim == 2:
        piece = sound[:, :room]
        target[:, start : start + piece.shape[1]] += piece
        return
    left, right = pan_gains(pan)
    piece = sound[:room]
    target[0, start : start + piece.size] += np.float32(left) * piece
    target[1, start : start + piece.size] += np.float32(right) * piece


def soften(sound: Audio, attack_s: float, release_s: float) -> None:
    """Round both edges of a mono `sound` in place, so that nothing clicks."""
    for edge_s, at_end in ((attack_s, False), (release_s, True)):
        edge = min(samples(edge_s), sound.size)
        curve = (0.5 - 0.5 * np.cos(np.pi * (np.arange(edge) + 0.5) / edge)).astype(np.float32)
        if at_end:
            sound[sound.size - edge :] *= curve[::-1]
        else:
            sound[:edge] *= curve
