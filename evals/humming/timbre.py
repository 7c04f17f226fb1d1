"""What a hum, a whistle and a "la" sound like: harmonics under formants, air, and consonants."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from evals.humming.performance import Random, SungKind, SungNote

Curve = NDArray[np.float64]
_HIGHEST_HZ = 6000.0
"""No harmonic is made above it."""


@dataclass(frozen=True, slots=True)
class _Formant:
    hertz: float
    width_hz: float
    gain_db: float


_HUM = (_Formant(260, 90, 0), _Formant(1050, 220, -22), _Formant(2250, 320, -30))
_VOWEL = (_Formant(740, 110, 0), _Formant(1190, 140, -4), _Formant(2650, 240, -16))
_LIQUID = (_Formant(370, 90, -3), _Formant(1080, 180, -18), _Formant(2780, 300, -24))
_LIQUID_S = 0.055


def sound_of(
    kind: SungKind,
    pitch: Curve,
    gain: Curve,
    sung: Sequence[SungNote],
    control_hz: int,
    rate_hz: int,
    lead_s: float,
    random: Random,
) -> Curve:
    """Make the dry sound of a voice.

    Args:
        kind: what kind of voice.
        pitch: MIDI numbers, `control_hz` a second.
        gain: loudness, 0 to about 1, as many.
        sung: the notes, for consonants and breaths.
        control_hz: rate of the curves.
        rate_hz: rate of the sound.
        lead_s: where in the curves the first note begins.
        random: draws the throat.
    """
    count = len(pitch) * rate_hz // control_hz
    hertz = 440.0 * 2 ** ((pitch - 69) / 12)
    fine = _upsampled(hertz, control_hz, rate_hz, count)
    phase = 2 * np.pi * np.cumsum(fine) / rate_hz
    loud = _upsampled(gain, control_hz, rate_hz, count)
    if kind is SungKind.WHISTLE:
        voice = _whistle(phase, loud, rate_hz, random)
    else:
        openness = _openness(kind, sung, len(pitch), control_hz, lead_s)
        voice = _voice(kind, phase, hertz, gain, openness, control_hz, rate_hz, random)
        voice += _aspiration(loud, rate_hz, random)
    return voice + _breaths(sung, count, rate_hz, lead_s, random)


def _upsampled(curve: Curve, control_hz: int, rate_hz: int, count: int) -> Curve:
    return np.interp(np.arange(count) / rate_hz, np.arange(len(curve)) / control_hz, curve)


def _openness(
    kind: SungKind, sung: Sequence[SungNote], count: int, control_hz: int, lead_s: float
) -> Curve:
    """How open the mouth is: 0 at the tongue of an "l", 1 in the vowel."""
    openness = np.ones(count)
    if kind is SungKind.LA:
        time = np.arange(count) / control_hz - lead_s
        for note in sung:
            openness = np.minimum(openness, np.abs(time - note.onset_s) / _LIQUID_S)
    return openness


def _voice(
    kind: SungKind,
    phase: Curve,
    hertz: Curve,
    gain: Curve,
    openness: Curve,
    control_hz: int,
    rate_hz: int,
    random: Random,
) -> Curve:
    scale = float(random.uniform(0.88, 1.16))
    tilt = float(random.uniform(0.9, 1.7))
    formants = _HUM if kind is SungKind.HUM else _VOWEL
    voice = np.zeros(len(phase))
    # cos(k x) = 2 cos(x) cos((k - 1) x) - cos((k - 2) x)
    twice = 2 * np.cos(phase)
    before, harmonic = np.ones(len(phase)), twice / 2
    for number in range(1, max(2, int(_HIGHEST_HZ / np.median(hertz)))):
        at = number * hertz
        level = _response(formants, at, scale)
        if kind is SungKind.LA:
            level = openness * level + (1 - openness) * 0.6 * _response(_LIQUID, at, scale)
        level = level * gain * number**-tilt * (at < 0.45 * rate_hz)
        voice += _upsampled(level, control_hz, rate_hz, len(phase)) * harmonic
        before, harmonic = harmonic, twice * harmonic - before
    scaled: Curve = voice / (np.sqrt(np.mean(voice**2)) + 1e-9)
    return scaled


def _response(formants: Sequence[_Formant], hertz: Curve, scale: float) -> Curve:
    total = np.full(len(hertz), 0.004)
    for formant in formants:
        away = (hertz - scale * formant.hertz) / formant.width_hz
        total += 10 ** (formant.gain_db / 20) / np.sqrt(1 + away * away)
    return total


def _whistle(phase: Curve, loud: Curve, rate_hz: int, random: Random) -> Curve:
    second = 10 ** (-random.uniform(22, 42) / 20)
    air = 10 ** (-random.uniform(10, 24) / 20)
    width = signal.butter(1, random.uniform(90, 320), fs=rate_hz, output="sos")
    rough = signal.sosfilt(width, random.standard_normal((2, len(phase))), axis=1)
    rough /= np.sqrt(np.mean(rough**2))
    tone = np.cos(phase) + second * np.cos(2 * phase)
    noisy = air * (rough[0] * np.cos(phase) + rough[1] * np.sin(phase))
    whistle = loud * (tone + noisy)
    blown = signal.sosfilt(
        signal.butter(1, (1200, 6500), "bandpass", fs=rate_hz, output="sos"),
        random.standard_normal(len(phase)),
    )
    whistle += float(random.uniform(0.02, 0.15)) * np.sqrt(loud) * blown
    scaled: Curve = whistle / (np.sqrt(np.mean(whistle**2)) + 1e-9)
    return scaled


def _aspiration(loud: Curve, rate_hz: int, random: Random) -> Curve:
    """Air that escapes with the voice."""
    band = signal.butter(1, (500, 5000), "bandpass", fs=rate_hz, output="sos")
    air = signal.sosfilt(band, random.standard_normal(len(loud)))
    scaled: Curve = float(random.uniform(0.008, 0.05)) * loud * air
    return scaled


def _breaths(
    sung: Sequence[SungNote], count: int, rate_hz: int, lead_s: float, random: Random
) -> Curve:
    """Air that is taken in between notes, audibly."""
    breaths = np.zeros(count)
    level = float(random.uniform(0.03, 0.2))
    band = signal.butter(1, (600, 3200), "bandpass", fs=rate_hz, output="sos")
    for note in sung:
        length = round(0.85 * note.breath_before_s * rate_hz)
        begin = round((lead_s + note.onset_s) * rate_hz) - length
        if length < 64 or begin < 0:
            continue
        air = signal.sosfilt(band, random.standard_normal(length)) * np.hanning(length)
        room = breaths[begin : begin + length]
        room += level * air[: len(room)]
    return breaths
