"""What an alarm plays: settled when it is set, found again when it rings.

Between the two the library may change. When what was wished for is gone, something else plays and
it is said so: an alarm that is silent wakes nobody.
"""

import asyncio
import random
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from knowledge.models import PlayEvent, Track
from knowledge.timers.models import AlarmMusic
from knowledge.wish import MusicWish
from tools.context import ToolContext
from tools.errors import QueueEmpty
from tools.recommend import RecommendMusic, recommend_music
from tools.result import Ambiguous, Found, NothingFound
from tools.wanted import Selection, Wanted, find, tracks_of
from tools.wished import describes, in_words

MAX_KEPT = 200
"""Tracks of a list that an alarm remembers one by one."""
_WISHED = 30
_ANYTHING = 100


@dataclass(frozen=True, slots=True)
class Chosen:
    """Music for an alarm that rings now."""

    tracks: tuple[Track, ...]
    """Never empty."""
    label: str
    """What it is called, for people."""
    instead: str = ""
    """What was wished for and could not be found; "" when this is it."""


def settle(
    wanted: Wanted, wish: str, context: ToolContext
) -> AlarmMusic | Ambiguous | NothingFound:
    """Make what is named or described something that can be kept. Call it in a worker thread."""
    described = _described(wish, context) if wish else None
    if described is not None and wanted.is_empty:
        return AlarmMusic(in_words(described), {}, wish)
    if wanted.is_empty:
        if not wish:
            return AlarmMusic()
        wanted = Wanted(query=wish)
    found = find(wanted, context)
    if not isinstance(found, Selection):
        return found
    return AlarmMusic(_label(found), _kept(found, wanted))


def _described(wish: str, context: ToolContext) -> MusicWish | None:
    """The wish, when its words describe music and name nothing."""
    parsed = context.services.wish_of(wish)
    return parsed if describes(parsed) and not parsed.free else None


def _label(found: Selection) -> str:
    if found.kind == "list":
        return found.tracks[0].title if len(found.tracks) == 1 else ""
    return f"{found.name} by {found.by}" if found.by else found.name


def _kept(found: Selection, wanted: Wanted) -> dict[str, Any]:
    first = found.tracks[0]
    match found.kind:
        case "track":
            return {"refs": [f"track:{first.id}"]}
        case "album" if first.album_id is not None:
            return {"refs": [f"album:{first.album_id}"]}
        case "artist" | "playlist" | "genre":
            return {found.kind: found.name}
        case "liked":
            return {"liked": True}
        case _:
            refs = wanted.refs or [f"track:{track.id}" for track in found.tracks]
            return {"refs": refs[:MAX_KEPT]}


async def choose(music: AlarmMusic, context: ToolContext) -> Chosen:
    """Find the music of an alarm that rings, or something instead of it.

    Raises:
        QueueEmpty: the library holds no music at all.
    """
    if music.wish:
        wished = RecommendMusic(wish=music.wish, ask=False, count=_WISHED)
        result = await recommend_music(wished, context)
        if isinstance(result, Found):
            tracks = tuple(item for item in result.items if isinstance(item, Track))
            if tracks:
                return Chosen(tracks, music.label)
    elif music.named:
        named = await asyncio.to_thread(_named, music, context)
        if named:
            return Chosen(named, music.label)
    anything = await asyncio.to_thread(_liked_or_any, context)
    if not anything:
        raise QueueEmpty("There is no music in the library.")
    instead = "" if music.is_open else music.label or "the music that was wished for"
    return Chosen(anything, "", instead)


def _named(music: AlarmMusic, context: ToolContext) -> tuple[Track, ...]:
    try:
        found = find(Wanted.model_validate(dict(music.named)), context)
    except ValidationError:
        return ()
    if isinstance(found, Selection):
        return _mixed(found.tracks) if found.kind in {"liked", "genre"} else found.tracks
    if isinstance(found, Ambiguous) and found.items:  # two of that name by now: the better one
        first = found.items[0]
        return () if isinstance(first, PlayEvent) else tracks_of(first, context)
    return ()


def _liked_or_any(context: ToolContext) -> tuple[Track, ...]:
    services = context.services
    liked = services.catalog.tracks(list(services.ratings.liked_ids()))
    if liked:
        return _mixed(liked[:_ANYTHING])
    return _mixed(services.catalog.list_tracks(limit=_ANYTHING)[0])


def _mixed(tracks: tuple[Track, ...]) -> tuple[Track, ...]:
    return tuple(random.sample(tracks, len(tracks)))
