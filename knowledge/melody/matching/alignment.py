"""How well a hum can be laid along a line of notes, from any note on, in any key and tempo.

Dynamic programming over atoms of the hum (steady pieces of its pitch) and notes of the line. A
cell carries the key and the tempo of the best way into it, and lets them follow the hum slowly: a
hum that drifts by two semitones or gets faster stays on the tune, and neither keys nor tempos
have to be tried one after the other. Notes may be left out by the singer, notes may be wrong or
too many, and the hum may begin and end with something else.
"""
# ruff: noqa: FURB136, PLR0915

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numba import literal_unroll, njit
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
Longs: TypeAlias = NDArray[np.int64]

LONGEST_STRETCH = 1024
"""Notes that are reckoned in one go; longer lines are cut into stretches that overlap."""
_OVERLAP = 256
_LANES = 16
"""Numbers in the widest vector register."""
_PLANE = LONGEST_STRETCH + 16
"""Distance of two planes: a constant, so that the compiler sees that they do not overlap."""
_COST, _KEY, _TEMPO, _ENTER, _FIRST, _BORN = (np.uint64(k * _PLANE) for k in range(6))
"""Planes of the best way into each note: its cost, key, tempo, the time at which the note was
entered, the note it began with and the time sung until then."""
_PITCH, _WEIGHT, _GAP1, _GAP2, _GAP3 = (np.uint64(k * _PLANE) for k in range(6, 11))
_SKIP0, _SKIP1, _SKIP2 = (np.uint64(k * _PLANE) for k in range(11, 14))
"""Planes of the line: seconds since the last three notes, price of leaving out none of them, the
last one, the last two."""
_PLANES = 14
_U1, _U2, _U3 = np.uint64(1), np.uint64(2), np.uint64(3)
_UPLANE = np.uint64(_PLANE)
_HUGE = np.float32(1e9)
_SHORTEST = np.float32(0.03)
"""Seconds of the hum that a note must have."""

COST, FIRST, LAST, KEY, TEMPO, FROM, TO = range(7)
"""Columns of what `align` gives back."""
COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Costs:
    """What an alignment pays for; a second off by a semitone costs 1."""

    garbage: float = 1.05
    """A second of the hum that belongs to no note, at its beginning or end."""
    clip: float = 2.5
    """The most that a second may cost: from here on a note is just wrong."""
    skip: float = 0.075
    """A note of the line that was not hummed."""
    skip_s: float = 0.5
    """Added for each second of such a note, up to half a second."""
    repeat: float = 0.1
    """Share of that to be paid for a note that repeats the one before it: it is often not
    heard."""
    timing: float = 0.5
    """A note twice too long or too short, for each second of it."""
    timing_base: float = 0.06
    """Added to the seconds of a note, for its timing."""
    key_memory_s: float = 1.0
    tempo_memory_s: float = 0.85
    slowest: float = 0.5
    """Tempos of the hum against the line."""
    fastest: float = 2.2

    def packed(self) -> Floats:
        return np.array(
            [
                self.garbage, self.clip, self.skip, self.skip_s, self.timing, self.timing_base,
                self.key_memory_s, self.tempo_memory_s, 1 / self.fastest, 1 / self.slowest,
                self.repeat,
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


@njit(cache=True, nogil=True, fastmath=True, error_model="numpy")
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
    cells = np.zeros(_PLANES * _PLANE, np.float32)
    total = np.float32(0)
    for i in range(pitch.size):
        total += voiced[i]
    for s in range(first.size):
        found[s, 0] = _HUGE
        begins = first[s]
        while begins < last[s]:
            ends = min(last[s], begins + LONGEST_STRETCH)
            _lay_out(notes, begins, ends, costs, cells)
            _align_one(
                pitch, voiced, begin, total, costs, cells, ends - begins, begins - first[s],
                found[s],
            )  # fmt: skip
            if ends == last[s]:
                break
            begins += LONGEST_STRETCH - _OVERLAP


@njit(cache=True, nogil=True, fastmath=True, error_model="numpy")
def _lay_out(notes: Floats, begins: int, ends: int, costs: Floats, cells: Floats) -> None:
    """Write a stretch into the planes, its last note first, and forget all ways."""
    m = ends - begins
    spare = -m % _LANES
    for x in range(spare):
        # Beyond the end: these cells are reckoned with the others and never looked at.
        cells[_PITCH + x] = np.float32(1e4)
        cells[_WEIGHT + x] = np.float32(1)
        for plane in range(3):
            cells[_GAP1 + plane * _PLANE + x] = np.float32(1)
    for j in range(m):
        x = spare + m - 1 - j
        note = begins + j
        cells[_PITCH + x] = notes[0, note]
        cells[_WEIGHT + x] = np.float32(0.4) + np.float32(0.6) * notes[2, note]
        for back in range(1, 4):
            gap = np.float32(1)
            if j >= back:
                gap = max(notes[1, note] - notes[1, note - back], np.float32(0.03))
            cells[_GAP1 + (back - 1) * _PLANE + x] = gap
        one = _skipped(notes, note - 1, costs) if j >= 2 else np.float32(0)
        two = _skipped(notes, note - 2, costs) if j >= 3 else np.float32(0)
        cells[_SKIP1 + x] = one
        cells[_SKIP2 + x] = one + two
    for x in range(spare + m + 3):
        cells[_COST + x] = _HUGE
        for plane in range(1, 6):
            cells[plane * _PLANE + x] = np.float32(0)


@njit(cache=True, nogil=True, fastmath=True, error_model="numpy")
def _skipped(notes: Floats, note: int, costs: Floats) -> float:
    length = min(notes[1, note + 1] - notes[1, note], np.float32(0.5))
    price = costs[2] + costs[3] * length
    if notes[0, note] == notes[0, note - 1]:
        price *= costs[10]
    return price * notes[2, note]  # type: ignore[no-any-return]


@njit(cache=True, nogil=True, fastmath=True, error_model="numpy")
def _align_one(
    pitch: Floats,
    voiced: Floats,
    begin: Floats,
    total: Any,
    costs: Floats,
    cells: Floats,
    m: int,
    offset: int,
    found: Floats,
) -> None:
    spare = -m % _LANES
    best = found[0] * max(total, np.float32(1e-3))
    done = np.float32(0)
    for i in range(pitch.size):
        start = costs[0] * done if 2 * done < total else _HUGE
        _step(cells, spare + m, pitch[i], voiced[i], begin[i], start, done, costs)
        done += voiced[i]
        if 2 * done < total:
            continue
        low = _HUGE
        for x in range(spare, spare + m):
            cost = cells[x]
            low = cost if cost < low else low
        price = low + costs[0] * (total - done)
        if price < best:
            best = price
            for x in range(spare, spare + m):
                if cells[x] == low:
                    found[1] = offset + spare + m - 1 - cells[_FIRST + x]
                    found[2] = offset + spare + m - 1 - x
                    found[3] = cells[_KEY + x]
                    found[4] = cells[_TEMPO + x]
                    found[5] = cells[_BORN + x]
                    found[6] = done
                    break
    found[0] = best / max(total, np.float32(1e-3))


@njit(cache=True, nogil=True, fastmath=True, error_model="numpy")
def _step(
    cells: Floats,
    count: int,
    sung: Any,
    voiced: Any,
    time: Any,
    start: Any,
    done: Any,
    costs: Floats,
) -> None:
    """One atom further, for all notes at once.

    Written without branches and calls, with unsigned places in one array, since only so it is
    compiled to vector instructions: ten times as fast.
    """
    zero, one, two, tiny = np.float32(0), np.float32(1), np.float32(2), np.float32(1e-6)
    clip, timing, base = costs[1], costs[4], costs[5]
    key_memory, tempo_memory, slow, fast = costs[6], costs[7], costs[8], costs[9]
    for number in range(count):
        x = np.uint64(number)
        off = sung - cells[x + _PITCH]
        heavy = voiced * cells[x + _WEIGHT]
        # The note goes on.
        key = cells[x + _KEY]
        tempo = cells[x + _TEMPO]
        enter = cells[x + _ENTER]
        first = cells[x + _FIRST]
        born = cells[x + _BORN]
        wrong = off - key
        wrong = wrong if wrong > zero else -wrong
        wrong = wrong if wrong < clip else clip
        cost = cells[x + _COST] + heavy * wrong
        # The next note begins, or the one after it, or the one after that.
        for back in literal_unroll((_U1, _U2, _U3)):
            y = x + back
            gap = cells[x + _GAP1 + (back - _U1) * _UPLANE]
            left = cells[x + _SKIP0 + (back - _U1) * _UPLANE]
            spent = time - cells[y + _ENTER]
            kept = cells[y + _TEMPO]
            known = kept > zero
            meant = kept * gap
            bend = two * (spent - meant) / (spent + meant + tiny)
            memory = done - cells[y + _BORN]
            memory = memory if memory < tempo_memory else tempo_memory
            bent = bend if bend > zero else -bend
            long = spent if spent < one else one
            paid = timing * bent * (base + long)
            paid = paid if known else zero
            moved = kept * (one + bend * spent / (memory + spent + tiny))
            moved = moved if known else spent / gap
            moved = moved if moved > slow else slow
            moved = moved if moved < fast else fast
            wrong = off - cells[y + _KEY]
            wrong = wrong if wrong > zero else -wrong
            wrong = wrong if wrong < clip else clip
            other = cells[y + _COST] + left + paid + heavy * wrong
            other = other if spent > _SHORTEST else _HUGE
            better = other < cost
            cost = other if better else cost
            key = cells[y + _KEY] if better else key
            tempo = moved if better else tempo
            enter = time if better else enter
            first = cells[y + _FIRST] if better else first
            born = cells[y + _BORN] if better else born
        fresh = start < cost
        cost = start if fresh else cost
        key = off if fresh else key
        tempo = zero if fresh else tempo
        enter = time if fresh else enter
        first = np.float32(number) if fresh else first
        born = done if fresh else born
        memory = done - born
        memory = memory if memory < key_memory else key_memory
        error = off - key
        error = error if error > -one else -one
        error = error if error < one else one
        cells[x + _KEY] = key + error * voiced / (memory + voiced + tiny)
        cells[x + _COST] = cost
        cells[x + _TEMPO] = tempo
        cells[x + _ENTER] = enter
        cells[x + _FIRST] = first
        cells[x + _BORN] = born
