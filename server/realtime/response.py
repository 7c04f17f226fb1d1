"""One response: the agent's events told as OpenAI Realtime events, in the order clients expect."""

from collections.abc import Callable
from typing import Any, Literal

from pydantic_core import to_json

from agent.events import (
    AgentEvent,
    NumberedResult,
    ReplyDelta,
    ResultsNumbered,
    ToolFinished,
    ToolStarted,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from server.realtime.conversation import Conversation, Item, new_id
from server.realtime.result_json import result_json
from server.wire import NumberedResultOut

Emit = Callable[[dict[str, Any]], None]
EndedAs = Literal["completed", "cancelled", "failed"]
_MAX_METADATA = 500
_USAGE = {"total_tokens": 0, "input_tokens": 0, "output_tokens": 0}


class ResponseStream:
    """Writes one response to one client and keeps its items in the conversation."""

    def __init__(
        self, emit: Emit, conversation: Conversation, *, metadata: dict[str, str], keep: bool
    ) -> None:
        """Start the response.

        Args:
            emit: takes each event; adds the event_id.
            conversation: where the items go.
            metadata: the client's own, given back with the response.
            keep: whether the items become a part of the conversation.
        """
        self.id = new_id("resp")
        self._emit = emit
        self._conversation = conversation
        self._keep = keep
        self._metadata = metadata
        self._output: list[Item] = []
        self._message: Item | None = None
        self._message_index = 0
        self._text: list[str] = []
        self.ended = False
        self._emit({"type": "response.created", "response": self._response("in_progress")})

    def take(self, event: AgentEvent) -> None:
        """Tell the client about one event of the turn."""
        match event:
            case TurnStarted():
                pass
            case ToolStarted():
                self._tool_started(event)
            case ToolFinished():
                self._tool_finished(event)
            case ResultsNumbered(items=items):
                self._results(items)
            case ReplyDelta(text=text):
                self._delta(text)
            case TurnFinished():
                self._finished(event)
            case TurnFailed(code=code, message=message):
                self.fail(code, message)

    def cancel(self) -> None:
        """End it because the client asked so; what was said so far stays as incomplete."""
        self._end("cancelled", {"type": "cancelled", "reason": "client_cancelled"})

    def fail(self, code: str, message: str) -> None:
        """End it with an error that the client can show."""
        if self.ended:
            return
        self._emit(
            {
                "type": "error",
                "error": {"type": "server_error", "code": code, "message": message, "param": None},
            }
        )
        self._end("failed", {"type": "failed", "error": {"type": "server_error", "code": code}})

    def _tool_started(self, event: ToolStarted) -> None:
        arguments = to_json(dict(event.arguments), fallback=str).decode()
        item: Item = {
            "id": new_id("item"),
            "object": "realtime.item",
            "type": "function_call",
            "status": "in_progress",
            "call_id": event.call_id,
            "name": event.name,
            "arguments": "",
        }
        index = self._add_output(item)
        place = {
            "response_id": self.id,
            "item_id": item["id"],
            "output_index": index,
            "call_id": event.call_id,
        }
        self._emit({"type": "response.function_call_arguments.delta", "delta": arguments, **place})
        self._emit(
            {
                "type": "response.function_call_arguments.done",
                "arguments": arguments,
                "name": event.name,
                **place,
            }
        )
        item |= {"status": "completed", "arguments": arguments}
        self._end_output(item, index)
        self._tool(event.call_id, event.name, "started")

    def _tool_finished(self, event: ToolFinished) -> None:
        output: Item = {
            "id": new_id("item"),
            "object": "realtime.item",
            "type": "function_call_output",
            "status": "completed",
            "call_id": event.call_id,
            "output": to_json(result_json(event.result), fallback=str).decode(),
        }
        if self._keep:
            before = self._conversation.append(output)
            self._emit(
                {"type": "conversation.item.added", "item": output, "previous_item_id": before}
            )
            self._emit(
                {"type": "conversation.item.done", "item": output, "previous_item_id": before}
            )
        self._tool(event.call_id, event.name, event.result.kind)

    def _tool(self, call_id: str, name: str, status: str) -> None:
        self._emit(
            {
                "type": "refrain.tool",
                "response_id": self.id,
                "call_id": call_id,
                "name": name,
                "status": status,
            }
        )

    def _results(self, items: tuple[NumberedResult, ...]) -> None:
        shown = [NumberedResultOut.of(item).model_dump(mode="json") for item in items]
        self._emit({"type": "refrain.results", "response_id": self.id, "items": shown})

    def _delta(self, text: str) -> None:
        if not text:
            return
        if self._message is None:
            self._message = {
                "id": new_id("item"),
                "object": "realtime.item",
                "type": "message",
                "status": "in_progress",
                "role": "assistant",
                "content": [],
            }
            self._message_index = self._add_output(self._message)
            self._emit(
                {
                    "type": "response.content_part.added",
                    "part": {"type": "text", "text": ""},
                    **self._place(),
                }
            )
        self._text.append(text)
        self._emit({"type": "response.output_text.delta", "delta": text, **self._place()})

    def _finished(self, event: TurnFinished) -> None:
        if self._message is None and event.reply:
            self._delta(event.reply)
        self._metadata = self._metadata | {
            "model": event.model[:_MAX_METADATA],
            "cpu_ms": f"{event.cpu_ms:.1f}",
        }
        self._end("completed", None)

    def _end(self, ended_as: EndedAs, details: dict[str, Any] | None) -> None:
        if self.ended:
            return
        self.ended = True
        if self._message is not None:
            self._end_message(complete=ended_as == "completed")
        response = self._response(ended_as) | {"status_details": details, "usage": _USAGE}
        self._emit({"type": "response.done", "response": response})

    def _end_message(self, *, complete: bool) -> None:
        message = self._message
        if message is None:
            return
        text = "".join(self._text)
        self._emit({"type": "response.output_text.done", "text": text, **self._place()})
        self._emit(
            {
                "type": "response.content_part.done",
                "part": {"type": "text", "text": text},
                **self._place(),
            }
        )
        message |= {
            "status": "completed" if complete else "incomplete",
            "content": [{"type": "output_text", "text": text}],
        }
        self._end_output(message, self._message_index)
        self._message = None

    def _add_output(self, item: Item) -> int:
        index = len(self._output)
        self._output.append(item)
        self._emit(
            {
                "type": "response.output_item.added",
                "response_id": self.id,
                "output_index": index,
                "item": dict(item),
            }
        )
        if self._keep:
            before = self._conversation.append(item)
            self._emit(
                {"type": "conversation.item.added", "item": dict(item), "previous_item_id": before}
            )
        return index

    def _end_output(self, item: Item, index: int) -> None:
        if self._keep:
            self._emit({"type": "conversation.item.done", "item": dict(item)})
        self._emit(
            {
                "type": "response.output_item.done",
                "response_id": self.id,
                "output_index": index,
                "item": dict(item),
            }
        )

    def _place(self) -> dict[str, Any]:
        return {
            "response_id": self.id,
            "item_id": "" if self._message is None else self._message["id"],
            "output_index": self._message_index,
            "content_index": 0,
        }

    def _response(self, status: str) -> dict[str, Any]:
        return {
            "object": "realtime.response",
            "id": self.id,
            "status": status,
            "status_details": None,
            "output": [dict(item) for item in self._output] if status != "in_progress" else [],
            "conversation_id": self._conversation.id if self._keep else None,
            "output_modalities": ["text"],
            "max_output_tokens": "inf",
            "audio": None,
            "usage": None,
            "metadata": self._metadata or None,
        }
