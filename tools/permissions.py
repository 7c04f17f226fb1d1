"""What each tool needs, so that a device that may only listen cannot play in words either."""

from typing import Any, Final

from knowledge.people.permitted import is_permitted

LISTEN, CONTROL, LIBRARY, HISTORY = "listen", "control", "library", "history"
_NEEDED: Final = {
    "search_music": LISTEN,
    "recommend_music": LISTEN,
    "now_playing": LISTEN,
    "recognize": LISTEN,
    "play_music": CONTROL,
    "control_playback": CONTROL,
    "edit_queue": CONTROL,
    "set_timer": CONTROL,
    "rate_track": LIBRARY,
    "manage_playlists": LIBRARY,
    "recall_history": HISTORY,
}
_ONLY_LOOKS: Final = {
    "edit_queue": frozenset({"show"}),
    "set_timer": frozenset({"show"}),
    "manage_playlists": frozenset({"list", "show"}),
}
_REMEMBERS: Final = {"recognize": frozenset({"last", "correct", "name", "forget"})}


def needed(tool: str, arguments: Any) -> str:
    """The permission that this call needs; a tool that stands nowhere here needs "control"."""
    action = getattr(arguments, "action", "")
    if action in _ONLY_LOOKS.get(tool, ()):
        return LISTEN
    if action in _REMEMBERS.get(tool, ()):
        return HISTORY
    return _NEEDED.get(tool, CONTROL)


def may_call(tool: str, arguments: Any) -> bool:
    """Whether whoever asks may do this."""
    return is_permitted(needed(tool, arguments))
