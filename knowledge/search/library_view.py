"""The library and its sound side by side: each column of sound has the rows of the library."""

import threading
from dataclasses import dataclass

import numpy as np

from knowledge.analysis.sound import Axis
from knowledge.folding import fold
from knowledge.search.library_columns import Column, LibraryColumns, LibraryColumnsReader, Rows
from knowledge.sound.sounding import AXIS_COLUMN, Sounding, SoundTable

TRUSTED = 0.25
"""Measurements with less confidence than this are no evidence."""


@dataclass(frozen=True, slots=True)
class LibraryView:
    """One state of both. Columns are NaN where nothing is known."""

    library: LibraryColumns
    sound: SoundTable
    place: Rows
    """Row in `sound` of each row of the library, -1 where it was not analysed."""

    def __len__(self) -> int:
        return len(self.library)

    def spread(self, column: Column) -> Column:
        """Bring a column of the sound into the rows of the library."""
        if not len(self.sound.ids):
            return np.full(len(self), np.nan, np.float32)
        found: Column = np.where(self.place >= 0, column[self.place], np.nan).astype(np.float32)
        return found

    def percentiles(self, axis: Axis) -> Column:
        """Place in the library along an axis; of energy also what the simple analysis says."""
        own = self.spread(self.sound.percentiles[:, AXIS_COLUMN[axis]])
        if axis in (Axis.ENERGY, Axis.LOUDNESS):
            return np.where(np.isfinite(own), own, self.library.signal_energy)
        return own

    def values(self, axis: Axis) -> Column:
        return self.spread(self.sound.values[:, AXIS_COLUMN[axis]])

    def confidence(self, axis: Axis) -> Column:
        return np.nan_to_num(self.spread(self.sound.confidence[:, AXIS_COLUMN[axis]]))

    def tempo(self) -> Column:
        """Beats per minute, NaN where there is no clear beat."""
        trusted = np.where(
            self.sound.tempo_confidence >= TRUSTED, self.sound.tempo_bpm, np.float32(np.nan)
        )
        own = self.spread(trusted)
        return np.where(self.place >= 0, own, self.library.signal_tempo)

    def tags(self, *names: str) -> tuple[Column, Column] | None:
        """Highest probability and highest place of some auto-tags; None when there are none."""
        wanted = {fold(name) for name in names}
        found = [
            column
            for column, name in enumerate(self.sound.tag_names)
            if fold(name.partition(" (")[0]) in wanted
        ]
        if not found or not len(self.sound.ids):
            return None
        values = np.nan_to_num(self.sound.tag_values[:, found]).max(axis=1)
        places = np.nan_to_num(self.sound.tags[:, found]).max(axis=1)
        return self.spread(values), self.spread(places)


class LibraryViewer:
    """Looks at the library; the same view until something changes. Safe between threads."""

    def __init__(self, reader: LibraryColumnsReader, sounding: Sounding) -> None:
        self._reader, self._sounding = reader, sounding
        self._lock = threading.Lock()
        self._view: LibraryView | None = None

    def look(self) -> LibraryView:
        library, sound = self._reader.read(), self._sounding.table()
        with self._lock:
            view = self._view
            if view is None or view.library is not library or view.sound is not sound:
                self._view = view = LibraryView(library, sound, _places(library, sound))
            return view


def _places(library: LibraryColumns, sound: SoundTable) -> Rows:
    if not len(sound.ids):
        return np.full(len(library), -1, np.int64)
    found = np.minimum(np.searchsorted(sound.ids, library.ids), len(sound.ids) - 1)
    return np.where(sound.ids[found] == library.ids, found, -1)
