"""What a language model gets to read of a `ToolResult`: compact, and with names fenced as data.

Titles, artists and tags come from files that anyone may have made. They stand between ⟦ and ⟧,
cut to a length, without control characters and without the fence itself; the system prompt
says that nothing inside the fence is an instruction.
"""

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from knowledge.models import Album, Artist, PlayEvent, Playlist, Track
from tools.choice import kind_of
from tools.result import Ambiguous, Entity, Found, HeardTrack, NothingFound, ToolResult

MAX_NAME = 80
MAX_NOTE = 200
MAX_ITEMS = 12
FENCE = "⟦⟧"
_FACTS_IN_OUR_WORDS = frozenset(
    {
        *("status", "action", "kind", "where", "repeat", "rated", "when", "first_at", "mood"),
        *(
            "certainty",
            "hum",
            "arc",
            "subject",
            "chosen_by",
            "taste_said",
            "fact",
            "spotify",
            "on_air_certainty",
        ),
    }
)


def report(result: ToolResult) -> str:
    """The result as JSON text for a language model."""
    content: dict[str, Any] = {"result": result.kind}
    if isinstance(result, Found):
        content |= _found(result)
    elif isinstance(result, Ambiguous):
        content |= _asked(result)
        if result.facts:
            content["facts"] = _facts(result.facts)
    elif isinstance(result, NothingFound):
        content["wanted"] = fenced(result.wanted)
        content["nearest"] = _items(result.nearest)
        if result.facts:
            content["facts"] = _facts(result.facts)
        for key, words in (("reason", result.reason), ("next_step", result.next_step)):
            if words:
                content[key] = fenced(words, MAX_NOTE)
    else:
        content |= {"code": result.code, "reason": fenced(result.reason, MAX_NOTE)}
        if result.next_step:
            content["next_step"] = fenced(result.next_step, MAX_NOTE)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _found(result: Found) -> dict[str, Any]:
    content: dict[str, Any] = {"facts": _facts(result.facts)}
    if not result.items:
        lines = [fenced(note, MAX_NOTE) for note in result.notes[:MAX_ITEMS]]
        return content | ({"lines": lines} if lines else {})
    content["items"] = _items(result.items, result.notes)
    if len(result.items) > MAX_ITEMS:
        content["more_on_the_page"] = len(result.items) - MAX_ITEMS
    return content


def _asked(result: Ambiguous) -> dict[str, Any]:
    if result.choices:
        answers = [fenced(choice) for choice in result.choices]
        return {"ask_the_user": fenced(result.question, MAX_NOTE), "answers": answers}
    return {"ask_the_user": "which of these is meant", "items": _items(result.items)}


def fenced(name: str, limit: int = MAX_NAME) -> str:
    """`name` as data: cleaned, cut and between fences."""
    return f"{FENCE[0]}{cleaned(name, limit)}{FENCE[1]}"


def cleaned(name: str, limit: int = MAX_NAME) -> str:
    """`name` on one line, without control characters, invisible marks and fences."""
    kept = "".join(
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c
        for c in name[: limit * 4]
        if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"} and c not in FENCE
    )
    one_line = " ".join(kept.split())
    return one_line if len(one_line) <= limit else one_line[: limit - 1] + "…"


def _facts(facts: Mapping[str, str | int | float | bool]) -> dict[str, str | int | float | bool]:
    return {
        key: fenced(value) if isinstance(value, str) and key not in _FACTS_IN_OUR_WORDS else value
        for key, value in facts.items()
    }


def _items(items: tuple[Entity, ...], notes: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    entries = [_item(number, item) for number, item in enumerate(items[:MAX_ITEMS], 1)]
    for entry, note in zip(entries, notes, strict=False):
        if note:
            entry["why"] = fenced(note, MAX_NOTE)  # may quote titles, lyrics and tags
    return entries


def _item(number: int, item: Entity) -> dict[str, Any]:
    entry: dict[str, Any] = {"n": number}
    if isinstance(item, PlayEvent):
        entry["at"] = item.at.isoformat(timespec="minutes")
        if isinstance(item, HeardTrack):
            entry |= _heard(item)
        item = item.track
    entry["ref"] = f"{kind_of(item)}:{item.id}"
    if isinstance(item, Track):
        entry |= {"title": fenced(item.title), "by": fenced(item.artist)}
        if item.album:
            entry["album"] = fenced(item.album)
        if item.year:
            entry["year"] = item.year
    elif isinstance(item, Album):
        entry |= {"title": fenced(item.title), "by": fenced(item.artist)}
    elif isinstance(item, Artist | Playlist):
        entry |= {"name": fenced(item.name), "tracks": item.track_count}
    return entry


def _heard(event: HeardTrack) -> dict[str, Any]:
    entry: dict[str, Any] = {"certainty": event.certainty.value, "heard_by": event.source.value}
    if event.place:
        entry["place"] = fenced(event.place)
    if event.player:
        entry["device"] = fenced(event.player)
    return entry
