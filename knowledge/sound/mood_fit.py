"""How well each segment of the library fits a mood, and where in a song that is.

A segment's fit is a weighted mean of agreements. Each axis agrees as far as the segment's place
lies in the mood's stretch, weighed by how far the measurement can be trusted; auto-tags agree by
their place inside the library; the tempo by its distance in octaves. Broad moods agree with nearly
everything, so each is measured against what is usual in this library. In a small library neither
that nor places mean much, so absolute values take part. What the tags of the file say is evidence
on its own, and counts for the whole recording.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from knowledge.analysis.sound import Vector
from knowledge.folding import fold
from knowledge.models import TrackId
from knowledge.sound.moods import Mood, Stretch, mood_named
from knowledge.sound.sounding import AXIS_COLUMN, MoodPlace
from knowledge.sound.view import Part, SoundView

_FEW = 25.0
"""In a library of so many recordings a place and an absolute value count alike."""
_FADE = 0.25
"""A place so far outside a stretch agrees by a third of what it does at the border."""
_EDGE = 0.8
"""Agreement at the inner border of a stretch that reaches an end of the scale."""
_TAGS_WEIGHT, _TAGS_TRUST = 2.0, 0.5
_TEMPO_WEIGHT, _TEMPO_FADE = 0.8, 0.3
_CONTRAST = 6.0
"""Means of several agreements crowd around a half; so steep a curve draws them apart."""
_USUAL = -0.3
"""Where on that curve (0 is a half) the middle of a large library is brought to, ..."""
_MOST_SHIFT = 1.5
"""... but by no more than this: in a library of lullabies most is calm after all."""
_SAMPLE = 2_000
_TAGGED, _GENRE_HINTS = 0.85, 0.35
"""How far the mood tags and the genres of a file are believed."""
_BEST_SHARE = 0.5
"""A recording fits as its best segments do: those that make up half of it."""
HOLDS = 0.6
"""A mood holds where the fit is at least this."""


@dataclass(frozen=True, slots=True)
class FileTags:
    """What the files say of themselves: folded words by track."""

    moods: Mapping[TrackId, frozenset[str]]
    genres: Mapping[TrackId, frozenset[str]]


class MoodFit:
    """Fits moods to one view of the library."""

    def __init__(self, view: SoundView, files: FileTags) -> None:
        self._view = view
        self._files = files
        self._usual: dict[str, float] = {}
        self._tag_columns: dict[str, list[int]] = {}
        for column, name in enumerate(view.table.tag_names):
            self._tag_columns.setdefault(fold(name.partition(" (")[0]), []).append(column)

    def tracks(self, words: str) -> Vector:
        """The fit of every recording, shape (n,); NaN where nothing is known about it."""
        segments = self._segments(words, slice(0, len(self._view.owner)))
        whole = self._best(segments)
        return self._with_file_tags(words, whole)

    def places(self, words: str, row: int) -> tuple[MoodPlace, ...]:
        """Where in one recording the mood holds, best first; neighbours are joined."""
        part = self._view.segments_of(row)
        fits = self.segments(words, row)
        spans = self._view.spans[part]
        held = [
            (float(start), float(end), float(fit))
            for (start, end), fit in zip(spans, fits, strict=True)
            if np.isfinite(fit) and fit >= HOLDS
        ]
        joined: list[tuple[float, float, float]] = []
        for start, end, fit in held:
            if joined and abs(joined[-1][1] - start) < 1.0:
                before, _, other = joined.pop()
                share = (end - start) / max(end - before, 1e-6)
                joined.append((before, end, other + share * (fit - other)))
            else:
                joined.append((start, end, fit))
        joined.sort(key=lambda one: (-one[2], one[0]))
        return tuple(
            MoodPlace(round(start, 2), round(end, 2), round(fit, 4)) for start, end, fit in joined
        )

    def segments(self, words: str, row: int) -> Vector:
        """The fit of each segment of one recording by its sound; NaN where unknown."""
        return self._segments(words, self._view.segments_of(row))

    def _segments(self, words: str, part: slice) -> Vector:
        """The fit of some segments by their sound alone, shape (m,); NaN where unknown."""
        mood = mood_named(words)
        if mood is not None:
            curve = _CONTRAST * (self._agreement(mood, part) - 0.5) - self._shift(mood)
            fit: Vector = 1 / (1 + np.exp(-curve))
            return fit
        return self._tagged(self._columns_of((fold(words),)), part)

    def _shift(self, mood: Mood) -> float:
        """How far the middle of this library is off on a mood's curve; less in a small library."""
        if (known := self._usual.get(mood.name)) is None:
            count = len(self._view.owner)
            sample = np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.int64)
            agreement = self._agreement(mood, sample)
            agreement = agreement[np.isfinite(agreement)]
            middle = float(np.median(agreement)) if agreement.size else 0.5
            known = (
                float(np.clip(_CONTRAST * (middle - 0.5) - _USUAL, -_MOST_SHIFT, _MOST_SHIFT))
                * self._share()
            )
            self._usual[mood.name] = known
        return known

    def _share(self) -> float:
        """How much the rest of the library says about one recording."""
        count = len(self._view.table.ids)
        return count / (count + _FEW)

    def _agreement(self, mood: Mood, part: Part) -> Vector:
        """Weighted mean of all agreements of some segments, 0 to 1; NaN where unknown."""
        view = self._view
        rows = view.owner[part]
        count = len(rows)
        total, weights = np.zeros(count, np.float32), np.zeros(count, np.float32)
        share = self._share()
        for axis, stretch in mood.axes.items():
            column = AXIS_COLUMN[axis]
            place = (
                share * view.segment_places[part, column]
                + (1 - share) * view.segment_axes[part, column]
            )
            trust = stretch.weight * view.segment_confidence[part, column]
            _add(total, weights, _agreement(place, stretch), trust)
        if mood.tags and view.table.tag_names:
            agreement = self._tags_agree(mood.tags, part)
            _add(total, weights, agreement, np.full(count, _TAGS_WEIGHT * _TAGS_TRUST, np.float32))
        if mood.tempo_bpm is not None:
            agreement = _tempo_agrees(view.table.tempo_bpm[rows], mood.tempo_bpm)
            _add(total, weights, agreement, _TEMPO_WEIGHT * view.table.tempo_confidence[rows])
        return np.divide(total, weights, out=np.full(count, np.nan, np.float32), where=weights > 0)

    def _tags_agree(self, wanted: Mapping[str, float], part: Part) -> Vector:
        """Mean place of the tags that speak for a mood, and of those against it turned round."""
        sides = []
        for sign in (1, -1):
            columns = self._columns_of(tag for tag, weight in wanted.items() if weight * sign > 0)
            if columns:
                place = self._tagged(columns, part)
                sides.append(place if sign > 0 else 1 - place)
        return np.mean(sides, axis=0) if sides else self._unknown(part)

    def _tagged(self, columns: Collection[int], part: Part) -> Vector:
        """Mean place of some tags, the strongest counting most; NaN without a tagger."""
        if not columns:
            return self._unknown(part)
        places = np.stack([self._view.tag_places(column, part) for column in columns])
        mean: Vector = (0.5 * places.mean(axis=0) + 0.5 * places.max(axis=0)).astype(np.float32)
        return mean

    def _unknown(self, part: Part) -> Vector:
        return np.full(len(self._view.owner[part]), np.nan, np.float32)

    def _columns_of(self, tags: Iterable[str]) -> list[int]:
        return [column for tag in tags for column in self._tag_columns.get(tag, ())]

    def _best(self, segments: Vector) -> Vector:
        """The mean fit of the best half of each recording, by length."""
        view = self._view
        rows = len(view.table.ids)
        lengths = np.maximum(view.spans[:, 1] - view.spans[:, 0], 1e-3).astype(np.float64)
        known = np.isfinite(segments)
        owner, fits, lengths = view.owner[known], segments[known], lengths[known]
        order = np.lexsort((-fits, owner))
        owner, fits, lengths = owner[order], fits[order], lengths[order]
        half = _BEST_SHARE * np.bincount(owner, lengths, rows)
        first = np.searchsorted(owner, np.arange(rows))
        upto = np.cumsum(lengths)
        before = upto - lengths
        start = np.append(before, 0.0)[np.minimum(first, len(before))]
        counted = np.clip(half[owner] - (before - start[owner]), 0, lengths)
        total = np.bincount(owner, counted, rows)
        summed = np.bincount(owner, counted * fits, rows)
        share = np.divide(summed, total, out=np.full(rows, np.nan), where=total > 0)
        return np.asarray(share, np.float32)

    def _with_file_tags(self, words: str, fits: Vector) -> Vector:
        """Let what files say count too; a file alone is enough."""
        mood = mood_named(words)
        wanted = {fold(words)} | (mood.words if mood else frozenset())
        hinted = {fold(words)} if mood is None else mood.genres
        out = fits.copy()
        for row, track_id in enumerate(self._view.table.ids.tolist()):
            belief = 0.0
            if not wanted.isdisjoint(self._files.moods.get(track_id, ())):
                belief = _TAGGED
            elif not hinted.isdisjoint(self._files.genres.get(track_id, ())):
                belief = _GENRE_HINTS if mood else _TAGGED
            if belief:
                fit = out[row] if np.isfinite(out[row]) else 0.5
                out[row] = 1 - (1 - fit) * (1 - belief)
        return out


def _add(total: Vector, weights: Vector, agreement: Vector, trust: Vector) -> None:
    known = np.isfinite(agreement)
    total[known] += (agreement * trust)[known]
    weights[known] += trust[known]


def _agreement(place: Vector, stretch: Stretch) -> Vector:
    """1 inside, falling outside; a stretch at an end of the scale is best at that end."""
    outside = np.maximum(stretch.low - place, place - stretch.high)
    width = max(stretch.high - stretch.low, 1e-6)
    if stretch.low <= 0:
        inside = 1 - (1 - _EDGE) * place / width
    elif stretch.high >= 1:
        inside = 1 - (1 - _EDGE) * (1 - place) / width
    else:
        middle = (stretch.low + stretch.high) / 2
        inside = 1 - (1 - _EDGE) * np.abs(place - middle) / (width / 2)
    fading = _EDGE * np.exp(-np.maximum(outside, 0) / _FADE)
    agreement: Vector = np.where(outside > 0, fading, inside).astype(np.float32)
    return agreement


def _tempo_agrees(tempo: Vector, wanted: tuple[float, float]) -> Vector:
    """1 where the tempo, its half or its double is within, falling over octaves outside."""
    low, high = np.log2(wanted[0]), np.log2(wanted[1])
    with np.errstate(invalid="ignore", divide="ignore"):
        octave = np.log2(tempo)
    shifted = np.stack([octave - 1, octave, octave + 1])
    outside = np.maximum(np.maximum(low - shifted, shifted - high), 0)
    # Half and double are further off than the tempo itself.
    distance = (outside + np.array([[0.1], [0.0], [0.1]])).min(axis=0)
    agreement: Vector = np.clip(1 - distance / _TEMPO_FADE, 0, 1).astype(np.float32)
    return np.where(np.isfinite(octave), agreement, np.float32(np.nan))
