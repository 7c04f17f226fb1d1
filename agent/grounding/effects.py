"""What a tool call would change, in a handful of kinds."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Effect(StrEnum):
    """What somebody would notice of a call."""

    LOOK = "look"
    """Nothing changes but the numbered list."""
    PLAY = "play"
    QUEUE = "queue"
    STEER = "steer"
    """Pause, skip, seek, shuffle, repeat."""
    VOLUME = "volume"
    RATE = "rate"
    """What is known of somebody's taste."""
    KEEP = "keep"
    """A playlist is made, filled, renamed or refreshed."""
    REMOVE = "remove"
    """Something leaves the queue or a playlist."""
    DELETE = "delete"
    """A playlist, or the taste that was learned, is gone."""
    NAME = "name"
    """What was recognised gets another name."""
    LISTEN = "listen"
    FORGET = "forget"
    TIMER = "timer"
    UNDO = "undo"


NEEDS_WORDS = frozenset({Effect.REMOVE, Effect.DELETE, Effect.LISTEN, Effect.FORGET})
"""Nobody may be surprised by these: only the person's own words lead to them, ever."""

_PLAYLISTS = {
    **dict.fromkeys(("create", "add", "rename", "refresh"), Effect.KEEP),
    "remove": Effect.REMOVE,
    "delete": Effect.DELETE,
}
_QUEUE = {
    **dict.fromkeys(("remove", "clear"), Effect.REMOVE),
    "move": Effect.QUEUE,
    "undo": Effect.UNDO,
}
_RECOGNISING = {
    **dict.fromkeys(("correct", "name"), Effect.NAME),
    **dict.fromkeys(("listen", "stop_listening"), Effect.LISTEN),
    "forget": Effect.FORGET,
}


def effect_of(tool: str, arguments: Mapping[str, Any]) -> Effect:
    """What calling `tool` so would do; an unknown tool counts as a timer, which needs asking."""
    action = str(arguments.get("action", ""))
    match tool:
        case "play_music":
            return Effect.PLAY if arguments.get("mode", "now") == "now" else Effect.QUEUE
        case "control_playback":
            return Effect.VOLUME if action == "volume" else Effect.STEER
        case "manage_playlists":
            return _PLAYLISTS.get(action, Effect.LOOK)
        case "edit_queue":
            return _QUEUE.get(action, Effect.LOOK)
        case "recognize":
            return _RECOGNISING.get(action, Effect.LOOK)
        case "rate_track":
            rating = arguments.get("rating", "")
            if rating == "reset":
                return Effect.DELETE
            return Effect.LOOK if rating == "show" else Effect.RATE
        case "search_music" | "recommend_music" | "now_playing" | "recall_history":
            return Effect.LOOK
        case _:
            return Effect.LOOK if action == "show" else Effect.TIMER
