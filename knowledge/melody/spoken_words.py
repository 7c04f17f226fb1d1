"""Leaves out what is said before or after a hum: "What is this? Hmm hmm hmm ... You know it?"."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.hum_check import ENOUGH_NOTES, ENOUGH_VOICED_S, measured, talk_logit
from knowledge.melody.hum_sound import frames_of
from knowledge.melody.models import FRAME_S, MelodyNote
from knowledge.melody.pitch import Pitches

LONGEST_S: Final = 6.0
"""Nobody says more than this around a hum; a longer talk is judged as a whole."""
_PAUSE_S = 0.25
_FEWEST_VOICED_S = 0.35
_SURELY_TALK, _SURELY_SUNG = 1.0, -1.5


@dataclass(frozen=True, slots=True, eq=False)
class _Heard:
    line: Pitches
    notes: tuple[MelodyNote, ...]
    power: NDArray[np.float32]

    def talk(self, start: int, end: int) -> float:
        """How much one stretch is like talk, above 0 talk; 0 for what is too short to tell."""
        notes = self.within(start, end)
        part = self.line[start:end]
        if np.isfinite(part).sum() < frames_of(_FEWEST_VOICED_S):
            return 0.0
        return talk_logit(measured(part, notes, self.power[start:end]))

    def within(self, start: int, end: int) -> tuple[MelodyNote, ...]:
        return tuple(note for note in self.notes if start * FRAME_S <= note.onset_s < end * FRAME_S)

    def enough(self, start: int, end: int) -> bool:
        voiced = int(np.isfinite(self.line[start:end]).sum())
        return voiced >= frames_of(ENOUGH_VOICED_S) and len(self.within(start, end)) >= ENOUGH_NOTES


def without_words_around(
    line: Pitches, notes: tuple[MelodyNote, ...], power: NDArray[np.float32]
) -> tuple[int, int]:
    """The frames (start, end) that are left when spoken words around a tune are cut off.

    Cut is only at a pause, and only where one side is talk and the other surely none.
    """
    heard = _Heard(line, notes, power)
    start, end = 0, len(line)
    longest = frames_of(LONGEST_S)
    pauses = _pauses(line)
    first = [stop for _, stop in pauses if stop <= longest and heard.enough(stop, end)]
    start = _best_cut([(cut, heard.talk(0, cut), heard.talk(cut, end)) for cut in first], 0)
    last = [begin for begin, _ in pauses if begin >= end - longest and heard.enough(start, begin)]
    end = _best_cut([(cut, heard.talk(cut, end), heard.talk(start, cut)) for cut in last], end)
    return start, end


def _best_cut(cuts: list[tuple[int, float, float]], otherwise: int) -> int:
    """Of cuts with the talk on their outer and inner side, the one that divides them best."""
    good = [cut for cut in cuts if cut[1] > _SURELY_TALK and cut[2] < _SURELY_SUNG]
    return max(good, key=lambda cut: cut[1] - cut[2])[0] if good else otherwise


def _pauses(line: Pitches) -> list[tuple[int, int]]:
    """Where nothing is sung for a while, between the first and the last voiced frame."""
    voiced = np.flatnonzero(np.isfinite(line))
    wide = np.flatnonzero(np.diff(voiced) > frames_of(_PAUSE_S))
    return [(int(voiced[gap]) + 1, int(voiced[gap + 1])) for gap in wide]
