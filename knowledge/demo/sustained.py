"""Instruments that hold a note: strings, winds, organ, choir, synthesisers, game consoles.

Band-limited wavetables: one period holds only the harmonics below the edge of hearing. A dark
and a bright table are blended over the life of a note, which is what a filter or a breath does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.demo.sound import SAMPLE_RATE, Audio, Hit, add_at, band_noise, hertz, samples

_TABLE = 4096
_MOST_HARMONICS = 90


@dataclass(frozen=True, slots=True)
class Sustained:
    """An instrument with a steady tone."""

    tilt: float = 1.0
    """Harmonic h has the level 1 / h ** tilt; 1 is a sawtooth."""
    even: float = 1.0
    """Level of the even harmonics; 0 is a square wave or a clarinet."""
    pulse: float = 0.0
    """Width of a pulse wave, 0 for none; overrides tilt and even."""
    drawbars: tuple[float, ...] = ()
    """Levels of the first harmonics; overrides the rest."""
    formants: tuple[tuple[float, float, float], ...] = ()
    """Resonances of the body or the vocal tract: hertz, width in hertz, gain."""
    darkness: float = 0.8
    """How much steeper the dark table falls than the bright one."""
    open_s: float = 0.1
    """Time the note takes to brighten; negative: it starts bright and darkens."""
    openness: float = 0.7
    """Share of the bright table in the held note at full velocity."""
    sweep_s: float = 0.0
    """Period of a slow filter sweep over the whole piece; 0 for none."""
    attack_s: float = 0.03
    decay_s: float = 0.4
    sustain: float = 1.0
    """Level the note falls to after the attack, 0 to 1."""
    release_s: float = 0.12
    vibrato_cents: float = 0.0
    vibrato_hz: float = 5.2
    vibrato_delay_s: float = 0.25
    voices: int = 1
    """Players in unison, spread over the stereo image."""
    detune_cents: float = 7.0
    breath: float = 0.0
    """Level of the breath or bow noise."""

    def play(self, hits: Sequence[Hit], length: int, seed: int) -> Audio:
        """Render `hits`; see Instrument."""
        out = np.zeros((2, length), dtype=np.float32)
        rng = np.random.default_rng(seed)
        tables = {hit.pitch: self._tables(hit.pitch) for hit in hits}
        noise = band_noise(samples(4.0), 1200.0, 6000.0, rng) if self.breath else None
        for hit in hits:
            start = samples(hit.start_s)
            total = min(samples(hit.length_s + self.release_s), length - start)
            if total <= 0:
                continue
            loud = self._envelope(total, samples(hit.length_s)) * np.float32(hit.velocity)
            bright = self._brightness(total, hit)
            dark_table, bright_table = tables[hit.pitch]
            note = np.zeros((2, total), dtype=np.float32)
            for voice in range(self.voices):
                place = self._phase(hit.pitch, total, voice, rng)
                tone = dark_table[place]
                tone += bright * (bright_table[place] - tone)
                _place_voice(note, tone, voice, self.voices)
            if noise is not None:
                first = int(rng.integers(0, max(1, noise.size - total)))
                hiss = noise[first : first + total]
                note[:, : hiss.size] += np.float32(self.breath) * hiss
            add_at(out, start, note * loud)
        return out

    def _tables(self, pitch: int) -> tuple[Audio, Audio]:
        base = hertz(pitch)
        count = max(1, min(_MOST_HARMONICS, int(0.4 * SAMPLE_RATE / base)))
        number = np.arange(1, count + 1, dtype=np.float64)
        if self.drawbars:
            level = np.zeros(count)
            used = min(count, len(self.drawbars))
            level[:used] = self.drawbars[:used]
        elif self.pulse:
            level = np.sin(np.pi * number * self.pulse) / number
        else:
            level = np.where(number % 2 == 0, self.even, 1.0) / number**self.tilt
        for centre, width, gain in self.formants:
            level = level * (1 + gain * np.exp(-(((number * base - centre) / width) ** 2)))
        dark = level / number**self.darkness
        return _one_period(level), _one_period(dark)

    def _envelope(self, total: int, held: int) -> Audio:
        time = np.arange(total, dtype=np.float32) / np.float32(SAMPLE_RATE)
        rise = np.minimum(time / np.float32(self.attack_s), 1)
        rise = rise * rise * (3 - 2 * rise)
        if self.sustain < 1:
            fall = np.exp(-np.maximum(time - self.attack_s, 0) / np.float32(self.decay_s))
            rise = rise * (self.sustain + (1 - self.sustain) * fall)
        held = min(held, total)
        tail = total - held
        if tail:
            rise[held:] *= np.square(np.linspace(1, 0, tail, dtype=np.float32))
        else:
            edge = min(total, 220)
            rise[-edge:] *= np.linspace(1, 0, edge, dtype=np.float32)
        return np.asarray(rise, dtype=np.float32)

    def _brightness(self, total: int, hit: Hit) -> Audio:
        time = np.arange(total, dtype=np.float32) / np.float32(SAMPLE_RATE)
        most = self.openness * (0.45 + 0.55 * hit.velocity)
        if self.sweep_s:
            turn = 2 * np.pi * (time + np.float32(hit.start_s)) / self.sweep_s
            level = np.asarray(most * (0.55 - 0.45 * np.cos(turn)), dtype=np.float32)
        else:
            level = np.full(total, most, dtype=np.float32)
        if self.open_s >= 0:
            curve = level * (1 - np.exp(-time / np.float32(self.open_s + 1e-3)))
        else:
            curve = level * np.exp(time / np.float32(self.open_s))
        return np.asarray(curve, dtype=np.float32)

    def _phase(
        self, pitch: int, total: int, voice: int, rng: np.random.Generator
    ) -> npt.NDArray[np.int32]:
        """Places in the table, sample by sample, for one voice of the unison."""
        spread = 0.0 if self.voices == 1 else 2 * voice / (self.voices - 1) - 1
        freq = hertz(pitch + self.detune_cents * spread / 100)
        time = np.arange(total) / SAMPLE_RATE
        turns = freq * time + rng.random()
        if self.vibrato_cents:
            depth = 2 ** (self.vibrato_cents / 1200) - 1
            omega = 2 * np.pi * self.vibrato_hz * (0.95 + 0.1 * rng.random())
            clock = time.astype(np.float32)
            late = np.clip((clock - np.float32(self.vibrato_delay_s)) / np.float32(0.3), 0, 1)
            sway = np.cos(np.float32(omega) * clock + np.float32(6.28 * rng.random()))
            turns -= np.float32(freq * depth / omega) * late * sway
        # Whole numbers of 32 bits hold half a million turns: far more than the longest note.
        return (turns * _TABLE).astype(np.int32) & (_TABLE - 1)


def _one_period(level: npt.NDArray[np.float64]) -> Audio:
    """One period with the given harmonics, RMS 0.2."""
    spectrum = np.zeros(_TABLE // 2 + 1, dtype=np.complex128)
    # Sine phases: a pulse keeps its shape, and the peak stays low for the rest.
    spectrum[1 : level.size + 1] = -1j * level
    period = np.fft.irfft(spectrum)
    return np.asarray(period / np.sqrt(np.mean(period**2)) * 0.2, dtype=np.float32)


def _place_voice(note: Audio, tone: Audio, voice: int, voices: int) -> None:
    if voices == 1:
        note += tone
        return
    pan = 0.8 * (2 * voice / (voices - 1) - 1) * (1 if voice % 2 else -1)
    scale = 1 / np.sqrt(voices)
    note[0] += np.float32(scale * np.sqrt(1 - pan)) * tone
    note[1] += np.float32(scale * np.sqrt(1 + pan)) * tone
