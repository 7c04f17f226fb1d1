"""What tells the tune from the rest of the band, for every pitch that sounds.

A tune is loud for its height, seldom begins together with other notes, is often the highest, moves
more than chords do, and stays in one register. Each of these is a number for every frame and pitch;
`melodic.py` knows what they are worth together.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from knowledge.melody.extraction.activations import BINS, LOWEST, PITCHES, Activations
from knowledge.melody.extraction.loudness import Loudness

POOL = 2
"""Frames of the network that are one frame here."""
FIRST, LAST = 36, 100
"""MIDI numbers of the lowest and highest pitch of a tune."""
_SOUNDS = 0.12
"""A pitch that sounds less than this in note and contour is no candidate."""
_FPS = 43

Map = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Every pitch that may be the tune, and what is known of it."""

    frames: NDArray[np.intp]
    pitches: NDArray[np.intp]
    """Counted from `FIRST`."""
    features: Map
    """Shape (candidates, features)."""
    shape: tuple[int, int]
    """Frames and pitches in all."""


def candidates_of(heard: Activations, loud: Loudness) -> Candidates:
    """Return what may be the tune.

    Args:
        heard: what sounds.
        loud: how loud each pitch is, same shape as `heard.note`.
    """
    note = _pooled(heard.note) / np.float32(255)
    onset = _pooled(heard.onset) / np.float32(255)
    bins = heard.contour.reshape(len(heard), PITCHES, BINS)
    contour = _pooled(bins.max(axis=2)) / np.float32(255)
    level = np.log(np.maximum(_pooled(loud), 1e-7))
    span = slice(FIRST - LOWEST, LAST - LOWEST + 1)
    frames, pitches = np.nonzero(np.maximum(note, contour)[:, span] >= _SOUNDS)
    maps = _maps(note, onset, contour, level, _wobble(bins))
    features = np.stack([part[:, span][frames, pitches] for part in maps], axis=1)
    return Candidates(frames, pitches, features, (len(note), LAST - FIRST + 1))


def _maps(note: Map, onset: Map, contour: Map, level: Map, wobble: Map) -> list[Map]:
    shape = note.shape
    pitches = np.broadcast_to(np.arange(PITCHES, dtype=np.float32), shape)
    sounds = np.maximum(note, contour)
    top = level.max(axis=1, keepdims=True)
    loudest = ndimage.maximum_filter1d(top, 2 * _FPS, axis=0)
    strength = sounds * np.exp(0.5 * (level - loudest))
    above = _running_max(sounds[:, ::-1])[:, ::-1]
    below = _running_max(sounds)
    many = sounds.sum(axis=1, keepdims=True)
    fresh = ndimage.maximum_filter1d(onset, 5, axis=0)
    others = fresh.sum(axis=1, keepdims=True) - fresh
    struck = _held(fresh)
    with_others = _held(fresh * np.minimum(others, 4)) / np.maximum(struck, 0.05)
    register = _centre(strength, pitches, 4 * _FPS)
    song = _centre(strength, pitches, 40 * _FPS)
    usual = ndimage.uniform_filter1d(sounds, 4 * _FPS, axis=0)
    parts = [
        note,
        onset,
        contour,
        fresh,
        struck,
        with_others,
        level - top,
        level - loudest,
        level - ndimage.uniform_filter1d(level, 4 * _FPS, axis=0),
        _smooth(level - top, 9),
        (pitches - 45) / 20,
        np.square((pitches - 45) / 20),
        above,
        below,
        _smooth(above, 9),
        many,
        _shifted(sounds, 12),
        _shifted(sounds, -12),
        _shifted(sounds, -19),
        level - _shifted(level, 12),
        level - _shifted(level, -12),
        level - _shifted(level, -19),
        (pitches - register) / 12,
        (pitches - song) / 12,
        usual,
        _smooth(note, 7),
        _smooth(contour, 15),
        np.broadcast_to(_smooth(wobble, 9), shape),
    ]
    return [np.asarray(np.broadcast_to(part, shape), np.float32) for part in parts]


def _pooled(values: NDArray[Any]) -> Map:
    """The higher of two neighbouring frames."""
    frames = len(values) // POOL * POOL
    pooled = values[:frames].reshape(-1, POOL, values.shape[1]).max(axis=1)
    return np.asarray(pooled, np.float32)


def _wobble(bins: NDArray[np.uint8]) -> Map:
    """How far each pitch is from the middle of its semitone, changing: vibrato and glides."""
    frames = len(bins) // POOL * POOL
    pooled = bins[:frames].reshape(-1, POOL, PITCHES, BINS).max(axis=1).astype(np.float32)
    total = pooled.sum(axis=2) + 1.0
    off = (pooled[:, :, 2] - pooled[:, :, 0]) / total
    mean = ndimage.uniform_filter1d(off, 13, axis=0)
    square = ndimage.uniform_filter1d(off**2, 13, axis=0)
    return np.asarray(np.sqrt(np.maximum(square - mean**2, 0)), np.float32)


def _running_max(values: Map) -> Map:
    """The highest value at any pitch more than a semitone below."""
    highest = np.maximum.accumulate(values, axis=1)
    shifted = np.zeros_like(values)
    shifted[:, 2:] = highest[:, :-2]
    return shifted


def _held(values: Map) -> Map:
    """The highest value of the last half second, fading."""
    held = values.copy()
    for back in range(1, _FPS // 2):
        held[back:] = np.maximum(held[back:], values[:-back] * np.float32(0.96**back))
    return held


def _shifted(values: Map, semitones: int) -> Map:
    """The value that many semitones higher; the lowest of all beyond the edge."""
    moved = np.full_like(values, values.min())
    if semitones > 0:
        moved[:, :-semitones] = values[:, semitones:]
    else:
        moved[:, -semitones:] = values[:, :semitones]
    return moved


def _centre(strength: Map, pitches: NDArray[np.float32], width: int) -> Map:
    """Around which pitch the strongest lie, over `width` frames."""
    weight = strength**2
    mass = ndimage.uniform_filter1d(weight.sum(axis=1), width, mode="nearest")
    sums = ndimage.uniform_filter1d((weight * pitches).sum(axis=1), width, mode="nearest")
    return np.asarray(sums / np.maximum(mass, 1e-6), np.float32)[:, None]


def _smooth(values: Map, width: int) -> Map:
    return np.asarray(ndimage.uniform_filter1d(values, width, axis=0), np.float32)
