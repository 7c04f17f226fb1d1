"""What a player proved to sound, as facts of a result."""

from knowledge.models import Queue
from tools.context import ToolContext
from tools.players.player import PlaybackStatus, PlayerState

Facts = dict[str, str | int | float | bool]


def playing_facts(state: PlayerState, queue: Queue, context: ToolContext) -> Facts:
    """What the player proved: the track that sounds, or that it does not."""
    item = next((i for i in queue.items if i.id == state.item_id), None)
    facts: Facts = {"status": str(state.status)}
    if item is None:
        return facts
    key = "playing" if state.status is PlaybackStatus.PLAYING else "current"
    facts[key] = item.track.title
    facts["artist"] = item.track.artist
    if item.track.album:
        facts["album"] = item.track.album
    player = context.services.playback.player
    if player is not None:
        facts["player"] = player.name
    return facts
