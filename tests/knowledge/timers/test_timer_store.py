"""Timers in the database: what is set stays set, and what is done is noted once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from knowledge.database import Database
from knowledge.errors import TimersFull
from knowledge.people.current import PersonId
from knowledge.schema_timers import timers
from knowledge.timers.models import Alarm, AlarmMusic, NewsKind, SleepTimer, SleepUntil
from knowledge.timers.store import MAX_ALARMS, TimerStore
from timers_clock import MONDAY, HandClock, alarm_at, sleep_at

pytestmark = pytest.mark.integration


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(tmp_path / "library.db")
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database, clock: HandClock) -> TimerStore:
    return TimerStore(database, clock=clock)


def test_what_was_set_is_there_after_a_restart(
    store: TimerStore, database: Database, clock: HandClock
) -> None:
    sleep = store.set_sleep(SleepTimer(0, SleepUntil.SONGS, songs=3, item_id="x", session_id="s"))
    alarm = store.add_alarm(
        replace(
            alarm_at(MONDAY + timedelta(hours=9), 0, 4),
            music=AlarmMusic("Kind of Blue", {"refs": ["album:3"]}, ""),
            volume=30,
            player="mpv",
        )
    )
    assert TimerStore(database, clock=clock).all() == (sleep, alarm)


def test_there_is_one_sleep_timer(store: TimerStore) -> None:
    store.set_sleep(sleep_at(MONDAY + timedelta(minutes=5)))
    second = store.set_sleep(sleep_at(MONDAY + timedelta(minutes=9)))
    assert store.sleep() == second
    assert len(store.all()) == 1


def test_alarms_come_in_the_order_of_their_next_times(store: TimerStore) -> None:
    later = store.add_alarm(alarm_at(MONDAY + timedelta(hours=9)))
    sooner = store.add_alarm(alarm_at(MONDAY + timedelta(hours=2)))
    assert store.alarms() == (sooner, later)


def test_an_alarm_that_rang_once_is_gone_and_noted(store: TimerStore, clock: HandClock) -> None:
    alarm = store.add_alarm(alarm_at(MONDAY))
    assert store.finish(alarm, NewsKind.RANG, music="Take Five") is None
    assert store.all() == ()
    news = store.news(clock() - timedelta(hours=1))
    assert [(one.kind, one.music, one.due_at) for one in news] == [
        (NewsKind.RANG, "Take Five", MONDAY)
    ]


def test_an_alarm_on_weekdays_stays_at_its_next_time(store: TimerStore) -> None:
    alarm = store.add_alarm(alarm_at(MONDAY, 0, 2))
    following = store.finish(alarm, NewsKind.RANG)
    assert following is not None
    assert store.alarms() == (following,)
    assert following.at == MONDAY + timedelta(days=2)


def test_what_is_cancelled_is_gone_for_good(store: TimerStore) -> None:
    alarm = store.add_alarm(alarm_at(MONDAY))
    assert store.cancel([alarm.id, 99]) == (alarm,)
    assert store.cancel([alarm.id]) == ()
    assert not store.change(alarm)
    new = store.add_alarm(alarm_at(MONDAY))
    assert new.id != alarm.id


def test_listeners_hear_of_every_change_and_cannot_break_it(store: TimerStore) -> None:
    heard: list[int] = []

    def broken(_person: PersonId) -> None:
        raise RuntimeError("no")

    store.listen(broken)
    store.listen(lambda _person: heard.append(len(store.all())))
    alarm = store.add_alarm(alarm_at(MONDAY))
    store.cancel([alarm.id])
    assert heard == [1, 0]


def test_so_many_alarms_and_no_more(store: TimerStore, database: Database) -> None:
    alarm = store.add_alarm(alarm_at(MONDAY))
    row = {"kind": "alarm", "at": 1.0, "what": {}, "created_at": 0.0, "session_id": ""}
    with database.write() as connection:
        connection.execute(insert(timers), [row] * (MAX_ALARMS - 1))
    with pytest.raises(TimersFull):
        store.add_alarm(alarm)


def test_rows_of_a_newer_version_are_left_alone(store: TimerStore, database: Database) -> None:
    what = {"until": "the moon is full", "songs": 1, "item_id": ""}
    row = {"kind": "sleep", "at": 1e300, "what": what, "created_at": 0.0, "session_id": ""}
    with database.write() as connection:
        connection.execute(insert(timers).values(**row))
        connection.execute(insert(timers).values(**{**row, "kind": "alarm", "at": None}))
    assert store.all() == ()


def test_old_news_are_forgotten(store: TimerStore, clock: HandClock) -> None:
    store.finish(store.add_alarm(alarm_at(MONDAY)), NewsKind.MISSED, reason="it was off")
    clock.go_on(20 * 86_400)
    later: Alarm = store.add_alarm(alarm_at(clock()))
    store.note(later, NewsKind.FAILING, reason="no player")
    assert [one.kind for one in store.news(MONDAY)] == [NewsKind.FAILING]
