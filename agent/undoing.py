"""What takes a call back, worked out from what it did and not from what was asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent.session import Undo
from knowledge.models import Track
from tools.result import Found, ToolResult

_MOST = 50
_SKIPS = {"next": "previous", "previous": "next", "pause": "resume", "resume": "pause"}
_QUEUE_CHANGES = frozenset({"clear", "remove", "move"})


def undo_of(tool: str, arguments: Mapping[str, Any], result: ToolResult) -> tuple[Undo, ...]:
    """Calls that take back what `tool` did; () when it changed nothing or cannot be taken back."""
    if not isinstance(result, Found):
        return ()
    match tool:
        case "control_playback":
            return _of_control(arguments, result)
        case "rate_track":
            return _of_rating(result)
        case "manage_playlists":
            return _of_playlist(arguments, result)
        case "play_music":
            return (Undo("edit_queue", {"action": "undo"}),)
        case "edit_queue" if arguments.get("action") in _QUEUE_CHANGES:
            return (Undo("edit_queue", {"action": "undo"}),)
        case "set_timer" if arguments.get("action") in {"sleep", "alarm"}:
            return _of_timer(result)
    return ()


def _of_control(arguments: Mapping[str, Any], result: Found) -> tuple[Undo, ...]:
    facts, action = result.facts, str(arguments.get("action", ""))
    taken: dict[str, Any] = {}
    if action == "volume" and "volume_before" in facts:
        taken = {"action": "volume", "volume": int(facts["volume_before"])}
    elif action == "volume" and arguments.get("mute") is not None:
        taken = {"action": "volume", "mute": not arguments["mute"]}
    elif action == "shuffle":
        taken = {"action": "shuffle", "on": not facts.get("shuffle", False)}
    elif action == "repeat":
        taken = {"action": "repeat", "mode": "off"} if facts.get("repeat") != "off" else {}
    elif action in _SKIPS:
        taken = {"action": _SKIPS[action]}
    return (Undo("control_playback", taken),) if taken else ()


def _of_rating(result: Found) -> tuple[Undo, ...]:
    facts = result.facts
    if "rated" in facts and facts["rated"] != "none":
        return (Undo("rate_track", {"rating": "none", "refs": _refs(result.items)}),)
    if "taste_said" in facts and result.items:
        return (Undo("rate_track", {"rating": "none", "refs": _refs(result.items)}),)
    if "taste_said" in facts:
        return (Undo("rate_track", {"rating": "forget", "query": str(facts.get("about", ""))}),)
    return ()


def _of_playlist(arguments: Mapping[str, Any], result: Found) -> tuple[Undo, ...]:
    facts = result.facts
    if "created" in facts:
        name = str(facts["created"])
        return (Undo("manage_playlists", {"action": "delete", "name": name}, confirmed=name),)
    if "renamed" in facts:
        back = {"name": str(facts["new_name"]), "new_name": str(facts["renamed"])}
        return (Undo("manage_playlists", {"action": "rename", **back}),)
    name = str(facts.get("playlist", arguments.get("name", "")))
    refs = _refs(result.items)
    if facts.get("added") and not facts.get("already_there"):
        return (Undo("manage_playlists", {"action": "remove", "name": name, "refs": refs}),)
    if facts.get("removed"):
        return (Undo("manage_playlists", {"action": "add", "name": name, "refs": refs}),)
    return ()


def _of_timer(result: Found) -> tuple[Undo, ...]:
    cancel: dict[str, Any] = {"action": "cancel"}
    if "timer_id" in result.facts:
        cancel["timer_id"] = result.facts["timer_id"]
    return (Undo("set_timer", cancel),)


def _refs(items: Sequence[object]) -> list[str]:
    return [f"track:{item.id}" for item in items[:_MOST] if isinstance(item, Track)]
