"""What a tool call may use: the services of this installation, and who is asking."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from knowledge.catalog import Catalog
from knowledge.history import History
from knowledge.playlists import Playlists
from knowledge.ratings import Ratings
from knowledge.search import Searcher
from tools.consent import Consent
from tools.players.playback import Playback

ReferenceKind = Literal["track", "album", "artist", "playlist"]


@dataclass(frozen=True, slots=True)
class Reference:
    """One thing of the library by kind and id; written "track:12" in tool arguments."""

    kind: ReferenceKind
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def local_now() -> datetime:
    """The time here, with its time zone: "yesterday evening" is meant in local time."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class ToolServices:
    """Everything that tools act on; made once by whoever starts the program."""

    catalog: Catalog
    searcher: Searcher
    playback: Playback
    playlists: Playlists
    history: History
    ratings: Ratings
    clock: Callable[[], datetime] = local_now
    """Gives the present local time; always with a time zone."""


@dataclass(frozen=True, slots=True)
class ToolContext:
    """One turn's view: the services, the conversation, and what the user allowed in it."""

    services: ToolServices
    session_id: str = ""
    references: tuple[Reference, ...] = ()
    """The numbered list on the page, number 1 first."""
    offered: frozenset[int] = frozenset()
    """Tracks that this conversation was recommended before; others come first."""
    consent: Consent = field(default_factory=Consent)
    """What may be destroyed in this turn, judged by the user's own words."""
