"""What a recommendation is, and what it is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.models import Track, TrackId
from knowledge.wish import MusicWish


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a track is here. Real: each is a term of its score, the largest first."""

    kind: str
    """"mood", "tempo", "alike", "artist", "genre", "played", "time", "taste", "words" and so on."""
    words: str
    """To be said as it is: "about 165 BPM"."""
    weight: float = 0.0
    """Its share of the score, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    track: Track
    score: float
    reasons: tuple[Reason, ...]
    source: str
    """The candidate source that brought it: "recent", "rules", "content", "wish", "ease"."""
    start_s: float | None = None
    """Where the wished mood begins in it, when that is not everywhere."""


@dataclass(frozen=True, slots=True)
class Situation:
    """When and where music is wished for; by whom is who this code runs for."""

    at: datetime
    """Local time, with its zone."""
    session_id: str = ""
    queue: tuple[TrackId, ...] = ()
    """What was lately played in this conversation, or stands in the queue, oldest first."""
    offered: frozenset[TrackId] = frozenset()
    weather: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """At most one short question before the first music."""

    text: str
    choices: tuple[str, ...]
    """Two to four, each usable as a wish: "jazz"."""


@dataclass(frozen=True, slots=True)
class Recommended:
    """A list with why it is what it is."""

    items: tuple[Recommendation, ...]
    wish: MusicWish
    list_id: str = ""
    """Under which its offers were logged."""
    relaxed: tuple[str, ...] = ()
    """Wishes that could not be met, in words: "the sound"."""
    question: Question | None = None
    """Worth asking first, because the request is open and the taste unknown."""
    duration_s: float = 0.0
    facts: Mapping[str, str | float] = field(default_factory=dict)
