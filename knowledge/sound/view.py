"""One consistent look at the sound of the library: recordings, segments, and places among them.

The place of a value is the share of the library's recordings that lie below it, equal ones
counted half. Segments are placed on the scale of whole recordings, so that both compare.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import AXES, Vector
from knowledge.models import TrackId
from knowledge.sound.columns import (
    BPM,
    BPM_CONFIDENCE,
    KEY,
    OTHER_BPM,
    Half,
    SoundColumns,
)
from knowledge.sound.sounding import SoundTable
from knowledge.sound.tags import TAG_NAMES

_UNKNOWN = 0x3C01
"""One more than the bits of 1.0 in half precision."""


class Scale:
    """The values of one property over the library, to place others among them.

    Values come in half precision, which has 15,361 numbers from 0 to 1: the place of each is
    counted once, and then only looked up.
    """

    def __init__(self, values: Half) -> None:
        steps = _steps(values)
        steps = steps[steps < _UNKNOWN]
        counts = np.bincount(steps, minlength=_UNKNOWN + 1)
        below = np.cumsum(counts) - counts / 2
        self._places = np.full(_UNKNOWN + 1, np.nan, np.float32)
        if steps.size:
            self._places[:_UNKNOWN] = (below / steps.size)[:_UNKNOWN]

    def places(self, values: Half) -> Vector:
        """Place each value, 0 to 1; NaN where it is unknown."""
        placed: Vector = self._places[_steps(values)]
        return placed


def _steps(values: Half) -> NDArray[np.uint16]:
    """The number of each value among those of half precision; `_UNKNOWN` outside 0 to 1."""
    bits = np.ascontiguousarray(values + np.float16(0)).view(np.uint16)  # -0 becomes 0
    return np.minimum(bits, np.uint16(_UNKNOWN))


Part: TypeAlias = slice | NDArray[np.int64]
"""Which segments."""


@dataclass(frozen=True, slots=True)
class SoundView:
    """The recordings of one revision, by track id, and their segments in the same order."""

    table: SoundTable
    tag_scales: tuple[Scale, ...]
    owner: NDArray[np.int64]
    """Row in `table` of each segment, ascending, shape (m,)."""
    first: NDArray[np.int64]
    """First segment of each row, and one more at the end, shape (n + 1,)."""
    spans: Vector
    """Start and end of each segment, shape (m, 2)."""
    segment_axes: Vector
    """Shape (m, len(AXES)); NaN where unknown."""
    segment_places: Vector
    """Their places on the scale of recordings."""
    segment_confidence: Vector
    columns: SoundColumns
    """What was read, in another order."""
    places: NDArray[np.int64]
    """Where each segment stands there, shape (m,)."""

    def segments_of(self, row: int) -> slice:
        """Where the segments of one recording are."""
        return slice(int(self.first[row]), int(self.first[row + 1]))

    def tag_places(self, column: int, part: Part) -> Vector:
        """Places of some segments' probabilities of one auto-tag."""
        # Looked up each time: a copy in order would be the largest thing in memory.
        return self.tag_scales[column].places(self.columns.segment_tags[self.places[part], column])


def look(columns: SoundColumns, present: Mapping[str, TrackId], revision: int) -> SoundView:
    """Make a view of the recordings that are present, each named by its audio hash."""
    rows = [(present[key], row) for row, key in enumerate(columns.hashes) if key in present]
    rows.sort()
    ids = np.array([track_id for track_id, _ in rows], np.int64)
    row = np.array([row for _, row in rows], np.int64)
    count = len(AXES)
    axes, tags = columns.axes[row], columns.tags[row]
    tag_names = TAG_NAMES if np.isfinite(tags).any() else ()
    axis_scales = [Scale(axes[:, column]) for column in range(count)]
    tag_scales = tuple(Scale(tags[:, column]) for column in range(len(tag_names)))

    new_row = np.full(len(columns.hashes), -1, np.int64)
    new_row[row] = np.arange(len(row))
    owner = new_row[columns.owner]
    mine = np.flatnonzero(owner >= 0)
    mine = mine[np.argsort(owner[mine], kind="stable")]
    owner = owner[mine]
    first = np.searchsorted(owner, np.arange(len(row) + 1))
    segment_axes = columns.segment_axes[mine]
    segments = _bounded(segment_axes[:, :count])

    facts = columns.facts[row]
    table = SoundTable(
        revision=revision,
        ids=ids,
        values=_bounded(axes[:, :count]),
        confidence=np.nan_to_num(_bounded(axes[:, count:])),
        percentiles=_placed(axis_scales, axes),
        tempo_bpm=facts[:, BPM],
        tempo_confidence=facts[:, BPM_CONFIDENCE],
        other_tempo_bpm=facts[:, OTHER_BPM],
        key=facts[:, KEY].astype(np.int64),
        tag_names=tag_names,
        tags=_placed(tag_scales, tags),
        tag_values=_bounded(tags[:, : len(tag_names)]),
        embedding=_unit(columns.embedding[row].astype(np.float32)),
        first=segments[first[:-1]],
        last=segments[first[1:] - 1],
    )
    return SoundView(
        table=table,
        tag_scales=tag_scales,
        owner=owner,
        first=first,
        spans=columns.spans[mine],
        segment_axes=segments,
        segment_places=_placed(axis_scales, segment_axes),
        segment_confidence=np.nan_to_num(_bounded(segment_axes[:, count:])),
        columns=columns,
        places=mine,
    )


def _bounded(values: Half) -> Vector:
    """Within 0 to 1; whatever is no number is unknown."""
    numbers = values.astype(np.float32)
    return np.where(np.isfinite(numbers), np.clip(numbers, 0, 1), np.float32(np.nan))


def _placed(scales: Sequence[Scale], values: Half) -> Vector:
    """Place each column on its scale; further columns are left out."""
    placed = np.empty((len(values), len(scales)), np.float32)
    for column, scale in enumerate(scales):
        placed[:, column] = scale.places(values[:, column])
    return placed


def _unit(embedding: Vector) -> Vector:
    """Make each row of length 1; rows without a tagger stay 0, and none leaves no column."""
    known = np.asarray(np.isfinite(embedding).all(axis=1))
    if not known.any():
        return np.zeros((len(embedding), 0), np.float32)
    embedding = np.where(known[:, None], embedding, np.float32(0))
    length = np.linalg.norm(embedding, axis=1, keepdims=True)
    unit: Vector = (embedding / np.where(length > 0, length, 1)).astype(np.float32)
    return unit
