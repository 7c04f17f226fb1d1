"""Finds the tunes in recordings: what somebody would hum of them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.melody.extraction.activations import RATE_HZ, Activations, NoteModel
from knowledge.melody.extraction.loudness import pitch_loudness
from knowledge.melody.extraction.notes import notes_of
from knowledge.melody.extraction.path import SILENT, VoicePath, best_path
from knowledge.melody.extraction.salience import Salience, melody_salience, scores_of
from knowledge.melody.models import MelodyLine, Samples

EXTRACTOR = "melody/1"
"""Name and version: lines made by another one are to be made anew."""
LONGEST_S = 1200.0
"""Seconds that are listened to; of what is longer, the beginning."""
_SHORTEST_S = 2.0
_SILENCE = 1e-4
_LOUDEST = 8.0
_FEWEST_NOTES = 5
_REST = -2.6
_LEAP, _CHANGE, _ENTER = 0.12, 2.0, 3.0
_SECOND_WEIGHT, _TOP_WEIGHT = 0.6, 0.7


class MelodyExtractor:
    """Finds the lines of a recording that somebody may hum. May be used from several threads.

    Args:
        models: folders of model files, each model in a folder of its name.
    """

    def __init__(self, models: Sequence[Path]) -> None:
        self._model = NoteModel(models)

    def extract(self, samples: Samples) -> tuple[MelodyLine, ...]:
        """Return the lines of a recording, the most likely tune first; none where none is heard.

        Args:
            samples: the whole recording, mono at `RATE_HZ`, shape (n,); only the first `LONGEST_S`
                count.

        Raises:
            MusicModelUnusable: the model is missing, damaged or another one.
        """
        sound = _clean(samples)
        if sound is None:
            return ()
        return lines_of(self._model.hear(sound), pitch_loudness(sound))


def _clean(samples: Samples) -> Samples | None:
    """The part to be heard, peak at full scale; None where there is nothing to hear."""
    sound = np.asarray(samples, np.float32).reshape(-1)[: int(LONGEST_S * RATE_HZ)]
    if len(sound) < _SHORTEST_S * RATE_HZ:
        return None
    sound = np.nan_to_num(sound, nan=0.0, posinf=0.0, neginf=0.0).clip(-_LOUDEST, _LOUDEST)
    peak = float(np.abs(sound).max())
    return sound / np.float32(peak) if peak > _SILENCE else None


def lines_of(heard: Activations, loud: Salience) -> tuple[MelodyLine, ...]:
    """The lines of what was heard."""
    salience = melody_salience(heard, loud)
    first = _voice(salience)
    second = _voice(_without(salience, first))
    lines = (
        _line(first, heard, salience, 1.0),
        _line(second, heard, salience, _SECOND_WEIGHT),
    )
    return tuple(line for line in lines if len(line.notes) >= _FEWEST_NOTES)


def _voice(salience: Salience) -> VoicePath:
    return best_path(scores_of(salience), _REST, leap=_LEAP, change=_CHANGE, enter=_ENTER)


def _without(salience: Salience, path: VoicePath) -> Salience:
    """The same without a voice that was found."""
    left = salience.copy()
    frames = np.flatnonzero(path != SILENT)
    for off in (-1, 0, 1):
        left[frames, np.clip(path[frames] + off, 0, salience.shape[1] - 1)] = 0
    return left


def _line(path: VoicePath, heard: Activations, salience: Salience, weight: float) -> MelodyLine:
    strength = salience[np.arange(len(path)), np.maximum(path, 0)]
    return MelodyLine(notes_of(path, heard, strength), weight)
