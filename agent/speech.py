"""Lets a language model's words through sentence by sentence, once they are known to be true."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_END = re.compile(r"[.!?…](?:[\"'”»)]*)(?=\s|$)|\n+")
_CALL_START = re.compile(
    r"^\s*(?:```|[\[{<]|(?:functions?|tool_calls?|action)\s*[.:({])", re.IGNORECASE
)
_MARKUP = re.compile(r"[*_`#]+|^\s*[-•]\s+", re.MULTILINE)
MAX_REPLY = 1_200


@dataclass(slots=True)
class SpeechGate:
    """Collects pieces of text and gives back whole sentences that pass `lie`."""

    lie: Callable[[str], str | None]
    """Names the untrue claim in a sentence, or None."""
    tool_names: frozenset[str] = frozenset()
    caught: list[str] = field(default_factory=list)
    """The untrue claims of sentences that were held back."""
    spoken: int = 0
    _held: str = ""
    _said: int = 0

    def feed(self, text: str) -> list[str]:
        """Take a piece of text; return the sentences that may be spoken now."""
        self._held += text
        if looks_like_call(self._held, self.tool_names):
            return []
        released = []
        while match := _END.search(self._held):
            if match.end() == len(self._held) and not match[0].startswith("\n"):
                break  # "3." may go on as "3.5"; the next piece tells
            sentence, self._held = self._held[: match.end()], self._held[match.end() :]
            released += self._judge(sentence)
        return released

    def finish(self) -> list[str]:
        """The model has ended its message; return what may still be spoken."""
        rest, self._held = self._held, ""
        return [] if looks_like_call(rest, self.tool_names) else self._judge(rest)

    def forget(self) -> None:
        """Drop what was not spoken yet: the model failed, or another one goes on."""
        self._held = ""

    def _judge(self, sentence: str) -> list[str]:
        sentence = plain(sentence)
        if not sentence.strip():
            return []
        untrue = self.lie(sentence)
        if untrue is not None:
            self.caught.append(untrue)
            return []
        if self._said + len(sentence) > MAX_REPLY:
            return []
        self._said += len(sentence)
        self.spoken += 1
        return [sentence]


def plain(text: str) -> str:
    """`text` without markup and fences, fit to be spoken."""
    return re.sub(r"[⟦⟧]", "", _MARKUP.sub("", text))


def looks_like_call(text: str, tool_names: frozenset[str] = frozenset()) -> bool:
    """Whether `text` is a tool call that was printed instead of made."""
    if not text.strip():
        return False
    if _CALL_START.match(text):
        return True
    return any(re.search(rf"\b{re.escape(name)}\s*[({{:]", text) for name in tool_names)


def printed_call(text: str, tool_names: frozenset[str]) -> tuple[str, dict[str, Any]] | None:
    """The tool and the arguments of a call printed as JSON, or None when it cannot be read."""
    start = text.find("{")
    if start < 0:
        return None
    try:
        found, _ = json.JSONDecoder().raw_decode(text[start:])
    except ValueError:
        return None
    if isinstance(found, dict) and isinstance(found.get("function"), dict):
        found = found["function"]
    if not isinstance(found, dict):
        return None
    name = found.get("name") or found.get("tool") or found.get("tool_name")
    arguments = found.get("arguments", found.get("parameters", found.get("args", {})))
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments or "{}")
        except ValueError:
            return None
    if not isinstance(name, str) or name not in tool_names or not isinstance(arguments, dict):
        return None
    return name, arguments
