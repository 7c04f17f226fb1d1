"""A conversation and what it remembers, kept in the database after every turn.

A session is our own small value and not a LangGraph checkpoint: a checkpointer writes every step of
every turn (measured: 8 to 40 CPU ms a turn, 22 MB after 190 turns) and would keep messages that
were never shown. What a language model needs of the past is rebuilt from the last messages.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from agent.events import NumberedResult
from knowledge.database import Database
from knowledge.people.belonging import mine, own_key
from knowledge.people.current import current_person
from knowledge.schema import sessions

logger = logging.getLogger(__name__)

MAX_MESSAGES = 40
MAX_STORED_SESSIONS = 500
MAX_AGE_S = 90 * 86_400.0
MAX_OFFERED = 60
_MAX_ID = 100
_STILL_SPOKEN_OF = 3
REQUESTS = frozenset(
    {
        *("play", "play_radio", "play_liked", "play_again", "search", "recommend", "similar_to"),
        *("more_like", "history_query", "queue", "queue_remove", "add_to_playlist", "like"),
        *("remove_from_playlist", "create_playlist", "rename_playlist", "dislike", "want_more"),
        *("want_less", "want_never", "volume_set", "volume_up", "volume_down", "seek"),
        *("sleep_timer", "alarm_set", "show_playlists", "what_is_playing"),
    }
)
"""Intents of which something can be corrected, or said again with another name in it."""
RECOGNIZE = "recognize"
"""The tool that names what sounds around the user."""


@dataclass(frozen=True, slots=True)
class Message:
    role: Literal["user", "assistant"]
    text: str
    results: tuple[NumberedResult, ...] = ()
    """The numbered list that came with the message."""
    turn: str = ""
    """Id of the turn that it belongs to; "" when that is not known."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the assistant asked last, and what to do with the answer."""

    kind: Literal["which", "offer", "wish"]
    """"which": choose one of `options`; "offer": yes or no to the first of them; "wish": what
    kind of music, one of `choices` or anything else in words."""
    tool: str
    arguments: dict[str, Any]
    """Of the call to make once the answer is there; the choice is added as a reference."""
    options: tuple[NumberedResult, ...]
    choices: tuple[str, ...] = ()
    """Answers in words, when no thing of the library is asked about."""
    asked_for: str = ""
    """The name that could mean several things; the answer is remembered for it."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What was talked about last: "that album", "her", "it"."""

    track_id: int | None = None
    album_id: int | None = None
    artist: str = ""
    playlist_id: int | None = None
    playlist: str = ""
    """Name of the playlist spoken of last, where its id is not known."""


@dataclass(frozen=True, slots=True)
class Undo:
    """A call that takes back what another one did."""

    tool: str
    arguments: dict[str, Any]
    confirmed: str = ""
    """Name of what it destroys: the user has just made it."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What one person's part of a conversation was about; another person has their own."""

    fields: dict[str, Any] = field(default_factory=dict)
    """Fields of `Session`, as it had them."""


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    messages: tuple[Message, ...] = ()
    results: tuple[NumberedResult, ...] = ()
    """The numbered list that "the second one" refers to."""
    chosen: int | None = None
    """Which number of it was played last."""
    question: Question | None = None
    focus: Focus = field(default_factory=Focus)
    last_played: tuple[int, ...] = ()
    """Track ids of the last thing played, for "play it again"."""
    offered: tuple[int, ...] = ()
    """Track ids recommended in this conversation, newest last."""
    last_intent: str = ""
    last_tool: str = ""
    last_arguments: dict[str, Any] = field(default_factory=dict)
    wished: dict[str, Any] = field(default_factory=dict)
    """Arguments of the last recommendation: "no vocals, please" changes that wish."""
    wished_at: int = 0
    """Number of the turn in which that was."""
    recognised: dict[str, str | int | float | bool] = field(default_factory=dict)
    """Facts of what was recognised last, or of the clip that could not be."""
    recognised_at: int = 0
    """Number of the turn in which that was."""
    turns: int = 0
    language: str = "en"
    """Code of the language that was spoken last; replies come in it."""
    speaker: str = ""
    """Who said last who is talking; "" when nobody did."""
    speaker_at: float = 0.0
    """When they did, or talked after that, where they act as themselves; Unix seconds."""
    verbosity: str = ""
    """How much is said, "less" or "more"; "" as the settings say."""
    threads: dict[str, Thread] = field(default_factory=dict)
    """What the others were speaking of, by name, while somebody else speaks."""
    listed_at: int = 0
    """Number of the turn in which the numbered list was shown or used last."""
    last_request: str = ""
    """The last request that asked for something, in English: a correction changes it."""
    undo: tuple[Undo, ...] = ()
    """What takes back the last turn that changed something, last call first."""
    undo_turn: int = -1
    """Number of that turn."""
    asides: tuple[str, ...] = ()
    """Wishes that hold until further notice: "nothing loud, the kids are asleep"."""
    answers: dict[str, str] = field(default_factory=dict)
    """Folded name to the reference that was chosen for it: it is not asked twice."""

    @property
    def has_recognised(self) -> bool:
        """Whether "it" is what was just recognised: nothing else was done since."""
        return self.last_tool == RECOGNIZE and bool(self.recognised)

    @property
    def speaks_of_recognising(self) -> bool:
        """Whether "are you sure?" is about what was recognised, a few turns ago at most."""
        return bool(self.recognised) and self.turns - self.recognised_at <= _STILL_SPOKEN_OF

    @property
    def speaks_of_wish(self) -> bool:
        """Whether "a bit slower" changes the last wish: it was made a few turns ago at most."""
        return bool(self.wished) and self.turns - self.wished_at <= _STILL_SPOKEN_OF

    def heard(self, text: str, *, turn: str = "") -> "Session":
        """The session after the user said `text`."""
        return self._with(Message("user", text, turn=turn))

    def said(
        self, text: str, results: tuple[NumberedResult, ...] = (), *, turn: str = ""
    ) -> "Session":
        """The session after the assistant really said `text`."""
        return self._with(Message("assistant", text, results, turn))

    def amended(self, spoken: str, *, turn: str = "") -> "Session":
        """The session when of a reply only `spoken` was heard before the user cut in.

        Args:
            spoken: what was heard; when it is empty the reply was never made. What was found,
                and is numbered on the page, can still be spoken of.
            turn: which reply; by default the one that ends the conversation so far. An earlier
                one is left alone, and so is everything when nothing was replied.
        """
        last = len(self.messages) - 1
        for place, message in enumerate(self.messages):
            wanted = message.turn == turn if turn else place == last
            if message.role == "assistant" and wanted:
                kept = (replace(message, text=spoken),) if spoken else ()
                after = self.messages[place + 1 :]
                return replace(self, messages=(*self.messages[:place], *kept, *after))
        return self

    def _with(self, message: Message) -> "Session":
        return replace(self, messages=(*self.messages, message)[-MAX_MESSAGES:])


_SESSION = TypeAdapter(Session)
_OWN = (
    *("results", "chosen", "question", "focus", "last_played", "offered", "last_intent"),
    *("last_tool", "last_arguments", "wished", "wished_at", "recognised", "recognised_at"),
    *("listed_at", "last_request", "undo", "undo_turn", "asides", "answers", "verbosity"),
)
"""Fields that belong to one speaker."""


def thread_of(session: Session) -> Thread:
    """What the present speaker's part of the conversation is about."""
    whole = asdict(session)
    return Thread({name: whole[name] for name in _OWN})


def with_thread(session: Session, thread: Thread) -> Session:
    """The session going on with `thread`; a fresh one where nothing is known."""
    fresh = Session(session.id)
    own = {name: thread.fields.get(name, getattr(fresh, name)) for name in _OWN}
    try:
        return _SESSION.validate_python({**_plain(session), **own})
    except ValidationError:
        logger.warning("a speaker's thread in session %s cannot be read", session.id)
        return replace(session, **{name: getattr(fresh, name) for name in _OWN})


def _plain(session: Session) -> dict[str, Any]:
    return {each.name: getattr(session, each.name) for each in fields(session)}


class SessionStore:
    """Sessions by person and id. Safe to use from one event loop; writes happen in a worker thread.

    Nobody reads a conversation of somebody else, whatever its id.
    """

    def __init__(self, database: Database) -> None:
        self.database = self._database = database
        self._locks: OrderedDict[str, asyncio.Lock] = OrderedDict()

    @asynccontextmanager
    async def turn(self, session_id: str) -> AsyncIterator[None]:
        """Hold the session: turns of one conversation follow each other, others run beside."""
        key = own_key(session_id)
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._locks.move_to_end(key)
        async with lock:
            yield
        for old in [key for key, each in self._locks.items() if not each.locked()][:-200]:
            del self._locks[old]

    def load(self, session_id: str) -> Session:
        """The session, or a fresh one when it is unknown or its row cannot be read."""
        with self._database.read() as connection:
            state = connection.execute(
                select(sessions.c.state).where(
                    mine(sessions), sessions.c.id == session_id[:_MAX_ID]
                )
            ).scalar()
        if state is None:
            return Session(session_id[:_MAX_ID])
        try:
            return _SESSION.validate_python(state)
        except ValidationError:
            logger.warning("session %s cannot be read; starting it afresh", session_id)
            return Session(session_id[:_MAX_ID])

    def save(self, session: Session) -> None:
        """Keep the session in one transaction, and let go of old ones."""
        row = {
            "person_id": current_person(),
            "id": session.id,
            "changed_at": time.time(),
            "state": _SESSION.dump_python(session, mode="json"),
        }
        statement = insert(sessions).values(row)
        with self._database.write() as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["person_id", "id"],
                    set_={"changed_at": row["changed_at"], "state": row["state"]},
                )
            )

    def amend_reply(self, session_id: str, spoken: str, *, turn: str = "") -> bool:
        """Make a reply what was heard of it, as `Session.amended` says; True when it changed.

        Call it while holding `turn`, so that no turn of the conversation is under way.
        """
        before = self.load(session_id)
        after = before.amended(" ".join(spoken.split()), turn=turn)
        if after == before:
            return False
        self.save(after)
        return True

    def prune(self, *, now: float | None = None) -> int:
        """Forget sessions older than `MAX_AGE_S`, and all but the newest of a person; how many."""
        oldest = (time.time() if now is None else now) - MAX_AGE_S
        newest = (
            select(sessions.c.id)
            .where(mine(sessions))
            .order_by(sessions.c.changed_at.desc())
            .limit(MAX_STORED_SESSIONS)
        )
        with self._database.write() as connection:
            gone = connection.execute(
                delete(sessions).where(
                    (sessions.c.changed_at < oldest)
                    | (mine(sessions) & sessions.c.id.not_in(newest))
                )
            )
        return gone.rowcount

    def recent(self, limit: int = 20) -> tuple[str, ...]:
        """The ids of the conversations held last, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(sessions.c.id)
                .where(mine(sessions))
                .order_by(sessions.c.changed_at.desc())
                .limit(limit)
            ).scalars()
            return tuple(rows)
