"""What the synthesisers sound like, measured."""

import numpy as np
import pytest

from knowledge.demo.drums import KITS, DrumHit, play_drums
from knowledge.demo.instruments import INSTRUMENTS
from knowledge.demo.loudness import integrated_lufs
from knowledge.demo.sound import SAMPLE_RATE, Audio, Hit, hertz

NOISY = {"distorted guitar", "lead guitar"}


def fundamental_hz(sound: Audio, expected_hz: float) -> float:
    """The strongest frequency within a half tone of the expected one."""
    mono = sound.mean(axis=0)
    spectrum = np.abs(np.fft.rfft(mono * np.hanning(mono.size), 4 * mono.size))
    freqs = np.fft.rfftfreq(4 * mono.size, 1 / SAMPLE_RATE)
    near = np.abs(np.log2(np.maximum(freqs, 1) / expected_hz)) < 0.5 / 12
    return float(freqs[near][np.argmax(spectrum[near])])


@pytest.mark.unit
@pytest.mark.parametrize("name", sorted(INSTRUMENTS))
def test_an_instrument_sounds_in_tune_and_ends(name: str) -> None:
    pitch = 45 if "bass" in name or name in {"tuba", "cello"} else 67
    sound = INSTRUMENTS[name].play([Hit(0.0, 0.8, pitch, 0.7)], 8 * SAMPLE_RATE, seed=1)
    assert sound.shape == (2, 8 * SAMPLE_RATE)
    note = sound[:, : int(0.8 * SAMPLE_RATE)]
    assert 0.01 < np.sqrt(np.mean(note**2)) < 0.5
    cents = 1200 * np.log2(fundamental_hz(note, hertz(pitch)) / hertz(pitch))
    assert abs(cents) < 15
    if name not in NOISY:
        assert np.abs(sound[:, -SAMPLE_RATE:]).max() < 1e-3


@pytest.mark.unit
@pytest.mark.parametrize("name", ["pulse wave", "synth lead", "trumpet", "violin"])
def test_high_notes_do_not_alias(name: str) -> None:
    pitch = 93
    sound = INSTRUMENTS[name].play([Hit(0.0, 1.0, pitch, 0.9)], SAMPLE_RATE, seed=1)[0]
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(sound.size))) ** 2
    freqs = np.fft.rfftfreq(sound.size, 1 / SAMPLE_RATE)
    # Everything but breath noise lies near a multiple of the fundamental.
    below = (freqs > 60) & (freqs < hertz(pitch) * 0.9)
    assert spectrum[below].sum() < 0.01 * spectrum.sum()


@pytest.mark.unit
@pytest.mark.parametrize("name", sorted(KITS))
def test_every_drum_of_a_kit_sounds_and_stays_below_full_scale(name: str) -> None:
    for stroke in KITS[name]:
        sound = play_drums([DrumHit(0.0, stroke, 1.0)], KITS[name], 2 * SAMPLE_RATE, seed=3)
        assert 0.02 < np.abs(sound).max() < 2.0


@pytest.mark.unit
def test_loudness_of_a_sine_is_what_the_standard_says() -> None:
    """BS.1770: a 997 Hz sine at 0 dBFS in one channel measures -3.01 LKFS."""
    time = np.arange(4 * SAMPLE_RATE) / SAMPLE_RATE
    sine = np.sin(2 * np.pi * 997 * time).astype(np.float32)
    assert integrated_lufs(np.stack([sine, 0 * sine])) == pytest.approx(-3.01, abs=0.1)
    assert integrated_lufs(np.zeros((2, SAMPLE_RATE), dtype=np.float32)) == -70.0
