"""Tool calls of a response as OpenAI Realtime events: our own, and those the client carries out."""

from collections.abc import Callable
from typing import Any

from pydantic_core import to_json

from agent.events import ToolFinished, ToolStarted
from server.realtime.conversation import Conversation, Item, new_id
from server.realtime.result_json import result_json

Emit = Callable[[dict[str, Any]], None]
AddOutput = Callable[[Item], int]
EndOutput = Callable[[Item, int], None]


class ToolItems:
    """Writes the tool calls of one response."""

    def __init__(
        self,
        response_id: str,
        emit: Emit,
        conversation: Conversation | None,
        *,
        add: AddOutput,
        end: EndOutput,
        visible: bool,
    ) -> None:
        """Write nothing yet.

        Args:
            response_id: of the response.
            emit: takes each event.
            conversation: where results go; None when they leave no trace.
            add: begins an output item of the response.
            end: ends it.
            visible: whether our own calls are items, too; a client that carries out calls would
                take them for its own.
        """
        self._response_id = response_id
        self._emit = emit
        self._conversation = conversation
        self._add, self._end = add, end
        self._visible = visible

    def started(self, event: ToolStarted) -> None:
        """We call a tool of ours."""
        if self._visible:
            arguments = to_json(dict(event.arguments), fallback=str).decode()
            self.call(event.call_id, event.name, arguments)
        self._tell(event.call_id, event.name, "started")

    def finished(self, event: ToolFinished) -> None:
        """It came to an end."""
        if self._visible and self._conversation is not None:
            output: Item = {
                "id": new_id("item"),
                "object": "realtime.item",
                "type": "function_call_output",
                "status": "completed",
                "call_id": event.call_id,
                "output": to_json(result_json(event.result), fallback=str).decode(),
            }
            before = self._conversation.append(output, answered=True)
            for kind in ("conversation.item.added", "conversation.item.done"):
                self._emit({"type": kind, "item": output, "previous_item_id": before})
        self._tell(event.call_id, event.name, event.result.kind)

    def call(self, call_id: str, name: str, arguments: str) -> None:
        """Write a whole function call; `arguments` is JSON."""
        item: Item = {
            "id": new_id("item"),
            "object": "realtime.item",
            "type": "function_call",
            "status": "in_progress",
            "call_id": call_id,
            "name": name,
            "arguments": "",
        }
        index = self._add(item)
        place = {
            "response_id": self._response_id,
            "item_id": item["id"],
            "output_index": index,
            "call_id": call_id,
        }
        self._emit({"type": "response.function_call_arguments.delta", "delta": arguments, **place})
        self._emit(
            {
                "type": "response.function_call_arguments.done",
                "arguments": arguments,
                "name": name,
                **place,
            }
        )
        item |= {"status": "completed", "arguments": arguments}
        self._end(item, index)

    def _tell(self, call_id: str, name: str, status: str) -> None:
        self._emit(
            {
                "type": "refrain.tool",
                "response_id": self._response_id,
                "call_id": call_id,
                "name": name,
                "status": status,
            }
        )
