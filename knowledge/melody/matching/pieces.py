"""A hum in pieces of steady pitch: short ones, and the notes they make up."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.models import FRAME_S, Contour

Floats: TypeAlias = NDArray[np.float32]

LONGEST_PAUSE_S = 0.6
"""Nobody hums a long rest as long as it is: what is longer is cut to this, here and in tunes."""
_LONGEST_HUM_S = 40.0
"""What is longer is cut: a tune is known by then."""
_SAME_PIECE = 0.8
"""Semitones from the mean of a piece at which the next one begins."""
_LONGEST_PIECE_S = 0.2
_SAME_NOTE = 0.64
"""Semitones between pieces of one note."""
_SAME_NOTE_PAUSE_S = 0.05
_SHORTEST_NOTE_S = 0.045
"""What is shorter is a glide."""
_LONG_NOTE_S = 0.42
"""From here on a longer note tells no more."""


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Pieces of a hum, in order."""

    pitch: Floats
    """MIDI numbers, shape (n,)."""
    weight: Floats
    """How much each one counts, shape (n,)."""
    begin: Floats
    """Seconds from the first sung frame, long pauses cut, shape (n,)."""

    def __len__(self) -> int:
        return self.pitch.size


def without_long_pauses(pitch: Floats) -> Floats:
    """Cut pauses to 0.6 s, and those at the beginning and the end altogether."""
    sung = np.flatnonzero(np.isfinite(pitch))
    if not sung.size:
        return pitch[:0]
    gap = np.diff(sung, prepend=sung[0])
    longest = round(LONGEST_PAUSE_S / FRAME_S) + 1
    place = np.cumsum(np.minimum(gap, longest))
    short = np.full(int(place[-1]) + 1, np.nan, np.float32)
    short[place] = pitch[sung]
    return short[: round(_LONGEST_HUM_S / FRAME_S)]


def steady_pieces(contour: Contour) -> Pieces:
    """Cut the contour where its pitch moves or pauses, and long notes too.

    A piece weighs as many seconds as it is sung.
    """
    pitch = without_long_pauses(np.asarray(contour.pitch, np.float32))
    longest = round(_LONGEST_PIECE_S / FRAME_S)
    rows: list[tuple[float, float, float]] = []
    begin, total = -1, 0.0
    for frame, value in enumerate([*pitch.tolist(), float("nan")]):
        pause = value != value  # NaN  # noqa: PLR0124
        ended = begin >= 0 and (
            pause or frame - begin >= longest or abs(value - total / (frame - begin)) > _SAME_PIECE
        )
        if ended:
            middle = float(np.median(pitch[begin:frame]))
            rows.append((middle, (frame - begin) * FRAME_S, begin * FRAME_S))
            begin, total = -1, 0.0
        if not pause:
            begin = frame if begin < 0 else begin
            total += value
    return _pieces(rows)


def sung_notes(pieces: Pieces) -> Pieces:
    """Join pieces to notes and leave out the glides between them.

    A note weighs the root of its length: one wrong note costs about as much as another, however
    long the singer dwells on it.
    """
    rows: list[tuple[float, float, float]] = []
    end = -1.0
    for pitch, length, begin in zip(
        pieces.pitch.tolist(), pieces.weight.tolist(), pieces.begin.tolist(), strict=True
    ):
        if rows and abs(rows[-1][0] - pitch) < _SAME_NOTE and begin - end < _SAME_NOTE_PAUSE_S:
            before, had, since = rows[-1]
            rows[-1] = ((before * had + pitch * length) / (had + length), had + length, since)
        else:
            rows.append((pitch, length, begin))
        end = begin + length
    return _pieces(
        [
            (pitch, min(length, _LONG_NOTE_S) ** 0.5, begin)
            for pitch, length, begin in rows
            if length >= _SHORTEST_NOTE_S
        ]
    )


def written_notes(notes: Floats) -> Pieces:
    """Notes of a line, as if they were hummed: rows of pitch, onset and confidence."""
    length = np.diff(notes[1], append=notes[1, -1:] + 0.3)
    weight = np.sqrt(np.clip(length, _SHORTEST_NOTE_S, _LONG_NOTE_S))
    return Pieces(notes[0].copy(), weight.astype(np.float32), notes[1] - notes[1, 0])


def _pieces(rows: list[tuple[float, float, float]]) -> Pieces:
    columns = np.array(rows, np.float32).reshape(-1, 3).T
    return Pieces(*(np.ascontiguousarray(column) for column in columns))
