"""What can be done to a play queue, as pure functions from one queue to the next.

Every function returns a new `Queue` whose revision is one higher, or the very same object when
nothing changed. Invariants that hold for every result:

* item ids are unique, and at most `MAX_ITEMS` items stand in the queue;
* `position` names an item, or is None when the queue is empty or was played to its end;
* `unshuffled` holds exactly the ids of the items while `shuffle` is on, and nothing otherwise.
"""

import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import cycle, islice
from uuid import uuid4

from knowledge.errors import NotInQueue, QueueFull
from knowledge.models import Queue, QueueItem, RepeatMode, Track
from knowledge.people.current import HOUSEHOLD, PersonId

MAX_ITEMS = 5_000
"""More than two weeks of music; a page can still show it and a row can still hold it."""


def items_for(tracks: Sequence[Track]) -> tuple[QueueItem, ...]:
    """Give each track a place of its own: new ids, also for a track that comes twice."""
    return tuple(QueueItem(uuid4().hex[:16], track) for track in tracks)


def play(
    queue: Queue, items: Sequence[QueueItem], *, start: int = 0, rng: random.Random | None = None
) -> Queue:
    """Replace the queue with `items`, beginning with the one at `start` (clamped).

    While shuffle is on, the first one stays first and the others are mixed. Of more than
    `MAX_ITEMS` items those from `start` on are kept, the earlier ones only as far as they fit.
    """
    if not items:
        return clear(queue)
    start = min(max(start, 0), len(items) - 1)
    first = max(0, min(start, len(items) - MAX_ITEMS))
    kept = tuple(items[first : first + MAX_ITEMS])
    played = _changed(queue, items=kept, position=start - first, shuffle=False, unshuffled=())
    if not queue.shuffle:
        return played
    return replace(shuffle(played, on=True, rng=rng), revision=played.revision)


def play_next(queue: Queue, items: Sequence[QueueItem]) -> Queue:
    """Put `items` right after the current one.

    Raises:
        QueueFull: they do not all fit.
    """
    if queue.position is None:
        return add(queue, items)
    return _insert(queue, items, after=queue.items[queue.position])


def add(queue: Queue, items: Sequence[QueueItem]) -> Queue:
    """Put `items` at the end. In an empty or ended queue the first of them becomes current.

    Raises:
        QueueFull: they do not all fit.
    """
    added = _insert(queue, items, after=None)
    if queue.position is None and added is not queue:
        return replace(added, position=len(queue.items))
    return added


def move(queue: Queue, item_id: str, to: int) -> Queue:
    """Move one item so that it stands at index `to` (clamped); the current item stays current.

    Raises:
        NotInQueue: no such item.
    """
    index = index_of(queue, item_id)
    to = min(max(to, 0), len(queue.items) - 1)
    if index == to:
        return queue
    items = list(queue.items)
    items.insert(to, items.pop(index))
    return _changed(queue, items=tuple(items), position=_place(items, queue.current))


def remove(queue: Queue, item_ids: Collection[str]) -> Queue:
    """Take items out; unknown ids do not matter.

    When the current one goes, the next one that stays takes its place; with none behind it, the
    queue counts as played to its end.
    """
    gone = set(item_ids)
    items = tuple(item for item in queue.items if item.id not in gone)
    if len(items) == len(queue.items):
        return queue
    successor: QueueItem | None = None
    if queue.position is not None:
        behind = queue.items[queue.position :]
        successor = next((item for item in behind if item.id not in gone), None)
    unshuffled = tuple(each for each in queue.unshuffled if each not in gone)
    return _changed(queue, items=items, position=_place(items, successor), unshuffled=unshuffled)


def clear(queue: Queue) -> Queue:
    """Empty the queue; shuffle and repeat stay as they are."""
    if not queue.items:
        return queue
    return _changed(queue, items=(), position=None, unshuffled=())


def shuffle(queue: Queue, *, on: bool, rng: random.Random | None = None) -> Queue:
    """Mix the items with the current one first, or bring back the order from before.

    What was added while shuffled stands in the restored order where it was put: at the end, or
    behind the item that was current then.
    """
    if on == queue.shuffle:
        return queue
    if on:
        others = [item for item in queue.items if item is not queue.current]
        (rng or random.Random()).shuffle(others)
        items = others if queue.current is None else [queue.current, *others]
        order = tuple(item.id for item in queue.items)
        position = None if queue.current is None else 0
        return _changed(
            queue, items=tuple(items), position=position, shuffle=True, unshuffled=order
        )
    by_id = {item.id: item for item in queue.items}
    items = [by_id[each] for each in queue.unshuffled]
    position = _place(items, queue.current)
    return _changed(queue, items=tuple(items), position=position, shuffle=False, unshuffled=())


def repeat(queue: Queue, mode: RepeatMode) -> Queue:
    """Repeat nothing, the whole queue, or the current item."""
    return queue if mode is queue.repeat else _changed(queue, repeat=mode)


def jump(queue: Queue, item_id: str) -> Queue:
    """Make one item the current one.

    Raises:
        NotInQueue: no such item.
    """
    return _at(queue, index_of(queue, item_id))


def advance(queue: Queue) -> Queue:
    """Go on after the current item came to its natural end, as `repeat` says."""
    if queue.repeat is RepeatMode.ONE:
        return queue
    return skip(queue)


def skip(queue: Queue) -> Queue:
    """Go to the next item because someone wants it: repeating one item does not hold it back.

    At the end the queue starts again when it repeats, else its position becomes None.
    """
    if queue.position is None:
        return queue
    if queue.position + 1 < len(queue.items):
        return _at(queue, queue.position + 1)
    return _at(queue, None if queue.repeat is RepeatMode.OFF else 0)


def previous(queue: Queue) -> Queue:
    """Go back by one: from the first item to the last when the queue repeats, else it stays.

    From the end of the queue it goes to the last item.
    """
    if not queue.items:
        return queue
    if queue.position is None:
        return _at(queue, len(queue.items) - 1)
    if queue.position == 0 and queue.repeat is RepeatMode.OFF:
        return queue
    return _at(queue, (queue.position - 1) % len(queue.items))


def following(queue: Queue) -> QueueItem | None:
    """The item that comes by itself after the current one, or None."""
    return None if queue.position is None else advance(queue).current


def upcoming(queue: Queue, limit: int) -> tuple[QueueItem, ...]:
    """The items that come by themselves after the current one, in order, at most `limit`.

    What is repeated comes as often as it will be played.
    """
    if queue.position is None or queue.current is None:
        return ()
    if queue.repeat is RepeatMode.ONE:
        return (queue.current,) * limit
    behind = queue.items[queue.position + 1 :]
    if queue.repeat is RepeatMode.OFF:
        return behind[:limit]
    return tuple(islice(cycle(behind + queue.items[: queue.position + 1]), limit))


def left_by(queue: Queue, person: PersonId) -> Queue:
    """The same queue when somebody is gone: what they wanted is the household's."""
    if all(item.person != person for item in queue.items):
        return queue
    items = tuple(
        replace(item, person=HOUSEHOLD) if item.person == person else item for item in queue.items
    )
    return _changed(queue, items=items)


def index_of(queue: Queue, item_id: str) -> int:
    """Where an item stands.

    Raises:
        NotInQueue: no such item.
    """
    for index, item in enumerate(queue.items):
        if item.id == item_id:
            return index
    raise NotInQueue("That item is no longer in the queue.")


def _insert(queue: Queue, items: Sequence[QueueItem], *, after: QueueItem | None) -> Queue:
    if not items:
        return queue
    if len(queue.items) + len(items) > MAX_ITEMS:
        raise QueueFull(
            f"The queue holds at most {MAX_ITEMS:,} tracks: {len(queue.items):,} are in it, "
            f"{len(items):,} more do not fit."
        )
    at = len(queue.items) if after is None else index_of(queue, after.id) + 1
    unshuffled = queue.unshuffled
    if queue.shuffle:
        new_ids = tuple(item.id for item in items)
        cut = len(unshuffled) if after is None else unshuffled.index(after.id) + 1
        unshuffled = (*unshuffled[:cut], *new_ids, *unshuffled[cut:])
    return _changed(
        queue, items=(*queue.items[:at], *items, *queue.items[at:]), unshuffled=unshuffled
    )


def _place(items: Sequence[QueueItem], item: QueueItem | None) -> int | None:
    if item is None:
        return None
    return next(index for index, each in enumerate(items) if each.id == item.id)


def _at(queue: Queue, position: int | None) -> Queue:
    return queue if position == queue.position else _changed(queue, position=position)


def _changed(queue: Queue, **changes: object) -> Queue:
    return replace(queue, revision=queue.revision + 1, **changes)  # type: ignore[arg-type]
