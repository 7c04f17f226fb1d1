"""How well one recording follows another: the cost of a transition, 0 (seamless) to 1.

A weighted sum of five distances between the end of one track and the beginning of the next: tempo
(half and double count as the same), key on the circle of fifths, energy, valence and loudness.
Energy, valence and loudness are places inside the library, so that the cost means the same
everywhere. What is not known counts as half of its term: neither good nor bad.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import Axis, Vector
from knowledge.models import TrackId
from knowledge.sound.sounding import AXIS_COLUMN, SoundTable

Indexes = NDArray[np.int64]
TEMPO, KEY, ENERGY, VALENCE, LOUDNESS = 0.35, 0.20, 0.25, 0.10, 0.10
"""Weights of the five terms; valence weighs little because it is heard badly from audio."""
TEMPO_SURE = 0.2
"""A tempo below this confidence counts as unknown."""
_LEVELS = ((Axis.ENERGY, ENERGY), (Axis.VALENCE, VALENCE), (Axis.LOUDNESS, LOUDNESS))
_UNKNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Passages:
    """How each of n recordings begins and ends, as columns."""

    octave: Vector
    """log2 of the tempo modulo 1, shape (n,); NaN where unknown."""
    fifth: Vector
    """Place on the circle of fifths, 0 to 11, relative keys together; NaN where unknown."""
    first: Vector
    """Energy, valence and loudness of the first segment as percentiles, shape (n, 3)."""
    last: Vector

    @classmethod
    def of(cls, ids: Sequence[TrackId], table: SoundTable) -> "Passages":
        """Look up recordings; one that is not analysed is unknown in every respect."""
        rows = np.asarray([-1 if (row := table.row(each)) is None else row for each in ids], int)
        there = rows >= 0
        n = len(rows)
        octave, fifth = np.full(n, np.nan, np.float32), np.full(n, np.nan, np.float32)
        first, last = (np.full((n, len(_LEVELS)), np.nan, np.float32) for _ in range(2))
        if there.any():
            known = rows[there]
            octave[there] = _octave(table, known)
            fifth[there] = _fifth(table.key[known])
            for place, (axis, _) in enumerate(_LEVELS):
                column = AXIS_COLUMN[axis]
                ranked = np.sort(table.values[:, column][~np.isnan(table.values[:, column])])
                first[there, place] = _percentile(table.first[known, column], ranked)
                last[there, place] = _percentile(table.last[known, column], ranked)
        return cls(octave, fifth, first, last)

    def __len__(self) -> int:
        return len(self.octave)

    def between(self, one: Indexes, other: Indexes) -> Vector:
        """Cost of `other` after `one`, element by element; the shapes are broadcast."""
        apart = np.abs(self.octave[one] - self.octave[other])
        cost = TEMPO * _known(2 * np.minimum(apart, 1 - apart))
        apart = np.abs(self.fifth[one] - self.fifth[other])
        cost += KEY * _known(np.minimum(apart, 12 - apart) / 6)
        for place, (_, weight) in enumerate(_LEVELS):
            cost += weight * _known(np.abs(self.last[one, place] - self.first[other, place]))
        return np.asarray(cost, np.float32)

    def after(self, one: int) -> Vector:
        """Cost of every recording after this one, shape (n,)."""
        return self.between(np.asarray(one), np.arange(len(self)))

    def before(self, other: int) -> Vector:
        """Cost of this recording after every one, shape (n,)."""
        return self.between(np.arange(len(self)), np.asarray(other))

    def among(self, chosen: Indexes) -> Vector:
        """Cost of each of `chosen` after each, shape (k, k)."""
        return self.between(chosen[:, None], chosen[None, :])


def flow_cost(ids: Sequence[TrackId], table: SoundTable) -> float:
    """Mean cost of the transitions of a list, 0 to 1; 0 for fewer than two tracks."""
    if len(ids) < 2:
        return 0.0
    passages = Passages.of(ids, table)
    return float(passages.between(np.arange(len(ids) - 1), np.arange(1, len(ids))).mean())


def octaves_apart(bpm: Vector, wanted: float) -> Vector:
    """How far tempi are from a wanted one, in octaves, where half and double are the same."""
    with np.errstate(invalid="ignore", divide="ignore"):
        apart = np.abs(np.log2(bpm / wanted)) % 1.0
    return np.asarray(np.minimum(apart, 1 - apart), np.float32)


def _octave(table: SoundTable, rows: Indexes) -> Vector:
    tempo = np.where(
        (table.tempo_confidence[rows] >= TEMPO_SURE) & (table.tempo_bpm[rows] > 0),
        table.tempo_bpm[rows],
        np.nan,
    )
    return np.asarray(np.log2(tempo) % 1.0, np.float32)


def _fifth(key: Indexes) -> Vector:
    """0 to 23 (tonic, + 12 when minor) to the circle of fifths; A minor stands with C major."""
    major = np.where(key >= 12, key % 12 + 3, key) % 12
    return np.where(key >= 0, major * 7 % 12, np.nan).astype(np.float32)


def _percentile(values: Vector, ranked: Vector) -> Vector:
    if not len(ranked):
        return np.full(len(values), np.nan, np.float32)
    place = (np.searchsorted(ranked, values, "left") + np.searchsorted(ranked, values, "right")) / 2
    return np.where(np.isnan(values), np.nan, place / len(ranked)).astype(np.float32)


def _known(distance: Vector) -> Vector:
    return np.where(np.isnan(distance), _UNKNOWN, distance)
