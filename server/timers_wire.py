"""Timers as they go over the wire."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.models import Queue
from knowledge.timers.models import Alarm, SleepTimer, Timer, TimerNews
from knowledge.timers.store import TimerStore
from tools.place import queue_of
from tools.players.rooms import Rooms
from tools.timer_facts import facts_of

_OUT = ConfigDict(frozen=True)
_NEWS_SHOWN = timedelta(days=2)
_Words = Annotated[str, Field(max_length=300)]


class TimerOut(BaseModel):
    """A sleep timer or an alarm."""

    model_config = _OUT
    id: int
    kind: Literal["sleep", "alarm"]
    at: datetime | None
    """When it is due; null for a sleep timer that waits for the music."""
    in_s: int | None
    """In how many seconds, by the clock of the server."""
    clock: str
    """What the clock of the server shows then, "06:45"; "" when `at` is null."""
    until: str
    """Of a sleep timer: "time", "song", "songs", "album" or "queue"."""
    songs: int
    """Of "songs": how many still play, the current one counted."""
    after: str
    """Name of the song or album that it waits for."""
    weekdays: tuple[int, ...]
    """Of an alarm: on which days again and again, 0 is Monday; empty: once."""
    music: str
    """Of an alarm: what it plays; "" is music that the user likes."""
    volume: int | None
    player: str
    room: str
    """Of a sleep timer: in which room the music stops; "" is the music of no room."""

    @classmethod
    def of(cls, timer: Timer, now: datetime, queue: Queue) -> "TimerOut":
        facts = facts_of(timer, now, queue)
        alarm = timer if isinstance(timer, Alarm) else None
        return cls(
            id=timer.id,
            kind="sleep" if alarm is None else "alarm",
            at=timer.at,
            in_s=None if timer.at is None else int(facts["in_s"]),
            clock=str(facts.get("clock", "")),
            until=str(facts.get("until", "")),
            songs=int(facts.get("songs", 0)),
            after=str(facts.get("song", facts.get("album", ""))),
            weekdays=() if alarm is None else tuple(sorted(alarm.weekdays)),
            music="" if alarm is None else alarm.music.label,
            volume=None if alarm is None else alarm.volume,
            player="" if alarm is None else alarm.player,
            room=timer.room if isinstance(timer, SleepTimer) else "",
        )


class TimerNewsOut(BaseModel):
    """What became of a timer."""

    model_config = _OUT
    id: int
    at: datetime
    timer_id: int
    kind: Literal["rang", "missed", "failing", "stopped"]
    clock: str
    """When it was due, by the clock of the server; "" when it waited for the music."""
    music: str
    reason: str

    @classmethod
    def of(cls, news: TimerNews) -> "TimerNewsOut":
        return cls(
            id=news.id,
            at=news.at,
            timer_id=news.timer_id,
            kind=news.kind.value,
            clock="" if news.due_at is None else f"{news.due_at:%H:%M}",
            music=news.music,
            reason=news.reason,
        )


class TimersOut(BaseModel):
    """Everything that is set, and what became of timers in the last two days, newest first."""

    model_config = _OUT
    now: datetime
    """The clock of the server, so that a page can count down by its own."""
    timers: tuple[TimerOut, ...]
    news: tuple[TimerNewsOut, ...]

    @classmethod
    def of(cls, store: TimerStore, rooms: Rooms | None) -> "TimersOut":
        """Read what is set. Queries the database: call it in a worker thread.

        Without `rooms` it is not said what plays where.
        """
        now = store.clock()

        def queue(timer: Timer) -> Queue:
            if rooms is None:
                return Queue()
            return queue_of(timer.room if isinstance(timer, SleepTimer) else "", rooms)

        return cls(
            now=now,
            timers=tuple(TimerOut.of(timer, now, queue(timer)) for timer in store.all()),
            news=tuple(TimerNewsOut.of(news) for news in store.news(now - _NEWS_SHOWN, 10)),
        )


class TimerIn(BaseModel):
    """A timer to set, its time and music in words."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["sleep", "alarm"]
    when: _Words = ""
    """"in 20 minutes", "at 23:00", "every weekday at 6:45", or ISO 8601."""
    after: Literal["", "song", "songs", "album", "queue"] = ""
    """Of a sleep timer, instead of a time."""
    songs: Annotated[int | None, Field(ge=1, le=100)] = None
    music: _Words = ""
    """Of an alarm: a name or a wish; "" is music that the user likes."""
    playlist: _Words = ""
    """Of an alarm: the name of a playlist."""
    refs: Annotated[tuple[str, ...], Field(max_length=200)] = ()
    """Of an alarm: references such as "album:3"."""
    volume: Annotated[int | None, Field(ge=0, le=100)] = None
    player: _Words = ""
    room: _Words = ""
    """In which room the music stops, or plays; "" is the music of no room."""
    fade_s: Annotated[float | None, Field(ge=0, le=600)] = None

    def arguments(self) -> dict[str, Any]:
        """What the tool `set_timer` is called with."""
        named = {
            "wish": self.music,
            "playlist": self.playlist,
            "refs": list(self.refs),
            "volume": self.volume,
            "player": self.player,
        }
        given = {
            "when": self.when,
            "after": self.after,
            "songs": self.songs,
            "fade_s": self.fade_s,
            "room": self.room,
            **(named if self.kind == "alarm" else {}),
        }
        return {"action": self.kind} | {
            key: one for key, one in given.items() if one not in ("", None, [])
        }
