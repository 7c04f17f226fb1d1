"""What a stream or a long file is answered with: what played from when to when."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from knowledge.fingerprint.models import Certainty, Recognised, Samples


class Recognises(Protocol):
    """Names the recording of one clip; `Recogniser` does."""

    def recognise(self, samples: Samples, *, limit: int = 5, picture: bool = False) -> Recognised:
        """Return the candidates of a clip, mono at `RATE_HZ`, shape (n,)."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A stretch of a stream in which one recording played, or nothing that is known.

    Attributes:
        start_s: where in the stream it begins, seconds.
        end_s: where it ends; of the entry that still plays, where it was last heard.
        recording: key of the recording in the index; None for a stretch that is unknown.
        certainty: what may be claimed. Never `UNKNOWN` with a recording.
        probability: chance that this recording played, 0 to 1; 0 for an unknown stretch.
        offset_s: where in the recording it begins to play, seconds.
        speed: tempo as a ratio to the recording's; 1.02 is 2 % faster.
        pitch: pitch against the recording's, semitones.
    """

    start_s: float
    end_s: float
    recording: str | None = None
    certainty: Certainty = Certainty.UNKNOWN
    probability: float = 0.0
    offset_s: float = 0.0
    speed: float = 1.0
    pitch: float = 0.0

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


class TimelineChange(StrEnum):
    STARTED = "started"
    """A recording was recognised; its entry begins when it began, some seconds ago."""
    ENDED = "ended"
    """It has not been heard for a while, or another took its place."""


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """News about a stream while it is heard.

    Attributes:
        change: what happened.
        entry: the recording as far as known now. Where it meets its neighbours may still move by
            some seconds until the neighbours are known; `StreamRecogniser.entries` has the latest.
        heard_s: how much of the stream had been heard when this became known, seconds.
    """

    change: TimelineChange
    entry: TimelineEntry
    heard_s: float
