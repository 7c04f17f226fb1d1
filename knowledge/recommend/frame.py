"""The tracks that are being compared, side by side: what the library and the analysis know."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import Axis, Vector
from knowledge.models import TrackId
from knowledge.recommend.shelf import Ids, Shelf
from knowledge.recommend.transitions import TEMPO_SURE, octaves_apart
from knowledge.sound.sounding import AXIS_COLUMN, SoundTable
from knowledge.wish import Span

NEUTRAL = 0.5
"""What an unknown value counts: neither for nor against."""
_FADE = 0.35
"""So far outside a stretch of the library nothing of it is left."""
_OCTAVE_FADE = 0.25


@dataclass(frozen=True, slots=True)
class Frame:
    """n candidates, by ascending id."""

    shelf: Shelf
    table: SoundTable
    rows: Ids
    """Row of each in the shelf, shape (n,)."""
    heard: Ids
    """Row of each in the table of sounds, -1 where it is not analysed."""

    @classmethod
    def of(cls, shelf: Shelf, table: SoundTable, ids: Collection[TrackId] | None) -> "Frame":
        """Lay out tracks; None is the whole library."""
        rows = np.arange(len(shelf)) if ids is None else np.sort(shelf.rows(ids))
        wanted = shelf.ids[rows]
        heard = np.full(len(rows), -1, np.int64)
        if len(table.ids) and len(wanted):
            place = np.minimum(np.searchsorted(table.ids, wanted), len(table.ids) - 1)
            heard = np.where(table.ids[place] == wanted, place, -1)
        return cls(shelf, table, rows, heard)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def ids(self) -> Ids:
        return self.shelf.ids[self.rows]

    @property
    def artists(self) -> Ids:
        """A number for the artist of each."""
        return self.shelf.artist_numbers[self.rows]

    @property
    def years(self) -> NDArray[np.float64]:
        return self.shelf.years[self.rows]

    def places(self, axis: Axis) -> Vector:
        """Percentile of each on an axis, NaN where unknown."""
        return self._column(self.table.percentiles[:, AXIS_COLUMN[axis]])

    def sureness(self, axis: Axis) -> Vector:
        """Confidence in it, 0 to 1; 0 where unknown."""
        return np.nan_to_num(self._column(self.table.confidence[:, AXIS_COLUMN[axis]]))

    @property
    def tempo_bpm(self) -> Vector:
        """NaN where there is none, or where it is a guess."""
        sure = self.table.tempo_confidence >= TEMPO_SURE
        return self._column(np.where(sure, self.table.tempo_bpm, np.nan).astype(np.float32))

    def within(self, axis: Axis, span: Span) -> Vector:
        """How well each lies in a stretch of the library, 0 to 1, as far as it can be trusted."""
        places, sure = self.places(axis), self.sureness(axis)
        fit = nearness(places, span, _FADE)
        return np.where(np.isnan(places), NEUTRAL, sure * fit + (1 - sure) * NEUTRAL)

    def in_tempo(self, span: Span) -> Vector:
        """How well each lies in a range of tempi, 0 to 1; half and double count."""
        bpm = self.tempo_bpm
        low, high = span
        outside = np.minimum(octaves_apart(bpm, low), octaves_apart(bpm, high))
        with np.errstate(invalid="ignore"):
            # Some power of two brings the tempo between both ends.
            inside = np.floor(np.log2(high / bpm)) >= np.ceil(np.log2(low / bpm))
        fit = np.where(inside, 1.0, np.clip(1 - outside / _OCTAVE_FADE, 0, 1))
        return np.where(np.isnan(bpm), NEUTRAL, fit).astype(np.float32)

    def _column(self, column: Vector) -> Vector:
        if not len(column):
            return np.full(len(self), np.nan, np.float32)
        return np.where(self.heard < 0, np.nan, column[self.heard]).astype(np.float32)


def nearness(values: Vector, span: Span, fade: float) -> Vector:
    """1 inside a span, falling to 0 at `fade` outside of it; NaN stays."""
    low, high = span
    away = np.maximum(np.maximum(low - values, values - high), 0.0)
    return np.asarray(np.clip(1 - away / fade, 0, 1), np.float32)
