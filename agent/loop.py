"""A turn: from what was said to events that tell what happened, in the order in which it did."""

import asyncio
import logging
import time
import unicodedata
from collections.abc import AsyncGenerator, Awaitable, Coroutine
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage

from agent.acting import Acting, Speakers, acting_in, after, nobody, run_as
from agent.errors import AgentError, InputEmpty, InputTooLong, ModelUnavailable
from agent.events import AgentEvent, ReplyDelta, TurnFailed, TurnFinished, TurnStarted
from agent.graph import build_graph
from agent.models import ModelSettings, open_model
from agent.names import LibraryNames
from agent.offline import OFFLINE, OfflineModel
from agent.planner import Planner, Understands
from agent.plans.speaking import introduced
from agent.prompts.context import conversation
from agent.replies.manner import Style
from agent.reply_language import reply_language
from agent.session import Session, SessionStore
from agent.speakers import person_name, spoken_by
from agent.telling import Telling
from agent.turn import Turn
from agent.understanding import Intent, Understander
from knowledge.people.current import HOUSEHOLD, acting_as, current_person
from tools.context import ToolServices
from tools.place import services_meant

logger = logging.getLogger(__name__)

_T = TypeVar("_T")

MAX_INPUT = 2_000
"""Characters of one request; a spoken minute is about 900."""
_RECURSION = 40
_PRUNE_EVERY = 200
_ANSWERED = {str(Intent.DENY), str(Intent.CANCEL), str(Intent.REJECT_ALL)}
_STREAMS = ["messages", "updates", "custom"]


class Agent:
    """Takes turns of conversations: of one conversation one by one, of several at once."""

    def __init__(
        self,
        services: ToolServices,
        *,
        sessions: SessionStore,
        model: ModelSettings | None = None,
        understander: Understands | None = None,
        chat_model: BaseChatModel | None = None,
        style: Style | None = None,
        speakers: Speakers = nobody,
    ) -> None:
        """Load the offline model, and the language model when `model` names one.

        A language model that cannot be used is no reason to fall silent: the offline model then
        answers alone, and `problem` says why.

        `chat_model` takes the place of the one that `model` would open, and goes by its name.
        `style` is how replies are worded; by default in the language of the request, warmly.
        `speakers` finds people who act as themselves at a device of all when they say their name.
        """
        self._services = services
        self._sessions = sessions
        self._style = style or Style()
        self._speakers = speakers
        services.wish_of("music")  # reads its words now, and not within the first request
        names = LibraryNames(services.catalog, services.playlists)
        self._understander = understander or Understander(names)
        self._planner = Planner(self._understander)
        offline = OfflineModel.deciding_with(self._planner)
        self.problem: ModelUnavailable | None = None
        """Why the configured language model is not used, if it is not."""
        self._graph, self._speaks_alone = build_graph(offline), True
        if model is not None and not model.is_offline:
            try:
                self._graph = build_graph(
                    offline,
                    model=chat_model or open_model(model),
                    name=model.name,
                    timeout_s=model.timeout_s,
                    speaks=model.speaks,
                )
                self._speaks_alone = False
            except ModelUnavailable as error:
                logger.warning("%s", error)
                self.problem = error
        self._turns = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(
        self, text: str, *, session_id: str, speaker: str = "", spoken: bool = False
    ) -> AsyncGenerator[AgentEvent]:
        """Take one turn. Closing the iterator ends the turn; only what was said is remembered.

        Args:
            text: what was said.
            session_id: the conversation, usually that of a device.
            speaker: who said it, where the client knows; each has a thread of their own in the
                conversation. "": whoever spoke last.
            spoken: whether it was spoken and not typed.

        Never raises for what goes wrong in the turn: it then ends with `TurnFailed`.
        """
        turn_id, person = uuid4().hex[:12], current_person()
        try:
            said = _checked(text)
        except AgentError as error:
            yield TurnFailed(turn_id, error.code, str(error))
            return
        waiting = True
        try:
            async with self._sessions.turn(session_id):
                services = services_meant(self._services, session_id)
                turn = Turn(turn_id, said, Session(session_id), services, spoken=spoken)
                turn.style = self._style
                name = person_name(speaker)
                acting = await asyncio.to_thread(self._acting, session_id, name, said)
                taken = self._take(turn, name if acting is None else acting.name)
                async with aclosing(
                    taken if acting is None else run_as(acting.person, taken)
                ) as events:
                    waiting = False  # from here on the turn itself keeps what was said
                    async for event in events:
                        yield event
                if acting is not None:
                    await asyncio.to_thread(self._went_on, turn.session, acting)
        finally:
            if waiting:  # ended before it began
                with acting_as(person):
                    self._later(self.remember(said, session_id=session_id))

    async def amend(self, session_id: str, spoken: str, *, turn_id: str = "") -> bool:
        """Remember of a reply only what was heard of it before the user cut in.

        Waits for a turn of this conversation that is still under way, so close that one first,
        and begins before any turn that is asked for later.

        Args:
            session_id: the conversation.
            spoken: what was heard; empty when it was nothing.
            turn_id: of `TurnStarted`; by default the reply that the conversation ends with.

        Returns:
            Whether what is remembered changed.
        """
        async with self._sessions.turn(session_id):
            amend = partial(self._sessions.amend_reply, session_id, spoken, turn=turn_id)
            acting = await asyncio.to_thread(self._acting, session_id)
            with acting_as(current_person() if acting is None else acting.person):
                return await _to_the_end(asyncio.to_thread(amend))

    async def remember(self, text: str, *, session_id: str) -> None:
        """Keep what the user said although it will not be answered."""
        try:
            said = _checked(text)
        except AgentError:
            return
        async with self._sessions.turn(session_id):
            await _to_the_end(self._keep(Turn("", said, Session(session_id), self._services), None))

    async def _take(self, turn: Turn, speaker: str) -> AsyncGenerator[AgentEvent]:
        """The turn itself. Whenever it is ended, what was said on both sides stays said."""
        started, loaded, finished = time.process_time(), False, False
        # Who gives the turn up without closing it leaves that to whatever runs then, for whomever.
        person = current_person()
        spoken: list[str] = []
        try:
            yield TurnStarted(turn.id, turn.text)
            session = await asyncio.to_thread(self._load, turn.session.id)
            turn.session = spoken_by(session, speaker)
            loaded = True
            async with aclosing(self._events(turn)) as events:
                async for event in events:
                    if isinstance(event, ReplyDelta):
                        spoken.append(event.text)
                    yield event
            finished = True
        except Exception:
            logger.exception("turn %s failed", turn.id)
            yield TurnFailed(
                turn.id, "turn_failed", "Something went wrong inside Refrain. Please try again."
            )
        finally:
            with acting_as(person):
                await _to_the_end(self._keep(turn, "".join(spoken) if loaded else None))
        if finished:
            cpu_ms = (time.process_time() - started) * 1000
            yield TurnFinished(
                turn.id, "".join(spoken).strip(), turn.planned_by or turn.model or OFFLINE, cpu_ms
            )

    def _load(self, session_id: str) -> Session:
        try:
            return self._sessions.load(session_id)
        except Exception:
            logger.exception("session %s cannot be loaded", session_id)
            return Session(session_id)

    def _acting(self, session_id: str, speaker: str = "", said: str = "") -> Acting | None:
        """Who speaks as themselves, in a conversation of the household.

        The client knows, or they say so: "this is Anna, play my favourites" is hers already.
        """
        if current_person() != HOUSEHOLD or self._speakers is nobody:
            return None
        session = self._load(session_id)
        if said and not speaker:
            speaker = introduced(said, session, self._understander)
        return acting_in(session, speaker, self._speakers, now=time.time())

    def _went_on(self, theirs: Session, acting: Acting) -> None:
        """Remember at the device who speaks there."""
        shared = self._load(theirs.id)
        self._sessions.save(after(shared, theirs, acting, now=time.time()))

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _events(self, turn: Turn) -> AsyncGenerator[AgentEvent]:
        """Run the graph and pass on what happens, words only once they are proven."""
        turn.said = self._planner.read(turn)
        turn.language = reply_language(turn.said, turn.text, before=turn.session.language)
        telling = Telling(turn)
        stream = self._graph.astream(
            {"messages": self._messages(turn)},
            context=turn,
            stream_mode=_STREAMS,
            config={"recursion_limit": _RECURSION},
        )
        async with aclosing(stream) as items:
            async for mode, item in items:
                for event in telling.events(mode, item):
                    yield event
        for event in telling.end():
            yield event

    def _messages(self, turn: Turn) -> list[BaseMessage]:
        if self._speaks_alone:
            return [HumanMessage(turn.text)]
        return conversation(turn)

    async def _keep(self, turn: Turn, spoken: str | None) -> None:
        """Save the session after `turn`; `spoken` is None when it was never loaded."""
        if spoken is None:
            turn.session = await asyncio.to_thread(self._load, turn.session.id)
        session = _after(turn, (spoken or "").strip())
        try:
            await asyncio.to_thread(self._sessions.save, session)
            self._turns += 1
            if self._turns % _PRUNE_EVERY == 1:
                await asyncio.to_thread(self._sessions.prune)
        except Exception:
            logger.exception("session %s cannot be saved", session.id)


async def _to_the_end(work: Awaitable[_T]) -> _T:
    """Finish `work` even when whoever waits for it is cancelled, and only then go.

    The conversation is held until it is done: the next turn finds what this one left.
    """
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            if task.cancelled():
                raise
            cancelled = error
    if cancelled is not None:
        raise cancelled
    return task.result()


def _after(turn: Turn, spoken: str) -> Session:
    """The session once the turn is over."""
    before = turn.session
    session = before.heard(turn.text, turn=turn.id)
    if spoken:
        listed = any(o.tool != "now_playing" for o in turn.outcomes)
        session = session.said(spoken, before.results if listed else (), turn=turn.id)
    intent = turn.plan.intent if turn.plan is not None else ""
    question = before.question
    if intent in _ANSWERED and not turn.outcomes:
        question = None
    return replace(
        session,
        turns=before.turns + 1,
        last_intent=intent,
        question=question,
        language=turn.language,
    )


def _checked(text: str) -> str:
    """What was said, on one line and without control characters.

    Raises:
        InputEmpty: there is nothing in it.
        InputTooLong: there is too much in it.
    """
    if len(text) > MAX_INPUT:
        raise InputTooLong(f"That is too long: at most {MAX_INPUT:,} characters, please.")
    kept = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    said = " ".join(kept.split())
    if not said:
        raise InputEmpty("I heard nothing. Say what you would like to hear.")
    return said
