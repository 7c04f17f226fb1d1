"""Where sleep timers and alarms are kept: nothing of them is lost when the program is killed."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from knowledge.database import Database
from knowledge.errors import TimersFull
from knowledge.people.belonging import mine
from knowledge.people.current import PersonId, current_person
from knowledge.schema_timers import timer_news, timers
from knowledge.timers.models import Alarm, NewsKind, SleepTimer, Timer, TimerId, TimerNews
from knowledge.timers.rows import news_of, row_of, timer_of
from knowledge.timers.schedule import rung
from knowledge.times import local_now

_LOG = logging.getLogger(__name__)
MAX_ALARMS = 100
_NEWS_KEPT = timedelta(days=14)
_AnyTimer = TypeVar("_AnyTimer", SleepTimer, Alarm)


class TimerStore:
    """Reads and writes timers. Synchronous and safe to share; each call is one transaction.

    Everybody sees their own; whoever lets them ring asks for `everybodys`.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime] = local_now) -> None:
        """Keep timers in `database`; `clock` gives the present local time, with its zone."""
        self._database = database
        self.clock = clock
        self._listeners: list[Callable[[PersonId], None]] = []
        self._lock = Lock()

    def listen(self, listener: Callable[[PersonId], None]) -> None:
        """Be told after each change whose timer it was, on the thread that made it, at once."""
        with self._lock:
            self._listeners.append(listener)

    def all(self) -> tuple[Timer, ...]:
        """Every timer of a person: the sleep timer first, alarms by their next time."""
        return self._read(select(timers).where(mine(timers)))

    def everybodys(self) -> tuple[Timer, ...]:
        """The timers of all people, in the same order."""
        return self._read(select(timers))

    def _read(self, wanted: Select[Any]) -> tuple[Timer, ...]:
        zone = self.clock().tzinfo
        with self._database.read() as connection:
            rows = connection.execute(wanted.order_by(timers.c.at, timers.c.id)).all()
        found = [timer for row in rows if (timer := timer_of(row, zone)) is not None]
        return tuple(sorted(found, key=lambda timer: isinstance(timer, Alarm)))

    def sleep(self, room: str = "") -> SleepTimer | None:
        """The sleep timer that is set in a room, if any; "" is the music of no room."""
        return next((one for one in self.sleeps() if one.room == room), None)

    def sleeps(self) -> tuple[SleepTimer, ...]:
        """The sleep timers of all rooms."""
        return tuple(one for one in self.all() if isinstance(one, SleepTimer))

    def alarms(self) -> tuple[Alarm, ...]:
        """The alarms, the next one first."""
        return tuple(one for one in self.all() if isinstance(one, Alarm))

    def set_sleep(self, timer: SleepTimer) -> SleepTimer:
        """Keep a sleep timer in place of the one before in its room, with its new id.

        There is one for the music of each room: the last word counts, whoever said it.
        """
        with self._database.write() as connection:
            set_before = connection.execute(
                select(timers.c.id, timers.c.what).where(timers.c.kind == "sleep")
            )
            gone = [row.id for row in set_before if row.what.get("room", "") == timer.room]
            connection.execute(delete(timers).where(timers.c.id.in_(gone)))
            kept = self._add(connection, timer)
        self._tell(timer.person)
        return kept

    def add_alarm(self, alarm: Alarm) -> Alarm:
        """Keep a new alarm, with its id.

        Raises:
            TimersFull: too many are set.
        """
        with self._database.write() as connection:
            count = connection.execute(
                select(func.count())
                .select_from(timers)
                .where(mine(timers), timers.c.kind == "alarm")
            ).scalar_one()
            if count >= MAX_ALARMS:
                raise TimersFull(f"{MAX_ALARMS} alarms are set, and that is as many as can be.")
            kept = self._add(connection, alarm)
        self._tell(alarm.person)
        return kept

    def change(self, timer: Timer) -> bool:
        """Keep a timer as it is now; False when it is gone."""
        with self._database.write() as connection:
            changed = connection.execute(
                update(timers).where(timers.c.id == timer.id).values(**row_of(timer))
            ).rowcount
        self._tell(timer.person)
        return changed > 0

    def cancel(self, timer_ids: Iterable[TimerId]) -> tuple[Timer, ...]:
        """Take timers out; those that were there."""
        wanted = set(timer_ids)
        gone = tuple(timer for timer in self.all() if timer.id in wanted)
        if gone:
            with self._database.write() as connection:
                ids = [timer.id for timer in gone]
                connection.execute(delete(timers).where(timers.c.id.in_(ids)))
            self._tell(current_person())
        return gone

    def finish(
        self, timer: Timer, kind: NewsKind | None, *, music: str = "", reason: str = ""
    ) -> Alarm | None:
        """A timer did what it was for, or cannot any more: note it, and go on to its next time.

        Both are one transaction, so that a kill does not make an alarm ring twice.

        Returns:
            A repeating alarm at its next time.
        """
        now = self.clock()
        following = rung(timer, now) if isinstance(timer, Alarm) else None
        with self._database.write() as connection:
            if following is None:
                connection.execute(delete(timers).where(timers.c.id == timer.id))
            else:
                connection.execute(
                    update(timers).where(timers.c.id == timer.id).values(**row_of(following))
                )
            if kind is not None:
                self._note(connection, timer, kind, music, reason)
        self._tell(timer.person)
        return following

    def note(self, timer: Timer, kind: NewsKind, *, music: str = "", reason: str = "") -> None:
        """Note what happens to a timer that stays as it is."""
        with self._database.write() as connection:
            self._note(connection, timer, kind, music, reason)
        self._tell(timer.person)

    def news(self, since: datetime, limit: int = 20) -> tuple[TimerNews, ...]:
        """What became of timers since then, newest first."""
        statement = (
            select(timer_news)
            .where(mine(timer_news), timer_news.c.at >= since.timestamp())
            .order_by(timer_news.c.at.desc(), timer_news.c.id.desc())
            .limit(limit)
        )
        zone = self.clock().tzinfo
        with self._database.read() as connection:
            return tuple(news_of(row, zone) for row in connection.execute(statement))

    def _add(self, connection: Connection, timer: _AnyTimer) -> _AnyTimer:
        values: dict[str, Any] = {**row_of(timer), "created_at": self.clock().timestamp()}
        key = connection.execute(insert(timers).values(**values)).inserted_primary_key
        if key is None:
            raise TypeError("The database gave no id.")
        return replace(timer, id=int(key[0]))

    def _note(
        self, connection: Connection, timer: Timer, kind: NewsKind, music: str, reason: str
    ) -> None:
        now = self.clock()
        oldest = (now - _NEWS_KEPT).timestamp()
        connection.execute(delete(timer_news).where(timer_news.c.at < oldest))
        connection.execute(
            insert(timer_news).values(
                at=now.timestamp(),
                timer_id=timer.id,
                kind=str(kind),
                due_at=None if timer.at is None else timer.at.timestamp(),
                music=music,
                reason=reason,
                person_id=timer.person,
            )
        )

    def _tell(self, person: PersonId) -> None:
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            try:
                listener(person)
            except Exception:  # noqa: BLE001  the change is kept all the same
                _LOG.exception("A listener of the timers failed")
