"""`SoundLibrary`: the sound of the whole library, kept in memory and up to date.

The columns are read once (about a second for 20,000 recordings) and then only what changed. All
that is computed from them is kept per revision, and only when somebody asks for it.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from knowledge.analysis.sound import Axis, Sound, Vector
from knowledge.catalog_reading import PRESENT
from knowledge.database import Database
from knowledge.folding import fold
from knowledge.models import TrackId
from knowledge.revision import ANALYSIS_REVISION, LIBRARY_REVISION, read
from knowledge.schema import track_genres, tracks
from knowledge.sound.clusters import cluster, names
from knowledge.sound.columns import SoundColumns
from knowledge.sound.likeness import Likeness
from knowledge.sound.mood_fit import HOLDS, FileTags, MoodFit
from knowledge.sound.moods import known_moods
from knowledge.sound.rows import read_sound
from knowledge.sound.sounding import AXIS_COLUMN, Alike, MapPoint, MoodPlace, SoundTable
from knowledge.sound.view import SoundView, look

_MOODS_KEPT = 64
_LONGEST_WORDS = 200
_COSTLY_S = 0.1
"""While the analysis runs, a look that took so long is not renewed with every recording."""
_REST = 20.0
"""It stays good for so many times as long as it took."""


@dataclass(slots=True)
class _State:
    """All that is known at one revision; parts are filled in when they are wanted."""

    revision: int
    view: SoundView
    files: FileTags
    years: Mapping[TrackId, int]
    made_at: float
    took_s: float
    fit: MoodFit
    moods: OrderedDict[str, Vector] = field(default_factory=OrderedDict)
    likeness: Likeness | None = None
    labels: NDArray[np.int64] | None = None
    cluster_names: tuple[str, ...] = ()


class SoundLibrary:
    """Implements `knowledge.sound.sounding.Sounding`. Safe to share between threads."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.RLock()
        self._columns = SoundColumns.empty()
        self._state: _State | None = None

    def warm(self) -> None:
        """Read everything now, so that nobody has to wait for it later."""
        self._now()

    def table(self) -> SoundTable:
        """All recordings that were analysed; the same object until the analysis changes."""
        return self._now().view.table

    def of(self, track_id: TrackId) -> Sound | None:
        """One recording with its segments; None when it was not analysed, or is gone."""
        query = select(tracks.c.audio_hash).where(tracks.c.id == track_id, PRESENT)
        with self._database.read() as connection:
            audio_hash = connection.execute(query).scalar()
            return None if audio_hash is None else read_sound(connection, audio_hash)

    def mood_column(self, mood: str) -> Vector:
        """The fit of every row of `table()` to a mood, shape (n,), 0 to 1; NaN where unknown."""
        return self._mood(self._now(), mood)

    def mood_fit(self, mood: str) -> Mapping[TrackId, float]:
        """How well each recording's best segments fit a mood or an activity, 0 to 1.

        A word that is no known mood may be an auto-tag, or a mood or genre in the files.
        """
        state = self._now()
        fits = self._mood(state, mood)
        known = np.isfinite(fits)
        ids = state.view.table.ids[known].tolist()
        return dict(zip(ids, fits[known].tolist(), strict=True))

    def mood_places(self, track_id: TrackId, mood: str) -> tuple[MoodPlace, ...]:
        """Where in a song a mood holds, best first; empty when it holds nowhere."""
        state = self._now()
        row = state.view.table.row(track_id)
        return () if row is None else state.fit.places(mood[:_LONGEST_WORDS], row)

    def moods_of(self, track_id: TrackId) -> tuple[tuple[str, tuple[MoodPlace, ...]], ...]:
        """The moods and activities that hold somewhere in a song, the best fitting first."""
        state = self._now()
        row = state.view.table.row(track_id)
        if row is None:
            return ()
        found = [(mood, state.fit.places(mood, row)) for mood in known_moods()]
        held = [(mood, places) for mood, places in found if places]
        return tuple(sorted(held, key=lambda one: (-one[1][0].fit, one[0])))

    def moods_by_segment(self, track_id: TrackId) -> tuple[tuple[str, ...], ...]:
        """For each segment of a song the moods and activities that hold there, the best first."""
        state = self._now()
        row = state.view.table.row(track_id)
        if row is None:
            return ()
        fits = {mood: state.fit.segments(mood, row) for mood in known_moods()}
        count = len(next(iter(fits.values()), ()))
        return tuple(
            tuple(
                mood
                for mood in sorted(fits, key=lambda mood: (-float(fits[mood][place]), mood))
                if fits[mood][place] >= HOLDS
            )
            for place in range(count)
        )

    def alike(
        self,
        seeds: Sequence[TrackId],
        *,
        among: Collection[TrackId] | None = None,
        but: Mapping[str, float] | None = None,
        count: int = 100,
    ) -> tuple[Alike, ...]:
        """Recordings that sound like the seeds, moved along axes when `but` says so.

        Args:
            seeds: at most 50 of them count; those that were not analysed are passed over.
            among: only these.
            but: an axis, "tempo" or "year" to -1 (less) up to 1 (more). What does not go that way
                is left out.
            count: at most so many.
        """
        state = self._now()
        with self._lock:
            if state.likeness is None:
                state.likeness = Likeness(state.view.table, state.files, state.years)
        return state.likeness.alike(seeds, among=among, but=but, count=count)

    def clusters(self) -> tuple[tuple[str, tuple[TrackId, ...]], ...]:
        """Groups of the library that sound alike, each with a name in words, the largest first."""
        state = self._now()
        labels = self._labels(state)
        ids = state.view.table.ids
        return tuple(
            (name, tuple(ids[labels == number].tolist()))
            for number, name in enumerate(state.cluster_names)
        )

    def map(self) -> tuple[MapPoint, ...]:
        """Every analysed recording on the emotional map."""
        return self.map_of(None)

    def within(
        self, valence: tuple[float, float], arousal: tuple[float, float]
    ) -> NDArray[np.int64]:
        """The ids of those on a part of the map, ascending, edges included."""
        table = self._now().view.table
        inside = np.ones(len(table.ids), bool)
        for axis, (low, high) in ((Axis.VALENCE, valence), (Axis.ENERGY, arousal)):
            places = table.percentiles[:, AXIS_COLUMN[axis]]
            inside &= (places >= low) & (places <= high)
        return table.ids[inside]

    def map_of(
        self, track_ids: Collection[TrackId] | None, *, paths: bool = True
    ) -> tuple[MapPoint, ...]:
        """The points of some recordings, or of all; without `paths` the paths are left out."""
        state = self._now()
        table, labels = state.view.table, self._labels(state)
        wanted = range(len(table.ids)) if track_ids is None else self._rows(table, track_ids)
        return tuple(
            point
            for row in wanted
            if (point := _point(state.view, row, int(labels[row]), paths=paths))
        )

    @staticmethod
    def _rows(table: SoundTable, track_ids: Collection[TrackId]) -> list[int]:
        return [row for one in track_ids if (row := table.row(one)) is not None]

    def _mood(self, state: _State, mood: str) -> Vector:
        key = fold(mood[:_LONGEST_WORDS])
        with self._lock:
            if (known := state.moods.get(key)) is not None:
                state.moods.move_to_end(key)
                return known
        fits = state.fit.tracks(key)
        fits.flags.writeable = False
        with self._lock:
            state.moods[key] = fits
            while len(state.moods) > _MOODS_KEPT:
                state.moods.popitem(last=False)
        return fits

    def _labels(self, state: _State) -> NDArray[np.int64]:
        with self._lock:
            if state.labels is None:
                labels = cluster(state.view.table)
                state.cluster_names = names(state.view.table, labels, state.files)
                state.labels = labels
            return state.labels

    def _now(self) -> _State:
        """What is true now; renewed only when something changed, and not too often."""
        with self._lock, self._database.read() as connection:
            revision = read(connection, LIBRARY_REVISION) + read(connection, ANALYSIS_REVISION)
            state, now = self._state, self._clock()
            if state is not None and (revision == state.revision or _rests(state, now)):
                return state
            # One consistent state for all that is read below.
            self._state = state = self._renewed(connection, revision)
            return state

    def _renewed(self, connection: Connection, revision: int) -> _State:
        began = self._clock()
        self._columns = self._columns.updated(connection)
        present = {
            audio_hash: track_id
            for track_id, audio_hash in connection.execute(
                select(tracks.c.id, tracks.c.audio_hash).where(PRESENT)
            )
        }
        view = look(self._columns, present, revision)
        files, years = _file_tags(connection), _years(connection)
        ended = self._clock()
        return _State(revision, view, files, years, ended, ended - began, MoodFit(view, files))


def _rests(state: _State, now: float) -> bool:
    return state.took_s > _COSTLY_S and now - state.made_at < _REST * state.took_s


def _point(view: SoundView, row: int, label: int, *, paths: bool) -> MapPoint | None:
    """A recording on the map; None when its energy or valence is not known."""
    table = view.table
    arousal, valence = AXIS_COLUMN[Axis.ENERGY], AXIS_COLUMN[Axis.VALENCE]
    here = table.percentiles[row, [valence, arousal]]
    if not np.isfinite(here).all():
        return None
    part = view.segments_of(row)
    path = np.column_stack((view.spans[part, :1], view.segment_places[part][:, [valence, arousal]]))
    path = path[np.isfinite(path).all(axis=1) if paths else []]
    return MapPoint(
        track_id=int(table.ids[row]),
        valence=round(float(here[0]), 4),
        arousal=round(float(here[1]), 4),
        confidence=round(float(table.confidence[row, [valence, arousal]].min()), 4),
        cluster=label,
        path=tuple((round(s, 1), round(v, 4), round(a, 4)) for s, v, a in path.tolist()),
    )


def _file_tags(connection: Connection) -> FileTags:
    genres: dict[TrackId, frozenset[str]] = {}
    for track_id, folded in connection.execute(
        select(track_genres.c.track_id, track_genres.c.folded)
    ):
        genres[track_id] = genres.get(track_id, frozenset()) | {folded}
    tagged = select(tracks.c.id, tracks.c.moods).where(PRESENT)
    moods = {
        track_id: frozenset(fold(str(word)) for word in words)
        for track_id, words in connection.execute(tagged)
        if words
    }
    return FileTags(moods, genres)


def _years(connection: Connection) -> dict[TrackId, int]:
    query = select(tracks.c.id, tracks.c.year).where(PRESENT, tracks.c.year.is_not(None))
    return {row.id: row.year for row in connection.execute(query)}
