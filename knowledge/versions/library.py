"""Compares a clip with all recordings of a library."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.versions.alignment import alignments
from knowledge.versions.chroma import NOTES
from knowledge.versions.decision import probability
from knowledge.versions.strangers import FEW, strangers_of
from knowledge.versions.timeline import Timeline, coarse, joined

_AT_ONCE = 400
"""Up to so many recordings are all compared exactly."""
_CANDIDATES = 200
_OF_THE_SAME_SONG = 2
_OTHERS = 10


@dataclass(frozen=True, slots=True)
class Version:
    """A recording that a clip sounds like another performance of.

    Attributes:
        recording: its key in the index.
        score: how much of the clip fits it, 0 to about 0.9.
        lead: the score as a ratio to those of the best others.
        probability: calibrated chance that it is the same song, 0 to 1.
        semitones: how much higher the clip is than the recording, -5 to 6.
    """

    recording: str
    score: float
    lead: float
    probability: float
    semitones: int


@dataclass(frozen=True, slots=True)
class Library:
    """What a clip is compared with.

    Attributes:
        own: the recordings.
        coarse: the same at half the resolution in time, when there are many; else None.
        strangers: songs that no recording is, beside a small library.
    """

    own: Timeline
    coarse: Timeline | None
    strangers: Timeline

    def best(self, clip: NDArray[np.int8], seconds: float) -> Version | None:
        """Return the most similar recording, however unlikely; None when there are none.

        Args:
            clip: chroma of the clip, shape (m, NOTES).
            seconds: its length.
        """
        own = self._candidates(clip)
        if not own.keys:
            return None
        by_key = alignments(clip, own.chroma, own.starts)
        scores = by_key.max(axis=1)
        winner = int(scores.argmax())
        strange = alignments(clip, self.strangers.chroma, self.strangers.starts).max(axis=1)
        lead = _lead(float(scores[winner]), np.concatenate((np.delete(scores, winner), strange)))
        return Version(
            recording=own.keys[winner],
            score=float(scores[winner]),
            lead=lead,
            probability=probability(float(scores[winner]), lead, seconds),
            semitones=(5 - int(by_key[winner].argmax())) % NOTES - 5,
        )

    def _candidates(self, clip: NDArray[np.int8]) -> Timeline:
        if self.coarse is None:
            return self.own
        rough = alignments(coarse(clip), self.coarse.chroma, self.coarse.starts).max(axis=1)
        return self.own.part(np.argpartition(-rough, _CANDIDATES)[:_CANDIDATES])


def library_of(timelines: Sequence[Timeline]) -> Library:
    """Make a library out of parts of it."""
    own = timelines[0] if len(timelines) == 1 else _one(timelines)
    few = max(0, FEW - len(own.keys))
    made = strangers_of(own.recordings(), few)
    strangers = joined([f"stranger {number}" for number in range(len(made))], made)
    return Library(own, own.coarse() if len(own.keys) > _AT_ONCE else None, strangers)


def _one(timelines: Sequence[Timeline]) -> Timeline:
    keys = [key for timeline in timelines for key in timeline.keys]
    return joined(keys, [one for timeline in timelines for one in timeline.recordings()])


def _lead(score: float, others: NDArray[np.float32]) -> float:
    """The score against those of the best others, which may be the same song again."""
    best = np.sort(others)[::-1][_OF_THE_SAME_SONG : _OF_THE_SAME_SONG + _OTHERS]
    return score / max(float(best.mean()), 1e-3) if best.size else 1.0
