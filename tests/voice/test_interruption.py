"""The first fifth of a second over our own voice: a hum, a cough, or somebody who cuts in."""

import numpy as np
import pytest

from voice.audio import HEARING_RATE_HZ, Samples
from voice.interruption import BEFORE_FRAMES, Judge, Verdict
from voice.vad import FRAME


def _voice(seconds: float, formants: list[tuple[float, float]], pitch_hz: float = 120) -> Samples:
    """Harmonics of a voice, each as strong as the nearest formants let it through."""
    moments = np.arange(round(seconds * HEARING_RATE_HZ)) / HEARING_RATE_HZ
    sound = np.zeros(len(moments))
    for harmonic in np.arange(pitch_hz, 6_000, pitch_hz):
        gain = sum(level / (1 + ((harmonic - hz) / 90) ** 2) for hz, level in formants)
        sound += gain * np.sin(2 * np.pi * harmonic * moments)
    fade = np.minimum(1, np.minimum(np.arange(len(sound)), np.arange(len(sound))[::-1]) / 300)
    return np.asarray(0.2 * fade * sound / np.abs(sound).max(), np.float32)


def _noise(seconds: float, fall_s: float, seed: int = 1) -> Samples:
    count = round(seconds * HEARING_RATE_HZ)
    burst = np.random.default_rng(seed).normal(0, 0.1, count)
    low = np.convolve(burst, np.ones(6) / 6, "same")  # coughs have little above 3 kHz
    fall = np.exp(-np.arange(count) / (fall_s * HEARING_RATE_HZ))
    return np.asarray(low * fall, np.float32)


def _verdicts(sound: Samples) -> list[Verdict]:
    """The verdict after each frame; everything is taken for voice, as it is at worst."""
    room = np.random.default_rng(2).normal(0, 0.0005, BEFORE_FRAMES * FRAME).astype(np.float32)
    judge = Judge()
    heard = np.concatenate([room, sound])
    return [
        judge.hear(heard[: (BEFORE_FRAMES + count) * FRAME], voiced_frames=count)
        for count in range(1, len(sound) // FRAME + 1)
    ]


_MM = [(250.0, 1.0), (1_000.0, 0.02)]
_AH = [(700.0, 1.0), (1_150.0, 0.6), (2_600.0, 0.2)]
_EE = [(300.0, 1.0), (2_300.0, 0.5), (3_000.0, 0.3)]
_WITHIN_FRAMES = 6  # 192 ms


@pytest.mark.unit
@pytest.mark.parametrize("pitch_hz", [95, 130, 210])
def test_mm_hm_is_a_hum_from_beginning_to_end(pitch_hz: float) -> None:
    breath = 0.03 * np.random.default_rng(3).normal(0, 0.1, 900).astype(np.float32)
    sound = np.concatenate([_voice(0.2, _MM, pitch_hz), breath, _voice(0.3, _MM, pitch_hz * 1.2)])
    verdicts = _verdicts(sound)
    assert Verdict.INTERRUPTION not in verdicts
    assert verdicts[-1] is Verdict.HUM


@pytest.mark.unit
@pytest.mark.parametrize("pitch_hz", [95, 130, 210])
def test_changing_vowels_are_speech_within_a_fifth_of_a_second(pitch_hz: float) -> None:
    sound = np.concatenate([_voice(0.08, _EE, pitch_hz), _voice(0.3, _AH, pitch_hz)])
    assert Verdict.INTERRUPTION in _verdicts(sound)[:_WITHIN_FRAMES]


@pytest.mark.unit
def test_a_word_that_begins_with_m_is_speech_when_the_mouth_opens() -> None:
    sound = np.concatenate([_voice(0.07, _MM), _voice(0.1, _EE), _voice(0.2, _AH)])
    assert Verdict.INTERRUPTION in _verdicts(sound)[:8]


@pytest.mark.unit
@pytest.mark.parametrize("seed", range(5))
def test_a_cough_has_no_pitch(seed: int) -> None:
    assert Verdict.INTERRUPTION not in _verdicts(_noise(0.3, 0.06, seed))


@pytest.mark.unit
def test_a_moment_of_sound_decides_nothing() -> None:
    assert _verdicts(_voice(0.04, _AH)) == [Verdict.UNDECIDED]
    silence = np.zeros(9 * FRAME, np.float32)
    assert Judge().hear(silence, voiced_frames=4) is not Verdict.INTERRUPTION
    assert Judge().hear(np.zeros(0, np.float32), voiced_frames=0) is Verdict.UNDECIDED
