"""Which recordings sound like given ones, and which do but for something: "calmer", "slower".

A weighted sum of agreements, each of which can be told: the tagger's embedding (without what the
whole library has in common), places on the axes, tempo in octaves, key on the circle of fifths,
and the genres of the files. With a "but", the place that is wanted moves, and what does not go the
way that was asked for is left out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.sound import AXES, Axis, Vector
from knowledge.models import TrackId
from knowledge.sound.mood_fit import FileTags
from knowledge.sound.sounding import AXIS_COLUMN, Alike, SoundTable

_EMBEDDING, _AXES, _TEMPO, _KEY, _GENRE = 0.4, 0.3, 0.12, 0.06, 0.12
_AXIS_WEIGHTS: Mapping[Axis, float] = {
    Axis.ENERGY: 1.5,
    Axis.ACOUSTICNESS: 1.0,
    Axis.INSTRUMENTALNESS: 1.0,
    Axis.DANCEABILITY: 0.8,
    Axis.VALENCE: 0.7,
    Axis.BRIGHTNESS: 0.6,
    Axis.DYNAMICS: 0.4,
    Axis.LOUDNESS: 0.4,
    Axis.VOCALS: 0.6,
}
_TEMPO_FADE = 0.25
"""Octaves apart at which tempos have nothing in common."""
_SHIFT = 0.35
"""How far along an axis a full "but" moves, as a share of the library."""
_TEMPO_SHIFT, _YEAR_SHIFT = 0.3, 12.0
"""The same in octaves of tempo, and in years."""
_LEAST_MOVE = 0.03
"""Moved less than this, it is not "calmer"."""
_BUT_WEIGHT = 0.6
_UNKNOWN = 0.4
"""What an agreement that cannot be told counts as."""
_FEW = 20.0
"""In a library of so many recordings half of the mean is taken away from the embedding."""
_MOST_SEEDS = 50
_TELL = 0.75
"""An agreement of so much is worth being told."""
_BUT_WORDS: Mapping[str, tuple[str, str]] = {
    "energy": ("calmer", "more energetic"),
    "valence": ("darker", "brighter in mood"),
    "danceability": ("less danceable", "more danceable"),
    "acousticness": ("less acoustic", "more acoustic"),
    "instrumentalness": ("less instrumental", "more instrumental"),
    "vocals": ("less singing", "more singing"),
    "brightness": ("duller in sound", "brighter in sound"),
    "loudness": ("softer", "louder"),
    "dynamics": ("steadier", "more changing"),
    "tempo": ("slower", "faster"),
    "year": ("older", "newer"),
}
CHANGES: Mapping[str, tuple[str, float]] = {
    **{words: (name, -1.0) for name, (words, _) in _BUT_WORDS.items()},
    **{words: (name, 1.0) for name, (_, words) in _BUT_WORDS.items()},
    "quieter": ("loudness", -1.0),
    "livelier": ("energy", 1.0),
    "happier": ("valence", 1.0),
    "sadder": ("valence", -1.0),
    "brighter": ("brightness", 1.0),
    "instrumental": ("instrumentalness", 1.0),
}
"""Words for a change, each with what it moves and how far: "calmer" is ("energy", -1)."""
_AS_AXES: Mapping[Axis, str] = {
    Axis.ENERGY: "about as energetic",
    Axis.ACOUSTICNESS: "about as acoustic",
    Axis.DANCEABILITY: "about as danceable",
    Axis.INSTRUMENTALNESS: "about as much singing",
}


@dataclass(frozen=True, slots=True)
class _Term:
    weight: float
    agreement: Vector
    """Of every recording, shape (n,), 0 to 1; NaN where it cannot be told."""
    words: str = ""
    """To be said where it agrees; "" where nobody would say it."""
    holds: bool = False
    """It is true of all that are left, for the others were left out."""


class Likeness:
    """Compares the recordings of one view."""

    def __init__(self, table: SoundTable, files: FileTags, years: Mapping[TrackId, int]) -> None:
        self._table = table
        self._files = files
        self._years = np.array([years.get(i, np.nan) for i in table.ids.tolist()], np.float32)
        self._heard = np.any(table.embedding != 0, axis=1)
        count = int(self._heard.sum())
        mean = table.embedding.sum(axis=0) / max(count, 1)
        self._middle = (count / (count + _FEW) if count > 1 else 0.0) * mean
        self._axis_weights = np.array([_AXIS_WEIGHTS[axis] for axis in AXES], np.float32)

    def alike(
        self,
        seeds: Sequence[TrackId],
        *,
        among: Collection[TrackId] | None = None,
        but: Mapping[str, float] | None = None,
        count: int = 100,
    ) -> tuple[Alike, ...]:
        """The likest first; the seeds themselves are left out."""
        table = self._table
        rows = [row for one in seeds[:_MOST_SEEDS] if (row := table.row(one)) is not None]
        if not rows or count <= 0:
            return ()
        moves = {
            name: float(np.clip(by, -1, 1))
            for name, by in (but or {}).items()
            if by and np.isfinite(by)
        }
        allowed = np.ones(len(table.ids), bool)
        allowed[rows] = False
        if among is not None:
            allowed &= np.isin(table.ids, np.fromiter(among, np.int64, len(among)))
        terms = [*self._terms(rows, moves)]
        for name, by in moves.items():
            moved = self._moved(rows, name, by)
            if moved is not None:
                agreement, goes = moved
                allowed &= goes
                terms.append(_Term(_BUT_WEIGHT, agreement, _BUT_WORDS[name][by > 0], holds=True))
        score = _mean(terms)
        score[~allowed] = -1
        best = np.lexsort((table.ids, -score))[:count]
        best = best[score[best] >= 0]
        told = [term for term in terms if term.words]
        return tuple(
            Alike(int(table.ids[row]), round(float(score[row]), 4), self._reasons(row, rows, told))
            for row in best
        )

    def _terms(self, rows: list[int], moves: Mapping[str, float]) -> list[_Term]:
        terms: list[_Term] = []
        if (cosine := self._cosine(rows)) is not None:
            terms.append(
                _Term(_EMBEDDING, np.asarray((1 + cosine) / 2, np.float32), "a similar sound")
            )
        terms.append(_Term(_AXES, self._axes_agree(rows, moves)))
        terms.extend(
            _Term(1e-6, self._axis_agrees(rows, axis), words)
            for axis, words in _AS_AXES.items()
            if axis.value not in moves
        )
        if "tempo" not in moves:
            terms.append(_Term(_TEMPO, self._tempo_agrees(rows, 0.0), "about the same tempo"))
        terms.append(_Term(_KEY, self._key_agrees(rows), "a key that fits"))
        if self._files.genres:
            terms.append(_Term(_GENRE, self._genres_agree(rows)))
        return terms

    def _cosine(self, rows: list[int]) -> Vector | None:
        """How alike the embeddings are, -1 to 1; NaN where unknown, None where there is none.

        Without the mean of the library, since all music has much in common. The mean of a few
        says little about music, so less of it is taken away there. The centred embeddings are
        never made: they would be as large as the table.
        """
        embedding = self._table.embedding
        heard = self._heard
        seeds = embedding[[row for row in rows if heard[row]]]
        if not len(seeds):
            return None
        middle = self._middle
        wanted = seeds - middle
        wanted /= np.maximum(np.linalg.norm(wanted, axis=1, keepdims=True), 1e-6)
        length = np.sqrt(np.maximum(1 - 2 * embedding @ middle + middle @ middle, 1e-12))
        near = (embedding @ wanted.T - middle @ wanted.T) / length[:, None]
        # The nearest of several seeds counts as much as all of them together.
        cosine = 0.5 * near.max(axis=1) + 0.5 * near.mean(axis=1)
        return np.where(heard, np.clip(cosine, -1, 1), np.nan).astype(np.float32)

    def _axes_agree(self, rows: list[int], moves: Mapping[str, float]) -> Vector:
        table = self._table
        seeds = table.percentiles[rows]
        wanted = _nanmean(seeds)
        trust = self._axis_weights * np.nanmax(table.confidence[rows], axis=0)
        trust = np.array(
            [
                0.0 if axis.value in moves else weight
                for axis, weight in zip(AXES, trust, strict=True)
            ]
        )
        apart = np.abs(table.percentiles - wanted)
        known = np.isfinite(apart)
        weight = trust * table.confidence * known
        agreement = (weight * np.clip(1 - 2 * np.where(known, apart, 0), 0, 1)).sum(axis=1)
        total = weight.sum(axis=1)
        share = np.divide(agreement, total, out=np.full(len(total), np.nan), where=total > 0)
        return np.asarray(share, np.float32)

    def _axis_agrees(self, rows: list[int], axis: Axis) -> Vector:
        places = self._table.percentiles[:, AXIS_COLUMN[axis]]
        trusted = self._table.confidence[:, AXIS_COLUMN[axis]] >= 0.5
        agreement: Vector = np.clip(1 - 2 * np.abs(places - _nanmean(places[rows])), 0, 1)
        return np.where(trusted, agreement, np.float32(np.nan))

    def _tempo_agrees(self, rows: list[int], octaves: float) -> Vector:
        """How near the tempo is to the seeds', moved; half and double feel alike unless moved."""
        table = self._table
        with np.errstate(divide="ignore", invalid="ignore"):
            tempo = np.log2(table.tempo_bpm)
        wanted = tempo[rows]
        wanted = wanted[np.isfinite(wanted)] + octaves
        if not wanted.size:
            return np.full(len(tempo), np.nan, np.float32)
        apart = np.abs(tempo[:, None] - wanted)
        if not octaves:
            apart = np.abs((apart + 0.5) % 1.0 - 0.5)
        agreement = np.clip(1 - apart.min(axis=1) / _TEMPO_FADE, 0, 1)
        trust = np.sqrt(table.tempo_confidence)
        # An uncertain tempo neither speaks for nor against.
        return np.asarray(0.5 + trust * (agreement - 0.5), np.float32)

    def _key_agrees(self, rows: list[int]) -> Vector:
        key = self._table.key
        places = np.where(key >= 0, _fifths(key), -1)
        wanted = np.unique(places[rows])
        wanted = wanted[wanted >= 0]
        if not wanted.size:
            return np.full(len(key), np.nan, np.float32)
        apart = np.abs(places[:, None] - wanted)
        apart = np.minimum(apart, 12 - apart).min(axis=1)
        agreement = np.clip(1 - apart / 4, 0, 1).astype(np.float32)
        return np.where(key >= 0, agreement, np.float32(np.nan))

    def _genres_agree(self, rows: list[int]) -> Vector:
        ids = self._table.ids.tolist()
        genres = self._files.genres
        wanted = [genres[ids[row]] for row in rows if genres.get(ids[row])]
        out = np.full(len(ids), np.nan, np.float32)
        if not wanted:
            return out
        for row, track_id in enumerate(ids):
            if mine := genres.get(track_id):
                out[row] = max(len(mine & one) / len(mine | one) for one in wanted)
        return out

    def _moved(
        self, rows: list[int], name: str, by: float
    ) -> tuple[Vector, NDArray[np.bool_]] | None:
        """Agreement with the moved wish, and what goes that way at all."""
        table = self._table
        if name == "tempo":
            with np.errstate(divide="ignore", invalid="ignore"):
                tempo = np.log2(table.tempo_bpm)
            seed = float(_nanmean(tempo[rows]))
            goes = (tempo - seed) * np.sign(by) > np.log2(1.03)
            return self._tempo_agrees(rows, by * _TEMPO_SHIFT), goes
        if name == "year":
            seed = float(_nanmean(self._years[rows]))
            apart = np.abs(self._years - (seed + by * _YEAR_SHIFT))
            agreement = np.clip(1 - apart / (2 * _YEAR_SHIFT), 0, 1).astype(np.float32)
            return agreement, (self._years - seed) * np.sign(by) > 0
        if name not in {axis.value for axis in AXES}:
            return None
        places = table.percentiles[:, AXIS_COLUMN[Axis(name)]]
        seed = float(_nanmean(places[rows]))
        # Nothing is calmer than the calmest: what goes that way a little has to do.
        wanted = np.clip(seed + by * _SHIFT, 0.0, 1.0)
        agreement = np.clip(1 - np.abs(places - wanted) / 0.5, 0, 1).astype(np.float32)
        return agreement, (places - seed) * np.sign(by) > _LEAST_MOVE

    def _reasons(self, row: int, seeds: list[int], told: list[_Term]) -> tuple[str, ...]:
        ids, genres = self._table.ids, self._files.genres
        reasons = [
            (term.weight, term.words)
            for term in told
            if term.holds or float(term.agreement[row]) >= _TELL
        ]
        mine = genres.get(int(ids[row]), frozenset())
        shared = mine & frozenset().union(
            *(genres.get(int(ids[seed]), frozenset()) for seed in seeds)
        )
        if shared:
            reasons.append((_GENRE + _KEY, f"also {min(shared)}"))
        reasons.sort(key=lambda reason: -reason[0])
        return tuple(words for _, words in reasons[:4])


def _mean(terms: Sequence[_Term]) -> Vector:
    """The weighted mean of what can be told; 0 where nothing can."""
    total = np.zeros(len(terms[0].agreement), np.float64)
    weights = np.zeros_like(total)
    for term in terms:
        known = np.isfinite(term.agreement)
        total[known] += term.weight * term.agreement[known]
        weights[known] += term.weight
    # What little is known of must not win by it.
    full = sum(term.weight for term in terms)
    return ((total + _UNKNOWN * (full - weights)) / full).astype(np.float32)


def _fifths(key: NDArray[np.int64]) -> NDArray[np.int64]:
    """Place on the circle of fifths, relative minors beside their majors."""
    tonic = np.where(key >= 12, key % 12 + 3, key)
    return (tonic * 7) % 12


def _nanmean(values: Vector) -> Vector:
    """Mean down the rows without a warning where nothing is known."""
    known = np.isfinite(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0).sum(axis=0)
    mean: Vector = np.where(count > 0, total / np.maximum(count, 1), np.nan).astype(np.float32)
    return mean
