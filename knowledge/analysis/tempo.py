"""Which tempo one taps to: one of the regularities of a tempogram, with how sure that is.

Every regularity is also one at half and at double the tempo. Which of them is the beat is judged by
how regular it is itself and at its relatives, in each range of frequency, by how common the tempo
is, and by how many notes there are to a beat. The weights of all that were learned from
constructed music whose tempo is known: see `evals/analysis/learn_tempo.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.onsets import onset_times
from knowledge.analysis.spectrum import Spectrum
from knowledge.analysis.tempogram import BPM, Range, Tempogram, View, tempogram

SLOWEST_BPM = 44.0
FASTEST_BPM = 225.0
_MIDDLE_BPM = 110.0
_CANDIDATES = 10
_NEAR = 0.02
"""A relative of a tempo is looked for so far around it."""
_LOW_SHARE = 0.3
_SPREAD_OCTAVES = 1.1
_LEAST_NOTES_HZ = 0.3
_APART_OCTAVES = 0.06
"""Tempi nearer than this are the same."""
_LEAST_REGULAR = 0.02
_REGULAR = 0.35
"""Onsets as regular as this leave no doubt that there is a beat."""
_SAME_TEMPO = 3.0
"""How much a segment prefers the tempo of the whole recording, in logits."""

# Which relatives of a tempo are looked at, in each range and view.
_RELATIVES: tuple[tuple[Range, View, tuple[float, ...]], ...] = (
    *(
        entry
        for each in (Range.ALL, Range.LOW)
        for entry in (
            (each, View.BEAT, (0.5, 1.0, 2.0, 1.5, 2 / 3)),
            (each, View.FOURIER, (0.5, 1.0, 2.0, 3.0, 1.5)),
            (each, View.COMB, (1.0,)),
        )
    ),
    *(
        entry
        for each in (Range.MIDDLE, Range.HIGH)
        for entry in (
            (each, View.BEAT, (1.0,)),
            (each, View.FOURIER, (0.5, 1.0, 2.0, 3.0, 1.5)),
            (each, View.COMB, (1.0,)),
        )
    ),
)
EVIDENCE = 3 + sum(len(relatives) for _, _, relatives in _RELATIVES)
"""Numbers that speak for or against a tempo."""
_WEIGHTS = np.array(
    (
        *(0.12, -0.57, 0.77),
        *(0.74, 1.46, -0.28, -0.65, 0.61, -6.69, 4.49, 3.47, 3.4, -2.77, 1.94),
        *(0.14, -0.62, -2.48, -0.2, -0.62, 6.53, 1.68, -1.73, 0.64, 3.54, 0.29),
        *(0.73, 3.97, 3.13, 1.28, 0.72, 3.83, 1.06),
        *(1.47, 6.65, -6.5, 7.09, -0.55, 0.16, 1.75),
    )
)
"""A row for the tempo itself, and one for each `Range`."""


@dataclass(frozen=True, slots=True)
class Tempo:
    bpm: float | None
    confidence: float
    """0 to 1: how likely this is what one taps to."""


NO_TEMPO = Tempo(None, 0.0)


@dataclass(frozen=True, slots=True)
class Tempi:
    """Likeliest tempi of a recording and of stretches of it, best first."""

    whole: tuple[Tempo, ...]
    parts: tuple[tuple[Tempo, ...], ...]

    @property
    def best(self) -> Tempo:
        """The tempo of the whole recording."""
        return self.whole[0] if self.whole else NO_TEMPO

    def part(self, index: int) -> Tempo:
        """The tempo of a stretch."""
        return self.parts[index][0] if self.parts[index] else NO_TEMPO


def tempi_in(spectrum: Spectrum, bounds: Sequence[tuple[float, float]]) -> Tempi:
    """Find the tempi of all of a recording and of each stretch of it.

    Args:
        spectrum: from `Frames.spectrum`.
        bounds: start and end of each stretch, seconds; together they are the recording.
    """
    rate = spectrum.frames_per_s
    rises = spectrum.rises
    onsets = onset_times(spectrum.rise_db, rate)
    lengths = [max(end - start, 1e-3) for start, end in bounds]
    seen = [
        tempogram(rises[:, round(start * rate) : round(end * rate)], rate) for start, end in bounds
    ]
    whole = tempi_of(np.average(seen, axis=0, weights=lengths), onsets.size / sum(lengths))
    like_bpm = whole[0].bpm if whole else None
    parts = tuple(
        tempi_of(
            part,
            np.count_nonzero((onsets >= start) & (onsets < end)) / length,
            like_bpm=like_bpm,
        )
        for part, (start, end), length in zip(seen, bounds, lengths, strict=True)
    )
    return Tempi(whole, parts)


def tempi_of(
    seen: Tempogram, onsets_hz: float, *, like_bpm: float | None = None, count: int = 2
) -> tuple[Tempo, ...]:
    """Return the likeliest tempi, best first; none where nothing is regular.

    Args:
        seen: from `tempogram`, or a mean of several of them.
        onsets_hz: note onsets per second.
        like_bpm: a tempo to prefer where this one is in doubt.
        count: how many at most.
    """
    bpm = candidates(seen)
    if not bpm.size:
        return ()
    score = evidence(seen, bpm, onsets_hz) @ _WEIGHTS
    if like_bpm is not None:
        score += _SAME_TEMPO * (np.abs(np.log2(bpm / like_bpm)) < _APART_OCTAVES)
    likely = np.exp(score - score.max())
    likely /= likely.sum()
    found: list[Tempo] = []
    for place in np.argsort(-likely):
        apart = np.abs(np.log2(bpm / bpm[place])) >= _APART_OCTAVES
        if all(abs(np.log2((each.bpm or 1.0) / bpm[place])) >= _APART_OCTAVES for each in found):
            share = float(likely[~apart].sum())
            regular = _at(seen[Range.ALL, View.COMB], bpm[place : place + 1])[0]
            sure = share * min(max(float(regular), 0.0) / _REGULAR, 1.0)
            found.append(Tempo(round(_exactly(seen, float(bpm[place])), 2), round(sure, 3)))
        if len(found) == count:
            break
    return tuple(found)


def candidates(seen: Tempogram) -> NDArray[np.float64]:
    """Return the tempi that may be the beat, beats a minute, most regular first."""
    comb, fourier = (_with_low(seen, view) for view in (View.COMB, View.FOURIER))
    if comb.max() < _LEAST_REGULAR:
        return np.zeros(0)
    common = np.exp(-0.5 * (np.log2(BPM / _MIDDLE_BPM) / _SPREAD_OCTAVES) ** 2)
    score = np.maximum(comb, 0) * (fourier + 1e-4) ** 0.25 * common
    score[(BPM < SLOWEST_BPM) | (BPM > FASTEST_BPM)] = 0
    peaks = np.flatnonzero((score[1:-1] > score[:-2]) & (score[1:-1] >= score[2:])) + 1
    best: NDArray[np.float64] = BPM[peaks[np.argsort(-score[peaks])][:_CANDIDATES]]
    return best


def evidence(seen: Tempogram, bpm: NDArray[np.float64], onsets_hz: float) -> NDArray[np.float64]:
    """Return what speaks for or against each tempo, shape (len(bpm), EVIDENCE)."""
    octaves = np.log2(bpm / _MIDDLE_BPM)
    columns = [octaves, octaves**2, octaves * np.log2(onsets_hz + _LEAST_NOTES_HZ)]
    columns += [
        _at(seen[each, view], bpm * relative)
        for each, view, relatives in _RELATIVES
        for relative in relatives
    ]
    return np.stack(columns, axis=1)


def _with_low(seen: Tempogram, view: View) -> NDArray[np.float64]:
    mixed: NDArray[np.float64] = (1 - _LOW_SHARE) * seen[Range.ALL, view] + _LOW_SHARE * seen[
        Range.LOW, view
    ]
    return mixed


def _at(row: NDArray[np.float64], bpm: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the largest value near each tempo."""
    around = np.geomspace(1 - _NEAR, 1 + _NEAR, 5)
    values = np.interp(bpm[:, None] * around, BPM, row, left=0.0, right=0.0)
    largest: NDArray[np.float64] = values.max(axis=1)
    return largest


def _exactly(seen: Tempogram, bpm: float) -> float:
    """Return the tempo of the peak at `bpm`, finer than the steps of `BPM`."""
    comb = _with_low(seen, View.COMB)
    near = np.flatnonzero(np.abs(BPM / bpm - 1) < _NEAR / 2)
    best = int(near[comb[near].argmax()])
    left, middle, right = comb[best - 1 : best + 2]
    bend = left - 2 * middle + right
    shift = float(np.clip(0.5 * (left - right) / bend, -0.5, 0.5)) if bend < 0 else 0.0
    return float(np.interp(best + shift, np.arange(BPM.size), BPM))
