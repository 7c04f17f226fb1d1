"""The session object of OpenAI Realtime: what a client configured, and what is really so."""

import re
import secrets
from typing import Any

from pydantic_core import to_json

MODEL = "refrain"
SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
MAX_SESSION_BYTES = 64_000
_MAX_DEPTH = 12
_OURS = frozenset({"id", "object", "model", "output_modalities", "expires_at"})
"""Fields that say what this server does, whatever a client wishes."""


class UnusableSession(ValueError):
    """A session update that cannot be taken; the message says why."""


def new_session_id() -> str:
    return f"sess_{secrets.token_hex(12)}"


class SessionState:
    """The session's configuration, changed by deep merging."""

    def __init__(self, session_id: str) -> None:
        self.id = session_id
        self._value: dict[str, Any] = {
            "type": "realtime",
            "object": "realtime.session",
            "id": session_id,
            "model": MODEL,
            "output_modalities": ["text"],
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
                    "turn_detection": None,
                },
                "output": {
                    "format": {"type": "audio/pcm", "rate": 24000},
                    "voice": "alloy",
                    "speed": 1.0,
                },
            },
        }

    @property
    def value(self) -> dict[str, Any]:
        """The session as it goes over the wire."""
        return self._value

    def update(self, wishes: dict[str, Any]) -> None:
        """Merge what a client wishes; what is ours stays ours (output is text for now).

        Raises:
            UnusableSession: not a realtime session, nested too deeply, or too large.
        """
        if wishes.get("type", "realtime") != "realtime":
            raise UnusableSession('session.type must be "realtime".')
        merged = _merged(self._value, {k: v for k, v in wishes.items() if k not in _OURS})
        if len(to_json(merged)) > MAX_SESSION_BYTES:
            raise UnusableSession(f"The session is larger than {MAX_SESSION_BYTES} bytes.")
        self._value = merged


def _merged(old: dict[str, Any], new: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    if depth > _MAX_DEPTH:
        raise UnusableSession("The session is nested too deeply.")
    result = dict(old)
    for key, value in new.items():
        before = result.get(key)
        if isinstance(value, dict) and isinstance(before, dict):
            result[key] = _merged(before, value, depth + 1)
        else:
            result[key] = value
    return result
