"""One answer: the agent's turn, told in words or with our voice while it is still thought out."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from uuid import uuid4

from agent.events import (
    AgentEvent,
    ReplyDelta,
    ToolFinished,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from server.errors import ServerError, problem_of
from server.realtime.conversation import Item
from server.realtime.errors import error_event
from server.realtime.narration import Narration
from server.realtime.outgoing import ServerEvent
from server.realtime.response import ResponseStream
from voice.errors import VoiceError
from voice.timing import Stage, TurnTiming

_TRANSPORT = "control_playback"
"""The tool whose success is plain to hear."""


class Reply:
    """One response while it is made, and for as long as it can be cut short."""

    def __init__(
        self,
        stream: ResponseStream,
        emit: Callable[[ServerEvent], None],
        *,
        done: Callable[["Reply"], None],
    ) -> None:
        """Wait for `tell`.

        Args:
            stream: writes it.
            emit: takes events that are not the stream's.
            done: called when everything was told, before the response ends.
        """
        self.stream = stream
        self.timing = TurnTiming()
        self.narration: Narration | None = None
        """How it is spoken; None when it is told in writing."""
        self.turn_id = ""
        """Of the agent's turn; "" when the agent has no part in it."""
        self.has_words = False
        """Whether the agent has said anything, so that there is something to amend."""
        self.closed = asyncio.Event()
        """The agent's turn is over and remembered."""
        self._emit = emit
        self._done = done
        self._tools: list[tuple[str, str]] = []

    @property
    def item(self) -> Item | None:
        """The message, once it has begun."""
        return self.stream.message

    @property
    def is_simply_done(self) -> bool:
        """Whether the player was steered, with success, and nothing else was done."""
        return bool(self._tools) and all(one == (_TRANSPORT, "found") for one in self._tools)

    async def tell(self, events: AsyncIterator[AgentEvent]) -> None:
        """Tell a turn until its end; closing the turn is up to the caller."""
        if self.narration is None:
            async for event in events:
                self._note(event)
                if isinstance(event, TurnFinished | TurnFailed):
                    self._over()
                self.stream.take(event)
            return
        failed = await self._speak(events, self.narration)
        if self.stream.ended:
            return
        self._over()
        if failed is not None:
            self.stream.take(failed)
        else:
            self._tell_reading(self.narration)
            self.stream.finish()

    async def _speak(
        self, events: AsyncIterator[AgentEvent], narration: Narration
    ) -> TurnFailed | None:
        """Speak while the turn goes on; returns how it failed, if it did."""
        failed: TurnFailed | None = None
        speaking = asyncio.create_task(narration.run())
        try:
            async for event in events:
                self._note(event)
                if isinstance(event, TurnFailed):
                    failed = event
                    narration.feed(event.message)
                else:
                    self.stream.take(event)
                if isinstance(event, ReplyDelta):
                    narration.feed(event.text, event.language)
                elif isinstance(event, TurnFinished) and not narration.written:
                    narration.feed(event.reply)
            narration.end()
            await speaking
        except (VoiceError, ServerError) as error:
            problem = problem_of(error)
            self._emit(error_event(problem.code, problem.message, kind="server_error"))
            narration.tell_unsaid()
        finally:
            speaking.cancel()
            await asyncio.wait([speaking])  # unlike awaiting it, this hides no cancelling of ours
        return failed

    def _tell_reading(self, narration: Narration) -> None:
        written = narration.written.strip()
        if written and written != narration.ledger.text:
            self._emit(
                {
                    "type": "refrain.reply",
                    "response_id": self.stream.id,
                    "item_id": self.stream.message_id,
                    "text": written,
                }
            )

    def _note(self, event: AgentEvent) -> None:
        match event:
            case TurnStarted(turn_id=turn_id):
                self.turn_id = turn_id
            case ToolFinished(name=name, result=result):
                self.timing.mark(Stage.TOOL)
                self._tools.append((name, result.kind))
            case ReplyDelta():
                self.timing.mark(Stage.FIRST_WORD)
                self.has_words = True
            case _:
                pass

    def _over(self) -> None:
        self.timing.mark(Stage.DONE)
        self._done(self)


async def plain_turn(text: str, model: str) -> AsyncGenerator[AgentEvent, None]:
    """Words that are no work of the agent, as the events of a turn."""
    if text:
        yield ReplyDelta(text)
    yield TurnFinished(uuid4().hex[:12], text, model, 0.0)
