"""From a pitch line to notes: what was meant where a voice scoops, glides, trembles and drifts.

The line is fitted by steps: a hidden Markov model after Ryynanen and Klapuri 2004, "Modelling of
note events for singing transcription", reduced to one state a fifth of a semitone and one price
for every change of note. Notes of one pitch are told apart by dips of their loudness.
"""

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.hum_sound import frames_of
from knowledge.melody.models import FRAME_S, MelodyNote
from knowledge.melody.pitch import Pitches, runs

_STEP: Final = 0.2
"""Semitones between two states."""
_CHANGE = 3.5
"""Price of a new note: as many frames a semitone off."""
_FAR = 2.0
"""Semitones beyond which a frame is no worse."""
_SHORTEST_S = 0.08
_SAME = 0.6
"""Two neighbours closer than this, in semitones, with no dip between them are one note."""
SUNG_DIP_DB: Final = 5.0
WHISTLED_DIP_DB: Final = 8.0
"""How far the loudness falls between two notes of one pitch; a whistle trembles by more."""
_DIP_S = 0.1
"""How far on each side of a dip the loudness must be back."""
_HELD_GAP_S = 0.05
"""A gap shorter than this does not end a note."""


def segmented(
    line: Pitches, loudness_db: NDArray[np.float32], dip_db: float = SUNG_DIP_DB
) -> tuple[MelodyNote, ...]:
    """Cut a pitch line into notes.

    Args:
        line: MIDI numbers with NaN, one a frame.
        loudness_db: of the voice itself in each frame, as good as it can be had.
        dip_db: how far it falls, at least, between two notes of one pitch.
    """
    dips = _dips(line, loudness_db, dip_db)
    notes: list[tuple[int, int, float]] = []
    for start, end in _joined_runs(line):
        for first, last in _steps(line[start:end]):
            cuts = [cut for cut in dips if start + first + 3 < cut < start + last - 3]
            edges = [start + first, *cuts, start + last]
            notes += [_note(line, *edge) for edge in pairwise(edges)]
    merged = _merged(notes, set(dips))
    shortest = frames_of(_SHORTEST_S)
    return tuple(
        MelodyNote(
            onset_s=round(start * FRAME_S, 4),
            duration_s=round((end - start) * FRAME_S, 4),
            pitch=round(pitch, 3),
            confidence=_steadiness(line[start:end], pitch),
        )
        for start, end, pitch in merged
        if end - start >= shortest
    )


def _joined_runs(line: Pitches) -> list[tuple[int, int]]:
    """Voiced stretches, tiny gaps inside them bridged."""
    joined: list[tuple[int, int]] = []
    for start, end in runs(line, jump=np.inf):
        if joined and start - joined[-1][1] <= frames_of(_HELD_GAP_S):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _steps(line: Pitches) -> list[tuple[int, int]]:
    """Cut one stretch where its pitch changes for good."""
    filled = np.interp(
        np.arange(len(line)), np.flatnonzero(np.isfinite(line)), line[np.isfinite(line)]
    )
    states = np.arange(filled.min(), filled.max() + _STEP, _STEP)
    off = np.minimum(np.abs(filled[:, None] - states[None, :]), _FAR)
    stay = np.zeros(off.shape, bool)
    best = np.zeros(len(filled), np.int64)
    cost = off[0].copy()
    for frame in range(1, len(filled)):
        best[frame] = cheapest = int(np.argmin(cost))
        change = cost[cheapest] + _CHANGE
        stay[frame] = cost <= change
        cost = np.where(stay[frame], cost, change) + off[frame]
    state = int(np.argmin(cost))
    edges = [len(filled)]
    for frame in range(len(filled) - 1, 0, -1):
        if not stay[frame, state]:
            edges.append(frame)
            state = int(best[frame])
    edges.append(0)
    edges.reverse()
    return list(pairwise(edges))


def _note(line: Pitches, start: int, end: int) -> tuple[int, int, float]:
    """Its pitch is the middle of its middle: scoops and glides lie at the ends."""
    margin = (end - start) // 5
    inner = line[start + margin : end - margin]
    if not np.isfinite(inner).any():
        inner = line[start:end]
    return start, end, float(np.nanmedian(inner)) if np.isfinite(inner).any() else 0.0


def _merged(notes: list[tuple[int, int, float]], dips: set[int]) -> list[tuple[int, int, float]]:
    """Join neighbours that are one note."""
    merged: list[tuple[int, int, float]] = []
    shortest = frames_of(_SHORTEST_S)
    for start, end, pitch in notes:
        if merged:
            before = merged[-1]
            touching = start - before[1] <= frames_of(_HELD_GAP_S) and start not in dips
            longer = max((before, (start, end, pitch)), key=lambda note: note[1] - note[0])
            tiny = min(before[1] - before[0], end - start) < shortest
            if touching and (abs(before[2] - pitch) < _SAME or tiny):
                merged[-1] = before[0], end, longer[2]
                continue
        merged.append((start, end, pitch))
    return merged


def _dips(line: Pitches, loudness_db: NDArray[np.float32], dip_db: float) -> list[int]:
    """Frames where the loudness falls and comes back while the pitch goes on."""
    if len(line) < 5:
        return []
    smooth = np.convolve(np.pad(loudness_db, 1, mode="edge"), np.ones(3) / 3, mode="valid")
    reach = frames_of(_DIP_S)
    padded = np.pad(smooth, reach, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach + 1)
    before, after = windows[: len(line)].max(axis=1), windows[-len(line) :].max(axis=1)
    depth = np.minimum(before, after) - smooth
    lowest = smooth <= np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).min(axis=1)
    found = np.flatnonzero((depth >= dip_db) & lowest & np.isfinite(line))
    kept: list[int] = []
    for frame in found:
        if not kept or frame - kept[-1] > reach // 2:
            kept.append(int(frame))
    return kept


def _steadiness(line: Pitches, pitch: float) -> float:
    """How steady a note is held, 1 for perfectly, 0 for a glide of three semitones."""
    voiced = line[np.isfinite(line)]
    if not len(voiced):
        return 0.0
    return round(float(np.clip(1 - np.mean(np.abs(voiced - pitch)) / 1.5, 0, 1)), 3)
