"""One client on the WebSocket: reads its events, answers them, tells it what changes."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Any, Protocol

from pydantic import ValidationError
from pydantic_core import to_json
from starlette.websockets import WebSocket, WebSocketDisconnect

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
from server.realtime.conversation import Conversation, item_from, new_id
from server.realtime.errors import Refused, error_event, event_id_of, explain
from server.realtime.listen_link import Emit, ListenLink, Respond
from server.realtime.outgoing import Outgoing, ServerEvent
from server.realtime.pace import Allowance
from server.realtime.permitted_events import EventGate
from server.realtime.session_state import Modality, SessionState
from server.realtime.talk_link import TalkLink, TalkParts
from server.recognition.identification import Identified

_LOG = logging.getLogger(__name__)
MAX_MESSAGE_BYTES = 1_000_000
_BURST_BYTES = 16_000_000
_BYTES_PER_S = 1_500_000.0
"""Four times the sound of 48 kHz in base64, after a burst."""
_SEND_TIMEOUT_S = 20.0
_IDLE_TIMEOUT_S = 12 * 3600.0
_MAX_REFUSED = 200
"""After so many messages above the rate the connection is closed."""

_OUR_EVENTS = "refrain."

POLICY_VIOLATION = 1008
GOING_AWAY = 1001

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
        parts: TalkParts,
        *,
        session_id: str,
        modality: Modality,
        knows_us: bool,
        greet: Callable[[Outgoing], None],
        begins: dict[str, Any] | None = None,
        gate: EventGate,
        page: Callable[[Outgoing], PageLink],
        listen: Callable[[Emit, Respond], ListenLink],
    ) -> None:
        """Greet the client.

        Args:
            socket: accepted.
            parts: of the installation.
            session_id: the conversation.
            modality: how we answer until the client says otherwise.
            knows_us: whether the client wants our own events beside OpenAI's.
            greet: called once when it does.
            begins: what was wished of the session when the client's key was made.
            gate: knows what this client may.
            page: makes the link to the player that a page can be.
            listen: makes the link to recognition.
        """
        self.outgoing = Outgoing()
        self._socket = socket
        self._parts = parts
        self._gate = gate
        self._page = page(self.outgoing)
        self._greet = greet
        self._session = SessionState(
            session_id,
            modality=modality,
            can_speak=lambda: parts.speech.speaking_problem is None,
        )
        if begins is not None:
            self._session.update(begins)
        self._conversation = Conversation()
        self._listen = listen(self._emit, self._respond_to_clip)
        self._talk = TalkLink(
            self._session,
            self._conversation,
            self._emit,
            parts,
            listen=self._listen,
            drop_sound=self.outgoing.drop_sound,
            hang_up=self.outgoing.close_after_all,
            owner=new_id("voice"),
        )
        self._clips: set[asyncio.Task[None]] = set()
        self._handlers: dict[type, Callable[[Any], None]] = {
            SessionUpdate: self._update_session,
            ItemCreate: self._talk.items.create,
            ItemRetrieve: self._talk.items.retrieve,
            ItemDelete: self._talk.items.delete,
            ItemTruncate: self._talk.truncate,
            ResponseCreate: self._talk.responses.create,
            ResponseCancel: self._talk.responses.cancel,
            AudioAppend: self._talk.append,
            AudioCommit: self._talk.commit,
            AudioClear: self._talk.clear,
            OutputClear: self._talk.clear_output,
            TalkStart: self._talk.talk,
            TalkStop: self._talk.stop_talk,
            PlaybackReport: self._talk.report,
            ListenOffer: self._listen.offer,
            ListenStart: self._start_listening,
            ListenStop: self._listen.stop,
            ListenRefuse: self._listen.refuse,
            PlayerAttach: lambda event: self._page.attach(event.name),
            PlayerClaim: lambda _: self._page.claim(),
            PlayerReport: lambda event: self._page.report(
                event.model_dump(mode="python", exclude={"event_id"})
            ),
        }
        self._bytes = Allowance(burst=_BURST_BYTES, per_s=_BYTES_PER_S)
        self._messages = RateLimit(burst=100, per_s=40)
        self._sounds = RateLimit(burst=2_000, per_s=250)
        self._refused = 0
        self._emit({"type": "session.created", "session": self._session.value})
        if knows_us:
            self._get_to_know()

    async def serve(self) -> None:
        """Talk until the client leaves, is too slow, or breaks the rules."""
        sender = asyncio.create_task(self._send())
        reader = asyncio.create_task(self._read())
        try:
            await asyncio.wait({sender, reader}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._page.detach()
            tasks = [sender, reader, *self._clips]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._talk.close()
            await self._listen.close()
            with contextlib.suppress(RuntimeError, OSError, WebSocketDisconnect):
                await self._socket.close(POLICY_VIOLATION if self.outgoing.overflowed else 1000)

    def _emit(self, event: ServerEvent) -> None:
        if self._session.knows_us or not event["type"].startswith(_OUR_EVENTS):
            self.outgoing.put({"event_id": new_id("event"), **event})

    def _get_to_know(self) -> None:
        """The client named something of ours: from now on it is told what only we tell."""
        if not self._session.knows_us:
            self._session.knows_us = True
            self._greet(self.outgoing)

    async def _send(self) -> None:
        while (message := await self.outgoing.next()) is not None:
            message.setdefault("event_id", new_id("event"))
            try:
                async with asyncio.timeout(_SEND_TIMEOUT_S):
                    await self._socket.send_text(to_json(message, fallback=str).decode())
            except (TimeoutError, WebSocketDisconnect, RuntimeError, OSError):
                return

    async def _read(self) -> None:
        while self._refused <= _MAX_REFUSED:
            try:
                async with asyncio.timeout(_IDLE_TIMEOUT_S):
                    message = await self._socket.receive()
            except TimeoutError:
                return
            if message["type"] == "websocket.disconnect":
                return
            text, data = message.get("text"), message.get("bytes") or b""
            if len(text or data) > MAX_MESSAGE_BYTES:
                self._error("too_large", f"A message may have {MAX_MESSAGE_BYTES} bytes at most.")
            elif not self._bytes.allows(len(text or data)):
                self._slow_down()
            elif text is not None:
                self._take(text)
            elif self._sounds.allows("this"):
                self._handle(self._talk.frame, data, None)
            else:
                self._slow_down()

    def _slow_down(self) -> None:
        self._refused += 1
        self._error("rate_limited", "Too many messages; slow down.")

    def _take(self, text: str) -> None:
        try:
            event = CLIENT_EVENT.validate_json(text)
        except ValidationError as error:
            if self._messages.allows("this"):
                self._error(*explain(error), event_id=event_id_of(text))
            else:
                self._slow_down()
            return
        is_sound = isinstance(event, AudioAppend)
        limit = self._sounds if is_sound else self._messages
        if limit.allows("this") and (is_sound or not self._gate.is_too_often()):
            if event.type.startswith(_OUR_EVENTS):
                self._get_to_know()
            self._handle(self._act, event, event.event_id)
        else:
            self._slow_down()

    def _act(self, event: Any) -> None:
        self._gate.check(event)
        self._handlers[type(event)](event)

    def _handle(self, handler: Callable[[Any], None], value: Any, event_id: str | None) -> None:
        try:
            handler(value)
        except Refused as error:
            self._error(error.code, str(error), event_id=event_id, param=error.param)
        except Exception as error:  # noqa: BLE001  told to the client; the connection goes on
            problem = problem_of(error)
            if problem.code == "internal_error":
                _LOG.exception("a client event failed")
            said = f"{problem.message} {problem.next_step}".strip()
            self._error(problem.code, said, event_id=event_id)

    def _update_session(self, event: SessionUpdate) -> None:
        self._session.update(event.session)
        if "refrain" in event.session:
            self._get_to_know()
            if room := self._session.wishes.refrain.room:
                self._parts.stands_in(room)
        self._emit({"type": "session.updated", "session": self._session.value})
        self._talk.updated()

    def _start_listening(self, event: ListenStart) -> None:
        self._talk.check_rate(event.sample_rate)
        self._listen.start(event)

    def talk_about(self, identified: Identified) -> None:
        """Answer soon, in the conversation, what a clip is."""
        task = asyncio.create_task(self._respond_to_clip(identified))
        self._clips.add(task)
        task.add_done_callback(self._clips.discard)

    async def _respond_to_clip(self, identified: Identified) -> None:
        """Answer in the conversation as if the user had asked what the clip was."""
        await self._talk.responses.idle()
        self._parts.microphones.give(
            self._session.id, identified.answer, identified.samples, identified.hum
        )
        item = item_from(
            MessageItem(
                type="message",
                role="user",
                content=(ContentPart(type="input_text", text=WHAT_IS_THIS),),
            )
        )
        self._talk.items.tell(item, self._conversation.append(item))
        self._handle(self._talk.responses.create, ResponseCreate(type="response.create"), None)

    def _error(
        self, code: str, message: str, *, event_id: str | None = None, param: str | None = None
    ) -> None:
        self._emit(error_event(code, message, param=param, event_id=event_id))
