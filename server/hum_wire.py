"""What goes over the wire about tunes that were hummed, whistled or sung."""

import math
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

from knowledge.melody.models import FRAME_S, Contour, HumAnswer, HumHit
from server.presenter import Presenter
from server.wire import Id, TrackOut
from tools.humming import hum_words

MAX_FRAMES = 2_000
"""A longer contour is thinned out: a picture shows no more."""
MAX_NOTES = 500

_OUT = ConfigDict(frozen=True)
_IN = ConfigDict(frozen=True, extra="forbid")


class ContourOut(BaseModel):
    """The pitch over time, for a picture."""

    model_config = _OUT
    frame_s: float
    """Time between two values."""
    pitch: tuple[float | None, ...]
    """MIDI numbers with fraction; null where nothing is sung."""

    @classmethod
    def of(cls, contour: Contour) -> "ContourOut":
        step = max(1, math.ceil(len(contour.pitch) / MAX_FRAMES))
        values = (float(one) for one in contour.pitch[::step])
        return cls(
            frame_s=round(FRAME_S * step, 4),
            pitch=tuple(round(one, 2) if math.isfinite(one) else None for one in values),
        )


class HumNoteOut(BaseModel):
    """One note that was heard."""

    model_config = _OUT
    onset_s: float
    duration_s: float
    pitch: float


class HumHitOut(BaseModel):
    """One tune that it may be."""

    model_config = _OUT
    title: str
    artist: str
    track: TrackOut | None
    """The recording to play; null for a written tune without one."""
    probability: float
    start_s: float
    """Where in the tune the hum begins."""
    end_s: float


class HumOut(BaseModel):
    """What may be said about one hum."""

    model_config = _OUT
    outcome: Literal["found", "ambiguous", "again"]
    problem: Literal["silent", "too_short", "speech", "no_tune"] | None
    """Why it was not even looked for; only with `again`."""
    message: str
    """The answer in a sentence."""
    next_step: str
    kind: Literal["voice", "whistle"]
    contour: ContourOut
    notes: tuple[HumNoteOut, ...]
    hits: tuple[HumHitOut, ...]
    """Only those that may be shown, best first: as many as `offered` says."""
    offered: int
    searched: int
    """How many tunes it was compared with."""
    waiting: int
    """How many recordings are still to be listened to."""
    hum_id: int | None
    """For the pick: `POST /api/hum/{hum_id}/pick`."""

    @classmethod
    def of(cls, answer: HumAnswer, presenter: Presenter) -> "HumOut":
        """The answer as clients see it; reads ratings, so not on the event loop."""
        words = hum_words(answer)
        offered = answer.hits[: answer.offered]
        return cls(
            outcome=answer.outcome.value,
            problem=answer.contour.problem and answer.contour.problem.value,
            message=words.message,
            next_step=words.next_step,
            kind=answer.contour.kind.value,
            contour=ContourOut.of(answer.contour),
            notes=tuple(
                HumNoteOut(
                    onset_s=round(note.onset_s, 3),
                    duration_s=round(note.duration_s, 3),
                    pitch=round(note.pitch, 2),
                )
                for note in answer.contour.notes[:MAX_NOTES]
            ),
            hits=tuple(_hit(hit, presenter) for hit in offered),
            offered=len(offered),
            searched=answer.searched,
            waiting=answer.waiting,
            hum_id=answer.hum_id,
        )


def _hit(hit: HumHit, presenter: Presenter) -> HumHitOut:
    return HumHitOut(
        title=hit.title,
        artist=hit.artist,
        track=None if hit.track is None else presenter.track(hit.track),
        probability=round(hit.probability, 4),
        start_s=round(hit.start_s, 2),
        end_s=round(hit.end_s, 2),
    )


class PickIn(BaseModel):
    """The tune that was meant."""

    model_config = _IN
    track_id: Id


class MelodyCounts(Protocol):
    """How far the melodies of the library are; knowledge.melody.service."""

    @property
    def indexed(self) -> int: ...
    @property
    def waiting(self) -> int: ...
    @property
    def failed(self) -> int: ...
    @property
    def written(self) -> int: ...


class MelodiesOut(BaseModel):
    """How far the melodies of the library are."""

    model_config = _OUT
    indexed: int
    """Tunes that a hum is compared with."""
    waiting: int
    """Recordings still to be listened to."""
    failed: int
    """Recordings that could not be listened to."""
    written: int
    """Tunes from MIDI, MusicXML and ABC files among the indexed."""

    @classmethod
    def of(cls, counts: MelodyCounts) -> "MelodiesOut":
        return cls(
            indexed=counts.indexed,
            waiting=counts.waiting,
            failed=counts.failed,
            written=counts.written,
        )
