"""The candidates of one list as columns, few enough to be tried out."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import Axis, Vector
from knowledge.models import Track, TrackId
from knowledge.recommend.selection import Candidate, one_version_each, performer
from knowledge.recommend.transitions import Indexes, Passages
from knowledge.sound.sounding import AXIS_COLUMN, SoundTable
from knowledge.wish import Arc

POOL = 1_500
"""So many candidates are tried out; of more, the fittest of each level of energy."""
_LAYERS = 6
_UNKNOWN_FIT = 0.5


@dataclass(frozen=True, slots=True)
class Pool:
    """n candidates."""

    tracks: tuple[Track, ...]
    passages: Passages
    """Of the n candidates, and then of the track before the list when there is one."""
    durations: NDArray[np.float64]
    """Seconds, shape (n,)."""
    fits: Vector
    """0 to 1."""
    artists: Indexes
    """A number for each main artist."""
    energy: Vector
    """Rank of energy among the candidates, 0 to 1; NaN where unknown."""
    before: int | None
    """Index in `passages` of the track before the list."""

    def __len__(self) -> int:
        return len(self.tracks)


def gather(
    tracks: Sequence[Track],
    table: SoundTable,
    *,
    fits: Mapping[TrackId, float],
    arc: Arc,
    before: TrackId | None,
    seed: int,
) -> Pool:
    """One version of each work, the fittest first; equally fit ones in an order set by `seed`."""
    playable = [track for track in tracks if track.duration_s > 0 and track.id != before]
    kept = [
        each.track
        for each in one_version_each(
            Candidate(track, fits.get(track.id, _UNKNOWN_FIT)) for track in playable
        )
    ]
    kept.sort(key=lambda track: track.id)
    fit = np.asarray([fits.get(track.id, _UNKNOWN_FIT) for track in kept], np.float32)
    energy = _ranks(_energy([track.id for track in kept], table))
    chosen = _chosen(fit, energy, arc, np.random.default_rng(seed))
    tracks = tuple(kept[index] for index in chosen)
    ids = [track.id for track in tracks]
    numbers: dict[str, int] = {}
    return Pool(
        tracks=tracks,
        passages=Passages.of(ids if before is None else [*ids, before], table),
        durations=np.asarray([track.duration_s for track in tracks], np.float64),
        fits=np.clip(fit[chosen], 0, 1),
        artists=np.asarray(
            [numbers.setdefault(performer(track), len(numbers)) for track in tracks], np.int64
        ),
        energy=_ranks(energy[chosen]),
        before=None if before is None else len(ids),
    )


def _chosen(fit: Vector, energy: Vector, arc: Arc, rng: np.random.Generator) -> Indexes:
    shuffled = rng.permutation(len(fit))
    order = shuffled[np.argsort(-fit[shuffled], kind="stable")]
    if len(order) <= POOL:
        return order
    if arc in {"", "flat"}:
        return order[:POOL]
    # A list that rises needs calm and driving tracks, even where the fittest are all alike.
    layer = np.nan_to_num(np.floor(energy[order] * _LAYERS), nan=_LAYERS).astype(int)
    share = math.ceil(POOL / len(np.unique(layer)))
    taken = np.concatenate([order[layer == each][:share] for each in np.unique(layer)])
    return taken[np.argsort(-fit[taken], kind="stable")][:POOL]


def _energy(ids: Sequence[TrackId], table: SoundTable) -> Vector:
    column = AXIS_COLUMN[Axis.ENERGY]
    rows = [table.row(each) for each in ids]
    return np.asarray(
        [math.nan if row is None else table.values[row, column] for row in rows], np.float32
    )


def _ranks(values: Vector) -> Vector:
    """Ranks from 0 to 1, equal values together; NaN stays."""
    known = values[~np.isnan(values)]
    if not len(known):
        return values
    ranked = np.sort(known)
    place = (np.searchsorted(ranked, values, "left") + np.searchsorted(ranked, values, "right")) / 2
    return np.where(np.isnan(values), np.nan, place / len(ranked)).astype(np.float32)
