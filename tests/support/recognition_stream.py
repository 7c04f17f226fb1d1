"""A stream whose truth is known, and a recogniser that answers from it with human failings.

The samples of the stream say how many seconds of it have passed, so that the recogniser knows
where a clip was taken from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.fingerprint.models import RATE_HZ, Certainty, ClipMatch, Recognised, Samples


@dataclass(frozen=True, slots=True)
class Play:
    """One recording in the stream; with `loop_s` it repeats itself after so much."""

    recording: str
    start_s: float
    end_s: float
    offset_s: float = 0.0
    speed: float = 1.0
    loop_s: float | None = None


def stream_of(seconds: float, block_s: float = 1.0) -> Iterator[Samples]:
    """Blocks of a stream, mono at `RATE_HZ`."""
    size, block = round(seconds * RATE_HZ), round(block_s * RATE_HZ)
    for start in range(0, size, block):
        places = np.arange(start, min(start + block, size), dtype=np.float64)
        yield (places / RATE_HZ).astype(np.float32)


class ScriptedRecogniser:
    """Knows what plays when; may be deaf at times, hesitant, or sure of something wrong."""

    def __init__(
        self,
        plays: Sequence[Play],
        *,
        deaf: Sequence[tuple[float, float]] = (),
        hesitant: bool = False,
        wrong: float = 0.0,
        seed: int = 1,
    ) -> None:
        """Say what plays.

        Args:
            plays: the truth.
            deaf: from when to when it recognises nothing, seconds.
            hesitant: whether it never claims anything, but has the right candidate.
            wrong: share of the windows in which it is sure of something that does not play.
            seed: of its errors.
        """
        self._plays = plays
        self._deaf = deaf
        self._hesitant = hesitant
        self._wrong = wrong
        self._random = np.random.default_rng(seed)
        self.clips_s: list[float] = []

    def recognise(self, samples: Samples, *, limit: int = 5, picture: bool = False) -> Recognised:
        clip_s = samples.size / RATE_HZ
        self.clips_s.append(clip_s)
        start_s = float(samples[0])
        matches = [self._guess(clip_s) for _ in range(3)]
        if self._random.random() < self._wrong:
            matches.append(self._guess(clip_s, probability=0.99))
        for play in self._plays:
            match = self._heard(play, start_s, start_s + clip_s)
            if match is not None:
                matches.append(match)
        matches.sort(key=lambda match: match.probability, reverse=True)
        return Recognised(tuple(matches[:limit]), clip_s)

    def _heard(self, play: Play, start_s: float, end_s: float) -> ClipMatch | None:
        if play.end_s < start_s or play.start_s > end_s:
            return None
        first, last = max(start_s, play.start_s), min(end_s, play.end_s)
        covered = sum(max(min(last, b) - max(first, a), 0.0) for a, b in self._deaf)
        heard_s = last - first - covered
        if heard_s < 2:
            return None
        probability = 0.2 if self._hesitant else min(0.5 + 0.1 * heard_s, 0.99)
        offset_s = play.offset_s + play.speed * (start_s - play.start_s)
        if play.loop_s is not None:
            # It repeats itself: any repetition will do.
            offset_s = offset_s % play.loop_s + play.loop_s * self._random.integers(5)
        return _match(
            play.recording, probability, offset_s, first - start_s, last - start_s, play.speed
        )

    def _guess(self, clip_s: float, probability: float = 0.02) -> ClipMatch:
        recording = f"other {self._random.integers(200)}"
        return _match(recording, probability, self._random.uniform(0, 200), 0.0, clip_s, 1.0)


def _match(
    recording: str, probability: float, offset_s: float, start_s: float, end_s: float, speed: float
) -> ClipMatch:
    certainty = Certainty.UNKNOWN
    if probability > 0.5:
        certainty = Certainty.CERTAIN if probability > 0.9 else Certainty.LIKELY
    return ClipMatch(
        recording, certainty, probability, 0.0, float(offset_s), start_s, end_s, speed=speed
    )
