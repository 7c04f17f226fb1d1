"""One response: the agent's events told as OpenAI Realtime events, in the order clients expect."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

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
from server.realtime.errors import error_event
from server.realtime.session_state import Modality
from server.realtime.tool_items import ToolItems
from server.wire import NumberedResultOut

Emit = Callable[[dict[str, Any]], None]
EndedAs = Literal["completed", "cancelled", "failed"]
CutBy = Literal["client_cancelled", "turn_detected"]
_MAX_METADATA = 500
_USAGE = {"total_tokens": 0, "input_tokens": 0, "output_tokens": 0}


class ResponseStream:
    """Writes one response to one client and keeps its items in the conversation.

    With the modality "text" the words of the reply are told as they come. With "audio" they are
    not told by `take` but by `speak`, together with their sound, and `finish` ends the response.
    """

    def __init__(
        self,
        emit: Emit,
        conversation: Conversation,
        *,
        metadata: dict[str, str],
        keep: bool,
        modality: Modality = "text",
        audio: dict[str, Any] | None = None,
        tools_visible: bool = True,
    ) -> None:
        """Start the response.

        Args:
            emit: takes each event; adds the event_id.
            conversation: where the items go.
            metadata: the client's own, given back with the response.
            keep: whether the items become a part of the conversation.
            modality: how we answer.
            audio: the session's sound, shown in the response.
            tools_visible: whether calls of our own tools are items of the response.
        """
        self.id = new_id("resp")
        self.modality = modality
        self.ended = False
        self._emit = emit
        self._conversation = conversation
        self._keep = keep
        self._metadata = metadata
        self._audio = audio
        self._output: list[Item] = []
        self._message: Item | None = None
        self._message_index = 0
        self._text: list[str] = []
        self._tools = ToolItems(
            self.id,
            emit,
            conversation if keep else None,
            add=self._add_output,
            end=self._end_output,
            visible=tools_visible,
        )
        self._emit({"type": "response.created", "response": self._response("in_progress")})

    @property
    def message_id(self) -> str:
        """Of the item that holds the reply; "" before the reply begins."""
        return "" if self._message is None else str(self._message["id"])

    @property
    def message(self) -> Item | None:
        """The item that holds the reply, as the conversation keeps it."""
        return self._message

    def take(self, event: AgentEvent) -> None:
        """Tell the client about one event of the turn."""
        if self.ended:
            return
        match event:
            case TurnStarted():
                pass
            case ToolStarted():
                self._tools.started(event)
            case ToolFinished():
                self._tools.finished(event)
            case ResultsNumbered(items=items):
                self._results(items)
            case ReplyDelta(text=text):
                if self.modality == "text":
                    self._delta(text)
            case TurnFinished():
                self._finished(event)
            case TurnFailed(code=code, message=message):
                self.fail(code, message)

    def speak(self, text: str, pieces: Sequence[str]) -> None:
        """Tell words of the reply and how they sound: base64 in the client's format."""
        if self.ended:
            return
        message = self._begin_message({"type": "audio", "transcript": ""})
        place = self._place(message)
        self._text.append(text)
        if text:
            kind = "response.output_audio_transcript.delta"
            self._emit({"type": kind, "delta": text, **place})
        for piece in pieces:
            self._emit({"type": "response.output_audio.delta", "delta": piece, **place})

    def call(self, call_id: str, name: str, arguments: str) -> None:
        """Let the client carry out one of its functions; `arguments` is JSON."""
        if not self.ended:
            self._tools.call(call_id, name, arguments)

    def finish(self) -> None:
        """End it as complete."""
        self._end("completed", None)

    def cancel(self, by: CutBy = "client_cancelled", *, heard: str | None = None) -> None:
        """End it early; what was said so far stays as incomplete.

        Args:
            by: who ended it.
            heard: the words that sounded, when less than was sent.
        """
        if heard is not None:
            self._text = [heard]
        self._end("cancelled", {"type": "cancelled", "reason": by})

    def fail(self, code: str, message: str) -> None:
        """End it with an error that the client can show."""
        if self.ended:
            return
        self._emit(error_event(code, message, kind="server_error"))
        self._end("failed", {"type": "failed", "error": {"type": "server_error", "code": code}})

    def _results(self, items: tuple[NumberedResult, ...]) -> None:
        shown = [NumberedResultOut.of(item).model_dump(mode="json") for item in items]
        self._emit({"type": "refrain.results", "response_id": self.id, "items": shown})

    def _delta(self, text: str) -> None:
        if not text:
            return
        message = self._begin_message({"type": "text", "text": ""})
        self._text.append(text)
        self._emit({"type": "response.output_text.delta", "delta": text, **self._place(message)})

    def _finished(self, event: TurnFinished) -> None:
        self._metadata = self._metadata | {
            "model": event.model[:_MAX_METADATA],
            "cpu_ms": f"{event.cpu_ms:.1f}",
        }
        if self.modality == "text":
            if self._message is None:
                self._delta(event.reply)
            self.finish()

    def _end(self, ended_as: EndedAs, details: dict[str, Any] | None) -> None:
        if self.ended:
            return
        self.ended = True
        if self._message is not None:
            self._end_message(self._message, complete=ended_as == "completed")
        response = self._response(ended_as) | {"status_details": details, "usage": _USAGE}
        self._emit({"type": "response.done", "response": response})

    def _begin_message(self, part: dict[str, str]) -> Item:
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
            place = self._place(self._message)
            self._emit({"type": "response.content_part.added", "part": part, **place})
        return self._message

    def _end_message(self, message: Item, *, complete: bool) -> None:
        text, place = "".join(self._text), self._place(message)
        if self.modality == "text":
            self._emit({"type": "response.output_text.done", "text": text, **place})
            part = {"type": "text", "text": text}
            content = {"type": "output_text", "text": text}
        else:
            text = text.strip()
            self._emit({"type": "response.output_audio.done", **place})
            done = {"type": "response.output_audio_transcript.done", "transcript": text}
            self._emit(done | place)
            part = {"type": "audio", "transcript": text}
            content = {"type": "output_audio", "transcript": text}
        self._emit({"type": "response.content_part.done", "part": part, **place})
        message |= {"status": "completed" if complete else "incomplete", "content": [content]}
        self._end_output(message, self._message_index)

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
            before = self._conversation.append(item, answered=True)
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

    def _place(self, message: Item) -> dict[str, Any]:
        return {
            "response_id": self.id,
            "item_id": message["id"],
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
            "output_modalities": [self.modality],
            "max_output_tokens": "inf",
            "audio": self._audio,
            "usage": None,
            "metadata": self._metadata or None,
        }
