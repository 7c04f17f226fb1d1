"""Instruments whose notes die away: piano, electric piano, music box, mallets, upright bass.

Additive synthesis: every partial is a sine that dies away at its own speed, high ones first.
A pitch is rendered once and reused, as a sampler would.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.demo.sound import SAMPLE_RATE, Audio, Hit, add_at, band_noise, hertz, samples, soften

_LAYERS = 3
"""Loudness steps that sound different; between them only the volume changes."""


@dataclass(frozen=True, slots=True)
class Struck:
    """An instrument whose notes die away by themselves."""

    partials: tuple[tuple[float, float], ...]
    """Frequency ratio and level of each partial."""
    decay_s: float = 2.0
    """Time to fall to 1/e at middle C."""
    damping: float = 0.35
    """How much faster each higher partial dies."""
    stretch: float = 0.0
    """Inharmonicity of a stiff string; 0.0004 is a piano."""
    hardness: float = 0.5
    """How much of the high partials is left at a soft touch, 0 to 1."""
    knock: float = 0.0
    """Level of the hammer's or finger's noise."""
    knock_hz: float = 1800.0
    beating_hz: float = 0.0
    """Slow beating of the strings of one note."""
    release_s: float = 0.15
    longest_s: float = 5.0
    rings: bool = False
    """Whether notes sound on after they were let go (music box, mallets, pedal)."""
    spread: float = 0.35
    """How far low notes sit left and high notes right."""
    tremolo_hz: float = 0.0
    tremolo_depth: float = 0.0

    def play(self, hits: Sequence[Hit], length: int, seed: int) -> Audio:
        """Render `hits`; see Instrument."""
        out = np.zeros((2, length), dtype=np.float32)
        tail_s = self.longest_s if self.rings else self.release_s
        longest: dict[tuple[int, int], float] = {}
        for hit in hits:
            key = (hit.pitch, _layer(hit.velocity))
            wanted = min(hit.length_s + tail_s, self.longest_s)
            longest[key] = max(longest.get(key, 0.0), wanted)
        strings = {
            key: self._note(key[0], key[1], seconds, seed) for key, seconds in longest.items()
        }
        for hit in hits:
            string = strings[hit.pitch, _layer(hit.velocity)]
            piece = string[: samples(min(hit.length_s + tail_s, self.longest_s))]
            release_s = self.longest_s * 0.3 if self.rings else self.release_s
            piece = piece * np.float32(hit.velocity)
            soften(piece, 0.0005, release_s)
            pan = float(np.clip((hit.pitch - 64) / 36, -1, 1)) * self.spread
            add_at(out, samples(hit.start_s), piece, pan)
        if self.tremolo_depth:
            turn = 2 * np.pi * self.tremolo_hz * np.arange(length) / SAMPLE_RATE
            swing = (self.tremolo_depth * np.sin(turn)).astype(np.float32)
            out[0] *= 1 + swing
            out[1] *= 1 - swing
        return out

    def _note(self, pitch: int, layer: int, seconds: float, seed: int) -> Audio:
        rng = np.random.default_rng((seed, pitch, layer))
        base = hertz(pitch)
        total = samples(seconds)
        out = np.zeros(total, dtype=np.float32)
        time = np.arange(total) / SAMPLE_RATE
        decay_s = self.decay_s * 2.0 ** ((60 - pitch) / 24)
        softness = (1 - self.hardness) * (1 - (layer + 1) / _LAYERS)
        for ratio, level in self.partials:
            freq = base * ratio * np.sqrt(1 + self.stretch * ratio * ratio)
            if freq > 0.42 * SAMPLE_RATE:
                continue
            tau = decay_s / (1 + self.damping * (ratio - 1))
            count = min(total, samples(6 * tau))
            turns = freq * time[:count] + rng.random()
            wave = np.sin((2 * np.pi * (turns - np.floor(turns))).astype(np.float32))
            fall = np.exp((-time[:count] / tau).astype(np.float32))
            if self.beating_hz:
                beat_hz = self.beating_hz * (0.6 + 0.8 * rng.random())
                turn = (2 * np.pi * beat_hz * time[:count]).astype(np.float32)
                fall = fall * (0.8 + 0.2 * np.cos(turn))
            out[:count] += np.float32(level * np.exp(-softness * (ratio - 1))) * wave * fall
        if self.knock:
            count = min(total, samples(0.05))
            noise = band_noise(samples(0.05), 80.0, self.knock_hz, rng)[:count]
            out[:count] += np.float32(self.knock) * noise * np.exp(-time[:count] * 110)
        attack = min(total, samples(0.002))
        out[:attack] *= np.linspace(0, 1, attack, dtype=np.float32)
        return out.astype(np.float32)


def _layer(velocity: float) -> int:
    return min(_LAYERS - 1, int(velocity * _LAYERS))


def _string(count: int, tilt: float, strike: float) -> tuple[tuple[float, float], ...]:
    """Harmonics of a string struck at `strike` of its length, falling with power `tilt`."""
    levels = [
        (float(h), float(abs(np.sin(np.pi * h * strike)) + 0.08) / h**tilt)
        for h in range(1, count + 1)
    ]
    total = sum(level for _, level in levels)
    return tuple((ratio, level / total) for ratio, level in levels)


PIANO = Struck(
    _string(14, 1.15, 0.17), decay_s=1.7, damping=0.16, stretch=0.0004, hardness=0.35,
    knock=0.025, beating_hz=0.7, release_s=0.22, longest_s=4.5,
)  # fmt: skip
FELT_PIANO = Struck(
    _string(8, 1.7, 0.13), decay_s=2.2, damping=0.3, stretch=0.0003, hardness=0.25,
    knock=0.05, knock_hz=700.0, beating_hz=0.5, release_s=0.6, longest_s=5.0,
)  # fmt: skip
RAG_PIANO = Struck(
    _string(16, 0.9, 0.19), decay_s=1.1, damping=0.14, stretch=0.0006, hardness=0.8,
    knock=0.03, knock_hz=2600.0, beating_hz=3.0, release_s=0.1, longest_s=2.5,
)  # fmt: skip
ELECTRIC_PIANO = Struck(
    ((1.0, 0.62), (2.0, 0.12), (3.0, 0.05), (4.0, 0.02), (7.0, 0.05), (14.1, 0.012)),
    decay_s=2.2, damping=0.55, hardness=0.1, knock=0.012, release_s=0.25, longest_s=4.0,
    tremolo_hz=4.2, tremolo_depth=0.22,
)  # fmt: skip
MUSIC_BOX = Struck(
    ((1.0, 0.6), (2.0, 0.06), (3.01, 0.1), (6.27, 0.12), (9.9, 0.03)),
    decay_s=1.6, damping=0.28, hardness=0.6, knock=0.012, knock_hz=5000.0, rings=True,
    longest_s=3.2,
)  # fmt: skip
CELESTA = Struck(
    ((1.0, 0.6), (2.0, 0.16), (4.0, 0.12), (5.4, 0.03), (8.2, 0.02)),
    decay_s=1.2, damping=0.35, hardness=0.5, knock=0.01, knock_hz=4000.0, rings=True,
    longest_s=2.4,
)  # fmt: skip
VIBRAPHONE = Struck(
    ((1.0, 0.72), (4.0, 0.14), (9.8, 0.03)),
    decay_s=2.6, damping=0.2, hardness=0.3, knock=0.008, release_s=0.4, longest_s=4.0,
    tremolo_hz=5.2, tremolo_depth=0.3,
)  # fmt: skip
MARIMBA = Struck(
    ((1.0, 0.75), (3.93, 0.16), (9.2, 0.05)),
    decay_s=0.45, damping=0.5, hardness=0.4, knock=0.03, knock_hz=1500.0, rings=True,
    longest_s=1.4,
)  # fmt: skip
UPRIGHT_BASS = Struck(
    ((1.0, 0.55), (2.0, 0.28), (3.0, 0.12), (4.0, 0.06), (5.0, 0.03), (6.0, 0.015)),
    decay_s=0.42, damping=0.5, hardness=0.4, knock=0.05, knock_hz=900.0, release_s=0.09,
    longest_s=2.0, spread=0.0,
)  # fmt: skip
ELECTRIC_BASS = Struck(
    _string(10, 1.3, 0.28), decay_s=0.75, damping=0.35, hardness=0.5, knock=0.02,
    knock_hz=2200.0, release_s=0.06, longest_s=2.5, spread=0.0,
)  # fmt: skip
