"""A hum as a row of atoms: short pieces in which the pitch stays where it is."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.models import FRAME_S, Contour

Floats: TypeAlias = NDArray[np.float32]

_LONGEST_PAUSE_S = 0.6
"""Nobody hums a long rest as long as it is: what is longer is cut to this, here and in tunes."""
_SAME = 0.5
"""Semitones from the mean of an atom at which the next one begins."""
_LONGEST_S = 0.2
_LONGEST_HUM_S = 40.0
"""What is longer is cut: a tune is known by then."""


@dataclass(frozen=True, slots=True, eq=False)
class Atoms:
    """Pieces of a hum, in order."""

    pitch: Floats
    """MIDI numbers, shape (n,)."""
    voiced: Floats
    """Seconds that are sung, shape (n,)."""
    begin: Floats
    """Seconds from the first sung frame, long pauses cut, shape (n,)."""

    def __len__(self) -> int:
        return self.pitch.size

    @property
    def voiced_s(self) -> float:
        return float(self.voiced.sum())


def without_long_pauses(pitch: Floats) -> Floats:
    """Cut pauses to 0.6 s, and those at the beginning and the end altogether."""
    sung = np.flatnonzero(np.isfinite(pitch))
    if not sung.size:
        return pitch[:0]
    gap = np.diff(sung, prepend=sung[0])
    longest = round(_LONGEST_PAUSE_S / FRAME_S) + 1
    place = np.cumsum(np.minimum(gap, longest))
    short = np.full(int(place[-1]) + 1, np.nan, np.float32)
    short[place] = pitch[sung]
    return short[: round(_LONGEST_HUM_S / FRAME_S)]


def atoms_of(contour: Contour) -> Atoms:
    """Cut the contour where its pitch moves or pauses, and long notes into pieces."""
    pitch = without_long_pauses(np.asarray(contour.pitch, np.float32))
    longest = round(_LONGEST_S / FRAME_S)
    pieces: list[tuple[float, float, float]] = []
    begin, total = -1, 0.0
    for frame, value in enumerate([*pitch.tolist(), float("nan")]):
        ended = begin >= 0 and (
            value != value  # NaN: a pause  # noqa: PLR0124
            or frame - begin >= longest
            or abs(value - total / (frame - begin)) > _SAME
        )
        if ended:
            length = (frame - begin) * FRAME_S
            pieces.append((float(np.median(pitch[begin:frame])), length, begin * FRAME_S))
            begin, total = -1, 0.0
        if value == value:  # noqa: PLR0124
            begin = frame if begin < 0 else begin
            total += value
    rows = np.array(pieces, np.float32).reshape(-1, 3).T
    return Atoms(*(np.ascontiguousarray(row) for row in rows))
