"""What was played, and when."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.folding import fold
from knowledge.models import PlayEvent, PlayEventKind
from tools.context import ToolContext
from tools.result import Found, NothingFound, ToolResult
from tools.tool import Tool
from tools.wanted import Words
from tools.when import Span, parse_when

_LOOK_BACK = timedelta(days=3660)


class RecallHistory(BaseModel):
    model_config = ConfigDict(extra="ignore")

    when: Words = Field(
        "", description='Words for a past time: "yesterday evening", "two hours ago", "last week"'
    )
    since: datetime | None = Field(None, description="Start, ISO 8601, instead of `when`")
    until: datetime | None = Field(None, description="End, ISO 8601")
    kind: Literal["play", "skip", "like", "dislike", "heard"] = "play"
    about: Words = Field("", description="Only this artist, album or title")
    order: Literal["newest", "oldest", "most"] = Field(
        "newest", description="most: most often played first"
    )
    before_current: bool = Field(False, description="Leave out what is playing right now")
    limit: int = Field(10, ge=1, le=100)


async def recall_history(arguments: RecallHistory, context: ToolContext) -> ToolResult:
    """Recall what was played in a stretch of time, newest first."""
    now = context.services.clock()
    span = _span(arguments, now)
    events = await asyncio.to_thread(_events, arguments, span, context)
    if arguments.before_current:
        events = _before_current(events, context)
    if arguments.order == "oldest":
        events = tuple(reversed(events))
    if arguments.limit == 1:
        events = events[:1]
    verb = {"play": "played", "skip": "skipped", "like": "liked"}.get(arguments.kind, "rated")
    label = span.words if span is not None else ""
    if not events:
        wanted = f"record of anything {verb}" + (f" {label}" if label else "")
        return NothingFound(wanted if not arguments.about else f"{wanted} by {arguments.about}")
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


def _span(arguments: RecallHistory, now: datetime) -> Span | None:
    if arguments.since is not None or arguments.until is not None:
        start = _aware(arguments.since, now) or now - _LOOK_BACK
        end = _aware(arguments.until, now) or now
        return Span(min(start, end), end, "")
    return parse_when(arguments.when, now) if arguments.when else None


def _aware(moment: datetime | None, now: datetime) -> datetime | None:
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=now.tzinfo)


def _events(
    arguments: RecallHistory, span: Span | None, context: ToolContext
) -> tuple[PlayEvent, ...]:
    history = context.services.history
    kind = PlayEventKind(arguments.kind)
    if kind is PlayEventKind.PLAY and arguments.about:
        start, end = (span.start, span.end) if span is not None else (None, None)
        return history.played(arguments.about, start=start, end=end, limit=arguments.limit)
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


def _most_frequent(newest_first: tuple[PlayEvent, ...]) -> tuple[PlayEvent, ...]:
    """The newest event of each track, tracks with most events first."""
    times = Counter(event.track.id for event in newest_first)
    newest = {event.track.id: event for event in reversed(newest_first)}
    return tuple(newest[track_id] for track_id, _ in times.most_common())


def _is_about(event: PlayEvent, about: str) -> bool:
    names = (event.track.title, *event.track.artists, event.track.album or "")
    return any(about in fold(name) for name in names if name)


RECALL_HISTORY = Tool(
    "recall_history",
    "What was played (or skipped, liked, disliked), with times; in a stretch of time or by artist.",
    RecallHistory,
    recall_history,
)
