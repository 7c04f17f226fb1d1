"""The session object of OpenAI Realtime: what a client configured, and what is really so."""

import re
import secrets
from collections.abc import Callable
from typing import Any, Literal

from pydantic_core import to_json

from server.realtime.wishes import UnusableSession, Wishes, read_wishes

MODEL = "refrain"
SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
MAX_SESSION_BYTES = 64_000
_MAX_DEPTH = 12
_OURS = frozenset({"id", "object", "model", "expires_at"})
"""Fields that say what this server does, whatever a client wishes."""

Modality = Literal["text", "audio"]


def new_session_id() -> str:
    return f"sess_{secrets.token_hex(12)}"


class SessionState:
    """The session's configuration, changed by deep merging."""

    def __init__(
        self,
        session_id: str,
        *,
        modality: Modality = "text",
        can_speak: Callable[[], bool] = lambda: False,
    ) -> None:
        """Begin as clients of OpenAI expect it.

        Args:
            session_id: the conversation.
            modality: how we answer until the client says otherwise.
            can_speak: whether there is a voice; without one we only ever answer in text.
        """
        self.id = session_id
        self._can_speak = can_speak
        self.names_tools = False
        """Whether the client said which tools it has, if only that it has none."""
        self.knows_us = False
        """Whether the client knows what only we do: our own events, and tools that we carry out."""
        self._value: dict[str, Any] = {
            "type": "realtime",
            "object": "realtime.session",
            "id": session_id,
            "model": MODEL,
            "output_modalities": [modality if can_speak() else "text"],
            "instructions": "",
            "tools": [],
            "tool_choice": "auto",
            "max_output_tokens": "inf",
            "tracing": None,
            "truncation": "auto",
            "prompt": None,
            "expires_at": 0,
            "include": None,
            "audio": {
                "input": {
                    "format": {"type": "audio/pcm", "rate": 24000},
                    "transcription": None,
                    "noise_reduction": None,
                    "turn_detection": {
                        "type": "server_vad",
                        "threshold": 0.5,
                        "prefix_padding_ms": 300,
                        "silence_duration_ms": None,
                        "idle_timeout_ms": None,
                        "create_response": True,
                        "interrupt_response": True,
                    },
                },
                "output": {
                    "format": {"type": "audio/pcm", "rate": 24000},
                    "voice": "alloy",
                    "speed": 1.0,
                },
            },
            "refrain": {},
        }
        self._wishes = read_wishes(self._value)

    @property
    def value(self) -> dict[str, Any]:
        """The session as it goes over the wire."""
        return self._value

    @property
    def wishes(self) -> Wishes:
        """The same, checked and as values of our own."""
        return self._wishes

    @property
    def shows_tools(self) -> bool:
        """Whether calls of our own tools are items: a client of OpenAI would carry them out."""
        wish = self._wishes.refrain.tools
        if wish is not None:
            return wish == "visible"
        return self.knows_us and not self.names_tools

    def update(self, wishes: dict[str, Any]) -> None:
        """Merge what a client wishes; what is ours stays ours, and without a voice so does text.

        Raises:
            UnusableSession: not a realtime session, values that cannot be, nested too deeply, or
                too large. Nothing is changed then.
        """
        if wishes.get("type", "realtime") != "realtime":
            raise UnusableSession('session.type must be "realtime".', param="session.type")
        merged = _merged(self._value, {k: v for k, v in wishes.items() if k not in _OURS})
        if len(to_json(merged)) > MAX_SESSION_BYTES:
            raise UnusableSession(f"The session is larger than {MAX_SESSION_BYTES} bytes.")
        read = read_wishes(merged)
        if read.speaks and not self._can_speak():
            merged["output_modalities"] = ["text"]
            read = read_wishes(merged)
        else:
            merged["output_modalities"] = ["audio" if read.speaks else "text"]
        self._value, self._wishes = merged, read
        self.names_tools = self.names_tools or "tools" in wishes


_REPLACED = frozenset({"format", "prompt", "tool_choice"})
"""Values that are one whole: a part of the old one beside the new one would make no sense."""


def _merged(old: dict[str, Any], new: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    if depth > _MAX_DEPTH:
        raise UnusableSession("The session is nested too deeply.")
    result = dict(old)
    for key, value in new.items():
        before = result.get(key)
        if isinstance(value, dict) and isinstance(before, dict) and key not in _REPLACED:
            other = "type" in value and value["type"] != before.get("type")
            result[key] = dict(value) if other else _merged(before, value, depth + 1)
        else:
            result[key] = value
    return result
