"""Constructed songs: tempo, beats, key and loudness of each are known because we chose them.

Each song is a new tune over a common chord progression, played by a band of the demo library. Two
halves of the bands never meet: one is for development, the other for the test.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle, islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from knowledge.demo.albums import ALBUMS
from knowledge.demo.arrangement import arrange
from knowledge.demo.discography import placed
from knowledge.demo.mixer import Finish, mix
from knowledge.demo.notation import all_tunes
from knowledge.demo.sound import SAMPLE_RATE, Audio
from knowledge.demo.styles import STYLES
from knowledge.demo.tune import Chord, ChordSpan, Key, Note, Part, Tune

SplitName = Literal["dev", "test"]

_SEEDS: dict[SplitName, int] = {"dev": 4000, "test": 9000}
SLOWEST_BPM, FASTEST_BPM = 61.0, 190.0
_MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11)
_MINOR_SCALE = (0, 2, 3, 5, 7, 8, 10)
_TRIADS = {"": (0, 4, 7), "m": (0, 3, 7), "7": (0, 4, 7, 10)}
# Semitones above the tonic and the kind of chord, a bar each.
_PROGRESSIONS = {
    False: (
        "0 7 9m 5", "0 9m 5 7", "0 5 0 7", "0 5 7 0", "0 2m 7 0", "0 4m 5 7", "0 10 5 0",
        "5 7 0 9m", "9m 5 0 7", "0 7 5 0", "0 0 5 5 0 0 7 0", "0 9m 2m 77",
    ),
    True: (
        "0m 8 3 10", "0m 10 8 10", "0m 5m 0m 7", "0m 5m 8 7", "0m 3 10 5m", "0m 8 5m 7m",
        "8 10 0m 0m", "0m 10 8 7", "0m 0m 5m 0m", "0m 7m 8 5m",
    ),
}  # fmt: skip
_RHYTHMS = ((1, 1, 1), (2, 1), (3,), (1, 2), (0.5, 0.5, 1, 1)), (
    (1, 1, 1, 1), (2, 1, 1), (2, 2), (1.5, 0.5, 2), (0.5, 0.5, 1, 2), (3, 1), (1, 0.5, 0.5, 1, 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Song:
    """What a constructed song is, before it sounds."""

    name: str
    style: str
    tempo_bpm: float
    tonic: int
    """Pitch class, 0 for C."""
    minor: bool
    cents: float
    """How far all of it is tuned above 440 Hz."""
    seed: int
    tune: Tune


@dataclass(frozen=True, slots=True)
class Rendered:
    """A song that sounds."""

    sound: Audio
    """Stereo at SAMPLE_RATE, shape (2, n)."""
    beats_s: tuple[float, ...]
    tempo_bpm: float
    """As it sounds: other than the song's when that is detuned."""


def songs(split: SplitName, count: int) -> Iterator[Song]:
    """Return `count` songs; all 24 keys come in turn, and so do the split's bands."""
    styles = [style for number, style in enumerate(STYLES) if (number % 2 == 1) == (split == "dev")]
    known = _played()
    for number, style in enumerate(islice(cycle(styles), count)):
        rng = np.random.default_rng(_SEEDS[split] + number)
        minor, tonic = number % 2 == 1, (number // 2 * 7) % 12
        bar, pulse, usual_bpm = known[style]
        tempo_bpm = float(usual_bpm * rng.uniform(0.8, 1.25))
        tempo_bpm = round(min(max(tempo_bpm, SLOWEST_BPM), FASTEST_BPM), 1)
        cents = float(rng.choice([0.0, 0.0, rng.uniform(-45, 45)]))
        tune = _tune(f"{split}{number}", Key(tonic, "minor" if minor else "major"), bar, pulse, rng)
        yield Song(tune.name, style, tempo_bpm, tonic, minor, cents, number, tune)


def render(
    song: Song, *, longest_s: float = 60.0, style: str = "", lufs: float = -15.0
) -> Rendered:
    """Let a band play a song; by default the band that it was written for."""
    band = STYLES[style or song.style]
    score = arrange(
        song.tune, band, tempo_bpm=song.tempo_bpm, transpose=0, form=_form(song), seed=song.seed
    )
    sound = mix(score, band, Finish(lufs=lufs), song.seed)
    speed = 2 ** (song.cents / 1200)
    sound = _resampled(sound, speed)[:, : round(longest_s * SAMPLE_RATE)]
    beats = tuple(beat / speed for beat in score.beats_s if beat / speed < longest_s)
    return Rendered(sound, beats, song.tempo_bpm * speed)


def _form(song: Song) -> str:
    """Return parts enough for about a minute."""
    bars = 60 / (60 / song.tempo_bpm * float(song.tune.bar / song.tune.pulse))
    return " ".join(islice(cycle("AABA"), max(2, round(bars / 8))))


def _played() -> dict[str, tuple[Fraction, Fraction, float]]:
    """Bar, pulse and tempo with which each band plays in the demo library."""
    tunes = all_tunes()
    found = {}
    for each in placed(ALBUMS):
        tune = tunes[each.recording.tune]
        found[each.recording.style] = (tune.bar, tune.pulse, each.recording.tempo_bpm)
    return found


def _tune(name: str, key: Key, bar: Fraction, pulse: Fraction, rng: np.random.Generator) -> Tune:
    choice = _PROGRESSIONS[key.is_minor]
    parts = {}
    for letter in "AB":
        steps = choice[int(rng.integers(len(choice)))].split()
        chords = [_chord(key, steps[number % len(steps)]) for number in range(8)]
        spans = tuple(ChordSpan(bar * at, bar, chord) for at, chord in enumerate(chords))
        parts[letter] = Part(bar * 8, _melody(key, chords, bar, rng), spans)
    return Tune(name, name, "", key, bar, pulse, parts, "AABA")


def _chord(key: Key, step: str) -> Chord:
    kind = step.lstrip("0123456789")
    number = int(step.removesuffix(kind))
    if number > 11:  # "77": a seventh chord on the fifth
        number, kind = number // 10, "7"
    return Chord((key.tonic + number) % 12, _TRIADS[kind])


def _melody(
    key: Key, chords: Sequence[Chord], bar: Fraction, rng: np.random.Generator
) -> tuple[Note, ...]:
    """A line that walks the scale, lands on chord tones, and repeats its rhythm."""
    three = (bar / 3).denominator == 1 or bar == Fraction(3, 2) or bar == Fraction(9, 2)
    rhythms = _RHYTHMS[0 if three else 1]
    motif = [rhythms[int(rng.integers(len(rhythms)))] for _ in range(2)]
    scale = _MINOR_SCALE if key.is_minor else _MAJOR_SCALE
    ladder = [
        pitch for pitch in range(55, 84) if (pitch - key.tonic) % 12 in scale
    ]  # fmt: skip
    place = len(ladder) // 2
    notes: list[Note] = []
    for number, chord in enumerate(chords):
        rhythm = motif[number % 2]
        unit = bar / Fraction(sum(rhythm)).limit_denominator(8)
        at = bar * number
        for index, steps in enumerate(rhythm):
            length = unit * Fraction(steps).limit_denominator(8)
            place = int(np.clip(place + rng.integers(-2, 3), 0, len(ladder) - 1))
            pitch = ladder[place]
            if index == 0:
                tones = {(chord.root + tone) % 12 for tone in chord.tones}
                pitch = min(
                    (each for each in range(55, 84) if each % 12 in tones),
                    key=lambda each: (abs(each - ladder[place]), each),
                )
            if rng.random() > 0.1:
                notes.append(Note(at, length, pitch))
            at += length
    if not notes:
        notes.append(Note(Fraction(0), bar, ladder[place]))
    return tuple(notes)


def _resampled(sound: Audio, speed: float) -> Audio:
    """Play faster and higher; with linear interpolation, which dulls only what few hear."""
    if abs(speed - 1) < 1e-6:
        return sound
    places: NDArray[np.float64] = np.arange(0, sound.shape[1] - 1, speed)
    at = np.arange(sound.shape[1])
    return np.stack([np.interp(places, at, row) for row in sound]).astype(np.float32)
