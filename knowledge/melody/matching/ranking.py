"""Which lines a hum fits best: as notes against all of them, then in pieces against the best."""

from dataclasses import dataclass

import numpy as np

from knowledge.melody.matching.alignment import (
    COST,
    FIRST,
    KEY,
    LAST,
    TEMPO,
    Costs,
    Floats,
    Longs,
    align,
)
from knowledge.melody.matching.cohort import usual_cost
from knowledge.melody.matching.pieces import Pieces, steady_pieces, sung_notes, written_notes
from knowledge.melody.matching.store import MelodyStore
from knowledge.melody.models import Contour

_NOTE_COSTS = Costs().packed()
_PIECE_COSTS = Costs(
    garbage=1.4, skip=0.03, repeat=0.2, timing_base=0.02, tempo_memory_s=1.3
).packed()
_LOOKED_AT_TWICE = 300
"""Lines; what is beyond has never been the tune."""
_PIECES_SHARE = 0.35
"""Of the cost by pieces in the cost; the rest is the cost by notes."""
_WEIGHT_PRICE = 0.2
"""Added to the cost of a line of weight 0: it is less often hummed."""
_SAME_TUNE = 0.3
"""Two passages whose notes fit each other as well as this are one tune."""
_AROUND = 8
"""Notes before and after a passage in which another one is looked for."""
_FEWEST_NOTES = 4


@dataclass(frozen=True, slots=True)
class Fit:
    """Where in a line a hum fits, and how well."""

    line: int
    cost: float
    """As a share of what it costs to fit a tune by chance."""
    first: int
    last: int
    """Notes, counted through the store."""
    key: float
    tempo: float
    """Seconds of the hum for one of the line."""


def best_fits(store: MelodyStore, contour: Contour, count: int) -> tuple[Fit, ...]:
    """Return the best lines of the best melodies, at most one of each, best first."""
    pieces = steady_pieces(contour)
    notes = sung_notes(pieces)
    if len(notes) < _FEWEST_NOTES or not store.melody.size:
        return ()
    found = _aligned(store, notes, np.arange(store.melody.size), _NOTE_COSTS)
    cost = found[:, COST] / usual_cost(notes, _NOTE_COSTS)
    cost += _WEIGHT_PRICE * (1 - store.weight)
    looked_at = min(cost.size, max(_LOOKED_AT_TWICE, 4 * count))
    lines = np.argpartition(cost, looked_at - 1)[:looked_at]
    lines.sort()
    again = _aligned(store, pieces, lines, _PIECE_COSTS)[:, COST]
    again /= usual_cost(pieces, _PIECE_COSTS)
    both = (1 - _PIECES_SHARE) * cost[lines] + _PIECES_SHARE * again
    fits: list[Fit] = []
    seen: set[int] = set()
    for place in np.argsort(both, kind="stable"):
        line = int(lines[place])
        melody = int(store.melody[line])
        if melody in seen:
            continue
        seen.add(melody)
        row = found[line]
        begin = int(store.lines[line])
        tempo = float(row[TEMPO])
        fits.append(
            Fit(
                line=line,
                cost=float(both[place]),
                first=begin + int(row[FIRST]),
                last=begin + int(row[LAST]),
                key=float(row[KEY]),
                tempo=tempo if tempo > 0 else 1.0,
            )
        )
        if len(fits) == count:
            break
    return tuple(fits)


def tunes_of(store: MelodyStore, fits: tuple[Fit, ...]) -> tuple[int, ...]:
    """Number the tunes: fits whose passages sound alike have the same number, the best one's."""
    tunes: list[int] = []
    for number, fit in enumerate(fits):
        same = number
        hummed = written_notes(store.notes[:, fit.first : fit.last + 1])
        if number and len(hummed) >= _FEWEST_NOTES:
            most = _SAME_TUNE * usual_cost(hummed, _NOTE_COSTS)
            alike = (
                other for other in sorted(set(tunes)) if _apart(store, hummed, fits[other]) < most
            )
            same = next(alike, number)
        tunes.append(same)
    return tuple(tunes)


def _apart(store: MelodyStore, hummed: Pieces, other: Fit) -> float:
    """What it costs to hum one passage where another one is."""
    begin, end = store.lines[other.line], store.lines[other.line + 1]
    found = align(
        hummed.pitch,
        hummed.weight,
        hummed.begin,
        store.notes,
        np.array([max(begin, other.first - _AROUND)], np.int64),
        np.array([min(end, other.last + 1 + _AROUND)], np.int64),
        _NOTE_COSTS,
    )
    return float(found[0, COST])


def _aligned(store: MelodyStore, pieces: Pieces, lines: Longs, costs: Floats) -> Floats:
    return align(
        pieces.pitch,
        pieces.weight,
        pieces.begin,
        store.notes,
        store.lines[:-1][lines],
        store.lines[1:][lines],
        costs,
    )
