"""NoteDP: notes of the hum aligned with notes of each tune by intervals and onset ratios.

Every tune is aligned in full by dynamic programming: the path takes one or two notes further on
either side, and pays for the difference of the intervals, for a change of the tempo, and for notes
passed over. After Mongeau and Sankoff 1990, "Comparison of musical sequences".
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.humming.baselines.ranking import Ranked
from knowledge.melody.models import Contour, Melody, MelodyKey

Floats = NDArray[np.float32]
_FEWEST_NOTES = 4


class NoteAlignment:
    """See the module."""

    name = "notedp"

    def __init__(self, melodies: Iterable[Melody]) -> None:
        self._keys: list[MelodyKey] = []
        rows: list[NDArray[np.float32]] = []
        counts: list[int] = []
        for melody in melodies:
            self._keys.append(melody.key)
            rows.append(melody.lines[0].notes[:, [0, 2]].astype(np.float32))
            counts.append(len(rows[-1]))
        notes = np.concatenate(rows)
        self._onsets, self._pitches = notes[:, 0].copy(), notes[:, 1].copy()
        self._edges = np.concatenate([[0], np.cumsum(counts)])

    def rank(self, contour: Contour, count: int) -> Sequence[Ranked]:
        """See `Matcher.rank`."""
        if len(contour.notes) < _FEWEST_NOTES:
            return ()
        onsets = np.array([note.onset_s for note in contour.notes], np.float32)
        pitches = np.array([note.pitch for note in contour.notes], np.float32)
        costs = _kernel()(onsets, pitches, self._onsets, self._pitches, self._edges)
        order = np.argsort(costs, kind="stable")[:count]
        return [Ranked(self._keys[one], float(costs[one])) for one in order]


def _align(  # noqa: C901, PLR0912  a kernel is loops
    onsets: Floats,
    pitches: Floats,
    tune_onsets: Floats,
    tune_pitches: Floats,
    edges: NDArray[np.int64],
) -> Floats:
    """Cost for each note of the hum of its best place in each tune."""
    count = len(onsets)
    found = np.full(len(edges) - 1, 1e9, np.float32)
    longest = 0
    for tune in range(len(edges) - 1):
        longest = max(longest, edges[tune + 1] - edges[tune])
    cost = np.empty((count, longest), np.float32)
    tempo = np.zeros((count, longest), np.float32)
    sung = np.zeros((3, count), np.float32)
    for a in range(1, 3):
        for i in range(a, count):
            sung[a, i] = np.log2(max(onsets[i] - onsets[i - a], 0.03))
    written = np.zeros((3, longest), np.float32)
    for tune in range(len(edges) - 1):
        begin, length = edges[tune], edges[tune + 1] - edges[tune]
        for b in range(1, 3):
            for j in range(b, length):
                apart = tune_onsets[begin + j] - tune_onsets[begin + j - b]
                written[b, j] = np.log2(max(apart, 0.03))
        for i in range(count):
            for j in range(length):
                # The first note of the hum may be a mistake.
                best = np.float32(i) if i <= 1 else np.float32(1e9)
                kept = np.float32(0)
                for a in range(1, min(2, i) + 1):
                    rise = pitches[i] - pitches[i - a]
                    for b in range(1, min(2, j) + 1):
                        paid = cost[i - a, j - b] + 0.9 * (a + b - 2)
                        if paid >= best:
                            continue
                        step = rise - (tune_pitches[begin + j] - tune_pitches[begin + j - b])
                        ratio = sung[a, i] - written[b, j]
                        if i == a:
                            change = max(0.0, abs(ratio) - 1.0)
                            follow = ratio
                        else:
                            change = abs(ratio - tempo[i - a, j - b])
                            # The tempo follows slowly: single onsets are not exact.
                            follow = 0.6 * tempo[i - a, j - b] + 0.4 * ratio
                        paid += min(abs(step), 3.0) * 0.6 + min(change, 1.5) * 0.7
                        if paid < best:
                            best, kept = np.float32(paid), np.float32(follow)
                cost[i, j], tempo[i, j] = best, kept
        lowest = np.float32(1e9)
        for j in range(length):
            lowest = min(lowest, cost[count - 1, j], cost[count - 2, j] + np.float32(1))
        found[tune] = lowest / count
    return found


@cache
def _kernel() -> Any:
    from numba import njit  # noqa: PLC0415  a second that only this evaluation needs

    return njit(nogil=True)(_align)
