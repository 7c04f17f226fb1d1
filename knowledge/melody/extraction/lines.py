"""From what was heard to the lines that somebody may hum, the most likely first."""

import numpy as np

from knowledge.melody.extraction.activations import LOWEST, Activations
from knowledge.melody.extraction.features import FIRST, POOL, Candidates, candidates_of
from knowledge.melody.extraction.loudness import Loudness
from knowledge.melody.extraction.melodic import Likelihood, Weights, likelihood
from knowledge.melody.extraction.notes import Rows, notes_of
from knowledge.melody.extraction.path import SILENT, VoicePath, best_path
from knowledge.melody.extraction.salience import standing_out
from knowledge.melody.models import MelodyLine

_LEAP, _CHANGE, _ENTER = 0.03, 1.0, 2.0
_REST = -1.2
"""What a frame of silence earns where the network is sure that there is no tune."""
_REST_SHARE = 0.5
_FLOOR = 1e-3
_FEWEST_NOTES = 5
_PIECE, _MARGIN = 10_000, 1_600
"""Frames looked at together, two minutes, and what is heard of what is before and after."""
_ALIKE = 0.8
"""Share of frames in which a line may be like an earlier one and still be kept."""
_LOUD_WEIGHT, _SECOND_WEIGHT = 0.6, 0.4


def lines_of(heard: Activations, loud: Loudness) -> tuple[MelodyLine, ...]:
    """Return the tune as the network of melody hears it, the loudest voice, and the next best.

    The second knows nothing that was learned: it stands in where a recording is unlike all that
    the network was trained on. The third is the same as the first with the first left out.
    A line that is almost an earlier one is dropped.
    """
    if len(heard) < POOL:
        return ()
    tune = _tune(heard, loud)
    first = _voice(tune)
    plain = standing_out(heard, loud)
    voices = [
        (first, tune, 1.0),
        (_voice(plain), plain, _LOUD_WEIGHT),
        (_voice(_without(tune, first)), tune, _SECOND_WEIGHT),
    ]
    lines: list[MelodyLine] = []
    kept: list[VoicePath] = []
    for path, sure, weight in voices:
        if any(_likeness(path, other) > _ALIKE for other in kept):
            continue
        rows = _rows(path, sure, heard)
        if len(rows) >= _FEWEST_NOTES:
            lines.append(MelodyLine(rows, weight if lines else 1.0))
            kept.append(path)
    return tuple(lines)


def _tune(heard: Activations, loud: Loudness) -> Likelihood:
    """How likely each pitch is the tune, piece by piece: the features of a long song are large."""
    whole = len(heard) // POOL * POOL
    found = []
    for start in range(0, whole, _PIECE):
        begin, end = max(0, start - _MARGIN), min(whole, start + _PIECE + _MARGIN)
        piece = slice(begin, end)
        around = Activations(heard.note[piece], heard.onset[piece], heard.contour[piece])
        sure = likelihood(candidates_of(around, loud[piece]))
        found.append(sure[(start - begin) // POOL :][: min(_PIECE, whole - start) // POOL])
    return np.concatenate(found)


def voice_of(candidates: Candidates, frames: int, stored: Weights) -> tuple[VoicePath, Likelihood]:
    """The tune by weights just trained: index of the pitch and how sure it is, shape (frames,)."""
    sure = likelihood(candidates, stored)
    return _drawn_out(_voice(sure), sure, frames)


def _voice(sure: Likelihood) -> VoicePath:
    """The likeliest way of one voice."""
    scores = np.log(np.maximum(sure, _FLOOR))
    nobody = np.log((1 - sure.sum(axis=1)).clip(0.02, 1))
    rest = np.asarray(_REST + _REST_SHARE * nobody, np.float32)
    return best_path(scores, rest, leap=_LEAP, change=_CHANGE, enter=_ENTER)


def _without(sure: Likelihood, path: VoicePath) -> Likelihood:
    """The same without a voice that was found, and what it covers nearby and an octave off."""
    left = sure.copy()
    frames = np.flatnonzero(path != SILENT)
    for off in (-12, -1, 0, 1, 12):
        left[frames, np.clip(path[frames] + off, 0, sure.shape[1] - 1)] = 0
    return left


def _likeness(path: VoicePath, other: VoicePath) -> float:
    """Share of the shorter voice's frames in which both are the same."""
    both = (path != SILENT) & (path == other)
    return float(both.sum() / max(1, min((path != SILENT).sum(), (other != SILENT).sum())))


def _rows(path: VoicePath, sure: Likelihood, heard: Activations) -> Rows:
    long, strength = _drawn_out(path, sure, len(heard))
    return notes_of(long, heard, strength)


def _drawn_out(path: VoicePath, sure: Likelihood, frames: int) -> tuple[VoicePath, Likelihood]:
    """A voice and how sure it is, on the frames and pitches of the activations."""
    strength = sure[np.arange(len(path)), np.maximum(path, 0)] * (path != SILENT)
    whole = np.where(path == SILENT, SILENT, path + FIRST - LOWEST).astype(np.int16)
    odd = frames - POOL * len(path)
    long = np.pad(np.repeat(whole, POOL), (0, odd), constant_values=SILENT)
    return long, np.pad(np.repeat(strength, POOL), (0, odd))
