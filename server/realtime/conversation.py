"""The items of one connection's conversation, as OpenAI Realtime counts them."""

import secrets
from collections.abc import Iterable
from typing import Any

from server.realtime.client_events import (
    ContentPart,
    FunctionCallItem,
    FunctionCallOutputItem,
    MessageItem,
)
from server.realtime.errors import Refused

Item = dict[str, Any]
MAX_ITEMS = 400
"""Older items are forgotten here; what was said stays in the session."""

_SOUND = {"input_audio", "output_audio", "audio"}
_TEXT_TYPES = {"user": "input_text", "system": "input_text", "assistant": "output_text"}


class UnusableContent(Refused):
    """An item holds content that this server cannot take; the message says which."""

    def __init__(self, message: str) -> None:
        super().__init__("invalid_value", message, param="item.content")


def new_id(prefix: str) -> str:
    """An id such as "item_9f2c…", unique for all practical purposes."""
    return f"{prefix}_{secrets.token_hex(10)}"


class Conversation:
    """An ordered list of items, each with an id that is unique in it."""

    def __init__(self) -> None:
        self.id = new_id("conv")
        self._items: dict[str, Item] = {}
        self._unanswered: list[str] = []

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, item_id: str) -> bool:
        return item_id in self._items

    def get(self, item_id: str) -> Item | None:
        return self._items.get(item_id)

    def last_id(self) -> str | None:
        return next(reversed(self._items), None)

    def append(self, item: Item, *, answered: bool = False) -> str | None:
        """Put `item` at the end; returns the id of the one before it."""
        return self.insert(item, after=self.last_id(), answered=answered)

    def insert(self, item: Item, *, after: str | None, answered: bool = False) -> str | None:
        """Put `item` after the item `after` (None: at the beginning); returns `after`.

        What the user said, and what came of a client's function, waits for an answer unless it
        is `answered`.
        """
        if after == self.last_id():
            self._items[item["id"]] = item
        else:
            items = list(self._items.values())
            index = 0 if after is None else list(self._items).index(after) + 1
            items.insert(index, item)
            self._items = {one["id"]: one for one in items}
        said = item["type"] == "message" and item["role"] == "user"
        if not answered and (said or item["type"] == "function_call_output"):
            self._unanswered.append(item["id"])
        while len(self._items) > MAX_ITEMS:
            self.delete(next(iter(self._items)))
        return after

    def delete(self, item_id: str) -> bool:
        """Forget an item; False when there is none."""
        if item_id in self._unanswered:
            self._unanswered.remove(item_id)
        return self._items.pop(item_id, None) is not None

    @property
    def has_unanswered(self) -> bool:
        """Whether anything waits for an answer."""
        return bool(self._unanswered)

    def answered(self, item_id: str) -> None:
        """Nobody has to answer this item."""
        if item_id in self._unanswered:
            self._unanswered.remove(item_id)

    def take_unanswered(self) -> tuple[Item, ...]:
        """What waits for an answer, in order; it is answered from now on."""
        items = tuple(self._items[item_id] for item_id in self._unanswered)
        self._unanswered.clear()
        return items


def words_of(items: Iterable[Item]) -> str:
    """What the user says in these items, as one text."""
    texts = [text_of(item) for item in items if item.get("role") == "user"]
    return "\n".join(text for text in texts if text)


def were_spoken(items: Iterable[Item]) -> bool:
    """Whether something in these items was said with a voice."""
    said = [item for item in items if item.get("role") == "user"]
    parts = (part for item in said for part in item.get("content", ()))
    return any(part.get("type") in _SOUND for part in parts)


def item_from(given: MessageItem | FunctionCallItem | FunctionCallOutputItem) -> Item:
    """Make a conversation item of what a client sent.

    Of sound only what is said in it becomes a part of the item.

    Raises:
        UnusableContent: pictures and the like, which this server does not take.
    """
    item: Item = {"id": given.id or new_id("item"), "object": "realtime.item"}
    if isinstance(given, MessageItem):
        return item | {
            "type": "message",
            "status": "completed",
            "role": given.role,
            "content": [_content(given.role, part) for part in given.content],
        }
    if isinstance(given, FunctionCallItem):
        return item | {
            "type": "function_call",
            "status": "completed",
            "call_id": given.call_id or new_id("call"),
            "name": given.name,
            "arguments": given.arguments,
        }
    return item | {
        "type": "function_call_output",
        "status": "completed",
        "call_id": given.call_id,
        "output": given.output,
    }


def text_of(item: Item) -> str:
    """All text of a message item, what is said in its sound included."""
    parts = (part.get("text") or part.get("transcript") or "" for part in item.get("content", ()))
    return " ".join(text.strip() for text in parts if text.strip())


def sounds_of(given: MessageItem) -> tuple[tuple[int, str], ...]:
    """The sounds in a message whose words nobody knows yet: index of the part, and base64."""
    return tuple(
        (index, part.audio)
        for index, part in enumerate(given.content)
        if part.type in _SOUND and part.audio and not part.transcript
    )


def _content(role: str, part: ContentPart) -> dict[str, str | None]:
    if part.type in _SOUND:
        kind = "output_audio" if role == "assistant" else "input_audio"
        return {"type": kind, "transcript": part.transcript or (part.text or None)}
    if part.type not in {"input_text", "output_text", "text"}:
        raise UnusableContent(
            f"Content of type {part.type!r} is not supported; send input_text or input_audio."
        )
    return {"type": _TEXT_TYPES[role], "text": part.text}
