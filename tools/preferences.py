"""What the user thinks of a track, or of a kind of music; what is known of it, and taken back."""

import asyncio
from typing import Literal

from pydantic import Field

from knowledge.folding import fold
from knowledge.models import Track
from tools import tastes
from tools.context import Fact, ToolContext
from tools.regret import Deed
from tools.result import Ambiguous, Failed, Found, ToolResult
from tools.tastes import Kind
from tools.tool import Tool
from tools.wanted import Selection, Wanted, Words, find

_LIKED = {"like": True, "dislike": False, "none": None}
_MOST_TRACKS = 30
_ALIKE = frozenset({"track", "list", "album"})

Rating = Literal[
    "like", "dislike", "none", "more", "less", "never", "not_now", "forget", "show", "reset"
]


class RateTrack(Wanted):
    rating: Rating = Field(
        description="like, dislike; none takes that back; more or less like it in future; never "
        "again; not_now: not today. show: what is known of the user's taste; forget: take back "
        "what is known about what is named; reset: forget all of it, only when asked for",
    )
    mood: Words = Field("", description="All music of this mood: sad")
    theme: Words = Field("", description="All music about this: Christmas")

    @property
    def deed(self) -> Deed:
        """What a wrong guess would cost."""
        return Deed.RATE


async def rate_track(arguments: RateTrack, context: ToolContext) -> ToolResult:
    """Rate the track named, the one that is playing, or a kind of music."""
    return await asyncio.to_thread(_rate_track, arguments, context)


def _rate_track(arguments: RateTrack, context: ToolContext) -> ToolResult:
    if arguments.rating == "show":
        return tastes.show(context)
    if arguments.rating == "reset":
        return tastes.reset(context)
    kind = _kind(arguments, context)
    if kind is not None:
        return _of_kind(kind, arguments.rating, context)
    tracks = _tracks(arguments, context)
    if not isinstance(tracks, tuple):
        return tracks
    if arguments.rating in {"like", "dislike", "none", "forget"}:
        return _liked(tracks, arguments.rating, context)
    return tastes.say_of_tracks(tracks, arguments.rating, context)


def _kind(arguments: RateTrack, context: ToolContext) -> Kind | None:
    """The kind of music that is named; None when it is about single tracks."""
    if arguments.numbers or arguments.refs or arguments.title:
        return None
    if arguments.theme:
        return tastes.kind_named(arguments.theme, context) or Kind("theme", arguments.theme)
    if arguments.mood:
        return Kind("mood", arguments.mood)
    if arguments.genre:
        known = context.services.wish_of(arguments.genre).genres
        return Kind("genre", known[0] if known else arguments.genre)
    if arguments.album:
        return None
    if arguments.artist and not arguments.query:
        found = find(arguments, context)
        if isinstance(found, Selection) and found.kind == "artist":
            return Kind("artist", found.name)
        return None
    return _described(arguments, context) if arguments.query else None


def _described(arguments: RateTrack, context: ToolContext) -> Kind | None:
    """Words that may name anything: a track called so is a track, all else a kind of music."""
    if arguments.artist:
        return None
    kind = tastes.kind_named(arguments.query, context)
    found = find(arguments, context)
    if isinstance(found, Selection):
        if found.kind == "artist":
            return Kind("artist", found.name)
        called_so = fold(found.name) == fold(arguments.query)
        return kind if kind is not None and kind.subject != "theme" and not called_so else None
    if isinstance(found, Ambiguous):
        return kind if kind is not None and kind.subject != "theme" else None
    return kind


def _of_kind(kind: Kind, rating: str, context: ToolContext) -> ToolResult:
    if rating in {"none", "forget"}:
        return tastes.forget(kind, context)
    if rating == "not_now":
        return Failed(
            "too_much", f"{kind.value} is not one track", 'Say "never" or "less" of it instead.'
        )
    return tastes.say(kind, rating, context)


def _tracks(arguments: RateTrack, context: ToolContext) -> tuple[Track, ...] | ToolResult:
    if arguments.is_empty:
        current = context.services.playback.queue.current
        if current is None:
            return Failed("nothing_playing", "nothing is playing", "Say which track you mean.")
        return (current.track,)
    found = find(arguments, context)
    if not isinstance(found, Selection):
        return found
    if found.kind not in _ALIKE or len(found.tracks) > _MOST_TRACKS:
        return Failed("too_much", f"{found.name} is not one track", "Name a track or an album.")
    return found.tracks


def _liked(tracks: tuple[Track, ...], rating: str, context: ToolContext) -> ToolResult:
    if rating in {"none", "forget"}:
        tastes.forget_tracks(tracks, context)
    for track in tracks:
        context.services.ratings.set(track.id, _LIKED.get(rating), session_id=context.session_id)
    facts: dict[str, Fact] = {
        "rated": "none" if rating == "forget" else rating,
        "title": tracks[0].title,
        "artist": tracks[0].artist,
        "count": len(tracks),
    }
    return Found(tracks, facts)


RATE_TRACK = Tool(
    "rate_track",
    "Remember what the user likes: a track (without a name the one that is playing), or all music "
    "of an artist, a genre, a mood or a theme; take it back; or show what is known of their taste.",
    RateTrack,
    rate_track,
)
