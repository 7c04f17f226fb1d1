"""Where speech begins, pauses and ends, counted in frames of sound and not by the wall clock."""

from collections import deque
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from voice.completeness import Completeness
from voice.vad import FRAME, FRAME_MS


class Change(Enum):
    """What one frame changed."""

    NOTHING = auto()
    ONSET = auto()
    """The first sound that may be speech."""
    LOST = auto()
    """It was too short to be speech."""
    CONFIRMED = auto()
    """It is speech."""
    PAUSED = auto()
    """Nobody speaks any more, long enough to ask ahead what was said."""
    RESUMED = auto()
    """They go on after such a pause."""


class Phase(Enum):
    QUIET = auto()
    ONSET = auto()
    SPEECH = auto()
    PAUSE = auto()
    """Speech with a silence after it that is not yet the end."""


_HYSTERESIS: Final = 0.15
"""So much less than the threshold still counts as speech that goes on."""
_CONFIRM_FRAMES: Final = 3
_LOST_FRAMES: Final = 6
"""An onset that has not been confirmed is given up after so many frames without voice."""
_PAUSE_FRAMES: Final = 5
"""160 ms: a stop consonant is shorter, and an answer made ahead of time wants to begin early."""

_RETURN_FRAMES: Final = 2
"""A pause ends with so many clear frames in a row; a click is no voice."""


class SpeechTracker:
    """Follows one microphone frame by frame. Positions are samples since the first frame."""

    def __init__(self, threshold: float = 0.5) -> None:
        """Begin in silence; `threshold` is the probability from which a frame is speech."""
        self.threshold = threshold
        self._position = 0
        self.reset()

    def reset(self) -> None:
        """Forget the speech that goes on; the position stays."""
        self.phase = Phase.QUIET
        self.onset = 0
        """Where the first frame of this speech began."""
        self.voiced_until = 0
        """Where its last frame with voice ended."""
        self.voiced_frames = 0
        self.pause_ms = 0
        """How long the pause was that ended last."""
        self._silent_frames = 0
        self._returning_frames = 0

    def skip(self, samples: int) -> None:
        """Sound that was lost: the clock goes on without it."""
        self._position += samples

    @property
    def position(self) -> int:
        """Where the last frame ended."""
        return self._position

    @property
    def silence_ms(self) -> int:
        """How long nobody has spoken, after speech."""
        return self._silent_frames * FRAME_MS

    def step(self, probability: float) -> Change:
        """Take the next frame."""
        self._position += FRAME
        if self.phase is Phase.QUIET:
            return self._wait(probability)
        if probability >= self.threshold - _HYSTERESIS:
            return self._hear(probability)
        return self._fall_silent()

    def _wait(self, probability: float) -> Change:
        if probability < self.threshold:
            return Change.NOTHING
        self.phase = Phase.ONSET
        self.onset = self._position - FRAME
        self.voiced_until = self._position
        self.voiced_frames, self._silent_frames = 1, 0
        return Change.ONSET

    def _hear(self, probability: float) -> Change:
        if self.phase is Phase.PAUSE:
            return self._return(probability)
        self._count_voice()
        if self.phase is not Phase.ONSET or self.voiced_frames < _CONFIRM_FRAMES:
            return Change.NOTHING
        self.phase = Phase.SPEECH
        return Change.CONFIRMED

    def _return(self, probability: float) -> Change:
        if probability < self.threshold:
            return self._fall_silent()
        self._returning_frames += 1
        if self._returning_frames < _RETURN_FRAMES:
            self._silent_frames += 1
            return Change.NOTHING
        self.pause_ms = max(self._silent_frames - _RETURN_FRAMES + 1, 0) * FRAME_MS
        self._count_voice()
        self.phase = Phase.SPEECH
        return Change.RESUMED

    def _count_voice(self) -> None:
        self.voiced_until = self._position
        self.voiced_frames += 1
        self._silent_frames = self._returning_frames = 0

    def _fall_silent(self) -> Change:
        self._silent_frames += 1
        self._returning_frames = 0
        if self.phase is Phase.ONSET:
            if self._silent_frames < _LOST_FRAMES:
                return Change.NOTHING
            self.phase = Phase.QUIET
            return Change.LOST
        if self.phase is Phase.SPEECH and self._silent_frames >= _PAUSE_FRAMES:
            self.phase = Phase.PAUSE
            return Change.PAUSED
        return Change.NOTHING


@dataclass(frozen=True, slots=True)
class Patience:
    """How much silence ends a turn, by how finished the words sound; shares of the base."""

    whole: float = 0.45
    likely: float = 0.9
    open: float = 1.6
    unfinished: float = 3.2
    shortest_ms: int = 200
    longest_ms: int = 2_500

    def of(self, completeness: Completeness) -> float:
        """The share of the base silence."""
        shares = {
            Completeness.WHOLE: self.whole,
            Completeness.LIKELY: self.likely,
            Completeness.OPEN: self.open,
            Completeness.UNFINISHED: self.unfinished,
        }
        return shares[completeness]


_PAUSES_KEPT: Final = 16
_PAUSES_FOR_A_HABIT: Final = 3
_HABIT_QUANTILE: Final = 0.8
_HABIT_MARGIN: Final = 1.2
_SHORTEST_PAUSE_MS: Final = 250
"""Shorter silences are part of words."""


class Endpointing:
    """How long to wait in silence before somebody is taken to have finished.

    The wait depends on the words so far and on how long this speaker pauses in the middle of a
    turn: whoever pauses long is given more time, except after words that are whole.
    """

    def __init__(self, base_ms: int = 500, patience: Patience | None = None) -> None:
        """`base_ms` is the silence that ends a turn of which nothing else is known."""
        self.base_ms = base_ms
        self._patience = patience or Patience()
        self._pauses: deque[int] = deque(maxlen=_PAUSES_KEPT)

    def note_pause(self, silence_ms: int) -> None:
        """The speaker paused so long and then went on with the same turn."""
        if silence_ms >= _SHORTEST_PAUSE_MS:
            self._pauses.append(silence_ms)

    def silence_ms(self, completeness: Completeness) -> int:
        """How much silence ends a turn that sounds so finished."""
        wanted = self.base_ms * self._patience.of(completeness)
        if completeness in {Completeness.OPEN, Completeness.UNFINISHED}:
            wanted = max(wanted, self._habit_ms())
        bounded = min(max(wanted, self._patience.shortest_ms), self._patience.longest_ms)
        return round(bounded)

    def _habit_ms(self) -> float:
        if len(self._pauses) < _PAUSES_FOR_A_HABIT:
            return 0.0
        ordered = sorted(self._pauses)
        place = min(round(_HABIT_QUANTILE * len(ordered)), len(ordered) - 1)
        return ordered[place] * _HABIT_MARGIN
