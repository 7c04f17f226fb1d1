"""How well a hum can be laid along a line of notes, from any note on, in any key and tempo.

Dynamic programming over atoms of the hum (steady pieces of its pitch) and notes of the line. A
cell carries the key and the tempo of the best way into it, and lets them follow the hum slowly: a
hum that drifts by two semitones or gets faster stays on the tune, and neither keys nor tempos
have to be tried one after the other. Notes may be left out by the singer, notes may be wrong or
too many, and the hum may begin and end with something else.
"""
# ruff: noqa: PLR0915

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Longs: TypeAlias = NDArray[np.int64]

COST, FIRST, LAST, KEY, TEMPO, FROM, TO = range(7)
"""Columns of what `align` gives back."""
COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Costs:
    """What an alignment pays for; a second off by a semitone costs 1."""

    garbage: float = 1.0
    """A second of the hum that belongs to no note, at its beginning or end."""
    clip: float = 2.5
    """The most that a second may cost: from here on a note is just wrong."""
    skip: float = 0.15
    """A note of the line that was not hummed."""
    repeat: float = 0.03
    """The same for a note that repeats the one before it: it is often not heard."""
    timing: float = 0.5
    """A note twice too long or too short, for each second of it."""
    timing_base: float = 0.05
    """Added to the seconds of a note, for its timing."""
    key_memory_s: float = 2.0
    tempo_memory_s: float = 3.0
    slowest: float = 0.45
    """Tempos of the hum against the line."""
    fastest: float = 2.2

    def packed(self) -> Floats:
        return np.array(
            [
                self.garbage, self.clip, self.skip, self.repeat, self.timing, self.timing_base,
                self.key_memory_s, self.tempo_memory_s, 1 / self.fastest, 1 / self.slowest,
            ],
            np.float32,
        )  # fmt: skip


def align(
    pitch: Floats,
    voiced: Floats,
    begin: Floats,
    notes: Floats,
    first: Longs,
    last: Longs,
    costs: Floats,
) -> Floats:
    """Lay a hum along stretches of notes.

    Args:
        pitch: of each atom, MIDI numbers, shape (n,).
        voiced: seconds of it that are sung, shape (n,).
        begin: when it begins, seconds, shape (n,).
        notes: rows of pitch, onset (s) and confidence, shape (3, m), line after line.
        first: note at which each stretch begins, shape (s,).
        last: note before which it ends, shape (s,).
        costs: `Costs.packed`.

    Returns:
        Rows of cost per sung second, first and last note counted from
        the stretch's first, key (hum minus line, semitones), tempo
        (seconds of the hum for one of the line), first and last atom; shape (s, COLUMNS).
    """
    found = np.zeros((first.size, COLUMNS), np.float32)
    if pitch.size and first.size:
        _align_all(pitch, voiced, begin, notes, first, last, costs, found)
    return found


@njit(cache=True, nogil=True, fastmath=True, boundscheck=False)
def _align_all(
    pitch: Floats,
    voiced: Floats,
    begin: Floats,
    notes: Floats,
    first: Longs,
    last: Longs,
    costs: Floats,
    found: Floats,
) -> None:
    longest = 0
    for s in range(first.size):
        longest = max(longest, last[s] - first[s])
    # Three cells before the first note, from which nothing comes.
    rows = np.zeros((2, 6, longest + 3), np.float32)
    line = np.zeros((7, longest + 3), np.float32)
    for s in range(first.size):
        m = last[s] - first[s]
        _prepare(notes, first[s], m, costs, line)
        _align_one(pitch, voiced, begin, line, m, costs, rows, found[s])


@njit(cache=True, nogil=True, fastmath=True, boundscheck=False)
def _prepare(notes: Floats, first: int, m: int, costs: Floats, line: Floats) -> None:
    """Pitch, weight, time from the last three notes, price of leaving out the last and two."""
    for j in range(m):
        x = j + 3
        line[0, x] = notes[0, first + j]
        line[1, x] = np.float32(0.4) + np.float32(0.6) * notes[2, first + j]
        for back in range(1, 4):
            gap = np.float32(1)
            if j >= back:
                gap = notes[1, first + j] - notes[1, first + j - back]
            line[1 + back, x] = max(gap, np.float32(0.03))
        line[5, x] = np.float32(0)
        line[6, x] = np.float32(0)
        if j >= 2:
            line[5, x] = _skipped(notes, first + j - 1, costs)
        if j >= 3:
            line[6, x] = line[5, x] + _skipped(notes, first + j - 2, costs)


@njit(cache=True, nogil=True, fastmath=True, boundscheck=False)
def _skipped(notes: Floats, note: int, costs: Floats) -> float:
    price = costs[3] if notes[0, note] == notes[0, note - 1] else costs[2]
    return price * notes[2, note]  # type: ignore[no-any-return]


@njit(cache=True, nogil=True, fastmath=True, boundscheck=False)
def _align_one(
    pitch: Floats,
    voiced: Floats,
    begin: Floats,
    line: Floats,
    m: int,
    costs: Floats,
    rows: Floats,
    found: Floats,
) -> None:
    n = pitch.size
    huge = np.float32(1e9)
    total = np.float32(0)
    for i in range(n):
        total += voiced[i]
    rows[:, :, : m + 3] = np.float32(0)
    rows[:, 0, : m + 3] = huge
    best = huge
    done = np.float32(0)
    for i in range(n):
        old = rows[i % 2]
        new = rows[(i + 1) % 2]
        start = costs[0] * done if voiced[i] > 0 and 2 * done < total else huge
        _step(
            old[0], old[1], old[2], old[3], old[4], old[5],
            new[0], new[1], new[2], new[3], new[4], new[5],
            line[0], line[1], line[2], line[3], line[4], line[5], line[6],
            m, pitch[i], voiced[i], begin[i], start, done, costs,
        )  # fmt: skip
        done += voiced[i]
        if 2 * done < total:
            continue
        low = huge
        for j in range(3, m + 3):
            low = min(low, new[0, j])
        price = low + costs[0] * (total - done)
        if price < best:
            best = price
            for j in range(3, m + 3):
                if new[0, j] == low:
                    found[1] = new[4, j]
                    found[2] = np.float32(j - 3)
                    found[3] = new[1, j]
                    found[4] = new[2, j]
                    found[5] = new[5, j]
                    found[6] = done
                    break
    found[0] = best / max(total, np.float32(1e-3))


@njit(cache=True, nogil=True, fastmath=True, boundscheck=False)
def _step(
    cost0: Floats, key0: Floats, tempo0: Floats, enter0: Floats, first0: Floats, born0: Floats,
    cost1: Floats, key1: Floats, tempo1: Floats, enter1: Floats, first1: Floats, born1: Floats,
    pitch: Floats, weight: Floats, gap1: Floats, gap2: Floats, gap3: Floats, skip1: Floats,
    skip2: Floats, m: int, sung: float, voiced: float, time: float, start: Any, done: Any,
    costs: Floats,
) -> None:  # fmt: skip
    """One atom further, for all notes at once; written without branches, to be vectorised."""
    clip = costs[1]
    timing = costs[4]
    base = costs[5]
    slow = costs[8]
    fast = costs[9]
    one = np.float32(1)
    two = np.float32(2)
    zero = np.float32(0)
    for x in range(3, m + 3):
        off = sung - pitch[x]
        heavy = voiced * weight[x]
        # The note goes on.
        cost = cost0[x] + heavy * min(abs(off - key0[x]), clip)
        key = key0[x]
        tempo = tempo0[x]
        enter = enter0[x]
        first = first0[x]
        born = born0[x]
        # The next note begins, or the one after it, or the one after that.
        for back in range(1, 4):
            y = x - back
            gap = gap1[x] if back == 1 else (gap2[x] if back == 2 else gap3[x])
            left = zero if back == 1 else (skip1[x] if back == 2 else skip2[x])
            spent = time - enter0[y]
            known = tempo0[y] > zero
            meant = tempo0[y] * gap
            bend = two * (spent - meant) / (spent + meant + np.float32(1e-6))
            memory = min(done - born0[y], costs[7])
            paid = timing * abs(bend) * (base + min(spent, one))
            paid = paid if known else zero
            followed = tempo0[y] * (one + bend * spent / (memory + spent + np.float32(1e-6)))
            followed = followed if known else spent / gap
            followed = min(max(followed, slow), fast)
            other = cost0[y] + left + paid + heavy * min(abs(off - key0[y]), clip)
            other = other if spent > np.float32(0.03) else np.float32(1e9)
            better = other < cost
            cost = other if better else cost
            key = key0[y] if better else key
            tempo = followed if better else tempo
            enter = time if better else enter
            first = first0[y] if better else first
            born = born0[y] if better else born
        fresh = start < cost
        cost = start if fresh else cost
        key = off if fresh else key
        tempo = zero if fresh else tempo
        enter = time if fresh else enter
        first = np.float32(x - 3) if fresh else first
        born = done if fresh else born
        memory = min(done - born, costs[6])
        error = min(max(off - key, -one), one)
        key1[x] = key + error * voiced / (memory + voiced + np.float32(1e-6))
        cost1[x] = min(cost, np.float32(1e9))
        tempo1[x] = tempo
        enter1[x] = enter
        first1[x] = first
        born1[x] = born
