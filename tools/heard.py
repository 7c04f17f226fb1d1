"""What was heard around the user and recognised, as opposed to what was played for them."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.errors import NotHeard
from knowledge.folding import fold
from knowledge.models import PlayEventKind
from knowledge.recognition.models import HeardEvent, HeardSource
from knowledge.times import TimeRange
from tools.context import ToolContext
from tools.message import Say
from tools.result import Failed, Found, HeardTrack, NothingFound, ToolResult

MAX_FORGOTTEN = 1_000
_ARTICLE = re.compile(r"^(?:the|my|our|a) ", re.IGNORECASE)
_RADIO = frozenset({"radio", "the radio", "stream", "tv", "television"})


@dataclass(frozen=True, slots=True)
class HeardWish:
    """Which part of the log is meant."""

    span: TimeRange | None = None
    about: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class HeardList:
    """A part of the log, newest first."""

    tracks: tuple[HeardTrack, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """What has a name but is not in the library: "Blue Dawn by Nora Falk"."""
    unnamed: int = 0
    """How many other things could not be named."""

    @property
    def count(self) -> int:
        return len(self.tracks) + len(self.elsewhere) + self.unnamed


def heard(wish: HeardWish, context: ToolContext, *, limit: int = 100) -> HeardList:
    """Read the log. Runs database queries: call it in a worker thread."""
    events = _events(wish, context, limit)
    tracks = tuple(_track(event) for event in events if event.track is not None)
    elsewhere = [_named(event) for event in events if event.track is None and event.title]
    return HeardList(
        tracks,
        tuple(dict.fromkeys(elsewhere)),
        sum(event.track is None and not event.title for event in events),
    )


async def forget(wish: HeardWish, heard_id: int | None, context: ToolContext) -> ToolResult:
    """Remove events from the log: the one of that id, or else all that `wish` means."""
    recognition = context.services.recognition
    if recognition is None:
        return Failed("recognition_off", "nothing is kept of what was heard: recognising is off")
    if not context.consent.to_forget():
        return Failed(
            "not_asked_for",
            "you did not ask me to forget what was heard",
            'Say "forget what you heard today" if you want that.',
        )
    named = wish.span is not None or wish.about or wish.place
    if heard_id is None and not named and not context.consent.means_everything():
        return Failed(
            "nothing_named",
            "you did not say what to forget",
            'Say "forget what you heard today", or "forget everything you heard".',
        )
    return await asyncio.to_thread(_forget, wish, heard_id, context)


def _forget(wish: HeardWish, heard_id: int | None, context: ToolContext) -> ToolResult:
    recognition = context.services.recognition
    assert recognition is not None  # noqa: S101 - the caller looked
    log = recognition.heard
    title = ""
    if heard_id is not None:
        try:
            title = log.get(heard_id).title
        except NotHeard:
            return NothingFound(
                "that in the list of what was heard", said={"nothing": Say("none-that")}
            )
        ids = [heard_id]
    else:
        ids = [event.id for event in _events(wish, context, MAX_FORGOTTEN)]
    gone = 0
    for each in ids:
        try:
            log.delete(each)
            gone += 1
        except NotHeard:  # somebody else forgot it at the same time
            continue
    if not gone:
        none = Say("none-heard", {"kind": "heard", "about": wish.about})
        return NothingFound(wanted_of(wish), said={"nothing": none})
    facts: dict[str, str | int | float | bool] = {"forgotten": gone}
    if title:
        facts["title"] = title
    if wish.span is not None and wish.span.words:
        facts["when"] = wish.span.words
    return Found(facts=facts)


def wanted_of(wish: HeardWish) -> str:
    """What `wish` looks for, as one would say it."""
    wanted = "record of anything heard"
    if wish.place:
        wanted += f" {where(wish.place)}"
    if wish.span is not None and wish.span.words:
        wanted += f" {wish.span.words}"
    return f"{wanted} of {wish.about}" if wish.about else wanted


def where(place: str) -> str:
    """Make "in the kitchen", "on the radio"."""
    said = fold(place)
    if said in _RADIO:
        return f"on the {said.removeprefix('the ')}"
    return f"in the {_ARTICLE.sub('', place)}"


def _events(wish: HeardWish, context: ToolContext, limit: int) -> tuple[HeardEvent, ...]:
    recognition = context.services.recognition
    if recognition is None:
        return ()
    start: datetime | None = wish.span.start if wish.span is not None else None
    end: datetime | None = wish.span.end if wish.span is not None else None
    radio = fold(wish.place) in _RADIO if wish.place else False
    place = "" if radio else _ARTICLE.sub("", wish.place)
    events = recognition.heard.search(wish.about, start=start, end=end, place=place, limit=limit)
    if not radio:
        return events
    # A radio in the room is heard by the same microphone as everything else.
    streams = _from_streams(events)
    return streams or events


def _from_streams(events: Sequence[HeardEvent]) -> tuple[HeardEvent, ...]:
    return tuple(event for event in events if event.source is HeardSource.STREAM)


def _track(event: HeardEvent) -> HeardTrack:
    if event.track is None:
        raise ValueError("the event names no track of the library")
    return HeardTrack(
        id=event.id,
        at=event.at,
        kind=PlayEventKind.HEARD,
        track=event.track,
        played_s=(event.ended_at - event.at).total_seconds(),
        player=event.device,
        session_id=event.session_id,
        certainty=event.certainty,
        source=event.source,
        place=event.place,
    )


def _named(event: HeardEvent) -> str:
    return f"{event.title} by {event.artist}" if event.artist else event.title
