"""Short sounds made of formulas, the same on every machine, to compare taggers on."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

RATE = 16_000
_LENGTH_S = 6.2
"""Two patches of a tagger, and a rest that it must leave out."""
_TIME = np.arange(round(RATE * _LENGTH_S)) / RATE


def tag_clips() -> Mapping[str, Samples]:
    """Return mono clips at `RATE` by name; each exercises another part of the networks."""
    clips: Mapping[str, Callable[[], NDArray[np.float64]]] = {
        "struck strings": _struck,
        "drum machine": _drums,
        "bowed chord": _bowed,
        "distortion": _distorted,
        "voice": _voice,
        "hiss": lambda: 0.05 * _noise(_TIME.size),
        "nearly silent": lambda: 1e-4 * _struck(),
        # Its mel power is beyond what 16-bit floats hold.
        "loud bass": lambda: np.clip(3 * np.sin(2 * np.pi * 47 * _TIME), -1, 1),
        "a click": lambda: (_TIME[RATE] == _TIME).astype(np.float64),
    }
    return {name: make().astype(np.float32) for name, make in clips.items()}


def short_clip() -> Samples:
    """Return a clip shorter than a patch."""
    return tag_clips()["struck strings"][: RATE * 2]


def _struck() -> NDArray[np.float64]:
    sound = np.zeros_like(_TIME)
    for place, note in enumerate((60, 64, 67, 72, 71, 67, 62, 59, 55, 60, 64, 67)):
        after = np.maximum(_TIME - place * 0.5, 0)
        struck = (place * 0.5 <= _TIME) * np.exp(-3 * after)
        for partial in range(1, 8):
            hertz = 440 * 2 ** ((note - 69) / 12) * partial * np.sqrt(1 + 4e-4 * partial**2)
            sound += struck * np.sin(2 * np.pi * hertz * after) / partial**1.5
    return 0.2 * sound


def _drums() -> NDArray[np.float64]:
    beat = 60 / 128
    after = _TIME % beat
    kick = np.exp(-18 * after) * np.sin(2 * np.pi * (50 * after + 12 * (1 - np.exp(-30 * after))))
    off = (_TIME + beat / 2) % beat
    hat = np.exp(-60 * off) * _noise(_TIME.size)
    bass = np.sign(np.sin(2 * np.pi * 55 * _TIME)) * (1 - np.exp(-10 * after))
    mixed: NDArray[np.float64] = 0.5 * kick + 0.15 * hat + 0.12 * bass
    return mixed


def _bowed() -> NDArray[np.float64]:
    sound = np.zeros_like(_TIME)
    for note in (48, 55, 60, 64):
        hertz = 440 * 2 ** ((note - 69) / 12)
        phase = 2 * np.pi * hertz * _TIME + 0.02 * hertz / 5 * np.sin(2 * np.pi * 5 * _TIME)
        for partial in range(1, 12):
            sound += np.sin(partial * phase) / partial
    return 0.06 * sound * np.minimum(_TIME / 1.5, 1)


def _distorted() -> NDArray[np.float64]:
    chord = sum(np.sin(2 * np.pi * hertz * _TIME) for hertz in (82.4, 123.5, 164.8))
    chug = 0.3 + 0.7 * (np.sin(2 * np.pi * 6 * _TIME) > 0)
    sound: NDArray[np.float64] = 0.5 * np.tanh(12 * np.asarray(chord) * chug)
    return sound + 0.02 * _noise(_TIME.size)


def _voice() -> NDArray[np.float64]:
    pitch = 200 * 2 ** (np.floor(_TIME * 2) % 5 / 6) * (1 + 0.01 * np.sin(2 * np.pi * 5.5 * _TIME))
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    formant = 500 + 400 * np.sin(2 * np.pi * 0.7 * _TIME)
    sound = np.zeros_like(_TIME)
    for partial in range(1, 16):
        hertz = partial * pitch
        strength = sum(
            gain / (1 + ((hertz - centre) / width) ** 2)
            for centre, width, gain in ((formant, 90, 1.0), (2.4 * formant, 140, 0.5))
        )
        sound += strength * np.sin(partial * phase)
    return 0.25 * sound


def _noise(count: int) -> NDArray[np.float64]:
    """White noise from a hash of the place, -1 to 1, which no version of numpy changes."""
    word = np.arange(1, count + 1, dtype=np.uint32)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        word ^= word >> np.uint32(shift)
        word *= np.uint32(factor)
    word ^= word >> np.uint32(16)
    return word / 2.0**31 - 1
