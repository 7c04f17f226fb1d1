"""Finds the tunes in recordings: what somebody would hum of them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.melody.extraction.activations import RATE_HZ, NoteModel
from knowledge.melody.extraction.lines import lines_of
from knowledge.melody.extraction.loudness import pitch_loudness
from knowledge.melody.models import MelodyLine, Samples

EXTRACTOR = "melody/1"
"""Name and version: lines made by another one are to be made anew."""
LONGEST_S = 1200.0
"""Seconds that are listened to; of what is longer, the beginning."""
_SHORTEST_S = 2.0
_SILENCE = 1e-4
_LOUDEST = 8.0


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
    sound = np.nan_to_num(sound, nan=0.0, posinf=0.0, neginf=0.0)
    np.clip(sound, -_LOUDEST, _LOUDEST, out=sound)
    peak = max(float(sound.max()), -float(sound.min()))
    if peak <= _SILENCE:
        return None
    sound /= np.float32(peak)
    return sound
