"""The tool calls a small model may answer with: one JSON object, and its schema."""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from agent.errors import ModelMisbehaved
from tools.toolbox import TOOLBOX

NO_TOOL = "none"
"""What it answers when nothing of it is about music: the offline model then replies."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "play_music": ("query", "artist", "playlist", "liked", "numbers", "mode"),
    "recommend_music": ("wish",),
    "search_music": ("query", "artist", "lyrics"),
    "now_playing": (),
    "control_playback": ("action", "volume", "change", "on"),
    "edit_queue": ("action",),
    "rate_track": ("rating", "artist", "genre"),
    "manage_playlists": ("action", "name", "query"),
    "recall_history": ("when", "about"),
    "recognize": (),
    "set_timer": ("action", "when", "wish"),
}
"""Of each tool the few arguments that a small model is asked for; rules find the others."""
_KEPT = frozenset({"type", "enum", "const", "items", "minimum", "maximum"})
_LONGEST = 120
"""Characters of an argument: longer than what anybody says in one breath."""


@lru_cache(maxsize=1)
def call_schema() -> dict[str, Any]:
    """JSON schema of one call: `{"tool": NAME, ...arguments}`, one form for each tool."""
    forms = [_form(NO_TOOL, {}, ())]
    for tool in TOOLBOX:
        if tool.name not in FIELDS:
            continue
        schema = tool.arguments.model_json_schema()
        properties = {name: _plain(schema["properties"][name]) for name in FIELDS[tool.name]}
        needed = tuple(name for name in schema.get("required", ()) if name in properties)
        forms.append(_form(tool.name, properties, needed))
    return {"oneOf": forms}


@lru_cache(maxsize=1)
def beginning() -> tuple[dict[str, str], ...]:
    """Instructions and examples as messages: byte for byte the same for every request."""
    text = resources.files("agent").joinpath("prompts/local.md").read_text("utf-8").strip()
    instructions, _, examples = text.partition("\nExamples\n")
    messages = [{"role": "system", "content": instructions.strip()}]
    for number, line in enumerate(examples.strip().splitlines()):
        messages.append({"role": "assistant" if number % 2 else "user", "content": line})
    return tuple(messages)


def read_call(text: str) -> tuple[str, dict[str, Any]] | None:
    """The tool and the arguments that a model answered; None for "no tool".

    Raises:
        ModelMisbehaved: it is no such object, or it was cut off.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ModelMisbehaved("the local model answered something that is not JSON") from error
    tool = found.pop("tool", None) if isinstance(found, dict) else None
    if tool == NO_TOOL:
        return None
    if not isinstance(tool, str) or tool not in FIELDS:
        raise ModelMisbehaved("the local model named no tool")
    return tool, {key: value for key, value in found.items() if value not in ("", [], None)}


def _form(tool: str, properties: Mapping[str, Any], needed: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"tool": {"const": tool}, **properties},
        "required": ["tool", *needed],
        "additionalProperties": False,
    }


def _plain(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A property without descriptions, defaults and "or null": what a grammar needs."""
    choices = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if choices:
        schema = choices[0]
    kept = {key: value for key, value in schema.items() if key in _KEPT}
    if isinstance(kept.get("items"), Mapping):
        kept["items"] = {k: v for k, v in kept["items"].items() if k in _KEPT}
    if kept.get("type") == "string" and "enum" not in kept:
        kept["maxLength"] = _LONGEST
    return kept
