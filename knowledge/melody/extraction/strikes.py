"""Where one pitch of a tune is struck again: a repeated note, or the band joining a long one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

from knowledge.melody.extraction.activations import Activations
from knowledge.melody.extraction.melodic import weights

_LOWEST = 30
"""An onset weaker than this is none."""
_APART = 8
"""Frames between two strokes of one pitch."""
_TAIL = 5
_LIKELY = 0.4

Floats = NDArray[np.float64]


def strikes_of(
    heard: Activations, sure: NDArray[np.float32], pitch: int, start: int, end: int
) -> list[int]:
    """Return the frames in which a held pitch begins anew.

    Args:
        heard: the recording.
        sure: how likely the pitch of each frame is the tune, shape (frames,).
        pitch: index of the pitch.
        start: first frame of the stretch with this pitch.
        end: frame after its last.
    """
    places = peaks_of(heard, pitch, start, end)
    if not places:
        return []
    stored = weights()
    features = strike_features(heard, sure, pitch, start, places)
    likely = special.expit(features @ stored["strike"] + stored["strike_bias"])
    struck: list[int] = []
    for place, chance in zip(places, likely, strict=True):
        if chance >= _LIKELY and (not struck or place - struck[-1] >= _APART):
            struck.append(place)
    return struck


def peaks_of(heard: Activations, pitch: int, start: int, end: int) -> list[int]:
    """Where a stretch of one pitch may be struck again."""
    onset = heard.onset[start:end, pitch]
    if len(onset) <= _APART + _TAIL:
        return []
    here = onset[_APART:-_TAIL]
    peak = (here >= _LOWEST) & (here > onset[_APART - 1 : -_TAIL - 1])
    peak &= here >= onset[_APART + 1 : len(onset) - _TAIL + 1]
    return [start + _APART + int(place) for place in np.flatnonzero(peak)]


def strike_features(
    heard: Activations, sure: NDArray[np.float32], pitch: int, start: int, places: Sequence[int]
) -> Floats:
    """What tells a stroke: shape (places, 6)."""
    rows = []
    for place in places:
        onset = heard.onset[place - 2 : place + 3].max(axis=0).astype(np.float64) / 255
        near = float(onset[max(0, pitch - 1) : pitch + 2].sum())
        note = heard.note[place - 6 : place + 7, pitch].astype(np.float64) / 255
        before, after = sure[max(start, place - 6) : place], sure[place + 1 : place + 7]
        rows.append((
            float(heard.onset[place, pitch]) / 255,
            min(4.0, float(onset.sum()) - near),
            float(note[:5].min()),
            float(note[7:].mean() if len(note) > 7 else note[-1]),
            float(after.mean() - before.mean()) if len(after) and len(before) else 0.0,
            float(np.log(place - start)),
        ))  # fmt: skip
    return np.array(rows, np.float64).reshape(-1, 6)
