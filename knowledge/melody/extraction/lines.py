"""From what was heard to the lines that somebody may hum, the most likely first."""

from collections.abc import Callable

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
_REST = -2.0
"""What a frame of silence earns where the network is sure that there is no tune."""
_REST_SHARE = 0.5
_FLOOR = 1e-3
_FEWEST_NOTES = 5
_PIECE, _MARGIN = 10_000, 1_600
"""Frames looked at together, two minutes, and what is heard of what is before and after."""
_ALIKE = 0.8
"""Share of frames in which a line may be like an earlier one and still be kept."""
_LOUD_SHARE, _SECOND_SHARE = 1.0, 0.7
"""Weight of each further line where the network is not sure at all."""
_LEAST_WEIGHT = 0.1


def lines_of(heard: Activations, loud: Loudness) -> tuple[MelodyLine, ...]:
    """Return the tune as the network of melody hears it, the loudest voice, and the next best.

    The second knows nothing that was learned: it stands in where a recording is unlike all that
    the network was trained on. The third is the same as the first with the first left out.
    Each further line costs time in every search and may be mistaken for another song, so that
    they weigh, and are kept, only as far as the network is unsure. A line that is almost an
    earlier one is dropped.
    """
    if len(heard) < POOL:
        return ()
    tune = _by_piece(heard, loud, _tune)
    first = _voice(tune)
    lines = [MelodyLine(_rows(first, tune, heard))]
    kept = [first]
    plain = _by_piece(heard, loud, standing_out)
    others = ((_voice(plain), plain), (_voice(_without(tune, first)), tune))
    unsure = 1 - _sureness(lines[0].notes)
    for (path, sure), share in zip(others, (_LOUD_SHARE, _SECOND_SHARE), strict=True):
        weight = unsure * share
        if weight < _LEAST_WEIGHT or any(_likeness(path, other) > _ALIKE for other in kept):
            continue
        lines.append(MelodyLine(_rows(path, sure, heard), weight))
        kept.append(path)
    found = [line for line in lines if len(line.notes) >= _FEWEST_NOTES]
    if found and found[0] is not lines[0]:
        found[0] = MelodyLine(found[0].notes)
    return tuple(found)


def _sureness(rows: Rows) -> float:
    """How sure the notes of a line are, the long ones more than the short; 0 without notes."""
    duration, confidence = rows[:, 1], rows[:, 3]
    return float((duration * confidence).sum() / max(float(duration.sum()), 1e-6))


def _by_piece(
    heard: Activations, loud: Loudness, measure: Callable[[Activations, Loudness], Likelihood]
) -> Likelihood:
    """Measure a song piece by piece: what is worked out on the way is far larger than the song."""
    whole = len(heard) // POOL * POOL
    found = []
    for start in range(0, whole, _PIECE):
        begin, end = max(0, start - _MARGIN), min(whole, start + _PIECE + _MARGIN)
        piece = slice(begin, end)
        around = Activations(heard.note[piece], heard.onset[piece], heard.contour[piece])
        sure = measure(around, loud[piece])
        found.append(sure[(start - begin) // POOL :][: min(_PIECE, whole - start) // POOL])
    return np.concatenate(found)


def _tune(heard: Activations, loud: Loudness) -> Likelihood:
    return likelihood(candidates_of(heard, loud))


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
