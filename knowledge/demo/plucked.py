"""Plucked strings: guitars, harp, koto, banjo, harpsichord.

Karplus and Strong 1983, "Digital Synthesis of Plucked-String and Drum Timbres": a burst of noise
runs round a delay line as long as the period and is smoothed at every turn. Here a whole period
is computed at once, and the result is resampled to the exact pitch.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.demo.sound import SAMPLE_RATE, Audio, Hit, add_at, hertz, samples, soften


@dataclass(frozen=True, slots=True)
class Plucked:
    """A string that is plucked once a note."""

    ring_s: float = 2.5
    """Time at middle C until the note has fallen by 60 dB."""
    brightness: float = 0.5
    """0 (thumb) to 1 (plectrum at the bridge)."""
    position: float = 0.22
    """Where the string is plucked, part of its length."""
    smoothing: float = 0.5
    """Loss of highs at every turn: 0.5 is the classic string, less rings brighter."""
    body: float = 0.25
    """Level of the wooden body's low resonance."""
    release_s: float = 0.12
    longest_s: float = 3.5
    rings: bool = False
    spread: float = 0.3

    def play(self, hits: Sequence[Hit], length: int, seed: int) -> Audio:
        """Render `hits`; see Instrument."""
        out = np.zeros((2, length), dtype=np.float32)
        tail_s = self.longest_s if self.rings else self.release_s
        longest: dict[int, float] = {}
        for hit in hits:
            wanted = min(hit.length_s + tail_s, self.longest_s)
            longest[hit.pitch] = max(longest.get(hit.pitch, 0.0), wanted)
        strings = {pitch: self._string(pitch, s, seed) for pitch, s in longest.items()}
        for hit in hits:
            piece = strings[hit.pitch][: samples(min(hit.length_s + tail_s, self.longest_s))]
            piece = piece * np.float32(hit.velocity)
            soften(piece, 0.0008, self.release_s)
            pan = float(np.clip((hit.pitch - 62) / 30, -1, 1)) * self.spread
            add_at(out, samples(hit.start_s), piece, pan)
        return out

    def _string(self, pitch: int, seconds: float, seed: int) -> Audio:
        rng = np.random.default_rng((seed, pitch))
        freq = hertz(pitch)
        period = SAMPLE_RATE / freq
        turn = max(2, int(period - self.smoothing))
        burst = self._pluck(turn, rng)
        ring_s = self.ring_s * 2.0 ** ((60 - pitch) / 18)
        loss = 10.0 ** (-3.0 / (ring_s * freq))
        stretch = (turn + self.smoothing) / period
        total = samples(seconds)
        turns = int(total * stretch / turn) + 2
        loop = np.empty((turns, turn))
        loop[0] = burst
        last = 0.0
        keep, smear = loss * (1 - self.smoothing), loss * self.smoothing
        for index in range(1, turns):
            before = loop[index - 1]
            loop[index] = keep * before
            loop[index, 1:] += smear * before[:-1]
            loop[index, 0] += smear * last
            last = before[-1]
        raw = loop.reshape(-1)
        string = np.interp(np.arange(total) * stretch, np.arange(raw.size), raw)
        if self.body:
            time = np.arange(min(total, samples(0.12))) / SAMPLE_RATE
            thump = np.sin(2 * np.pi * 105 * time) + 0.6 * np.sin(2 * np.pi * 208 * time)
            string[: time.size] += self.body * 0.3 * thump * np.exp(-time * 45)
        return np.asarray(string, dtype=np.float32)

    def _pluck(
        self, turn: int, rng: np.random.Generator
    ) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """One period of excitation: coloured noise with the notches of the plucking place."""
        spectrum = np.fft.rfft(rng.uniform(-1, 1, turn))
        harmonics = np.arange(spectrum.size)
        # Equal levels with random phases: every note of one instrument is equally loud.
        spectrum = np.exp(1j * np.angle(spectrum))
        comb = np.abs(np.sin(np.pi * harmonics * self.position)) + 0.05
        fall = 1.0 / np.maximum(harmonics, 1) ** (1.25 - 0.9 * self.brightness)
        spectrum = spectrum * comb * fall
        spectrum[0] = 0.0
        burst = np.fft.irfft(spectrum, turn)
        return np.asarray(burst / (np.sqrt(np.mean(burst**2)) + 1e-9) * 0.3)


NYLON_GUITAR = Plucked(ring_s=2.6, brightness=0.25, position=0.28, body=0.35)
STEEL_GUITAR = Plucked(ring_s=3.2, brightness=0.55, position=0.18, smoothing=0.4, body=0.3)
HARP = Plucked(ring_s=3.5, brightness=0.2, position=0.42, body=0.12, rings=True, release_s=1.0)
KOTO = Plucked(ring_s=2.8, brightness=0.75, position=0.1, smoothing=0.35, body=0.15, rings=True,
               release_s=0.9, longest_s=3.0)  # fmt: skip
BANJO = Plucked(ring_s=0.9, brightness=0.8, position=0.12, smoothing=0.45, body=0.1, longest_s=1.2)
BALALAIKA = Plucked(ring_s=1.1, brightness=0.6, position=0.16, smoothing=0.45, longest_s=1.4)
HARPSICHORD = Plucked(ring_s=2.2, brightness=0.95, position=0.13, smoothing=0.3, body=0.05,
                      release_s=0.07, longest_s=2.5)  # fmt: skip
CLEAN_GUITAR = Plucked(ring_s=3.0, brightness=0.4, position=0.15, smoothing=0.42, body=0.0)
MUTED_GUITAR = Plucked(ring_s=0.5, brightness=0.35, position=0.2, body=0.1, release_s=0.03,
                       longest_s=0.5)  # fmt: skip
