"""Look at what comes next, and change it."""

from collections.abc import Sequence
from typing import Literal

from pydantic import ConfigDict, Field
from rapidfuzz import fuzz

from knowledge.folding import fold
from knowledge.models import Queue, QueueItem
from tools.context import ToolContext
from tools.message import Say
from tools.place import InRoom, is_everywhere, room_meant, within_room
from tools.result import Failed, Found, NothingFound, ToolResult
from tools.tool import Tool
from tools.wanted import Numbers, Words

MAX_SHOWN = 30
_LIKENESS = 82.0


class EditQueue(InRoom):
    model_config = ConfigDict(extra="ignore")

    action: Literal["show", "clear", "remove", "move", "undo"]
    positions: Numbers = Field(
        default_factory=list,
        description="Places in the queue; the current track is 1, the next one 2, -1 the last",
    )
    query: Words = Field("", description="Words of the tracks to remove or move")
    to: int | None = Field(None, ge=1, le=500, description="New place for action move")


async def edit_queue(arguments: EditQueue, context: ToolContext) -> ToolResult:
    """Show or change the queue. Every change can be undone."""
    said = "" if is_everywhere(arguments.room) else arguments.room
    context = within_room(context, room_meant(said, context, "steer"))
    playback = context.services.playback
    if arguments.action == "show":
        return _shown(playback.queue)
    if arguments.action == "clear":
        count = len(playback.queue.items)
        if count == 0:
            return Failed("queue_empty", "the queue is empty already")
        await playback.clear()
        return Found(facts={"cleared": count})
    if arguments.action == "undo":
        queue = await playback.undo()
        return Found(
            tuple(item.track for item in upcoming(queue)[:MAX_SHOWN]),
            {"undone": True, "queue_length": len(queue.items)},
        )
    items = _meant(arguments, playback.queue)
    if not items:
        wanted = (
            arguments.query or f"number {arguments.positions[0]}" if arguments.positions else ""
        )
        what = arguments.query or wanted
        none = Say("none-in-queue", {"what": what}) if what else Say("none-that")
        return NothingFound(f"{what or 'that'} in the queue", said={"nothing": none})
    if arguments.action == "remove":
        await playback.remove([item.id for item in items])
        return Found(facts={"removed": len(items), "title": items[0].track.title})
    return await _move(arguments, items, context)


async def _move(
    arguments: EditQueue, items: Sequence[QueueItem], context: ToolContext
) -> ToolResult:
    playback = context.services.playback
    position = playback.queue.position or 0
    to = min(position + (arguments.to or 2) - 1, len(playback.queue.items) - 1)
    await playback.move(items[0].id, to)
    return Found(facts={"moved": items[0].track.title, "to": to - position + 1})


def upcoming(queue: Queue) -> tuple[QueueItem, ...]:
    """The current item and what follows; everything when nothing is current."""
    return queue.items[queue.position or 0 :]


def _shown(queue: Queue) -> ToolResult:
    items = upcoming(queue)
    facts: dict[str, str | int | float | bool] = {
        "queue_length": len(items),
        "shuffle": queue.shuffle,
        "repeat": str(queue.repeat),
    }
    if queue.current is not None:
        facts["current"] = queue.current.track.title
    return Found(tuple(item.track for item in items[:MAX_SHOWN]), facts)


def _meant(arguments: EditQueue, queue: Queue) -> list[QueueItem]:
    items = upcoming(queue)
    if arguments.positions:
        places = [len(items) if place == -1 else place for place in arguments.positions]
        return [items[place - 1] for place in dict.fromkeys(places) if 1 <= place <= len(items)]
    wanted = fold(arguments.query)
    if not arguments.query or not wanted:
        return [queue.current] if queue.current is not None else []
    exact = [
        item
        for item in queue.items
        if wanted in (fold(item.track.title), *(fold(artist) for artist in item.track.artists))
    ]
    if exact:
        return exact
    return [item for item in queue.items if _likeness(wanted, item) >= _LIKENESS]


def _likeness(wanted: str, item: QueueItem) -> float:
    title, artist = fold(item.track.title), fold(item.track.artist)
    whole = fuzz.token_set_ratio(wanted, f"{title} {artist}")
    return float(max(whole, fuzz.ratio(wanted, title), fuzz.ratio(wanted, artist)))


EDIT_QUEUE = Tool(
    "edit_queue",
    "Show the play queue, clear it, remove or move tracks in it, or undo the last change to it. "
    "To add music use play_music.",
    EditQueue,
    edit_queue,
)
