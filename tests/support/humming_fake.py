"""A hum that is known beforehand: each second of a clip is one number, as in `agent_ears`."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from knowledge.errors import NotHeard
from knowledge.fingerprint.models import Samples
from knowledge.melody.models import (
    FRAME_S,
    Contour,
    HumAnswer,
    HumHit,
    HumKind,
    HumOutcome,
    HumProblem,
    MelodyNote,
)
from knowledge.models import Track

HUM = 50
"""From this number on somebody hums."""
WHISTLE = 70
"""From this number on somebody whistles."""
TALK = 49


def contour(
    seconds: float = 10.0,
    problem: HumProblem | None = None,
    *,
    kind: HumKind = HumKind.VOICE,
    hum_like: float = 1.0,
) -> Contour:
    """A line that rises by a semitone a second."""
    at = np.arange(round(seconds / FRAME_S)) * FRAME_S
    notes = tuple(MelodyNote(float(n), 0.8, 60.0 + n) for n in range(int(seconds)))
    return Contour((60 + at).astype(np.float32), notes, kind, problem, hum_like)


@dataclass(slots=True)
class FakeHumming:
    """A `Humming`: knows which numbers are which tunes."""

    tunes: dict[int, tuple[Track, ...]] = field(default_factory=dict)
    """One track: it is found; two or three: they are offered."""
    unwritten: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Title and artist of tunes without a recording."""
    hum_like: dict[int, float] = field(default_factory=dict)
    """Of numbers that are no clear case."""
    searched: int = 23
    waiting: int = 0
    picked: list[tuple[int, int]] = field(default_factory=list)
    transcripts: list[str] = field(default_factory=list)
    """The words of every question."""

    def warm(self) -> None:
        pass

    def listen(self, samples: Samples, rate_hz: int) -> Contour:
        seconds, sound = samples.size / rate_hz, _mostly(samples)
        if sound == 0:
            return contour(seconds, HumProblem.SILENT, hum_like=0.0)
        if sound == TALK:
            return contour(seconds, HumProblem.SPEECH, hum_like=0.1)
        if seconds < 2:
            return contour(seconds, HumProblem.TOO_SHORT)
        like = self.hum_like.get(sound, 1.0 if sound >= HUM else 0.0)
        problem = None if like >= 0.5 else HumProblem.NO_TUNE
        kind = HumKind.WHISTLE if sound >= WHISTLE else HumKind.VOICE
        return contour(seconds, problem, kind=kind, hum_like=like)

    def answer(
        self,
        samples: Samples,
        rate_hz: int,
        *,
        transcript: str = "",
        session_id: str = "",
        count: int = 10,
    ) -> HumAnswer:
        del session_id, count
        self.transcripts.append(transcript)
        heard, sound = self.listen(samples, rate_hz), _mostly(samples)
        hits = tuple(
            HumHit(track.title, track.artist, 0.83 / (place + 1), 42.0, 50.0, track)
            for place, track in enumerate(self.tunes.get(sound, ()))
        )
        if sound in self.unwritten:
            hits = (HumHit(*self.unwritten[sound], 0.8, 0.0, 8.0),)
        outcomes = (HumOutcome.AGAIN, HumOutcome.FOUND, HumOutcome.AMBIGUOUS)
        outcome = outcomes[min(2, len(hits))] if heard.problem is None else HumOutcome.AGAIN
        offered = 0 if outcome is HumOutcome.AGAIN else min(3, len(hits))
        number = 100 + len(self.transcripts)
        return HumAnswer(outcome, heard, hits, offered, self.searched, self.waiting, number)

    def pick(self, hum_id: int, track_id: int) -> None:
        if hum_id < 100:
            raise NotHeard(f"There is no hum {hum_id}.")
        self.picked.append((hum_id, track_id))


def _mostly(samples: Samples) -> int:
    return int(Counter(samples.tolist()).most_common(1)[0][0]) if samples.size else 0
