"""Is this a tune at all? Tells a hum from silence, talk, noise and a band."""

from typing import Final

import numpy as np

from knowledge.melody.hum_sound import HumSound
from knowledge.melody.models import FRAME_S, HumProblem, MelodyNote
from knowledge.melody.pitch import Pitches

SILENT_DB: Final = -70.0
"""Nothing was recorded: the loud parts lie below this."""
FAINT_DB: Final = -50.0
ENOUGH_VOICED_S: Final = 2.0
ENOUGH_NOTES: Final = 5


def problem_of(sound: HumSound, line: Pitches, notes: tuple[MelodyNote, ...]) -> HumProblem | None:
    """Why this need not be looked for, or None."""
    voiced_s = float(np.isfinite(line).sum()) * FRAME_S
    if sound.level_db < SILENT_DB or (voiced_s < 0.3 and sound.level_db < FAINT_DB):
        return HumProblem.SILENT
    if voiced_s < ENOUGH_VOICED_S or len(notes) < ENOUGH_NOTES:
        enough_sound = sound.frames * FRAME_S >= ENOUGH_VOICED_S
        return HumProblem.NO_TUNE if enough_sound and voiced_s < 0.5 else HumProblem.TOO_SHORT
    return None
