"""Albums by their place in an artist's work: "her first album", "their latest record"."""

import re
from typing import Any

from agent import asking, references
from agent.plans.request import Request, call
from agent.pointing import Pointer
from agent.turn import Plan
from agent.understanding import Intent
from knowledge.folding import fold
from knowledge.models import Album

_PLACES = {
    "first": 0,
    "debut": 0,
    "earliest": 0,
    "oldest": 0,
    "second": 1,
    "third": 2,
    "fourth": 3,
    "fifth": 4,
    "sixth": 5,
    "last": -1,
    "latest": -1,
    "newest": -1,
    "most recent": -1,
    "new": -1,
    "previous": -2,
    "second to last": -2,
}
_WHICH = "|".join(sorted(_PLACES, key=len, reverse=True))
_THEIRS = re.compile(
    rf"\b(?:(?P<whose>her|his|their|its)|(?P<named>[\w ]+?) s|the) (?P<place>{_WHICH}) "
    r"(?:studio |full )?(?:album|record|lp)\b(?: (?:by|of|from) (?P<artist>.+))?"
)
_ALTERING = frozenset({Intent.ADD_TO_PLAYLIST, Intent.QUEUE, Intent.LIKE, Intent.DISLIKE})


def album_meant(request: Request) -> dict[str, Any]:
    """The album as arguments of a tool; {} when none is meant or nothing is known of it."""
    found = _THEIRS.search(fold(request.text))
    if found is None:
        return {}
    artist = _artist(request, found)
    albums = _albums(request, artist) if artist else ()
    place = _PLACES[found["place"]]
    if not -len(albums) <= place < len(albums):
        return {}
    return {"refs": [f"album:{albums[place].id}"]}


def asked(request: Request) -> Plan | None:
    """The plan for "play her first album" and "what about her first album?"; else None."""
    if request.meaning.intent in _ALTERING:
        return None
    meant = album_meant(request)
    if not meant:
        return None
    if asking.wants_to_know(request.text) and not asking.begins_with_play(request.text):
        album = request.turn.services.catalog.album(int(meant["refs"][0].partition(":")[2]))
        return call("search_music", album=album.title, artist=album.artist, kind="album")
    return call("play_music", **meant)


def _artist(request: Request, found: re.Match[str]) -> str:
    if found["artist"]:
        return str(found["artist"])
    catalog = request.turn.services.catalog
    if found["named"]:
        words = found["named"].split()
        ends = (" ".join(words[first:]) for first in range(len(words)))
        known = (catalog.artist_named(name) for name in ends)
        return next((artist.name for artist in known if artist is not None), "")
    pointer = Pointer(kind="artist")
    theirs = references.pointed(pointer, request.session, request.current)
    return str(theirs.get("artist", ""))


def _albums(request: Request, name: str) -> tuple[Album, ...]:
    """The artist's albums, oldest first; those without a year come last."""
    catalog = request.turn.services.catalog
    artist = catalog.artist_named(name)
    if artist is None:
        return ()
    albums = catalog.artist_albums(artist.id)
    return tuple(sorted(albums, key=lambda album: (album.year or 9999, album.title)))
