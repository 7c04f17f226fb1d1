"""What the user thinks of a track."""

import asyncio
from typing import Literal

from pydantic import Field

from tools.context import ToolContext
from tools.result import Failed, Found, ToolResult
from tools.tool import Tool
from tools.wanted import Selection, Wanted, find

_LIKED = {"like": True, "dislike": False, "none": None}


class RateTrack(Wanted):
    rating: Literal["like", "dislike", "none"] = Field(description="none takes a rating back")


async def rate_track(arguments: RateTrack, context: ToolContext) -> ToolResult:
    """Like or dislike the track named, or the one that is playing."""
    if arguments.is_empty:
        current = context.services.playback.queue.current
        if current is None:
            return Failed("nothing_playing", "nothing is playing", "Say which track you mean.")
        track, count = current.track, 1
    else:
        found = await asyncio.to_thread(find, arguments, context)
        if not isinstance(found, Selection):
            return found
        if found.kind not in {"track", "list", "album"} or len(found.tracks) > 30:
            return Failed("too_much", f"{found.name} is not one track", "Name a track or an album.")
        await asyncio.to_thread(_rate, [t.id for t in found.tracks], arguments.rating, context)
        track, count = found.tracks[0], len(found.tracks)
        facts = {"rated": arguments.rating, "title": track.title, "artist": track.artist}
        return Found(found.tracks, {**facts, "count": count})
    await asyncio.to_thread(_rate, [track.id], arguments.rating, context)
    facts = {"rated": arguments.rating, "title": track.title, "artist": track.artist}
    return Found((track,), {**facts, "count": count})


def _rate(track_ids: list[int], rating: str, context: ToolContext) -> None:
    for track_id in track_ids:
        context.services.ratings.set(track_id, _LIKED[rating], session_id=context.session_id)


RATE_TRACK = Tool(
    "rate_track",
    "Remember that the user likes or dislikes a track, or take that back. Without a name it is "
    "the track that is playing.",
    RateTrack,
    rate_track,
)
