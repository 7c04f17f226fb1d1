"""A conversation from the terminal: inside this process, or with the server that runs already."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import WebSocketException

from agent.events import (
    AgentEvent,
    ReplyDelta,
    ResultsNumbered,
    ToolFinished,
    ToolStarted,
    TurnFailed,
    TurnFinished,
)
from server.dialling import dial
from server.errors import ServerUnreachable
from server.opening import open_services
from server.realtime.responses import Turns
from server.realtime.result_json import result_json
from server.running import find_running
from server.settings import Settings
from server.wire import NumberedResultOut


@dataclass(slots=True)
class ToolCall:
    name: str
    arguments: dict[str, Any]
    result: dict[str, Any] | None = None


@dataclass(slots=True)
class TurnRecord:
    """What one turn did, whoever ran it."""

    text: str
    tool_calls: list[ToolCall] = field(default_factory=list)
    results: list[dict[str, Any]] = field(default_factory=list)
    reply: str = ""
    model: str = ""
    cpu_ms: float = 0.0
    error: str | None = None
    """Why there is no reply."""

    def as_json(self) -> dict[str, Any]:
        """One object for scripts."""
        value: dict[str, Any] = {
            "text": self.text,
            "tool_calls": [
                {"name": call.name, "arguments": call.arguments, "result": call.result}
                for call in self.tool_calls
            ],
            "results": self.results,
            "reply": self.reply,
            "model": self.model,
            "cpu_ms": self.cpu_ms,
        }
        return value if self.error is None else value | {"error": self.error}


OnText = Callable[[str], None]


def _ignore(_text: str) -> None:
    pass


class Conversation(Protocol):
    """Someone to talk to."""

    async def say(self, text: str, on_text: OnText = _ignore) -> TurnRecord:
        """Take one turn; `on_text` gets the reply piece by piece."""
        ...


class LocalConversation:
    """Runs the turns in this process."""

    def __init__(self, turns: Turns, session_id: str) -> None:
        self._turns = turns
        self._session_id = session_id

    async def say(self, text: str, on_text: OnText = _ignore) -> TurnRecord:
        record = TurnRecord(text)
        calls: dict[str, ToolCall] = {}
        async for event in self._turns.run(text, session_id=self._session_id):
            _note(event, record, calls, on_text)
        return record


class RemoteConversation:
    """Lets the running server take the turns, through its WebSocket."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def say(self, text: str, on_text: OnText = _ignore) -> TurnRecord:
        record = TurnRecord(text)
        calls: dict[str, ToolCall] = {}
        content = [{"type": "input_text", "text": text}]
        item = {"type": "message", "role": "user", "content": content}
        try:
            await self._send({"type": "conversation.item.create", "item": item})
            await self._send({"type": "response.create"})
            while True:
                event = json.loads(await self._socket.recv())
                if _note_wire(event, record, calls, on_text):
                    return record
        except (WebSocketException, OSError) as error:
            raise ServerUnreachable("The running server went away during the turn.") from error

    async def _send(self, message: dict[str, Any]) -> None:
        await self._socket.send(json.dumps(message))


@asynccontextmanager
async def open_conversation(settings: Settings, session_id: str) -> AsyncIterator[Conversation]:
    """Talk to the server of this data folder when it runs, else to services of our own."""
    async with AsyncExitStack() as stack:
        running = find_running(settings)
        if running is not None:
            yield RemoteConversation(
                await stack.enter_async_context(dial(running, session_id, text_only=True))
            )
        else:
            services = await stack.enter_async_context(
                open_services(settings, serving=False, outliving=True)
            )
            yield LocalConversation(services.turns, session_id)


def _note(
    event: AgentEvent, record: TurnRecord, calls: dict[str, ToolCall], on_text: OnText
) -> None:
    match event:
        case ToolStarted():
            calls[event.call_id] = ToolCall(event.name, dict(event.arguments))
            record.tool_calls.append(calls[event.call_id])
        case ToolFinished():
            if (call := calls.get(event.call_id)) is not None:
                call.result = result_json(event.result)
        case ResultsNumbered(items=items):
            record.results = [NumberedResultOut.of(one).model_dump(mode="json") for one in items]
        case ReplyDelta(text=text):
            record.reply += text
            on_text(text)
        case TurnFinished(reply=reply, model=model, cpu_ms=cpu_ms):
            if not record.reply:
                on_text(reply)
            record.reply, record.model, record.cpu_ms = reply, model, round(cpu_ms, 3)
        case TurnFailed(message=message):
            record.error = message


def _note_wire(
    event: dict[str, Any], record: TurnRecord, calls: dict[str, ToolCall], on_text: OnText
) -> bool:
    """Note one server event; True when the turn is over."""
    match event:
        case {"type": "response.function_call_arguments.done"}:
            call = ToolCall(event["name"], json.loads(event["arguments"]))
            calls[event["call_id"]] = call
            record.tool_calls.append(call)
        case {"type": "conversation.item.done", "item": {"type": "function_call_output"}}:
            if (known := calls.get(event["item"]["call_id"])) is not None:
                known.result = json.loads(event["item"]["output"])
        case {"type": "refrain.results"}:
            record.results = event["items"]
        case {"type": "response.output_text.delta"}:
            record.reply += event["delta"]
            on_text(event["delta"])
        case {"type": "error"}:
            record.error = event["error"]["message"]
            return bool(event["error"]["type"] == "invalid_request_error")
        case {"type": "response.done"}:
            metadata = event["response"].get("metadata") or {}
            record.model = metadata.get("model", "")
            record.cpu_ms = float(metadata.get("cpu_ms", 0.0))
            return True
    return False
