"""The responses of one connection: one at a time, in words or with our voice, until cut short."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Protocol

from agent.events import AgentEvent
from server.auth.rate_limit import RateLimit
from server.errors import problem_of
from server.realtime.client_events import (
    MessageItem,
    ResponseCancel,
    ResponseCreate,
    ResponseOptions,
)
from server.realtime.client_tools import ClientTools
from server.realtime.conversation import Conversation, Item, item_from, were_spoken, words_of
from server.realtime.errors import NoSuchItem, Refused
from server.realtime.narration import Narration
from server.realtime.outgoing import ServerEvent
from server.realtime.reply import Reply, plain_turn
from server.realtime.response import CutBy, ResponseStream
from server.realtime.session_state import MODEL, SessionState
from server.realtime.voice_output import VoiceOutput
from server.recognition.microphones import Microphones
from voice.timing import TurnTiming

_LOG = logging.getLogger(__name__)
_TURN_TIMEOUT_S = 120.0
_REMEMBERED = 16
"""So many spoken replies can still be truncated."""
_NOT_HEARD = "I did not catch that. Please say it again."

Settled = Callable[[], Awaitable[None]]


class Turns(Protocol):
    """Who answers: the agent."""

    def run(
        self, text: str, *, session_id: str, speaker: str = "", spoken: bool = False
    ) -> AsyncGenerator[AgentEvent, None]: ...

    async def amend(self, session_id: str, spoken: str, *, turn_id: str = "") -> bool:
        """Remember of a reply only what was heard of it."""
        ...


class Responses:
    """Begins, tells, cuts and remembers responses. For one event loop."""

    def __init__(
        self,
        session: SessionState,
        conversation: Conversation,
        emit: Callable[[ServerEvent], None],
        *,
        turns: Turns,
        voice: VoiceOutput,
        microphones: Microphones,
        drop_sound: Callable[[str], None],
        changed: Callable[[], None],
        settled: Settled,
    ) -> None:
        """Begin with no response.

        Args:
            session: what the client wishes.
            conversation: its items.
            emit: takes each event.
            turns: answers.
            voice: makes sound of answers.
            microphones: hold the clip that a turn may be about.
            drop_sound: forgets the sound of a response that was not sent yet.
            changed: called when a response began or ended.
            settled: waits until everything that was said is transcribed.
        """
        self._session = session
        self._conversation = conversation
        self._emit = emit
        self._turns = turns
        self._voice = voice
        self._microphones = microphones
        self._drop_sound = drop_sound
        self._changed = changed
        self._settled = settled
        self._tools = ClientTools()
        self._active: tuple[Reply, asyncio.Task[None]] | None = None
        self._heard: TurnTiming | None = None
        self._spoken: OrderedDict[str, Reply] = OrderedDict()
        self._last_spoken: Reply | None = None
        self._spoken_turns: set[Reply] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._amending: set[asyncio.Task[None]] = set()
        self._limit = RateLimit(burst=30, per_s=2)

    @property
    def is_active(self) -> bool:
        return self._active is not None

    @property
    def is_spoken(self) -> bool:
        """Whether a response is active that answers something said aloud, or is spoken itself."""
        if self._active is None:
            return False
        reply = self._active[0]
        return reply in self._spoken_turns or reply.stream.modality == "audio"

    async def idle(self) -> None:
        """Wait until no response is active."""
        while self._active is not None:
            await asyncio.wait({self._active[1]})

    # What clients and turns ask for.

    def create(self, event: ResponseCreate) -> None:
        """Answer because the client asks for it.

        Raises:
            Refused: another one is active, there are too many, or nothing to answer.
        """
        if self._active is not None:
            raise Refused(
                "conversation_already_has_active_response",
                f"Response {self._active[0].stream.id} is still in progress; wait for "
                "response.done or cancel it.",
            )
        if not self._limit.allows("this"):
            raise Refused("rate_limited", "Too many responses; slow down.")
        options = event.response or ResponseOptions()
        given: tuple[Item, ...] | None = None
        if options.input is not None:
            given = tuple(item_from(one) for one in options.input if isinstance(one, MessageItem))
        if not (words_of(given) if given is not None else self._conversation.has_unanswered):
            raise Refused(
                "nothing_to_answer",
                "There is no user message to answer: create one with conversation.item.create.",
            )
        self._begin(options, given)

    def heard(self, timing: TurnTiming) -> None:
        """Something was said aloud; the next response answers it."""
        self._heard = timing

    def answer(self) -> None:
        """Answer what was just said aloud; what is still being answered gives way."""
        if self._active is not None:
            self.cut("turn_detected")
        self._begin(ResponseOptions(), None)

    def prompt(self, words: str) -> None:
        """Say something of our own accord."""
        if self._active is None:
            self._begin(ResponseOptions(), (), says=words)

    def cancel(self, event: ResponseCancel) -> None:
        """End the active response because the client asks for it.

        Raises:
            Refused: there is none.
        """
        if self._active is None or event.response_id not in {None, self._active[0].stream.id}:
            raise Refused(
                "response_cancel_not_active", "Cancellation failed: no active response found."
            )
        self.cut("client_cancelled")

    def cut(self, by: CutBy) -> None:
        """Be silent at once: end the active response, and what still sounds of the last one."""
        if self._active is None:
            self._silence()
            return
        (reply, task), self._active = self._active, None
        heard = None
        if reply.narration is not None:
            self._drop_sound(reply.stream.id)
            heard = reply.narration.stop()
        self._over(reply, "interrupted")
        reply.stream.cancel(by, heard=heard)
        task.cancel()
        if heard is not None:
            self._amend(reply, heard)
        self._changed()

    def truncate(self, item_id: str, audio_end_ms: float) -> None:
        """Only so much of an item was heard.

        Raises:
            Refused: it is not a spoken reply of ours, or one of long ago.
        """
        if item_id not in self._conversation:
            raise NoSuchItem(item_id)
        reply = self._spoken.get(item_id)
        if reply is None or reply.narration is None:
            raise Refused("invalid_value", "Only our own spoken messages can be truncated.")
        if self._active is not None and self._active[0] is reply:
            self.cut("client_cancelled")
        reply.narration.clock.reported(audio_end_ms, playing=False)
        if self._last_spoken is reply:
            self._voice.sounding.until(0.0)
        self._shorten(reply, reply.narration.ledger.text_until(audio_end_ms))

    def played(self, item_id: str, played_ms: float, *, playing: bool) -> None:
        """The client says how much of an item has sounded."""
        reply = self._spoken.get(item_id)
        if reply is not None and reply is self._last_spoken and reply.narration is not None:
            clock = reply.narration.clock
            clock.reported(played_ms, playing=playing)
            self._voice.sounding.until(clock.left_ms)

    async def close(self) -> None:
        """End everything; what was heard stays remembered."""
        self.cut("client_cancelled")
        self._voice.sounding.until(0.0)
        while tasks := self._tasks | self._amending:
            await asyncio.gather(*tasks, return_exceptions=True)

    # One response.

    def _begin(
        self, options: ResponseOptions, given: tuple[Item, ...] | None, *, says: str = _NOT_HEARD
    ) -> None:
        wishes = self._session.wishes
        speaks = wishes.speaks
        if options.output_modalities:
            speaks = "audio" in options.output_modalities and self._voice.can_speak
        stream = ResponseStream(
            self._emit,
            self._conversation,
            metadata=dict(options.metadata or {}),
            keep=options.conversation == "auto",
            modality="audio" if speaks else "text",
            audio={"output": self._session.value["audio"]["output"]} if speaks else None,
            tools_visible=self._session.shows_tools,
        )
        reply = Reply(stream, self._emit, done=self._done)
        task = asyncio.create_task(self._respond(reply, options, given, says))
        self._active = (reply, task)
        self._keep(task, self._tasks)
        self._changed()

    async def _respond(
        self, reply: Reply, options: ResponseOptions, given: tuple[Item, ...] | None, says: str
    ) -> None:
        stream = reply.stream
        clip = self._microphones.given(self._session.id)
        try:
            async with asyncio.timeout(_TURN_TIMEOUT_S):
                await self._settled()
                if self._amending:  # the agent has to find what was really said
                    await asyncio.wait(self._amending)
                items = given
                if items is None:
                    items = self._conversation.take_unanswered()
                    self._take_timing(reply)
                if stream.modality == "audio":
                    self._give_voice(reply)
                async with aclosing(self._turn(reply, options, items, says)) as events:
                    await reply.tell(events)
            if not stream.ended:
                stream.fail("turn_incomplete", "The answer broke off.")
        except asyncio.CancelledError:
            stream.cancel()
        except TimeoutError:
            self._fail(reply, "turn_too_long", "That took too long, so I gave up.")
        except Exception as error:  # noqa: BLE001  told to the client; the connection goes on
            problem = problem_of(error)
            if problem.code == "internal_error":
                _LOG.exception("a turn failed")
            self._fail(reply, problem.code, problem.message)
        finally:
            self._microphones.take_back(self._session.id, clip)
            reply.closed.set()
            if self._active is not None and self._active[0] is reply:
                self._active = None
                self._changed()

    def _take_timing(self, reply: Reply) -> None:
        if self._heard is not None:
            reply.timing, self._heard = self._heard, None
            self._spoken_turns.add(reply)

    def _give_voice(self, reply: Reply) -> None:
        delivery = self._voice.delivery(
            self._session.wishes, reply.timing, simply_done=lambda: reply.is_simply_done
        )
        reply.narration = Narration(reply.stream, delivery, begun=lambda: self._note_spoken(reply))

    def _turn(
        self, reply: Reply, options: ResponseOptions, items: tuple[Item, ...], says: str
    ) -> AsyncGenerator[AgentEvent, None]:
        """Who answers: the client's function, the agent, or a few words of ours."""
        text = words_of(items)
        outcomes = self._tools.outcomes(items)
        wishes = self._session.wishes
        choice = wishes.tool_choice if options.tool_choice is None else options.tool_choice
        call = self._tools.choose(text, wishes.functions, choice) if text else None
        if call is not None:
            reply.stream.call(call.call_id, call.name, call.arguments)
            return plain_turn("", MODEL)
        if text:
            return self._turns.run(
                text,
                session_id=self._session.id,
                speaker=(options.metadata or {}).get("speaker", "") or wishes.refrain.speaker,
                spoken=were_spoken(items),
            )
        if outcomes or any(item["type"] == "function_call_output" for item in items):
            return plain_turn(" ".join(outcomes), MODEL)
        return plain_turn(says, MODEL)

    def _fail(self, reply: Reply, code: str, message: str) -> None:
        self._over(reply, "failed")
        reply.stream.fail(code, message)

    def _done(self, reply: Reply) -> None:
        self._over(reply, "answered")

    def _over(self, reply: Reply, outcome: str) -> None:
        """Tell how long the stages of a spoken turn took, once."""
        if reply not in self._spoken_turns:
            return
        self._spoken_turns.discard(reply)
        self._voice.turn_over(reply.timing, outcome)
        self._emit(
            {
                "type": "refrain.timing",
                "response_id": reply.stream.id,
                "item_id": reply.stream.message_id,
                "outcome": outcome,
                "stages": reply.timing.stages_ms(),
            }
        )

    # What was really heard.

    def _note_spoken(self, reply: Reply) -> None:
        self._last_spoken = self._spoken[reply.stream.message_id] = reply
        while len(self._spoken) > _REMEMBERED:
            self._spoken.popitem(last=False)

    def _silence(self) -> None:
        """Stop what still sounds of a response that is complete."""
        reply = self._last_spoken
        if reply is None or reply.narration is None or not self._voice.sounding.now:
            return
        heard = reply.narration.stop()
        if heard != reply.narration.ledger.text:
            self._shorten(reply, heard)

    def _shorten(self, reply: Reply, heard: str) -> None:
        if (item := reply.item) is not None:
            item |= {
                "status": "incomplete",
                "content": [{"type": "output_audio", "transcript": heard}],
            }
        self._amend(reply, heard)

    def _amend(self, reply: Reply, heard: str) -> None:
        self._keep(asyncio.create_task(self._amended(reply, heard)), self._amending)

    async def _amended(self, reply: Reply, heard: str) -> None:
        await reply.closed.wait()
        if not (reply.turn_id and reply.has_words):
            return
        try:
            await self._turns.amend(self._session.id, heard, turn_id=reply.turn_id)
        except Exception:  # noqa: BLE001  the conversation goes on
            _LOG.exception("what was heard of a reply could not be remembered")

    def _keep(self, task: "asyncio.Task[None]", tasks: "set[asyncio.Task[None]]") -> None:
        tasks.add(task)
        task.add_done_callback(tasks.discard)
