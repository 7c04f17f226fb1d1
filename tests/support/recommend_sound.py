"""Recordings whose sound is known, as a table and as a `Sounding`, without any audio."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.analysis.sound import AXES, Axis, Sound, Vector
from knowledge.models import TrackId
from knowledge.sound.sounding import AXIS_COLUMN, Alike, MapPoint, MoodPlace, SoundTable


def _none(n: int) -> Vector:
    return np.zeros((n, 0), np.float32)


def sound_table(
    ids: Sequence[TrackId],
    values: Vector,
    *,
    tempo: Sequence[float] | None = None,
    key: Sequence[int] | None = None,
    first: Vector | None = None,
    last: Vector | None = None,
    embedding: Vector | None = None,
) -> SoundTable:
    """A table of recordings, shape of `values`: (n, len(AXES)); ids in ascending order."""
    n = len(ids)
    ranks = np.argsort(np.argsort(values, axis=0, kind="stable"), axis=0, kind="stable")
    return SoundTable(
        revision=1,
        ids=np.asarray(ids, np.int64),
        values=values,
        confidence=np.full_like(values, 0.8),
        percentiles=((ranks + 0.5) / max(n, 1)).astype(np.float32),
        tempo_bpm=np.asarray(tempo if tempo is not None else [np.nan] * n, np.float32),
        tempo_confidence=np.full(n, 0.8, np.float32),
        other_tempo_bpm=np.full(n, np.nan, np.float32),
        key=np.asarray(key if key is not None else [-1] * n, np.int64),
        tag_names=(),
        tags=_none(n),
        tag_values=_none(n),
        embedding=_none(n) if embedding is None else embedding,
        first=values if first is None else first,
        last=values if last is None else last,
    )


def axes(**named: float) -> list[float]:
    """One row of values: .5 on every axis that is not named."""
    return [named.get(axis.value, 0.5) for axis in AXES]


def random_table(n: int, seed: int = 0) -> SoundTable:
    """A library in which anything may follow anything; ids 1 to n."""
    rng = np.random.default_rng(seed)
    values = rng.uniform(0, 1, (n, len(AXES))).astype(np.float32)
    return sound_table(
        range(1, n + 1),
        values,
        tempo=rng.uniform(60, 180, n).tolist(),
        key=rng.integers(-1, 24, n).tolist(),
        first=np.clip(values + rng.normal(0, 0.1, values.shape), 0, 1).astype(np.float32),
        last=np.clip(values + rng.normal(0, 0.1, values.shape), 0, 1).astype(np.float32),
    )


@dataclass(slots=True)
class FakeSounding:
    """Implements `Sounding` on a table."""

    shown: SoundTable
    moods: Mapping[str, Mapping[TrackId, float]] | None = None

    def table(self) -> SoundTable:
        return self.shown

    def of(self, track_id: TrackId) -> Sound | None:
        return None

    def mood_fit(self, mood: str) -> Mapping[TrackId, float]:
        return (self.moods or {}).get(mood, {})

    def mood_places(self, track_id: TrackId, mood: str) -> tuple[MoodPlace, ...]:
        fit = self.mood_fit(mood).get(track_id)
        return () if fit is None else (MoodPlace(30.0, 75.0, fit),)

    def alike(
        self,
        seeds: Sequence[TrackId],
        *,
        among: Collection[TrackId] | None = None,
        but: Mapping[str, float] | None = None,
        count: int = 100,
    ) -> tuple[Alike, ...]:
        table = self.shown
        rows = [row for each in seeds if (row := table.row(each)) is not None]
        if not rows:
            return ()
        centre = table.percentiles[rows].mean(axis=0)
        for name, change in (but or {}).items():
            if name in set(Axis):
                centre[AXIS_COLUMN[Axis(name)]] += 0.35 * change
        apart = np.abs(table.percentiles - centre).mean(axis=1)
        order = [int(i) for i in np.argsort(apart, kind="stable")]
        ids = [int(table.ids[i]) for i in order]
        return tuple(
            Alike(each, float(1 - apart[i]), ("a similar sound",))
            for each, i in zip(ids, order, strict=True)
            if each not in seeds and (among is None or each in among)
        )[:count]

    def clusters(self) -> tuple[tuple[str, tuple[TrackId, ...]], ...]:
        table = self.shown
        calm = table.percentiles[:, AXIS_COLUMN[Axis.ENERGY]] < 0.5
        return (
            ("calm", tuple(int(each) for each in table.ids[calm])),
            ("driving", tuple(int(each) for each in table.ids[~calm])),
        )

    def map(self) -> tuple[MapPoint, ...]:
        return ()
