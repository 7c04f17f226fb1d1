"""A tool's result as JSON, for clients and scripts."""

from collections.abc import Mapping
from typing import Any

from knowledge.models import Album, Artist, PlayEvent, Playlist, Track
from tools.result import Ambiguous, Entity, Failed, Found, HeardTrack, NothingFound, ToolResult

_MAX_ITEMS = 50


def result_json(result: ToolResult) -> dict[str, Any]:
    """What a tool found, with `kind` telling which of the four ends it was."""
    match result:
        case Found(items=items, facts=facts):
            notes = {"notes": list(result.notes[:_MAX_ITEMS])} if any(result.notes) else {}
            return {"kind": "found", "items": _entities(items), "facts": _facts(facts), **notes}
        case Ambiguous(items=items, question=question):
            choices = {"choices": list(result.choices)} if result.choices else {}
            asked = {"question": question, "items": _entities(items)}
            return {"kind": "ambiguous", **asked, **choices}
        case NothingFound(wanted=wanted, nearest=nearest):
            found: dict[str, Any] = {"wanted": wanted, "nearest": _entities(nearest)}
            why = {"reason": result.reason, "next_step": result.next_step}
            return {"kind": "nothing_found", **found, **{k: v for k, v in why.items() if v}}
        case Failed(code=code, reason=reason, next_step=next_step):
            return {"kind": "failed", "code": code, "reason": reason, "next_step": next_step}


def _facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    return dict(facts)


def _entities(items: tuple[Entity, ...]) -> list[dict[str, Any]]:
    return [_entity(item) for item in items[:_MAX_ITEMS]]


def _entity(item: Entity) -> dict[str, Any]:
    match item:
        case Track():
            return {
                "kind": "track",
                "id": item.id,
                "title": item.title,
                "artist": item.artist,
                "album": item.album,
                "year": item.year,
                "duration_s": round(item.duration_s, 3),
            }
        case Album():
            return {
                "kind": "album",
                "id": item.id,
                "title": item.title,
                "artist": item.artist,
                "year": item.year,
            }
        case Artist():
            return {"kind": "artist", "id": item.id, "name": item.name}
        case Playlist():
            return {
                "kind": "playlist",
                "id": item.id,
                "name": item.name,
                "track_count": item.track_count,
            }
        case PlayEvent():
            event = {
                "kind": "play_event",
                "id": item.id,
                "at": item.at.isoformat(),
                "event": str(item.kind),
                "track": _entity(item.track),
            }
            if isinstance(item, HeardTrack):
                event |= {"certainty": item.certainty.value, "place": item.place}
            return event
