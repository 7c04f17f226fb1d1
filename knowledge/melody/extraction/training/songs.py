"""Songs to learn from: composed tunes, arranged, played twice over, and mixed at any balance."""

import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy import signal

from knowledge.demo.arrangement import Score, Stem, arrange
from knowledge.demo.drums import KITS, play_drums
from knowledge.demo.instruments import INSTRUMENTS
from knowledge.demo.sound import SAMPLE_RATE, Audio, Hit
from knowledge.demo.style import Style
from knowledge.demo.styles import STYLES
from knowledge.demo.tune import Tune
from knowledge.fingerprint.training import midi
from knowledge.melody.extraction.activations import RATE_HZ
from knowledge.melody.extraction.training.singing import sing
from knowledge.melody.extraction.training.tunes import compose
from knowledge.melody.models import Samples

SONG_S = 45.0
_SUNG = 0.3
"""Share of the songs that are sung."""
_LEADS = (
    "piano", "violin", "flute", "clarinet", "oboe", "trumpet", "saxophone", "accordion", "cello",
    "nylon guitar", "steel guitar", "clean guitar", "lead guitar", "synth lead", "vibraphone",
    "soul organ", "melodica", "electric piano",
)  # fmt: skip
_PROGRAM_LEADS = (
    0, 0, 0, 4, 11, 21, 22, 24, 25, 26, 27, 29, 40, 41, 42, 52, 53, 54, 56, 57, 60, 64, 65, 66, 68,
    70, 71, 73, 74, 75, 80, 81, 85, 110, 111,
)  # fmt: skip
_PROGRAMS = {
    "piano": 0, "felt piano": 0, "ragtime piano": 3, "electric piano": 4, "music box": 10,
    "celesta": 8, "vibraphone": 11, "marimba": 12, "upright bass": 32, "electric bass": 33,
    "nylon guitar": 24, "steel guitar": 25, "clean guitar": 27, "muted guitar": 28, "harp": 46,
    "koto": 107, "banjo": 105, "balalaika": 106, "harpsichord": 6, "strings": 48, "cello": 42,
    "pizzicato strings": 45, "clarinet": 71, "brass": 61, "tuba": 58, "accordion": 21,
    "soul organ": 16, "choir": 52, "humming choir": 53, "warm pad": 89, "glass pad": 98,
    "synth strings": 50, "synth pluck": 87, "acid synth": 38, "house piano": 2, "synth bass": 38,
    "sub bass": 39, "square wave": 80, "triangle wave": 79, "distorted guitar": 30,
}  # fmt: skip
_STROKES = {
    "k": 36, "s": 38, "g": 38, "h": 42, "o": 46, "r": 51, "c": 39, "i": 37, "t": 50, "m": 47,
    "l": 43, "x": 49, "b": 38, "a": 70, "j": 54, "n": 63, "w": 76,
}  # fmt: skip
_OCTAVES = (0.06, 0.88, 0.06)
"""How often a tune is played an octave below, at and above the height that suits the band."""
_BALANCE_DB = (-6.0, 6.0)
"""How much louder the tune is than the band."""


@dataclass(frozen=True, slots=True, eq=False)
class Song:
    """A mix and its tune."""

    samples: Samples
    """Mono at `RATE_HZ`."""
    melody: tuple[Hit, ...]


def make_song(seed: int, soundfont: Path | None) -> Song:
    """Make song number `seed`.

    Args:
        seed: chooses everything.
        soundfont: a General MIDI sound font, with which fluidsynth plays every even song; None
            leaves all to the demo library's instruments.
    """
    rng = np.random.default_rng((seed, 31))
    tune = compose(seed)
    style = _style(rng, tune)
    tempo, key = float(rng.uniform(75, 150)), int(rng.integers(-5, 6))
    score = arrange(tune, style, tempo_bpm=tempo, transpose=key, form="A", seed=seed)
    length_s = min(SONG_S, score.length_s)
    melody = [hit for hit in score.melody if hit.start_s + hit.length_s < length_s]
    band = [replace(stem, hits=_until(stem.hits, length_s)) for stem in score.stems]
    band = [stem for stem in band if stem.hits and not stem.is_melody]
    length = int(length_s * SAMPLE_RATE)
    if soundfont is not None and seed % 2 == 0:
        if rng.random() < _SUNG:
            melody, lead = _sung(rng, melody, length)
        else:
            program = int(rng.choice(_PROGRAM_LEADS))
            lead = _fluid([(0, program, melody)], [], length, soundfont)
        parts = [(1 + n, _PROGRAMS[stem.instrument], stem.hits) for n, stem in enumerate(band[:8])]
        rest = _fluid(parts, _drum_notes(score, length_s), length, soundfont)
    else:
        melody, lead = _lead(rng, melody, length, seed)
        rest = _band(band, score, style, length, seed)
    if rng.random() < 0.6:
        lead, rest = _in_room(lead, rng), _in_room(rest, rng)
    balance = 10 ** (rng.uniform(*_BALANCE_DB) / 20)
    mix = signal.resample_poly(_levelled(lead) * balance + _levelled(rest), RATE_HZ, SAMPLE_RATE)
    return Song(np.asarray(mix / np.abs(mix).max(), np.float32), tuple(melody))


def _style(rng: np.random.Generator, tune: Tune) -> Style:
    """Some style in the tune's metre, with one lead and hardly an introduction."""
    in_three = tune.bar == 3
    fitting = [
        style
        for style in STYLES.values()
        if in_three == (len(style.layers[0].pattern.split("|")[0]) % 3 == 0)
    ]
    style = fitting[int(rng.integers(len(fitting)))]
    octave = style.leads[0].octave + int(rng.choice([-1, 0, 1], p=_OCTAVES))
    lead = replace(style.leads[0], double="", octave=octave)
    return replace(style, leads=(lead,), intro_bars=int(rng.integers(0, 3)))


def _until(hits: Sequence[Hit], end_s: float) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits if hit.start_s + 0.1 < end_s)


def _lead(
    rng: np.random.Generator, melody: list[Hit], length: int, seed: int
) -> tuple[list[Hit], Audio]:
    if rng.random() < _SUNG:
        return _sung(rng, melody, length)
    instrument = str(rng.choice(_LEADS))
    return melody, INSTRUMENTS[instrument].play(melody, length, seed).mean(axis=0)


def _sung(rng: np.random.Generator, melody: list[Hit], length: int) -> tuple[list[Hit], Audio]:
    """Sung in the octave of some voice."""
    middle = float(np.mean([hit.pitch for hit in melody]))
    octaves = 12 * round((float(rng.choice([55, 64, 68])) - middle) / 12)
    sung = [replace(hit, pitch=hit.pitch + octaves) for hit in melody]
    return sung, sing(sung, length, rng)


def _band(band: Sequence[Stem], score: Score, style: Style, length: int, seed: int) -> Audio:
    sound = np.zeros(length, np.float32)
    for number, stem in enumerate(band):
        played = INSTRUMENTS[stem.instrument].play(stem.hits, length, seed + number)
        sound += played.mean(axis=0) * np.float32(10 ** (stem.gain_db / 20))
    if score.drums:
        strokes = [hit for hit in score.drums if hit.start_s < length / SAMPLE_RATE - 1]
        drums = play_drums(strokes, KITS[style.kit], length, seed).mean(axis=0)
        sound += drums * np.float32(10 ** (style.drums_gain_db / 20))
    return sound


def _drum_notes(score: Score, end_s: float) -> list[Hit]:
    return [
        Hit(hit.start_s, 0.1, _STROKES[hit.stroke], min(1.0, hit.velocity))
        for hit in score.drums
        if hit.start_s + 0.1 < end_s
    ]


def _fluid(
    parts: Sequence[tuple[int, int, Sequence[Hit]]],
    drums: Sequence[Hit],
    length: int,
    soundfont: Path,
) -> Audio:
    """Let fluidsynth play channel, program and notes of every part; mono."""
    score = midi.Score(60.0)
    for channel, program, hits in [*parts, (midi.DRUMS, 0, drums)]:
        sounding = channel + (channel >= midi.DRUMS and hits is not drums)
        score.programs[sounding] = program
        score.notes += [
            midi.Note(hit.start_s, hit.length_s, sounding, hit.pitch, round(127 * hit.velocity))
            for hit in hits
        ]
    with tempfile.TemporaryDirectory() as folder:
        tune, wave = Path(folder, "tune.mid"), Path(folder, "tune.raw")
        tune.write_bytes(midi.midi_file(score))
        command = ["fluidsynth", "-q", "-n", "-i", "-g", "0.5", "-r", str(SAMPLE_RATE)]
        command += ["-T", "raw", "-O", "s16", "-F", str(wave), str(soundfont), str(tune)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        stereo = np.fromfile(wave, "<i2").reshape(-1, 2)
    sound = np.zeros(length, np.float32)
    heard = stereo[:length].mean(axis=1) / 32768
    sound[: len(heard)] = heard
    return sound


def _in_room(sound: Audio, rng: np.random.Generator) -> Audio:
    """A plain room: noise that dies away."""
    seconds = float(rng.uniform(0.3, 1.6))
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tail = rng.normal(0, 1, len(time)) * np.exp(-6.9 * time / seconds)
    tail = signal.sosfilt(signal.butter(1, 2500, fs=SAMPLE_RATE, output="sos"), tail)
    tail /= np.sqrt(np.sum(tail**2))
    wet = signal.oaconvolve(sound, tail)[: len(sound)]
    return np.asarray(sound + rng.uniform(0.1, 0.4) * wet, np.float32)


def _levelled(sound: Audio) -> Audio:
    return np.asarray(sound / (np.sqrt(np.mean(sound**2)) + 1e-6), np.float32)
