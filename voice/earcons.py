"""Small sounds that say "done", "that did not work" and "I am listening" without words.

Made here from decaying partials, like a struck bar: soft, short, and far from speech.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

import numpy as np

from voice.audio import SPEAKING_RATE_HZ, Samples

_LEVEL: Final = 0.22
"""Peak: well below speech, so that nobody is startled."""
_PARTIALS: Final = ((1.0, 1.0, 1.0), (2.0, 0.28, 1.6), (3.01, 0.09, 2.6), (5.4, 0.03, 5.0))
"""Multiple of the pitch, loudness, how much faster it dies away."""
_ATTACK_S: Final = 0.006


class Earcon(StrEnum):
    """What a small sound says."""

    DONE = "done"
    ERROR = "error"
    LISTENING = "listening"


@dataclass(frozen=True, slots=True)
class _Stroke:
    at_s: float
    pitch_hz: float
    decay_s: float


_STROKES: Final = {
    Earcon.DONE: (_Stroke(0.0, 659.26, 0.10), _Stroke(0.09, 987.77, 0.16)),  # a fifth up: e, b
    Earcon.ERROR: (
        _Stroke(0.0, 392.00, 0.12),
        _Stroke(0.13, 311.13, 0.20),
    ),  # a third down: g, e flat
    Earcon.LISTENING: (_Stroke(0.0, 880.00, 0.09),),
}


def earcon(kind: Earcon | str) -> Samples:
    """The sound, mono at `SPEAKING_RATE_HZ`, under 0.7 s; not to be written to.

    Raises:
        ValueError: there is no such sound.
    """
    return _made(Earcon(kind))


@cache
def _made(kind: Earcon) -> Samples:
    strokes = _STROKES[kind]
    seconds = max(stroke.at_s + 3.0 * stroke.decay_s for stroke in strokes)
    sound = np.zeros(round(seconds * SPEAKING_RATE_HZ))
    for stroke in strokes:
        start = round(stroke.at_s * SPEAKING_RATE_HZ)
        sound[start:] += _struck(stroke, len(sound) - start)
    fade = SPEAKING_RATE_HZ // 40
    sound[-fade:] *= np.linspace(1.0, 0.0, fade)
    made: Samples = (sound * (_LEVEL / np.abs(sound).max())).astype(np.float32)
    made.setflags(write=False)
    return made


def _struck(stroke: _Stroke, length: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    time = np.arange(length) / SPEAKING_RATE_HZ
    sound = np.zeros(length)
    for multiple, loudness, haste in _PARTIALS:
        decay = np.exp(-time * haste / stroke.decay_s)
        sound += loudness * decay * np.sin(2 * np.pi * multiple * stroke.pitch_hz * time)
    rising: np.ndarray[tuple[int], np.dtype[np.float64]] = np.minimum(time / _ATTACK_S, 1.0)
    return sound * rising
