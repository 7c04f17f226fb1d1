"""Why a track is here: the reasons it was offered with, or else what speaks for it."""

from knowledge.models import Track
from tools.context import Fact, ToolContext
from tools.message import Say
from tools.recommend import situation_of
from tools.result import Failed, Found, NothingFound, ToolResult
from tools.wanted import Selection, Wanted, find
from tools.wished import said_of

_TOLD = 4


def explain(wanted: Wanted, context: ToolContext) -> ToolResult:
    """Say why the track that is named, or the one that plays, was chosen. Runs queries."""
    track = _track(wanted, context)
    if not isinstance(track, Track):
        return track
    recommender = context.services.recommender
    if recommender is None:
        return Failed("nothing_recommended", "nothing is recommended here")
    facts: dict[str, Fact] = {"explained": track.title, "artist": track.artist}
    # Of an earlier conversation the log tells as well, but this time somebody asked by name.
    logged = recommender.offers.why(track.id) if track.id in context.offered else ()
    if logged:
        facts |= {"why": said_of(logged, most=_TOLD), "chosen_by": "Refrain"}
        return Found((track,), facts, (said_of(logged, most=_TOLD),))
    speaks = said_of(recommender.explain(track.id, situation_of(context)), most=_TOLD)
    if speaks:
        facts["speaks_for_it"] = speaks
    return Found((track,), facts, (speaks,) if speaks else ())


def _track(wanted: Wanted, context: ToolContext) -> Track | ToolResult:
    if wanted.is_empty:
        current = context.services.playback.queue.current
        if current is None:
            return Failed("nothing_playing", "nothing is playing", "Say which track you mean.")
        return current.track
    found = find(wanted, context)
    if not isinstance(found, Selection):
        return found
    return (
        found.tracks[0]
        if found.tracks
        else NothingFound("that", said={"nothing": Say("none-that")})
    )
