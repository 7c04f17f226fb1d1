"""Listens to a hum, a whistle or a song, and says which pitches and notes it heard."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.hum_check import hum_likeness, measured, problem_of
from knowledge.melody.hum_sound import BIN_HZ, HumSound, power_spectra, prepared
from knowledge.melody.models import Contour, HumKind, HumProblem, Samples
from knowledge.melody.notes import SUNG_DIP_DB, WHISTLED_DIP_DB, segmented
from knowledge.melody.pitch import Pitches, VoiceTracker, voiced_line
from knowledge.melody.spoken_words import without_words_around
from knowledge.melody.whistle import follow_tone, whistle_share, whistled_line

_WHISTLED = 0.4
"""From this share of pure tones on it is a whistle."""
_HARMONICS = 8
_FLOOR = 1e-9


class HumListener:
    """From sound to a contour. Safe to use from several threads; loads with the first hum."""

    def __init__(self, models: Sequence[Path] = ()) -> None:
        """Prepare to listen; `models`, folders of model files, are not needed so far."""
        self._models = tuple(models)
        self._voice = VoiceTracker()

    def listen(self, samples: Samples, rate_hz: int) -> Contour:
        """Follow the tune of one voice.

        Args:
            samples: mono, shape (n,), any length and level; 5 to 15 s are right, and of more than
                30 s only the fullest 30.
            rate_hz: hertz.

        Raises:
            ValueError: no rate at which somebody records.
        """
        sound = prepared(samples, rate_hz)
        if not sound.frames:
            nothing = np.zeros(0, np.float32)
            return Contour(nothing, (), HumKind.VOICE, HumProblem.SILENT, 0.0)
        power = power_spectra(sound)
        kind, line = self._line(sound, power)
        dip_db = WHISTLED_DIP_DB if kind is HumKind.WHISTLE else SUNG_DIP_DB
        notes = segmented(line, _loudness(line, power), dip_db)
        start, end = without_words_around(line, notes, power)
        if (start, end) != (0, len(line)):
            line = line.copy()
            line[:start], line[end:] = np.nan, np.nan
            notes = segmented(line, _loudness(line, power), dip_db)
        evidence = measured(line[start:end], notes, power[start:end])
        problem = problem_of(sound, notes, kind, evidence)
        return Contour(line, notes, kind, problem, hum_likeness(kind, evidence))

    def _line(self, sound: HumSound, power: NDArray[np.float32]) -> tuple[HumKind, Pitches]:
        track = follow_tone(power)
        if whistle_share(track) >= _WHISTLED:
            return HumKind.WHISTLE, whistled_line(track)
        return HumKind.VOICE, voiced_line(*self._voice.follow(sound))


def _loudness(line: Pitches, power: NDArray[np.float32]) -> NDArray[np.float32]:
    """Level of the harmonics of the line in each frame, dB; in gaps at the pitch held on."""
    voiced = np.flatnonzero(np.isfinite(line))
    if not len(voiced):
        return np.full(len(line), -100.0, np.float32)
    held = np.interp(np.arange(len(line)), voiced, line[voiced])
    hertz = 440 * 2 ** ((held - 69) / 12)
    rows = np.arange(len(line))
    total = np.full(len(line), _FLOOR)
    for harmonic in range(1, _HARMONICS + 1):
        bins = np.round(harmonic * hertz / BIN_HZ).astype(np.int64)
        inside = bins < power.shape[1] - 1
        for offset in (-1, 0, 1):
            total += np.where(inside, power[rows, np.where(inside, bins + offset, 0)], 0.0)
    return np.asarray(10 * np.log10(total), np.float32)
