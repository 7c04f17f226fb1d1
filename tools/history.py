"""What was played and what was heard, and when."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from knowledge.folding import fold
from knowledge.models import PlayEvent, PlayEventKind
from knowledge.times import TimeRange, past_time, seconds_ago
from tools.context import Listening, ToolContext
from tools.heard import HeardWish, heard, wanted_of
from tools.message import Say
from tools.result import Found, HeardTrack, NothingFound, ToolResult
from tools.tool import Tool
from tools.wanted import Words

_LOOK_BACK = timedelta(days=3660)
_NAMED_ELSEWHERE = 3
Event = TypeVar("Event", bound=PlayEvent)


class RecallHistory(BaseModel):
    model_config = ConfigDict(extra="ignore")

    when: Words = Field(
        "", description='Words for a past time: "yesterday evening", "two hours ago", "last week"'
    )
    since: datetime | None = Field(None, description="Start, ISO 8601, instead of `when`")
    until: datetime | None = Field(None, description="End, ISO 8601")
    kind: Literal["play", "skip", "like", "dislike", "heard"] = Field(
        "play",
        description="heard: recognised around the user, by a microphone or on a radio stream; "
        "of that, certainty `likely` must be told with probably",
    )
    also_played: bool = Field(
        False, description="Of heard: where nothing was recognised, what was played instead"
    )
    place: Words = Field("", description='Of heard: only there, such as "kitchen" or "radio"')
    about: Words = Field("", description="Only this artist, album or title")
    order: Literal["newest", "oldest", "most"] = Field(
        "newest", description="most: most often played first"
    )
    before_current: bool = Field(False, description="Leave out what is playing right now")
    limit: int = Field(10, ge=1, le=100)
    skip: int = Field(0, ge=0, le=500, description="Leave out so many first: the one before that")


async def recall_history(arguments: RecallHistory, context: ToolContext) -> ToolResult:
    """Recall what was played or heard in a stretch of time, newest first."""
    now = context.services.clock()
    span = _span(arguments, now)
    if arguments.kind == "heard":
        return await _heard(arguments, span, context)
    return await _played(arguments, span, context)


async def _played(
    arguments: RecallHistory, span: TimeRange | None, context: ToolContext
) -> ToolResult:
    now = context.services.clock()
    events = await asyncio.to_thread(_events, arguments, span, context)
    if arguments.before_current:
        events = _before_current(events, context)
    if arguments.order == "oldest":
        events = tuple(reversed(events))
    events = events[arguments.skip :]
    if arguments.limit == 1:
        events = events[:1]
    verb = {"play": "played", "skip": "skipped", "like": "liked"}.get(arguments.kind, "rated")
    label = span.words if span is not None else ""
    if not events:
        wanted = f"record of anything {verb}" + (f" {label}" if label else "")
        step = _listen_next_time(arguments, context)
        return NothingFound(
            wanted if not arguments.about else f"{wanted} by {arguments.about}",
            next_step=step,
            said=_said_none("none-played", arguments, could_listen=bool(step)),
        )
    facts: dict[str, str | int | float | bool] = {
        "kind": arguments.kind,
        "count": len(events) if span is not None else min(len(events), arguments.limit),
        "first_at": spoken_time(events[0].at, now),
    }
    if label:
        facts["when"] = label
    if arguments.order == "most":
        facts["order"] = "most"
    return Found(events[: arguments.limit], facts)


async def _heard(
    arguments: RecallHistory, span: TimeRange | None, context: ToolContext
) -> ToolResult:
    """What was recognised; where nothing was, what was played, if that may be meant."""
    now = context.services.clock()
    wish = HeardWish(span, arguments.about, arguments.place)
    limit = 1_000 if arguments.order == "most" else max(100, arguments.limit)
    found = await asyncio.to_thread(heard, wish, context, limit=limit)
    if found.count == 0:
        return await _played_instead(wish, arguments, context)
    events = _ordered(found.tracks, arguments)
    facts: dict[str, str | int | float | bool] = {"kind": "heard", "count": len(events)}
    if events:
        facts |= {"first_at": spoken_time(events[0].at, now), "certainty": events[0].certainty}
    if arguments.limit > 1 or not events:
        if found.elsewhere:
            facts["not_in_library"] = "; ".join(found.elsewhere[:_NAMED_ELSEWHERE])
        if found.unnamed:
            facts["unnamed"] = found.unnamed
    if span is not None and span.words:
        facts["when"] = span.words
    if arguments.place:
        facts["place"] = arguments.place
    if arguments.order == "most":
        facts["order"] = "most"
    return Found(events[: arguments.limit], facts)


async def _played_instead(
    wish: HeardWish, arguments: RecallHistory, context: ToolContext
) -> ToolResult:
    """When nothing was heard: what was played, if that may be meant."""
    none = _said_none("none-heard", arguments)
    if not arguments.also_played:
        step = _listen_next_time(arguments, context)
        none = _said_none("none-heard", arguments, could_listen=bool(step))
        return NothingFound(wanted_of(wish), next_step=step, said=none)
    played = arguments.model_copy(update={"kind": "play"})
    result = await _played(played, wish.span, context)
    return result if isinstance(result, Found) else NothingFound(wanted_of(wish), said=none)


def _said_none(
    message: str, arguments: RecallHistory, *, could_listen: bool = False
) -> dict[str, Say]:
    """That nothing is recorded, and what would have helped, for other languages than English."""
    values = {"kind": arguments.kind, "about": arguments.about}
    none = Say(f"{message}-by" if arguments.about else message, values)
    step = {"next_step": Say("step-listen-next")} if could_listen else {}
    return {"nothing": none, **step}


def _ordered(
    newest_first: tuple[HeardTrack, ...], arguments: RecallHistory
) -> tuple[HeardTrack, ...]:
    if arguments.order == "most":
        newest_first = _most_frequent(newest_first)
    elif arguments.order == "oldest":
        newest_first = tuple(reversed(newest_first))
    return newest_first[:1] if arguments.limit == 1 else newest_first


def _listen_next_time(arguments: RecallHistory, context: ToolContext) -> str:
    """What would have helped with "what was playing 30 seconds ago?"."""
    clips = context.services.clips
    if clips is None or seconds_ago(arguments.when) is None:
        return ""
    if clips.can_listen(context.session_id) is Listening.RING:
        return ""
    return 'If it sounded in the room: say "start listening", and next time I can look back.'


def spoken_time(moment: datetime, now: datetime) -> str:
    """Make "20:15", "yesterday at 20:15" or "on 3 November at 20:15", in the time zone of `now`."""
    local = moment.astimezone(now.tzinfo)
    clock = f"{local:%H:%M}"
    days = (now.date() - local.date()).days
    if days == 0:
        return f"at {clock}"
    if days == 1:
        return f"yesterday at {clock}"
    return f"on {local.day} {local:%B} at {clock}"


def _span(arguments: RecallHistory, now: datetime) -> TimeRange | None:
    if arguments.since is not None or arguments.until is not None:
        start = _aware(arguments.since, now) or now - _LOOK_BACK
        end = _aware(arguments.until, now) or now
        return TimeRange(min(start, end), end, "")
    return past_time(arguments.when, now) if arguments.when else None


def _aware(moment: datetime | None, now: datetime) -> datetime | None:
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=now.tzinfo)


def _events(
    arguments: RecallHistory, span: TimeRange | None, context: ToolContext
) -> tuple[PlayEvent, ...]:
    history = context.services.history
    kind = PlayEventKind(arguments.kind)
    if kind is PlayEventKind.PLAY and arguments.about:
        start, end = (span.start, span.end) if span is not None else (None, None)
        return history.played(
            arguments.about, start=start, end=end, limit=arguments.limit + arguments.skip
        )
    if span is None and arguments.order == "most":
        return _most_frequent(history.last(1000, {kind}))
    if span is not None:
        events = tuple(reversed(history.between(span.start, span.end, {kind})))
    else:
        events = history.last(max(100 if arguments.about else 10, arguments.limit), {kind})
    about = fold(arguments.about) if arguments.about else ""
    kept = tuple(event for event in events if not about or _is_about(event, about))
    return _most_frequent(kept) if arguments.order == "most" else kept


def _before_current(
    newest_first: tuple[PlayEvent, ...], context: ToolContext
) -> tuple[PlayEvent, ...]:
    current = context.services.playback.queue.current
    if current is None or not newest_first or newest_first[0].track.id != current.track.id:
        return newest_first
    return newest_first[1:]


def _most_frequent(newest_first: tuple[Event, ...]) -> tuple[Event, ...]:
    """The newest event of each track, tracks with most events first."""
    times = Counter(event.track.id for event in newest_first)
    newest = {event.track.id: event for event in reversed(newest_first)}
    return tuple(newest[track_id] for track_id, _ in times.most_common())


def _is_about(event: PlayEvent, about: str) -> bool:
    names = (event.track.title, *event.track.artists, event.track.album or "")
    return any(about in fold(name) for name in names if name)


RECALL_HISTORY = Tool(
    "recall_history",
    "What was played (or skipped, liked, disliked), or heard around the user and recognised, with "
    "times; in a stretch of time, by artist or by place.",
    RecallHistory,
    recall_history,
)
