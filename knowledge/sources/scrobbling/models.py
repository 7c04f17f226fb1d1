"""Plays as they are told, and whom they are told to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

ScrobbleService = Literal["listenbrainz", "lastfm"]
SHORTEST_S = 30.0
"""Shorter tracks are never told of; both services ask for this."""
ENOUGH_S = 240.0
"""After so long it counts, however long the track is."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Something that was really listened to."""

    title: str
    artist: str
    at: int
    """When it began to sound, in whole seconds since the epoch."""
    album: str = ""
    duration_s: float = 0.0
    track_no: int | None = None
    mbid: str = ""
    """MusicBrainz id of the recording, where it is known."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A listen that is to be told."""

    id: int
    listen: Listen


class ScrobbleTarget(Protocol):
    """An account that is told. Calls block; each raises `SourceUnreachable` and `SourceRefused`."""

    @property
    def batch(self) -> int:
        """How many listens one message may hold."""
        ...

    def submit(self, listens: Sequence[Listen]) -> Sequence[str]:
        """Tell of these; returns for each why it was turned down for good, or ""."""
        ...

    def arrived(self, listens: Sequence[Listen]) -> Sequence[bool]:
        """Say for each whether the account holds it already."""
        ...

    def now_playing(self, listen: Listen) -> None:
        """Tell what sounds just now."""
        ...


def counts_after_s(duration_s: float) -> float | None:
    """After how many seconds a track counts as listened to: half of it, at most four minutes.

    None when it never does: it is too short.
    """
    if duration_s <= 0.0:
        return ENOUGH_S  # its length is not known
    return min(duration_s / 2, ENOUGH_S) if duration_s > SHORTEST_S else None
