"""Drums, made of sines and noise, and the kits they form.

A stroke is written as one letter; what the letters sound like depends on the kit:
k kick, s snare, g ghost snare, h closed hat, o open hat, r ride, c clap, i rim, t/m/l toms high
to low, x crash, b brush, a shaker, j tambourine, n conga, w woodblock.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from knowledge.demo.sound import SAMPLE_RATE, Audio, add_at, band_noise, samples

Stroke = Callable[[np.random.Generator], Audio]


@dataclass(frozen=True, slots=True)
class DrumHit:
    """One stroke as played."""

    start_s: float
    stroke: str
    velocity: float


@dataclass(frozen=True, slots=True)
class Piece:
    """One drum of a kit."""

    sound: Stroke
    gain: float = 1.0
    pan: float = 0.0


Kit = Mapping[str, Piece]

_TAKES = 3
"""Each stroke is recorded this often, so that repeated hits are not identical."""


def play_drums(hits: list[DrumHit], kit: Kit, length: int, seed: int) -> Audio:
    """Render the strokes of a kit into stereo (2, length)."""
    out = np.zeros((2, length), dtype=np.float32)
    takes: dict[tuple[str, int], Audio] = {}
    for index, hit in enumerate(hits):
        piece = kit[hit.stroke]
        key = (hit.stroke, index % _TAKES)
        if key not in takes:
            takes[key] = piece.sound(np.random.default_rng((seed, ord(hit.stroke), key[1])))
        loud = np.float32(hit.velocity * piece.gain)
        add_at(out, samples(hit.start_s), takes[key] * loud, piece.pan)
    return out


def _fall(length: int, tau_s: float) -> Audio:
    return np.exp(-np.arange(length) / (tau_s * SAMPLE_RATE)).astype(np.float32)


def _sweep(length: int, from_hz: float, to_hz: float, tau_s: float) -> Audio:
    freq = to_hz + (from_hz - to_hz) * _fall(length, tau_s).astype(np.float64)
    return np.sin(2 * np.pi * np.cumsum(freq) / SAMPLE_RATE).astype(np.float32)


def kick(from_hz: float, to_hz: float, tau_s: float, click: float) -> Stroke:
    """A bass drum: a sine that falls in pitch, and the beater's click."""

    def stroke(rng: np.random.Generator) -> Audio:
        length = samples(tau_s * 5)
        body = _sweep(length, from_hz, to_hz, 0.028) * _fall(length, tau_s)
        beater = band_noise(length, 1200, 5000, rng) * _fall(length, 0.004)
        return np.asarray(body * np.minimum(np.arange(length) / 40, 1) + click * beater, np.float32)

    return stroke


def snare(tone_hz: float, wires: float, tau_s: float, high_hz: float = 8500.0) -> Stroke:
    """A snare drum: two modes of the skin and the noise of the wires."""

    def stroke(rng: np.random.Generator) -> Audio:
        length = samples(tau_s * 6)
        skin = _sweep(length, tone_hz * 1.4, tone_hz, 0.012) * _fall(length, tau_s * 0.5)
        skin = skin + 0.5 * _sweep(length, tone_hz * 2, tone_hz * 1.6, 0.01) * _fall(length, 0.04)
        noise = band_noise(length, 900, high_hz, rng) * _fall(length, tau_s)
        return np.asarray(0.5 * skin + wires * 0.3 * noise, np.float32)

    return stroke


def noise_hit(low_hz: float, high_hz: float, tau_s: float, attack_s: float = 0.001) -> Stroke:
    """A hat, shaker or crash: a band of noise that dies away."""

    def stroke(rng: np.random.Generator) -> Audio:
        length = samples(tau_s * 5 + attack_s)
        rise = np.minimum(np.arange(length, dtype=np.float32) / samples(attack_s), 1)
        noise = band_noise(length, low_hz, high_hz, rng)
        return np.asarray(0.3 * noise * rise * _fall(length, tau_s), np.float32)

    return stroke


def cymbal(tau_s: float, bell: float, low_hz: float = 4500.0) -> Stroke:
    """A ride or crash: noise with a handful of inharmonic ringing modes."""

    def stroke(rng: np.random.Generator) -> Audio:
        length = samples(min(tau_s * 4, 2.4))
        time = np.arange(length) / SAMPLE_RATE
        wash = band_noise(length, low_hz, 12000, rng) * _fall(length, tau_s)
        ring = np.zeros(length, dtype=np.float32)
        for freq in (3150.0, 4270.0, 5430.0, 6790.0, 8110.0):
            ring += np.sin(2 * np.pi * freq * time).astype(np.float32)
        ping = ring * _fall(length, tau_s * 0.35)
        out = 0.22 * wash + bell * 0.12 * ping
        out[-400:] *= np.linspace(1, 0, 400)
        return np.asarray(out, np.float32)

    return stroke


def tuned(freq: float, tau_s: float, bend: float = 1.3, noise: float = 0.05) -> Stroke:
    """A tom, conga, woodblock or rim: a short pitched stroke."""

    def stroke(rng: np.random.Generator) -> Audio:
        length = samples(tau_s * 5)
        tone = _sweep(length, freq * bend, freq, 0.02) * _fall(length, tau_s)
        slap = band_noise(length, 500, 5000, rng) * _fall(length, 0.006)
        return np.asarray(0.8 * tone + noise * slap, np.float32)

    return stroke


def clap(rng: np.random.Generator) -> Audio:
    """Several hands that do not quite meet."""
    length = samples(0.32)
    out = np.zeros(length, dtype=np.float32)
    noise = band_noise(length, 700, 5500, rng)
    for delay_s in (0.0, 0.011, 0.021, 0.03):
        at = samples(delay_s)
        tau_s = 0.075 if delay_s == 0.03 else 0.006
        out[at:] += (noise * _fall(length, tau_s))[: length - at]
    return np.asarray(0.28 * out, np.float32)


_ACOUSTIC: dict[str, Piece] = {
    "k": Piece(kick(110, 52, 0.11, 0.12), 0.95),
    "s": Piece(snare(190, 1.0, 0.085), 0.8, 0.05),
    "g": Piece(snare(190, 0.7, 0.05), 0.28, 0.05),
    "h": Piece(noise_hit(7000, 13000, 0.028), 0.42, -0.35),
    "o": Piece(noise_hit(6500, 13000, 0.16), 0.42, -0.35),
    "r": Piece(cymbal(0.5, 1.0), 0.45, 0.4),
    "x": Piece(cymbal(0.9, 0.4, 3000.0), 0.9, 0.3),
    "i": Piece(tuned(1750, 0.012, 1.05, 0.2), 0.5, -0.1),
    "t": Piece(tuned(190, 0.14), 0.7, -0.3),
    "m": Piece(tuned(140, 0.16), 0.75, 0.0),
    "l": Piece(tuned(95, 0.2), 0.8, 0.35),
    "j": Piece(noise_hit(6000, 14000, 0.05, 0.004), 0.4, 0.45),
    "a": Piece(noise_hit(5200, 11000, 0.035, 0.012), 0.38, 0.45),
    "n": Piece(tuned(240, 0.09, 1.15, 0.1), 0.5, -0.4),
    "w": Piece(tuned(880, 0.03, 1.02, 0.03), 0.4, 0.4),
    "c": Piece(clap, 0.7),
    "b": Piece(noise_hit(1800, 8000, 0.11, 0.03), 0.45, 0.1),
}

KITS: Mapping[str, Kit] = {
    "acoustic": _ACOUSTIC,
    "rock": _ACOUSTIC
    | {
        "k": Piece(kick(150, 50, 0.12, 0.3), 1.15),
        "s": Piece(snare(200, 1.3, 0.11), 1.05, 0.05),
        "h": Piece(noise_hit(6000, 13000, 0.035), 0.5, -0.35),
    },
    "brushes": _ACOUSTIC
    | {
        "k": Piece(kick(85, 50, 0.13, 0.03), 0.6),
        "s": Piece(noise_hit(1500, 8500, 0.07, 0.004), 0.5, 0.1),
        "h": Piece(noise_hit(6000, 11000, 0.022), 0.3, -0.35),
        "r": Piece(cymbal(0.55, 0.7, 5000.0), 0.38, 0.4),
    },
    "electronic": _ACOUSTIC
    | {
        "k": Piece(kick(190, 47, 0.15, 0.16), 1.25),
        "s": Piece(snare(180, 1.2, 0.13), 0.9),
        "h": Piece(noise_hit(8500, 15000, 0.022), 0.42, 0.15),
        "o": Piece(noise_hit(7500, 15000, 0.12), 0.42, 0.15),
    },
    "lo-fi": _ACOUSTIC
    | {
        "k": Piece(kick(105, 48, 0.13, 0.04), 1.05),
        "s": Piece(snare(170, 0.9, 0.09, 5200.0), 0.8),
        "h": Piece(noise_hit(4500, 8500, 0.024), 0.4, 0.2),
        "o": Piece(noise_hit(4200, 8500, 0.1), 0.35, 0.2),
    },
    "gated": _ACOUSTIC
    | {
        "k": Piece(kick(150, 50, 0.14, 0.14), 1.2),
        "s": Piece(snare(175, 1.7, 0.17), 1.0),
        "h": Piece(noise_hit(7500, 14000, 0.024), 0.38, 0.25),
    },
    "chip": {
        "k": Piece(kick(260, 55, 0.06, 0.1), 0.9),
        "s": Piece(noise_hit(1200, 9000, 0.05), 0.85),
        "h": Piece(noise_hit(6000, 14000, 0.014), 0.45),
        "o": Piece(noise_hit(5000, 14000, 0.06), 0.4),
        "x": Piece(noise_hit(2000, 12000, 0.3), 0.6),
        "t": Piece(tuned(300, 0.06, 1.8), 0.6),
    },
    "parade": _ACOUSTIC
    | {
        "k": Piece(kick(95, 60, 0.18, 0.1), 1.0),
        "s": Piece(snare(240, 1.25, 0.07), 0.75, 0.1),
        "g": Piece(snare(240, 1.0, 0.045), 0.4, 0.1),
        "x": Piece(cymbal(0.5, 0.2, 2600.0), 0.6, -0.3),
    },
    "timpani": {
        "k": Piece(tuned(73.4, 0.5, 1.05, 0.04), 0.8),
        "s": Piece(snare(220, 1.1, 0.06), 0.4, 0.2),
        "g": Piece(snare(220, 0.9, 0.04), 0.22, 0.2),
        "x": Piece(cymbal(1.1, 0.2, 2600.0), 0.7, -0.3),
        "j": Piece(noise_hit(6000, 14000, 0.05, 0.004), 0.3, 0.45),
        "w": Piece(tuned(3300, 0.35, 1.0, 0.0), 0.16, 0.3),
    },
}
