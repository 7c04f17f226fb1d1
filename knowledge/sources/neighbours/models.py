"""Neighbours as values."""

from dataclasses import dataclass
from typing import Literal

NeighbourSource = Literal["lastfm", "listenbrainz"]
SHOWN: dict[str, str] = {"lastfm": "Last.fm", "listenbrainz": "ListenBrainz"}
"""What the services are called."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An artist or a recording that is played beside another one."""

    artist: str
    title: str
    """Empty for an artist."""
    score: float
    """0 to 1; the nearest is 1."""
