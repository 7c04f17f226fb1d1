"""Every instrument of the demo library by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import signal

from knowledge.demo import plucked, struck
from knowledge.demo.sound import SAMPLE_RATE, Audio, Hit, Instrument
from knowledge.demo.sustained import Sustained


@dataclass(frozen=True, slots=True)
class Driven:
    """An instrument through an overdriven valve amplifier and a loudspeaker cabinet."""

    source: Instrument
    drive: float = 6.0
    low_hz: float = 90.0
    high_hz: float = 4200.0

    def play(self, hits: Sequence[Hit], length: int, seed: int) -> Audio:
        """Render `hits`; see Instrument."""
        clean = self.source.play(hits, length, seed)
        # Dulled before the valve: what would alias is gone before it is bent.
        bent = np.tanh(np.float32(self.drive) * _shape(clean, 60.0, 5000.0))
        return np.float32(0.45) * _shape(bent.astype(np.float32), self.low_hz, self.high_hz)


def _shape(sound: Audio, low_hz: float, high_hz: float) -> Audio:
    """Cut below `low_hz` and above `high_hz`, 12 and 24 dB an octave."""
    filters = np.vstack(
        [
            signal.butter(2, low_hz, "highpass", fs=SAMPLE_RATE, output="sos"),
            signal.butter(4, high_hz, "lowpass", fs=SAMPLE_RATE, output="sos"),
        ]
    )
    return np.asarray(signal.sosfilt(filters, sound, axis=1), dtype=np.float32)


_AH = ((700.0, 130.0, 5.0), (1150.0, 160.0, 3.0), (2700.0, 300.0, 1.2))
_OO = ((350.0, 110.0, 5.0), (780.0, 140.0, 2.0), (2500.0, 300.0, 0.4))
_STRING_BODY = ((290.0, 80.0, 0.8), (480.0, 120.0, 0.8), (2600.0, 900.0, 0.9))

INSTRUMENTS: Mapping[str, Instrument] = {
    "piano": struck.PIANO,
    "felt piano": struck.FELT_PIANO,
    "ragtime piano": struck.RAG_PIANO,
    "electric piano": struck.ELECTRIC_PIANO,
    "music box": struck.MUSIC_BOX,
    "celesta": struck.CELESTA,
    "vibraphone": struck.VIBRAPHONE,
    "marimba": struck.MARIMBA,
    "upright bass": struck.UPRIGHT_BASS,
    "electric bass": struck.ELECTRIC_BASS,
    "nylon guitar": plucked.NYLON_GUITAR,
    "steel guitar": plucked.STEEL_GUITAR,
    "clean guitar": plucked.CLEAN_GUITAR,
    "muted guitar": plucked.MUTED_GUITAR,
    "harp": plucked.HARP,
    "koto": plucked.KOTO,
    "banjo": plucked.BANJO,
    "balalaika": plucked.BALALAIKA,
    "harpsichord": plucked.HARPSICHORD,
    "violin": Sustained(
        tilt=1.15, formants=_STRING_BODY, attack_s=0.09, release_s=0.14, vibrato_cents=16,
        vibrato_hz=5.6, openness=0.55, breath=0.006, darkness=0.7,
    ),
    "strings": Sustained(
        tilt=1.2, formants=_STRING_BODY, attack_s=0.22, release_s=0.35, vibrato_cents=9,
        voices=4, detune_cents=9, openness=0.45, breath=0.005,
    ),
    "pizzicato strings": plucked.Plucked(
        ring_s=0.5, brightness=0.25, position=0.3, body=0.3, longest_s=0.7, rings=True,
    ),
    "cello": Sustained(
        tilt=1.1, formants=((220.0, 60.0, 1.0), (600.0, 150.0, 0.7)), attack_s=0.1,
        release_s=0.2, vibrato_cents=14, vibrato_hz=5.0, openness=0.4, breath=0.005,
    ),
    "flute": Sustained(
        drawbars=(1.0, 0.32, 0.12, 0.05, 0.03, 0.01), attack_s=0.06, release_s=0.1,
        vibrato_cents=10, vibrato_hz=5.0, openness=0.8, breath=0.007, open_s=0.08,
    ),
    "clarinet": Sustained(
        tilt=1.25, even=0.12, attack_s=0.04, release_s=0.08, vibrato_cents=4, openness=0.6,
        breath=0.006, formants=((1500.0, 500.0, 0.6),),
    ),
    "oboe": Sustained(
        tilt=1.1, formants=((1100.0, 350.0, 2.2), (2900.0, 500.0, 0.8)), attack_s=0.05,
        release_s=0.09, vibrato_cents=9, openness=0.55, breath=0.004,
    ),
    "trumpet": Sustained(
        tilt=0.9, formants=((1200.0, 500.0, 1.0),), attack_s=0.035, release_s=0.08,
        vibrato_cents=8, vibrato_delay_s=0.35, openness=0.62, open_s=0.05, darkness=1.3,
    ),
    "brass": Sustained(
        tilt=1.0, formants=((900.0, 400.0, 0.8),), attack_s=0.05, release_s=0.1, voices=3,
        detune_cents=6, openness=0.55, open_s=0.07, darkness=1.3,
    ),
    "tuba": Sustained(
        tilt=1.4, attack_s=0.04, release_s=0.07, openness=0.4, open_s=0.05, darkness=1.0,
        sustain=0.7, decay_s=0.3,
    ),
    "saxophone": Sustained(
        tilt=1.05, even=0.75, formants=((650.0, 250.0, 1.2), (1900.0, 600.0, 0.6)),
        attack_s=0.05, release_s=0.1, vibrato_cents=13, vibrato_hz=4.8, vibrato_delay_s=0.3,
        openness=0.5, open_s=0.08, breath=0.008,
    ),
    "accordion": Sustained(
        tilt=1.0, formants=((800.0, 400.0, 0.8),), voices=2, detune_cents=9, attack_s=0.04,
        release_s=0.06, openness=0.5,
    ),
    "melodica": Sustained(
        tilt=1.2, even=0.6, formants=((1300.0, 400.0, 1.0),), attack_s=0.04, release_s=0.07,
        vibrato_cents=7, openness=0.5, breath=0.006,
    ),
    "soul organ": Sustained(
        drawbars=(1.0, 0.85, 0.5, 0.42, 0.05, 0.12, 0.0, 0.16), attack_s=0.012,
        release_s=0.06, voices=2, detune_cents=4, vibrato_cents=9, vibrato_hz=6.4,
        vibrato_delay_s=0.0, openness=0.7, open_s=0.01,
    ),
    "choir": Sustained(
        tilt=1.5, formants=_AH, attack_s=0.35, release_s=0.6, voices=4, detune_cents=13,
        vibrato_cents=13, vibrato_hz=4.9, openness=0.5, open_s=0.4, breath=0.006,
    ),
    "humming choir": Sustained(
        tilt=1.6, formants=_OO, attack_s=0.4, release_s=0.7, voices=4, detune_cents=12,
        vibrato_cents=11, vibrato_hz=4.7, openness=0.35, open_s=0.5, breath=0.004,
    ),
    "warm pad": Sustained(
        tilt=1.3, attack_s=0.8, release_s=1.2, voices=4, detune_cents=11, openness=0.3,
        open_s=1.2, darkness=1.1, sweep_s=19.0,
    ),
    "glass pad": Sustained(
        drawbars=(1.0, 0.2, 0.4, 0.05, 0.0, 0.16, 0.0, 0.08), attack_s=0.7, release_s=1.4,
        voices=3, detune_cents=8, openness=0.5, open_s=1.0, sweep_s=13.0,
    ),
    "synth strings": Sustained(
        tilt=1.0, attack_s=0.18, release_s=0.4, voices=4, detune_cents=14, openness=0.38,
        open_s=0.4, darkness=1.0, sweep_s=17.0,
    ),
    "synth lead": Sustained(
        tilt=1.0, attack_s=0.015, release_s=0.14, voices=3, detune_cents=11, vibrato_cents=8,
        vibrato_delay_s=0.3, openness=0.55, open_s=0.05, darkness=1.2,
    ),
    "sine lead": Sustained(
        drawbars=(1.0, 0.12, 0.05), attack_s=0.03, release_s=0.25, vibrato_cents=8, openness=0.6,
    ),
    "synth pluck": Sustained(
        tilt=1.0, attack_s=0.004, decay_s=0.16, sustain=0.12, release_s=0.12, voices=2,
        detune_cents=8, openness=0.75, open_s=-0.12, darkness=1.4,
    ),
    "acid synth": Sustained(
        tilt=0.95, attack_s=0.004, decay_s=0.2, sustain=0.45, release_s=0.04, openness=0.85,
        open_s=-0.14, darkness=1.5, sweep_s=15.0, formants=((950.0, 260.0, 1.5),),
    ),
    "house piano": struck.Struck(
        struck.PIANO.partials, decay_s=1.2, damping=0.1, stretch=0.0004, hardness=0.9,
        knock=0.03, beating_hz=2.0, release_s=0.12, longest_s=2.5,
    ),
    "synth bass": Sustained(
        tilt=1.05, attack_s=0.005, decay_s=0.22, sustain=0.55, release_s=0.05, openness=0.5,
        open_s=-0.16, darkness=1.1,
    ),
    "sub bass": Sustained(
        drawbars=(1.0, 0.22, 0.08), attack_s=0.012, release_s=0.06, sustain=0.75, decay_s=0.3,
        openness=0.6,
    ),
    "pulse wave": Sustained(
        pulse=0.25, attack_s=0.003, decay_s=0.25, sustain=0.6, release_s=0.02, openness=0.85,
        open_s=0.0, darkness=0.25, vibrato_cents=10, vibrato_delay_s=0.18, vibrato_hz=6.2,
    ),
    "square wave": Sustained(
        even=0.0, tilt=1.0, attack_s=0.003, decay_s=0.12, sustain=0.35, release_s=0.02,
        openness=0.8, open_s=0.0, darkness=0.3,
    ),
    "triangle wave": Sustained(
        even=0.0, tilt=2.0, attack_s=0.003, release_s=0.015, openness=1.0, open_s=0.0,
    ),
    "distorted guitar": Driven(
        plucked.Plucked(
            ring_s=6.0, brightness=0.5, position=0.12, smoothing=0.3, body=0.0, release_s=0.06,
            longest_s=5.0, spread=0.9,
        ),
        drive=9.0,
    ),
    "lead guitar": Driven(
        Sustained(
            tilt=1.2, attack_s=0.012, release_s=0.1, vibrato_cents=14, vibrato_hz=5.4,
            openness=0.5, voices=2, detune_cents=3,
        ),
        drive=5.0, low_hz=180.0, high_hz=3600.0,
    ),
}  # fmt: skip
