"""What recommended music shall be like: something named, what plays, what was heard some time."""

import re

from pydantic import Field

from knowledge.folding import fold
from knowledge.models import PlayEventKind, Track
from knowledge.times import TimeRange, past_time
from knowledge.wish import MusicWish
from tools.context import ToolContext
from tools.message import Say
from tools.result import Ambiguous, NothingFound
from tools.wanted import Resolved, Selection, Wanted, Words, find

MAX_SEEDS = 20
_MOST_HEARD = 200
_FIRST_FEW = 3
_HEARD = re.compile(r"\blike (?:what|the \w+|that|songs|music)(?: that)? (?:i|we) (?:just )?"
                    r"(?:heard|played|listened to|had on)\b")  # fmt: skip


class Likened(Wanted):
    """Names music that other music shall be like."""

    similar: bool = Field(
        False, description="Music like what is named (or, with no name, like what is playing)"
    )
    heard: Words = Field(
        "", description='Music like what was heard then: "yesterday", "last night"'
    )


def seeds_of(
    wish: MusicWish, arguments: Likened, context: ToolContext, *, changed: bool = False
) -> Selection | Ambiguous | NothingFound | None:
    """The recordings that the music shall be like; None when it need not be like any.

    "Calmer" needs something to be calmer than: what was named, or the list on the page (what plays
    of it), or else what plays.

    Args:
        wish: what was wished for.
        arguments: what was named.
        context: the conversation.
        changed: the list on the page came from a change such as "calmer", which still holds.
    """
    heard = arguments.heard or (wish.text if _HEARD.search(fold(wish.text)) else "")
    if heard and not (arguments.similar and not arguments.is_empty):
        return _heard(past_time(heard, context.services.clock()), heard, context)
    if arguments.similar:
        if not arguments.is_empty:
            return _few(find(arguments, context))
        if wish.like:
            return _known(wish, context)
        return _playing(context)
    if wish.like:
        return _known(wish, context)
    if not wish.but:
        return _listed(context) if changed else None
    if arguments.is_empty:
        return _listed(context) or _playing(context)
    return _few(find(arguments, context))


def _few(found: Resolved) -> Resolved:
    if isinstance(found, Selection):
        return Selection(found.tracks[:MAX_SEEDS], found.kind, found.name, found.by)
    return found


def _known(wish: MusicWish, context: ToolContext) -> Resolved:
    """What the words of the wish name themselves: "like Hallelujah"."""
    tracks = context.services.catalog.tracks(list(wish.like[:MAX_SEEDS]))
    if not tracks:
        return NothingFound("that in the library any more", said={"nothing": Say("none-any-more")})
    return Selection(tracks, "list", wish.said.get("like", tracks[0].title))


def _listed(context: ToolContext) -> Selection | None:
    """What "slower" is slower than: the track of the list that plays, or else its first ones.

    Not all of the list: what is slower in it may come again.
    """
    ids = [one.id for one in context.references if one.kind == "track"]
    current = context.services.playback.queue.current
    if current is not None and current.track.id in ids:
        return Selection((current.track,), "list", "")
    tracks = context.services.catalog.tracks(ids[:_FIRST_FEW])
    return Selection(tracks, "list", "") if tracks else None


def _playing(context: ToolContext) -> Resolved:
    current = context.services.playback.queue.current
    if current is not None:
        return _one(current.track)
    played = context.services.history.last(1)
    return (
        _one(played[0].track)
        if played
        else NothingFound("anything played yet to go by", said={"nothing": Say("none-played-yet")})
    )


def _one(track: Track) -> Selection:
    return Selection((track,), "track", track.title, track.artist)


def _heard(span: TimeRange | None, said: str, context: ToolContext) -> Resolved:
    if span is None:
        return NothingFound(f"anything heard {said}")
    events = context.services.history.between(
        span.start, span.end, {PlayEventKind.PLAY}, limit=_MOST_HEARD
    )
    tracks = list({event.track.id: event.track for event in events}.values())
    if not tracks:
        return NothingFound(f"anything that you played {span.words}")
    return Selection(tuple(tracks[:MAX_SEEDS]), "list", f"what you played {span.words}")
