"""LSDTW: linear scaling in two stages, then time warping within a band.

The pitch curve of the hum is compared with the melody from every note on, at a few tempi, first
coarsely (12 samples, 7 tempi), then more finely (24 samples, 11 tempi) for the best 600 places; the
best 120 tunes are ranked by dynamic time warping. Linear scaling: Jang, Lee and Kao 2001,
"Content-based music retrieval using linear scaling and branch-and-bound tree search".
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from evals.humming.baselines.ranking import Ranked
from knowledge.melody.models import FRAME_S, Contour, Melody, MelodyKey

Floats = NDArray[np.float32]
HOP_S: Final = 0.05
_PAUSE_S = 0.6
_LONGEST_S = 7.0
_SHORTEST_S = 2.0
_COARSE, _COARSE_TEMPI = 12, np.geomspace(0.64, 1.55, 7)
_FINE, _FINE_TEMPI = 24, np.geomspace(0.64, 1.55, 11)
_PLACES, _TUNES = 600, 120
_PLACES_PER_TUNE = 3
_WARP_TEMPI = (1 / 1.07, 1.0, 1.07)
_WARP_KEYS = (-0.5, 0.0, 0.5)
_BAND = 0.12
"""How far the warping path leaves the diagonal, share of the hum's length."""
_NOTHING = 1e9


class LinearScaling:
    """See the module."""

    name = "lsdtw"

    def __init__(self, melodies: Iterable[Melody]) -> None:
        self._keys: list[MelodyKey] = []
        curves: list[Floats] = []
        owners: list[NDArray[np.int32]] = []
        starts: list[NDArray[np.int32]] = []
        ends: list[NDArray[np.int32]] = []
        length = 0
        for number, melody in enumerate(melodies):
            self._keys.append(melody.key)
            notes = melody.lines[0].notes
            curve, begins = _melody_curve(notes)
            curves.append(curve)
            starts.append((begins + length).astype(np.int32))
            owners.append(np.full(len(begins), number, np.int32))
            length += len(curve)
            ends.append(np.full(len(begins), length, np.int32))
        self._curve = np.concatenate(curves)
        self._starts, self._ends = np.concatenate(starts), np.concatenate(ends)
        self._owners = np.concatenate(owners)

    def rank(self, contour: Contour, count: int) -> Sequence[Ranked]:
        """See `Matcher.rank`."""
        hum = hum_curve(contour)
        if len(hum) * HOP_S < _SHORTEST_S:
            return ()
        scan, warp = _kernels()
        costs, _ = scan(
            _sampled(hum, _COARSE), len(hum), _COARSE_TEMPI, self._curve, self._starts, self._ends
        )
        places = self._best_places(costs)
        fine, tempi = scan(
            _sampled(hum, _FINE),
            len(hum),
            _FINE_TEMPI,
            self._curve,
            self._starts[places],
            self._ends[places],
        )
        best: dict[int, tuple[float, int, float]] = {}
        for cost, place, tempo in sorted(zip(fine, places, tempi, strict=True)):
            best.setdefault(int(self._owners[place]), (float(cost), int(place), float(tempo)))
        ranked = [
            Ranked(self._keys[owner], self._warped(hum, place, tempo, warp))
            for owner, (cost, place, tempo) in list(best.items())[:_TUNES]
            if cost < _NOTHING
        ]
        return sorted(ranked, key=lambda one: one.cost)[:count]

    def _best_places(self, costs: Floats) -> NDArray[np.int64]:
        """Note starts with the lowest costs, few of each tune."""
        near = np.argpartition(costs, min(len(costs) - 1, 8 * _PLACES))[: 8 * _PLACES]
        near = near[np.argsort(costs[near])]
        taken: dict[int, int] = {}
        places: list[int] = []
        for place in near:
            owner = int(self._owners[place])
            taken[owner] = taken.get(owner, 0) + 1
            if taken[owner] <= _PLACES_PER_TUNE:
                places.append(int(place))
            if len(places) == _PLACES:
                break
        return np.array(places)

    def _warped(self, hum: Floats, place: int, tempo: float, warp: Any) -> float:
        lowest = _NOTHING
        start, end = int(self._starts[place]), int(self._ends[place])
        for factor in _WARP_TEMPI:
            index = start + np.arange(len(hum)) * tempo * factor
            index = index[index < end]
            if len(index) < 0.7 * len(hum):
                continue
            tune = self._curve[index.astype(np.int64)]
            level = float(np.median(hum[: len(tune)])) - float(np.median(tune))
            for key in _WARP_KEYS:
                moved = (tune + np.float32(level + key)).astype(np.float32)
                lowest = min(lowest, warp(hum, moved, max(3, int(_BAND * len(hum)))))
        return lowest


def hum_curve(contour: Contour) -> Floats:
    """Semitones, one every `HOP_S`: gaps held, long pauses squeezed, cut at `_LONGEST_S`."""
    pitch = np.asarray(contour.pitch, np.float64)
    voiced = np.flatnonzero(~np.isnan(pitch))
    if not len(voiced):
        return np.empty(0, np.float32)
    pitch = pitch[voiced[0] : voiced[-1] + 1]
    sounding = ~np.isnan(pitch)
    last = np.maximum.accumulate(np.where(sounding, np.arange(len(pitch)), 0))
    held = pitch[last]
    kept = (np.arange(len(pitch)) - last) * FRAME_S <= _PAUSE_S
    held = held[kept]
    count = int(min(len(held) * FRAME_S, _LONGEST_S) / HOP_S)
    places = np.minimum((np.arange(count) * HOP_S / FRAME_S).astype(np.int64), len(held) - 1)
    return held[places].astype(np.float32)


def _melody_curve(notes: NDArray[np.float32]) -> tuple[Floats, NDArray[np.int64]]:
    """The same of a melody, and where its notes begin in it."""
    onsets, durations = notes[:, 0].astype(np.float64), notes[:, 1].astype(np.float64)
    steps = np.diff(onsets, append=onsets[-1] + durations[-1])
    steps = np.minimum(steps, durations + _PAUSE_S)
    edges = np.concatenate([[0.0], np.cumsum(np.maximum(steps, 0.01))])
    times = np.arange(0, edges[-1], HOP_S)
    owner = np.clip(np.searchsorted(edges, times, side="right") - 1, 0, len(notes) - 1)
    begins = np.minimum(np.ceil(edges[:-1] / HOP_S).astype(np.int64), len(times) - 1)
    return notes[owner, 2].astype(np.float32), begins


def _sampled(hum: Floats, count: int) -> Floats:
    places = ((np.arange(count) + 0.5) * len(hum) / count).astype(np.int64)
    samples = hum[places]
    return (samples - np.mean(samples)).astype(np.float32)


def _scan(
    hum: Floats,
    length: int,
    tempi: NDArray[np.float64],
    curve: Floats,
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
) -> tuple[Floats, Floats]:
    """Cost and tempo of the best linear scaling from each start; `length` in hops."""
    count = len(hum)
    best = np.full(len(starts), 1e9, np.float32)
    which = np.ones(len(starts), np.float32)
    tune = np.empty(count, np.float32)
    for number in range(len(starts)):
        start, end = starts[number], ends[number]
        for tempo in tempi:
            if start + 0.8 * length * tempo > end:
                break
            total = 0.0
            for k in range(count):
                place = start + int((k + 0.5) * length * tempo / count)
                tune[k] = curve[min(place, end - 1)]
                total += tune[k]
            mean = total / count
            cost = 0.0
            for k in range(count):
                cost += min(abs(tune[k] - mean - hum[k]), 3.0)
            cost /= count
            if cost < best[number]:
                best[number], which[number] = cost, tempo
    return best, which


def _warp(hum: Floats, tune: Floats, band: int) -> float:
    """Mean cost of the best path near the diagonal that uses the whole hum; the end is open."""
    rows, columns = len(hum), len(tune)
    before = np.full(columns, 1e9, np.float32)
    now = np.full(columns, 1e9, np.float32)
    lowest = 1e9
    for i in range(rows):
        now[:] = 1e9
        for j in range(max(0, i - band), min(columns, i + band + 1)):
            away = min(abs(hum[i] - tune[j]), 3.0)
            if i == 0:
                now[j] = away + 0.25 * j * 0.2
                continue
            step = before[j] + 0.25
            if j > 0:
                step = min(step, before[j - 1], now[j - 1] + 0.25)
            now[j] = step + away
        before, now = now, before
    for j in range(max(0, rows - 1 - band), columns):
        lowest = min(lowest, before[j])
    return lowest / rows


@cache
def _kernels() -> tuple[Any, Any]:
    from numba import njit  # noqa: PLC0415  a second that only this evaluation needs

    return njit(nogil=True)(_scan), njit(nogil=True)(_warp)
