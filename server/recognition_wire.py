"""What goes over the wire about recordings that were recognised, and about listening."""

from datetime import datetime
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from knowledge.fingerprint.models import Recognised
from knowledge.recognition.models import ClipAnswer, HeardEvent, Pack, Tune
from server.hum_wire import HumOut
from server.presenter import Presenter
from server.recognition.picture import PictureOut, picture_out
from server.wire import Id, TrackOut
from tools.clip_naming import NamedClip

MAX_RING_S = 600.0
DEFAULT_RING_S = 120.0

_OUT = ConfigDict(frozen=True)
_IN = ConfigDict(frozen=True, extra="forbid")
Name = Annotated[str, Field(max_length=100)]
"""Of a device, a place or a stream."""
Url = Annotated[str, Field(min_length=1, max_length=2_048)]
Seconds = Annotated[float, Field(ge=0, le=MAX_RING_S, allow_inf_nan=False)]
SessionId = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_-]*$")]


class AlternativeOut(BaseModel):
    """Another recording that it may be; never to be claimed."""

    model_config = _OUT
    track: TrackOut
    probability: float


class NamedOnline(Protocol):
    """A name from the network; knowledge.recognition.online, which few installations load."""

    @property
    def title(self) -> str: ...
    @property
    def artists(self) -> tuple[str, ...]: ...
    @property
    def album(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def mbid(self) -> str: ...
    @property
    def score(self) -> float: ...


class OnlineOut(BaseModel):
    """What AcoustID and MusicBrainz say that a whole file is."""

    model_config = _OUT
    title: str
    artist: str
    album: str
    year: int | None
    mbid: str
    """MusicBrainz id of the recording."""
    score: float

    @classmethod
    def of(cls, named: NamedOnline) -> "OnlineOut":
        return cls(
            title=named.title,
            artist=", ".join(named.artists),
            album=named.album,
            year=named.year,
            mbid=named.mbid,
            score=round(named.score, 4),
        )


class MatchOut(BaseModel):
    """What may be said about one clip."""

    model_config = _OUT
    track: TrackOut | None
    title: str
    """Empty when nothing may be named."""
    artist: str
    certainty: Literal["certain", "likely", "unknown"]
    probability: float
    score: float
    offset_s: float
    clip_s: float
    speed: float
    pitch: float
    start_s: float
    end_s: float
    alternatives: tuple[AlternativeOut, ...]
    version_of: TrackOut | None
    tune_id: int | None
    heard_before: int
    reason: str
    heard_id: int | None
    picture: PictureOut | None = None
    online: OnlineOut | None = None
    """Only when it was asked for, and the library does not have the recording."""
    hum: HumOut | None = None
    """Only when the clip is taken for a hum; then no recording is named."""

    @classmethod
    def of_clip(cls, named: NamedClip, presenter: Presenter, *, clip_s: float = 0.0) -> "MatchOut":
        """A recording or a hum as clients see it; reads ratings, so not on the event loop.

        Args:
            named: what the clip is.
            presenter: shows tracks.
            clip_s: how long it is, when it was not looked for among recordings.
        """
        match = cls.of(named.answer or ClipAnswer(Recognised((), clip_s)), presenter)
        if named.hum is None:
            return match
        return match.model_copy(update={"hum": HumOut.of(named.hum, presenter)})

    @classmethod
    def of(cls, answer: ClipAnswer, presenter: Presenter) -> "MatchOut":
        """The answer as clients see it; reads ratings, so not on the event loop."""
        recognised = answer.recognised
        best = recognised.best
        track = None if answer.track is None else presenter.track(answer.track)
        title = answer.named or "" if track is None else track.title
        offset_s = answer.offset_s if answer.offset_s is not None else (best and best.offset_s)
        return cls(
            track=track,
            title=title,
            artist=answer.artist if track is None else track.artist,
            certainty=answer.certainty.value,
            probability=round(answer.probability, 4),
            score=round(best.score, 3) if best else 0.0,
            offset_s=round(offset_s or 0.0, 3),
            clip_s=round(recognised.clip_s, 3),
            speed=round(best.speed, 4) if best else 1.0,
            pitch=round(best.pitch, 2) if best else 0.0,
            start_s=round(best.start_s, 3) if best else 0.0,
            end_s=round(best.end_s, 3) if best else 0.0,
            alternatives=tuple(
                AlternativeOut(track=presenter.track(other), probability=round(chance, 4))
                for other, chance in answer.alternatives
            ),
            version_of=None if answer.version_of is None else presenter.track(answer.version_of),
            tune_id=answer.tune_id,
            heard_before=answer.heard_before,
            reason=recognised.reason,
            heard_id=answer.heard_id,
            picture=picture_out(recognised.picture),
        )


class HeardOut(BaseModel):
    """One thing that was heard."""

    model_config = _OUT
    id: int
    at: datetime
    ended_at: datetime
    track: TrackOut | None
    title: str
    artist: str
    source: str
    place: str
    device: str
    certainty: str
    probability: float
    offset_s: float | None
    clip_s: float
    session_id: str
    tune_id: int | None
    named_later: bool

    @classmethod
    def of(cls, event: HeardEvent, presenter: Presenter) -> "HeardOut":
        return cls(
            id=event.id,
            at=event.at,
            ended_at=event.ended_at,
            track=None if event.track is None else presenter.track(event.track),
            title=event.title,
            artist=event.artist,
            source=event.source.value,
            place=event.place,
            device=event.device,
            certainty=event.certainty.value,
            probability=round(event.probability, 4),
            offset_s=None if event.offset_s is None else round(event.offset_s, 3),
            clip_s=round(event.clip_s, 3),
            session_id=event.session_id,
            tune_id=event.tune_id,
            named_later=event.named_later,
        )


class HeardPage(BaseModel):
    model_config = _OUT
    items: tuple[HeardOut, ...]
    when: str
    """The time that was asked for, in words; empty when none was."""


class CorrectIn(BaseModel):
    model_config = _IN
    track_id: Id | None
    """What it really was; None when only the claim was wrong."""


class UrlIn(BaseModel):
    model_config = _IN
    url: Url
    seconds: Annotated[float, Field(ge=2, le=60, allow_inf_nan=False)] = 10.0
    """How long to listen to a stream."""
    device: Name = ""
    place: Name = ""
    session: SessionId = ""
    """The conversation whose next words are about the clip."""


class ListeningIn(BaseModel):
    model_config = _IN
    session: SessionId = ""
    """Of which conversation; all of them when it is empty."""
    seconds: Annotated[float, Field(ge=5, le=MAX_RING_S, allow_inf_nan=False)] = DEFAULT_RING_S


class ListeningAnswerIn(BaseModel):
    model_config = _IN
    ending_s_ago: Seconds = 0.0
    seconds: Annotated[float, Field(ge=2, le=60, allow_inf_nan=False)] = 10.0
    session: SessionId = ""


class ListeningSourceOut(BaseModel):
    """One microphone that is listened to."""

    model_config = _OUT
    session: str
    device: str
    place: str
    purpose: Literal["identify", "ring", "clip"]
    seconds: float


class ListeningOut(BaseModel):
    """Whether anything is listened to, and what is kept of it."""

    model_config = _OUT
    listening: bool
    ring: bool
    ring_seconds: float
    """How many of the last seconds are kept at most; 0 is off."""
    seconds: float
    """How many are held now."""
    sources: tuple[ListeningSourceOut, ...]


class TuneOut(BaseModel):
    """A recording that was heard and that the library does not have."""

    model_config = _OUT
    id: int
    title: str
    artist: str
    track: TrackOut | None
    clips: int
    heard: int
    first_at: datetime
    last_at: datetime
    places: tuple[str, ...]
    has_audio: bool

    @classmethod
    def of(cls, tune: Tune, presenter: Presenter) -> "TuneOut":
        return cls(
            id=tune.id,
            title=tune.title,
            artist=tune.artist,
            track=None if tune.track is None else presenter.track(tune.track),
            clips=tune.clips,
            heard=tune.heard,
            first_at=tune.first_at,
            last_at=tune.last_at,
            places=tune.places,
            has_audio=tune.has_audio,
        )


class TuneNameIn(BaseModel):
    model_config = _IN
    title: Annotated[str, Field(max_length=200)] = ""
    artist: Annotated[str, Field(max_length=200)] = ""
    track_id: Id | None = None
    """The track that it is; then title and artist are not needed."""


class PackOut(BaseModel):
    """Fingerprints and names from another installation."""

    model_config = _OUT
    id: str
    name: str
    made_at: datetime
    imported_at: datetime
    recordings: int

    @classmethod
    def of(cls, pack: Pack) -> "PackOut":
        return cls(
            id=pack.id,
            name=pack.name,
            made_at=pack.made_at,
            imported_at=pack.imported_at,
            recordings=pack.recordings,
        )


class MonitorIn(BaseModel):
    model_config = _IN
    url: Url
    name: Annotated[str, Field(min_length=1, max_length=100)]
    """What it is called in what was heard: "kitchen radio"."""


class MonitorOut(BaseModel):
    """A radio stream that is listened to in the background."""

    model_config = _OUT
    id: str
    name: str
    url: str
    state: Literal["connecting", "listening", "waiting", "stopped"]
    """"waiting": it broke off and is tried again later."""
    problem: str
    """Why it is not listened to at the moment."""
    heard_s: float
    """How much of it was heard, seconds."""
    playing: str
    """What plays now, as "Title by Artist"; empty when that is unknown."""


class TimelineEntryOut(BaseModel):
    """A stretch of a long recording."""

    model_config = _OUT
    start_s: float
    end_s: float
    track: TrackOut | None
    title: str
    artist: str
    certainty: Literal["certain", "likely", "unknown"]
    probability: float
    offset_s: float
    speed: float
    pitch: float


class TimelineJobOut(BaseModel):
    """A long recording that is being recognised, or was."""

    model_config = _OUT
    id: str
    name: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    done_s: float
    total_s: float | None
    """How long the recording says that it is."""
    problem: str
    entries: tuple[TimelineEntryOut, ...] | None
    """None while it runs."""

    def news(self) -> dict[str, Any]:
        """The job as it is told to every page: without its entries."""
        return self.model_dump(mode="json", exclude={"entries"})
