"""One client on the WebSocket: reads its events, answers them, tells it what changes."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Callable
from typing import Any, Protocol

from pydantic import ValidationError
from pydantic_core import from_json, to_json
from starlette.websockets import WebSocket, WebSocketDisconnect

from agent.events import AgentEvent
from server.auth.rate_limit import RateLimit
from server.errors import problem_of
from server.realtime.client_events import (
    CLIENT_EVENT,
    AudioAppend,
    AudioClear,
    AudioCommit,
    ContentPart,
    ItemCreate,
    ItemDelete,
    ItemRetrieve,
    ItemTruncate,
    ListenOffer,
    ListenRefuse,
    ListenStart,
    ListenStop,
    MessageItem,
    OutputClear,
    PlaybackReport,
    PlayerAttach,
    PlayerClaim,
    PlayerReport,
    ResponseCancel,
    ResponseCreate,
    SessionUpdate,
    TalkStart,
    TalkStop,
)
from server.realtime.conversation import (
    Conversation,
    UnusableContent,
    item_from,
    new_id,
    text_of,
)
from server.realtime.listen_link import Emit, ListenLink, Respond, UnusableSound
from server.realtime.outgoing import Outgoing, ServerEvent
from server.realtime.response import ResponseStream
from server.realtime.session_state import SessionState, UnusableSession
from server.recognition.identification import Identified
from server.recognition.microphones import Microphones

_LOG = logging.getLogger(__name__)
MAX_MESSAGE_BYTES = 1_000_000
_SEND_TIMEOUT_S = 20.0
_IDLE_TIMEOUT_S = 12 * 3600.0
_TURN_TIMEOUT_S = 120.0
_MAX_REFUSED = 200
"""After so many messages above the rate the connection is closed."""

POLICY_VIOLATION = 1008
GOING_AWAY = 1001


class Turns(Protocol):
    """Who answers: the agent."""

    def run(self, text: str, *, session_id: str) -> AsyncGenerator[AgentEvent, None]: ...


WHAT_IS_THIS = "What is this?"
"""What the user means by letting us hear a clip."""


class PageLink(Protocol):
    """The page as a player; see tools.players.browser."""

    def attach(self, name: str) -> None: ...
    def claim(self) -> None: ...
    def report(self, message: dict[str, Any]) -> None: ...
    def detach(self) -> None: ...


class RealtimeConnection:
    """Serves one WebSocket until either side ends it."""

    def __init__(
        self,
        socket: WebSocket,
        *,
        turns: Turns,
        session_id: str,
        page: Callable[[Outgoing], PageLink],
        microphones: Microphones,
        listen: Callable[[Emit, Respond], ListenLink],
    ) -> None:
        self.outgoing = Outgoing()
        self._socket = socket
        self._turns = turns
        self._page = page(self.outgoing)
        self._session = SessionState(session_id)
        self._conversation = Conversation()
        self._microphones = microphones
        self._listen = listen(self._emit, self._respond_to_clip)
        self._clips: set[asyncio.Task[None]] = set()
        self._active: tuple[ResponseStream, asyncio.Task[None]] | None = None
        self._handlers: dict[type, Callable[[Any], None]] = {
            SessionUpdate: self._update_session,
            ItemCreate: self._create_item,
            ItemRetrieve: self._retrieve_item,
            ItemDelete: self._delete_item,
            ItemTruncate: self._refuse_audio,
            ResponseCreate: self._create_response,
            ResponseCancel: self._cancel_response,
            AudioAppend: self._take_audio,
            AudioCommit: self._take_audio,
            AudioClear: self._take_audio,
            OutputClear: self._refuse_audio,
            TalkStart: self._refuse_audio,
            TalkStop: self._refuse_audio,
            PlaybackReport: self._refuse_audio,
            ListenOffer: self._listen.offer,
            ListenStart: self._listen.start,
            ListenStop: self._listen.stop,
            ListenRefuse: self._listen.refuse,
            PlayerAttach: lambda event: self._page.attach(event.name),
            PlayerClaim: lambda _: self._page.claim(),
            PlayerReport: lambda event: self._page.report(
                event.model_dump(mode="python", exclude={"event_id"})
            ),
        }
        self._messages = RateLimit(burst=100, per_s=40)
        self._responses = RateLimit(burst=30, per_s=2)
        self._emit({"type": "session.created", "session": self._session.value})

    async def serve(self) -> None:
        """Talk until the client leaves, is too slow, or breaks the rules."""
        sender = asyncio.create_task(self._send())
        reader = asyncio.create_task(self._read())
        try:
            await asyncio.wait({sender, reader}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._page.detach()
            tasks = [sender, reader, *self._clips]
            if self._active is not None:
                tasks.append(self._active[1])
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._listen.close()
            with contextlib.suppress(RuntimeError, OSError, WebSocketDisconnect):
                await self._socket.close(POLICY_VIOLATION if self.outgoing.overflowed else 1000)

    def _emit(self, event: ServerEvent) -> None:
        self.outgoing.put({"event_id": new_id("event"), **event})

    async def _send(self) -> None:
        while (message := await self.outgoing.next()) is not None:
            message.setdefault("event_id", new_id("event"))
            try:
                async with asyncio.timeout(_SEND_TIMEOUT_S):
                    await self._socket.send_text(to_json(message, fallback=str).decode())
            except (TimeoutError, WebSocketDisconnect, RuntimeError, OSError):
                return

    async def _read(self) -> None:
        refused = 0
        while True:
            try:
                async with asyncio.timeout(_IDLE_TIMEOUT_S):
                    message = await self._socket.receive()
            except TimeoutError:
                return
            if message["type"] == "websocket.disconnect":
                return
            text = message.get("text")
            if text is None:
                self._hear(message.get("bytes") or b"")
            elif len(text) > MAX_MESSAGE_BYTES:
                self._error("too_large", f"A message may have {MAX_MESSAGE_BYTES} bytes at most.")
            elif self._messages.allows("this"):
                await self._take(text)
            else:
                refused += 1
                self._error("rate_limited", "Too many messages; slow down.")
                if refused > _MAX_REFUSED:
                    return

    async def _take(self, text: str) -> None:
        try:
            event = CLIENT_EVENT.validate_json(text)
        except ValidationError as error:
            self._error(*_explain(error), event_id=_event_id(text))
            return
        try:
            self._handlers[type(event)](event)
        except (UnusableContent, UnusableSession) as error:
            self._error("invalid_value", str(error), event_id=event.event_id)
        except UnusableSound as error:
            self._error(error.code, str(error), event_id=event.event_id)
        except Exception as error:  # noqa: BLE001  told to the client; the connection goes on
            problem = problem_of(error)
            if problem.code == "internal_error":
                _LOG.exception("a client event failed")
            self._error(problem.code, problem.message, event_id=event.event_id)

    def _update_session(self, event: SessionUpdate) -> None:
        self._session.update(event.session)
        self._emit({"type": "session.updated", "session": self._session.value})

    def _retrieve_item(self, event: ItemRetrieve) -> None:
        if (item := self._conversation.get(event.item_id)) is None:
            self._no_such_item(event.event_id, event.item_id)
        else:
            self._emit({"type": "conversation.item.retrieved", "item": item})

    def _delete_item(self, event: ItemDelete) -> None:
        if self._conversation.delete(event.item_id):
            self._emit({"type": "conversation.item.deleted", "item_id": event.item_id})
        else:
            self._no_such_item(event.event_id, event.item_id)

    def _hear(self, data: bytes) -> None:
        """Take a binary frame: sound, once the client said what it is for."""
        if not self._listen.wants_sound:
            self._error("invalid_message", "Send JSON as text; sound after refrain.listen.start.")
            return
        try:
            self._listen.hear(data)
        except UnusableSound as error:
            self._error(error.code, str(error))

    def _take_audio(self, event: AudioAppend | AudioCommit | AudioClear) -> None:
        if self._listen.wants_sound:
            self._listen.audio(event)
        else:
            self._refuse_audio(event)

    def _refuse_audio(self, event: Any) -> None:
        self._error(
            "audio_not_supported",
            "Talking follows in a later version; send text with conversation.item.create, "
            "or refrain.listen.start before sound that is to be recognised.",
            event_id=event.event_id,
        )

    def _create_item(self, event: ItemCreate) -> None:
        item = item_from(event.item)
        if item["id"] in self._conversation:
            self._error(
                "item_id_already_exists",
                f"There is an item {item['id']!r} already.",
                event_id=event.event_id,
                param="item.id",
            )
            return
        after = event.previous_item_id
        if after is None:
            after = self._conversation.last_id()
        elif after == "root":
            after = None
        elif after not in self._conversation:
            self._no_such_item(event.event_id, after, param="previous_item_id")
            return
        before = self._conversation.insert(item, after=after)
        for kind in ("conversation.item.added", "conversation.item.done"):
            self._emit({"type": kind, "item": item, "previous_item_id": before})

    def _create_response(self, event: ResponseCreate) -> None:
        if self._active is not None:
            self._error(
                "conversation_already_has_active_response",
                f"Response {self._active[0].id} is still in progress; wait for response.done "
                "or cancel it.",
                event_id=event.event_id,
            )
            return
        options = event.response
        if not self._responses.allows("this"):
            self._error("rate_limited", "Too many responses; slow down.", event_id=event.event_id)
            return
        if options is not None and options.input is not None:
            items = [item_from(one) for one in options.input if isinstance(one, MessageItem)]
            text = "\n".join(text_of(item) for item in items if item["role"] == "user")
        else:
            text = self._conversation.take_unanswered()
        if not text.strip():
            self._error(
                "nothing_to_answer",
                "There is no user message to answer: create one with conversation.item.create.",
                event_id=event.event_id,
            )
            return
        metadata = dict((options and options.metadata) or {})
        keep = options is None or options.conversation == "auto"
        stream = ResponseStream(self._emit, self._conversation, metadata=metadata, keep=keep)
        self._active = (stream, asyncio.create_task(self._respond(stream, text)))

    def talk_about(self, identified: Identified) -> None:
        """Answer soon, in the conversation, what a clip is."""
        task = asyncio.create_task(self._respond_to_clip(identified))
        self._clips.add(task)
        task.add_done_callback(self._clips.discard)

    async def _respond_to_clip(self, identified: Identified) -> None:
        """Answer in the conversation as if the user had asked what the clip was."""
        while self._active is not None:
            await asyncio.wait({self._active[1]})
        self._microphones.give(self._session.id, identified.answer, identified.samples)
        item = item_from(
            MessageItem(
                type="message",
                role="user",
                content=(ContentPart(type="input_text", text=WHAT_IS_THIS),),
            )
        )
        before = self._conversation.append(item)
        for kind in ("conversation.item.added", "conversation.item.done"):
            self._emit({"type": kind, "item": item, "previous_item_id": before})
        self._create_response(ResponseCreate(type="response.create"))

    async def _respond(self, stream: ResponseStream, text: str) -> None:
        clip = self._microphones.given(self._session.id)
        try:
            async with asyncio.timeout(_TURN_TIMEOUT_S):
                async with contextlib.aclosing(self._run(text)) as events:
                    async for event in events:
                        stream.take(event)
            if not stream.ended:
                stream.fail("turn_incomplete", "The answer broke off.")
        except asyncio.CancelledError:
            stream.cancel()
        except TimeoutError:
            stream.fail("turn_too_long", "That took too long, so I gave up.")
        except Exception as error:  # noqa: BLE001  told to the client; the connection goes on
            problem = problem_of(error)
            if problem.code == "internal_error":
                _LOG.exception("a turn failed")
            stream.fail(problem.code, problem.message)
        finally:
            self._microphones.take_back(self._session.id, clip)
            self._active = None

    def _run(self, text: str) -> AsyncGenerator[AgentEvent, None]:
        return self._turns.run(text, session_id=self._session.id)

    def _cancel_response(self, event: ResponseCancel) -> None:
        active = self._active
        if active is None or event.response_id not in {None, active[0].id}:
            self._error(
                "response_cancel_not_active",
                "Cancellation failed: no active response found.",
                event_id=event.event_id,
            )
            return
        active[1].cancel()

    def _no_such_item(self, event_id: str | None, item_id: str, param: str = "item_id") -> None:
        self._error(
            "item_not_found", f"There is no item {item_id!r}.", event_id=event_id, param=param
        )

    def _error(
        self, code: str, message: str, *, event_id: str | None = None, param: str | None = None
    ) -> None:
        self._emit(
            {
                "type": "error",
                "error": {
                    "type": "invalid_request_error",
                    "code": code,
                    "message": message,
                    "param": param,
                    "event_id": event_id,
                },
            }
        )


def _event_id(text: str) -> str | None:
    """The id that the client gave its event, if one can be made out at all."""
    try:
        value = from_json(text)
    except ValueError:
        return None
    found = value.get("event_id") if isinstance(value, dict) else None
    return found if isinstance(found, str) and len(found) <= 512 else None


def _explain(error: ValidationError) -> tuple[str, str]:
    first = error.errors(include_url=False, include_context=False)[0]
    if first["type"] == "json_invalid":
        return "invalid_json", "The message is not valid JSON."
    if first["type"] in {"union_tag_invalid", "union_tag_not_found"} and len(first["loc"]) == 0:
        return "unknown_event", f"Unknown event: {str(first['msg'])[:200]}"
    place = ".".join(str(part) for part in first["loc"][1:])
    return "invalid_value", f"{place or 'message'}: {first['msg']}"[:500]
