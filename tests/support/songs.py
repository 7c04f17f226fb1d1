"""Songs by numbers: a melody over chords, sung by whoever, in any key and at any tempo."""

from dataclasses import dataclass

import numpy as np

from knowledge.fingerprint.models import RATE_HZ, Samples

_SCALE = (0, 2, 4, 5, 7, 9, 11)
_OVERTONES = {
    "flute": (1.0, 0.3, 0.1),
    "reed": (1.0, 0.1, 0.7, 0.1, 0.5),
    "organ": (1.0, 0.8, 0.5, 0.6),
}


@dataclass(frozen=True, slots=True)
class Song:
    """Notes as (beat, length in beats, semitones above 220 Hz)."""

    notes: tuple[tuple[float, float, int], ...]


def song(seed: int, beats: int = 96) -> Song:
    """Write a song that does not repeat itself."""
    random = np.random.default_rng((seed, 99))
    notes: list[tuple[float, float, int]] = []
    place = 7
    for bar in range(beats // 4):
        root = int(random.integers(0, 7))
        for step in (0, 2, 4):
            degree = root + step
            notes.append((4.0 * bar, 3.8, 12 * (degree // 7) + _SCALE[degree % 7] - 12))
        beat = 0.0
        while beat < 4:
            length = float(random.choice((0.5, 1.0, 1.0, 2.0)))
            place = int(np.clip(place + random.integers(-3, 4), 2, 13))
            notes.append((4 * bar + beat, length, 12 * (place // 7) + _SCALE[place % 7]))
            beat += length
    return Song(tuple(notes))


def sung(
    what: Song, *, by: str = "flute", bpm: float = 110, semitones: int = 0, beat: bool = False
) -> Samples:
    """Perform a song; `by` is "flute", "reed" or "organ"."""
    beat_s = 60 / bpm
    length_s = max(at + long for at, long, _ in what.notes) * beat_s
    sound = np.zeros(int((length_s + 1) * RATE_HZ))
    for at, long, pitch in what.notes:
        start, count = int(at * beat_s * RATE_HZ), int(long * beat_s * RATE_HZ)
        time_s = np.arange(count) / RATE_HZ
        hertz = 220.0 * 2 ** ((pitch + semitones) / 12)
        fade = np.minimum(1, time_s / 0.02) * np.exp(-1.5 * time_s / (long * beat_s))
        for number, strength in enumerate(_OVERTONES[by], start=1):
            if number * hertz < RATE_HZ / 2:
                wave = strength * fade * np.sin(2 * np.pi * number * hertz * time_s)
                sound[start : start + count] += wave[: sound.size - start]
    if beat:
        random = np.random.default_rng(1)
        for start in range(0, sound.size - 900, int(beat_s * RATE_HZ)):
            sound[start : start + 900] += random.standard_normal(900) * np.exp(
                -np.arange(900) / 150
            )
    song: Samples = (0.4 * sound / np.abs(sound).max()).astype(np.float32)
    return song
