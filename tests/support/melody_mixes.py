"""Small mixes with a known tune, made of plain tones: a voice over chords and a bass."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.models import Samples

RATE_HZ = 22_050

TUNE: Sequence[tuple[float, int]] = (
    (1, 67), (1, 64), (1, 64), (1, 65), (1, 62), (1, 62),
    (0.5, 60), (0.5, 62), (0.5, 64), (0.5, 65), (1, 67), (1, 67), (1, 67),
)  # fmt: skip
"""Beats and pitch: a children's song."""


def tune_notes(beat_s: float = 0.4, times: int = 2) -> list[tuple[float, float, int]]:
    """Onset, duration (s) and pitch of every note of the tune, played `times` times."""
    notes, at = [], 0.2
    for length, pitch in [*TUNE] * times:
        notes.append((at, length * beat_s * 0.92, pitch))
        at += length * beat_s
    return notes


def tone(pitch: float, seconds: float, overtones: Sequence[float], glow: float = 3.0) -> Samples:
    """A tone that dies away, `glow` times slower for 1/glow: harmonics by `overtones`."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    hertz = 440 * 2 ** ((pitch - 69) / 12)
    wave = sum(
        level * np.sin(2 * np.pi * hertz * number * time)
        for number, level in enumerate(overtones, 1)
    )
    edge = np.minimum(1, np.minimum(time, time[::-1]) / 0.015)
    return np.asarray(wave * edge * np.exp(-time * glow), np.float32)


def played(
    notes: Sequence[tuple[float, float, float]], overtones: Sequence[float], glow: float = 1.0
) -> Samples:
    """All notes of one instrument."""
    length = max(onset + duration for onset, duration, _ in notes) + 0.5
    sound = np.zeros(round(length * RATE_HZ), np.float32)
    for onset, duration, pitch in notes:
        piece = tone(pitch, duration, overtones, glow)
        start = round(onset * RATE_HZ)
        sound[start : start + len(piece)] += piece[: len(sound) - start]
    return sound


def tune_over_chords(level_db: float = 0.0) -> tuple[Samples, list[tuple[float, float, int]]]:
    """The tune, as loud as its chords and bass at 0 dB, and its notes."""
    notes = tune_notes()
    end = notes[-1][0] + notes[-1][1]
    bars = [(48, 55, 60, 64), (43, 53, 59, 62)]
    band = []
    for number, at in enumerate(np.arange(0.2, end, 0.8)):
        bass, *chord = bars[number % 2]
        band += [(float(at), 0.75, float(pitch)) for pitch in (bass - 12, *chord)]
    tune = played(notes, (1, 0.6, 0.4, 0.25, 0.15, 0.1))
    rest = played(band, (1, 0.4, 0.2, 0.1), glow=3.0)
    mix = np.zeros(max(len(tune), len(rest)), np.float32)
    mix[: len(tune)] += tune / _level(tune) * np.float32(10 ** (level_db / 20))
    mix[: len(rest)] += rest / _level(rest)
    return np.asarray(mix / np.abs(mix).max() * 0.8, np.float32), notes


def found_share(notes: Sequence[tuple[float, float, float]], rows: NDArray[np.float32]) -> float:
    """Share of the notes that begin within 80 ms and half a semitone of a row."""
    hits = sum(
        bool(np.any((np.abs(rows[:, 0] - onset) < 0.08) & (np.abs(rows[:, 2] - pitch) < 0.5)))
        for onset, _, pitch in notes
    )
    return hits / len(notes)


def _level(sound: Samples) -> np.float32:
    return np.float32(np.sqrt(np.mean(sound**2)) + 1e-9)
