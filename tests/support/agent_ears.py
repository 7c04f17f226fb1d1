"""Ears for the agent: a room whose sound is scripted second by second, and who knows it.

Each second of a clip is one number that stands for a recording, so that a fake recogniser can
read which one it is and where in it the clip begins.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from knowledge.errors import NotHeard
from knowledge.fingerprint.models import RATE_HZ, Certainty, ClipMatch, Recognised, Samples
from knowledge.melody.models import HumAnswer
from knowledge.models import Track
from knowledge.recognition.heard import HeardLog
from knowledge.recognition.models import ClipAnswer, Heard, HeardSource, Hearing
from tools.context import Listening

SILENCE = 0
UNKNOWN = 1
"""Talk, an advertisement, or music that nobody knows."""


@dataclass(slots=True)
class FakeEars:
    """A `ClipSource`: the last seconds of a room, newest last."""

    listening: Listening = Listening.OFF
    room: list[int] = field(default_factory=list)
    """What sounded in each of the last seconds, newest last."""
    coming: list[int] = field(default_factory=list)
    """What sounds as soon as a fresh clip is asked for."""
    sent: dict[str, list[int]] = field(default_factory=dict)
    """Clips that the client sent, by reference; the last one came with this turn."""
    place: str = "kitchen"
    device: str = "phone"
    microphone: bool = True
    asked: list[tuple[float, float]] = field(default_factory=list)
    answers: dict[str, ClipAnswer] = field(default_factory=dict)
    """Clips that were recognised while they came in."""
    hums: dict[str, HumAnswer] = field(default_factory=dict)
    """Clips that were taken for hums while they came in."""
    sung: str = ""
    """The words of every clip."""

    def play(self, sound: int, seconds: int) -> None:
        self.room += [sound] * seconds

    def can_listen(self, _session_id: str) -> Listening:
        return self.listening

    def held_s(self, _session_id: str) -> float:
        return float(len(self.room)) if self.listening is Listening.RING else 0.0

    def hearing(self, session_id: str, source: HeardSource) -> Hearing:
        return Hearing(source, session_id, self.device, self.place)

    def given(self, _session_id: str) -> str:
        return next(reversed(self.sent), "")

    async def given_clip(self, _session_id: str, reference: str) -> Samples | None:
        clip = self.sent.get(reference)
        return None if clip is None else sound_of(clip)

    def answer(self, _session_id: str, reference: str) -> ClipAnswer | None:
        return self.answers.get(reference)

    def hum(self, _session_id: str, reference: str) -> HumAnswer | None:
        return self.hums.get(reference)

    async def words(self, _samples: Samples) -> str:
        return self.sung

    async def clip(
        self, _session_id: str, *, seconds: float, ending_s_ago: float = 0.0, fresh: bool = False
    ) -> Samples | None:
        self.asked.append((seconds, ending_s_ago))
        if fresh or self.listening is Listening.ASKED:
            self.room, self.coming = [*self.room, *self.coming], []
        if self.listening is Listening.OFF:
            return None
        end = len(self.room) - round(ending_s_ago)
        kept = self.room[max(0, end - round(seconds)) : max(0, end)]
        return sound_of(kept) if kept else None

    async def keep_listening(self, _session_id: str, *, on: bool) -> Listening:
        if on and self.microphone:
            self.listening = Listening.RING
        elif not on:
            self.listening, self.room = Listening.ASKED, []
        return self.listening


def sound_of(seconds: list[int]) -> Samples:
    return np.repeat(np.array(seconds, np.float32), RATE_HZ)


@dataclass(slots=True)
class FakeTunes:
    named: list[tuple[int, str, str, int | None]] = field(default_factory=list)

    def name(
        self, tune_id: int, *, title: str = "", artist: str = "", track_id: int | None = None
    ) -> None:
        self.named.append((tune_id, title, artist, track_id))


@dataclass(slots=True)
class FakeRecognition:
    """A `Recognition`: knows the numbers of `known`, and writes into the real log."""

    heard: HeardLog
    known: dict[int, Track] = field(default_factory=dict)
    certainty: Certainty = Certainty.CERTAIN
    alternatives: tuple[Track, ...] = ()
    named: str | None = None
    version_of: Track | None = None
    heard_before: int = 0
    speed: float = 1.0
    unknowns: FakeTunes = field(default_factory=FakeTunes)
    corrected: list[tuple[int, int | None]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)

    def recognise(
        self,
        samples: Samples,
        *,
        source: HeardSource,
        session_id: str = "",
        device: str = "",
        place: str = "",
        at: datetime | None = None,
        log: bool = True,
    ) -> ClipAnswer:
        self.questions.append({"source": source, "at": at, "log": log})
        clip_s = samples.size / RATE_HZ
        hearing = Hearing(source, session_id, device, place, at)
        if clip_s < 2:
            return ClipAnswer(Recognised((), clip_s, "too_short"))
        sound, seconds = Counter(samples.tolist()).most_common(1)[0]
        if sound == SILENCE:
            return ClipAnswer(Recognised((), clip_s, "silent"))
        track = self.known.get(int(sound))
        if track is None:
            tune_id = 7 if log else None
            what = Heard(Certainty.UNKNOWN, clip_s)
            heard_id = self.heard.record(what, hearing) if log else None
            return ClipAnswer(
                Recognised((), clip_s),
                named=self.named,
                certainty=Certainty.CERTAIN if self.named else Certainty.UNKNOWN,
                version_of=self.version_of,
                heard_id=heard_id,
                tune_id=tune_id,
                heard_before=self.heard_before,
            )
        sure = 0.99 if self.certainty is Certainty.CERTAIN else 0.8
        match = ClipMatch(
            "key", self.certainty, sure, 20.0, 82.0, 0.5, seconds / RATE_HZ - 0.5, self.speed
        )
        what = Heard(
            self.certainty,
            clip_s,
            recording="key",
            track_id=track.id,
            title=track.title,
            artist=track.artist,
            probability=sure,
            offset_s=82.0,
        )
        return ClipAnswer(
            Recognised((match,), clip_s),
            track,
            self.certainty,
            sure,
            82.0,
            self.heard.record(what, hearing) if log else None,
            tuple((other, 0.1) for other in self.alternatives),
        )

    def correct(self, heard_id: int, track_id: int | None) -> None:
        if heard_id < 0:
            raise NotHeard("There is no such event.")
        self.corrected.append((heard_id, track_id))


def heard_at(
    log: HeardLog,
    track: Track | None,
    at: datetime,
    *,
    place: str = "kitchen",
    device: str = "phone",
    source: HeardSource = HeardSource.MICROPHONE,
    certainty: Certainty = Certainty.CERTAIN,
    title: str = "",
    artist: str = "",
) -> int:
    """Write an event that lasted ten seconds."""
    what = Heard(
        certainty,
        10.0,
        recording=f"key {title or (track.id if track else at)}",
        track_id=None if track is None else track.id,
        title=track.title if track is not None else title,
        artist=track.artist if track is not None else artist,
        probability=0.99,
    )
    return log.record(what, Hearing(source, "kitchen", device, place, at))


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
