"""Recommendations, reasons, tastes and smart playlists as they go over the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.recommend.models import Reason, Recommended
from knowledge.recommend.similar_artists import SimilarArtist
from knowledge.recommend.smart_playlists import DAILY_S, LONGEST_S, Refreshed, SmartPlaylist
from knowledge.recommend.wish_json import wish_to_json
from knowledge.taste.sentences import TasteLine
from server.presenter import Presenter
from server.wire import Id, PlaylistOut, TrackOut

_OUT = ConfigDict(frozen=True)
_IN = ConfigDict(frozen=True, extra="forbid")
Short = Annotated[str, Field(max_length=300)]


class ReasonOut(BaseModel):
    """One term of the score, in words."""

    model_config = _OUT
    kind: str
    words: str
    weight: float

    @classmethod
    def of(cls, reason: Reason) -> "ReasonOut":
        return cls(kind=reason.kind, words=reason.words, weight=round(reason.weight, 3))


class RecommendationOut(BaseModel):
    model_config = _OUT
    track: TrackOut
    score: float
    reasons: tuple[ReasonOut, ...]
    source: str
    start_s: float | None


class QuestionOut(BaseModel):
    model_config = _OUT
    text: str
    choices: tuple[str, ...]


class RecommendedOut(BaseModel):
    """A list, with why it is what it is."""

    model_config = _OUT
    list_id: str
    items: tuple[RecommendationOut, ...]
    relaxed: tuple[str, ...]
    question: QuestionOut | None
    duration_s: float
    facts: dict[str, str | float]

    @classmethod
    def of(cls, made: Recommended, presenter: Presenter) -> "RecommendedOut":
        tracks = presenter.tracks(item.track for item in made.items)
        asked = made.question
        return cls(
            list_id=made.list_id,
            items=tuple(
                RecommendationOut(
                    track=track,
                    score=round(item.score, 4),
                    reasons=tuple(ReasonOut.of(reason) for reason in item.reasons),
                    source=item.source,
                    start_s=item.start_s,
                )
                for item, track in zip(made.items, tracks, strict=True)
            ),
            relaxed=made.relaxed,
            question=QuestionOut(text=asked.text, choices=asked.choices) if asked else None,
            duration_s=round(made.duration_s, 3),
            facts=dict(made.facts),
        )


class WhyOut(BaseModel):
    model_config = _OUT
    track_id: int
    reasons: tuple[ReasonOut, ...]


class SimilarArtistOut(BaseModel):
    model_config = _OUT
    name: str
    score: float
    reasons: tuple[ReasonOut, ...]

    @classmethod
    def of(cls, one: SimilarArtist) -> "SimilarArtistOut":
        reasons = tuple(ReasonOut.of(reason) for reason in one.reasons)
        return cls(name=one.name, score=round(one.score, 4), reasons=reasons)


class FeedbackIn(BaseModel):
    """What somebody thinks of a track that was offered."""

    model_config = _IN
    track_id: Id
    kind: Literal["more", "less", "never", "not_now"]
    list_id: Annotated[str, Field(max_length=32)] = ""
    said: Short = ""


class TasteIn(BaseModel):
    """Something to be kept about a taste."""

    model_config = _IN
    kind: Literal["never", "less", "more", "neutral"]
    subject: Literal["track", "artist", "album", "genre", "mood", "tag", "theme", "language"]
    value: Annotated[str, Field(min_length=1, max_length=300)]
    said: Short = ""


class TasteLineOut(BaseModel):
    """One thing that is known about a taste; `id` takes it back."""

    model_config = _OUT
    id: str
    words: str
    kind: str
    subject: str
    value: str
    count: int

    @classmethod
    def of(cls, line: TasteLine) -> "TasteLineOut":
        return cls(
            id=line.id,
            words=line.words,
            kind=line.kind,
            subject=line.subject,
            value=line.value,
            count=line.count,
        )


class TasteOut(BaseModel):
    model_config = _OUT
    lines: tuple[TasteLineOut, ...]


class SmartPlaylistIn(BaseModel):
    """A playlist that fills itself: its wish in words, or as structure."""

    model_config = _IN
    name: Annotated[str, Field(min_length=1, max_length=200)]
    words: Short = ""
    wish: dict[str, Any] | None = None
    every_s: Annotated[float, Field(ge=0, le=LONGEST_S)] = DAILY_S


class SmartPlaylistOut(BaseModel):
    model_config = _OUT
    playlist: PlaylistOut
    wish: dict[str, Any]
    every_s: float
    refreshed_at: datetime | None
    relaxed: tuple[str, ...] = ()
    changed: bool = True

    @classmethod
    def of(cls, smart: SmartPlaylist, presenter: Presenter) -> "SmartPlaylistOut":
        return cls(
            playlist=presenter.playlist(smart.playlist),
            wish=wish_to_json(smart.wish),
            every_s=smart.every_s,
            refreshed_at=smart.refreshed_at,
        )

    @classmethod
    def refreshed(cls, made: Refreshed, presenter: Presenter) -> "SmartPlaylistOut":
        shown = cls.of(made.smart, presenter)
        return shown.model_copy(update={"relaxed": made.relaxed, "changed": made.changed})
