"""The state of the music, as other assistants see it."""

from knowledge.models import Queue
from server.integrations.mcp.results import QueueState, queue_place
from server.services import Services

_SHOWN = 100


def queue_state(services: Services) -> QueueState:
    """The queue: the current place, what follows, and a few of those before."""
    queue: Queue = services.playback.queue
    first = max((queue.position or 0) - 5, 0)
    shown = queue.items[first : first + _SHOWN]
    return QueueState(
        length=len(queue.items),
        position=None if queue.position is None else queue.position + 1,
        shuffle=queue.shuffle,
        repeat=str(queue.repeat),
        items=tuple(
            queue_place(place + 1, item, current=place == queue.position)
            for place, item in enumerate(shown, start=first)
        ),
    )
