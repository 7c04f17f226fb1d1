"""What is due at a moment, and when an alarm rings next."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge.models import Queue, QueueItem, Track
from knowledge.timers.models import SleepTimer, SleepUntil
from knowledge.timers.schedule import (
    LATE_S,
    counted,
    due,
    longer,
    next_look_s,
    on_the_clock,
    rung,
    stops_after_current,
)
from timers_clock import BERLIN, MONDAY, alarm_at, sleep_at

pytestmark = pytest.mark.unit
MINUTE = timedelta(minutes=1)


def test_a_sleep_timer_is_due_as_soon_as_the_fade_begins() -> None:
    sleep = sleep_at(MONDAY + MINUTE, fade_s=20)
    assert due([sleep], MONDAY).sleeps == ()
    assert next_look_s([sleep], MONDAY) == 40.0
    assert due([sleep], MONDAY + timedelta(seconds=40)).sleeps == (sleep,)


def test_a_sleep_timer_of_yesterday_does_not_stop_the_music_of_today() -> None:
    sleep = sleep_at(MONDAY)
    found = due([sleep], MONDAY + timedelta(hours=9))
    assert found.sleeps == ()
    assert found.forgotten == (sleep,)


def test_an_alarm_rings_when_it_is_a_little_late_and_else_is_missed() -> None:
    alarm = alarm_at(MONDAY)
    assert due([alarm], MONDAY - timedelta(seconds=1)).ring == ()
    assert due([alarm], MONDAY).ring == (alarm,)
    assert due([alarm], MONDAY + timedelta(seconds=LATE_S)).ring == (alarm,)
    late = due([alarm], MONDAY + timedelta(seconds=LATE_S + 1))
    assert (late.ring, late.missed) == ((), (alarm,))


def test_of_several_alarms_the_earliest_rings_first() -> None:
    first, second = alarm_at(MONDAY - MINUTE), alarm_at(MONDAY)
    assert due([second, first], MONDAY).ring == (first, second)


def test_nothing_set_means_nothing_to_wait_for() -> None:
    assert next_look_s([], MONDAY) is None
    assert next_look_s([SleepTimer(1, SleepUntil.SONG)], MONDAY) is None


def test_an_alarm_that_rang_once_is_over() -> None:
    assert rung(alarm_at(MONDAY), MONDAY) is None


def test_an_alarm_on_weekdays_goes_on_to_the_next_one() -> None:
    friday = datetime(2026, 11, 27, 6, 45, tzinfo=BERLIN)
    following = rung(alarm_at(friday, 0, 1, 2, 3, 4), friday + MINUTE)
    assert following is not None
    assert f"{following.at:%a %H:%M}" == "Mon 06:45"


def test_after_a_week_away_it_rings_at_the_next_time_and_not_for_each_day() -> None:
    daily = alarm_at(MONDAY, *range(7))
    following = rung(daily, MONDAY + timedelta(days=7, hours=3))
    assert following is not None
    assert following.at == MONDAY + timedelta(days=8)


def test_a_clock_set_back_does_not_let_it_ring_twice() -> None:
    daily = alarm_at(MONDAY, *range(7))
    following = rung(daily, MONDAY - timedelta(hours=1))
    assert following is not None
    assert following.at == MONDAY + timedelta(days=1)


def test_it_rings_by_the_hands_of_the_clock_after_the_change_to_summer() -> None:
    saturday = datetime(2027, 3, 27, 7, 0, tzinfo=BERLIN)
    following = rung(alarm_at(saturday, *range(7)), saturday)
    assert following is not None
    assert f"{following.at:%d %H:%M %z}" == "28 07:00 +0200"
    assert following.at.timestamp() - saturday.timestamp() == 23 * 3600


def test_when_the_machine_moves_to_another_zone_its_clock_counts() -> None:
    alarm = alarm_at(MONDAY + timedelta(hours=9), *range(7))
    lisbon = on_the_clock(alarm, ZoneInfo("Europe/Lisbon"))
    assert f"{lisbon.at:%H:%M %z}" == "07:00 +0000"
    once = replace(alarm, weekdays=frozenset())
    assert on_the_clock(once, ZoneInfo("Europe/Lisbon")) == once


def queue(albums: str, position: int) -> Queue:
    """One item for each letter; its album is the letter, "-" is none."""
    items = tuple(
        QueueItem(f"item{n}", Track(n, f"Song {n}", ("A",), None if a == "-" else a))
        for n, a in enumerate(albums)
    )
    return Queue(items, position)


@pytest.mark.parametrize(
    ("until", "albums", "position", "stops"),
    [
        (SleepUntil.SONG, "ab", 0, True),
        (SleepUntil.ALBUM, "aab", 0, False),
        (SleepUntil.ALBUM, "aab", 1, True),
        (SleepUntil.ALBUM, "aa", 1, True),
        (SleepUntil.ALBUM, "--", 0, True),
        (SleepUntil.QUEUE, "abc", 1, False),
        (SleepUntil.QUEUE, "abc", 2, True),
        (SleepUntil.TIME, "a", 0, False),
    ],
)
def test_what_the_music_stops_after(
    until: SleepUntil, albums: str, position: int, *, stops: bool
) -> None:
    assert stops_after_current(SleepTimer(1, until), queue(albums, position)) is stops


def test_songs_are_counted_as_they_change() -> None:
    sleep = SleepTimer(1, SleepUntil.SONGS, songs=2, item_id="item0")
    assert not stops_after_current(sleep, queue("abc", 0))
    assert counted(sleep, queue("abc", 0)) == sleep
    last = counted(sleep, queue("abc", 1))
    assert last.songs == 1
    assert stops_after_current(last, queue("abc", 1))


def test_ten_minutes_more() -> None:
    sleep = sleep_at(MONDAY + MINUTE)
    assert longer(sleep, 600, MONDAY).at == MONDAY + 11 * MINUTE
    assert longer(sleep, -600, MONDAY).at == MONDAY + timedelta(seconds=1)
    after_song = SleepTimer(1, SleepUntil.SONG)
    assert longer(after_song, 600, MONDAY).at == MONDAY + 10 * MINUTE


def test_an_alarm_keeps_minutes_of_its_clock() -> None:
    assert alarm_at(MONDAY).clock == time(22, 0)
