"""When "at seven" is, on a Monday afternoon in November."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge.times import UnclearTime, Upcoming, future_time, next_ring

pytestmark = pytest.mark.unit
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 16, 40, tzinfo=BERLIN)  # a Monday


def upcoming(text: str, now: datetime = NOW, *, waking: bool = False) -> Upcoming:
    found = future_time(text, now, waking=waking)
    assert isinstance(found, Upcoming), found
    return found


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("at seven", "2026-11-23 19:00"),
        ("at seven o'clock", "2026-11-23 19:00"),
        ("at 4", "2026-11-24 04:00"),
        ("at five", "2026-11-23 17:00"),
        ("at 7 am", "2026-11-24 07:00"),
        ("at 7am", "2026-11-24 07:00"),
        ("at 6:45am", "2026-11-24 06:45"),
        ("7 p.m.", "2026-11-23 19:00"),
        ("at 19:30", "2026-11-23 19:30"),
        ("at 1930", "2026-11-23 19:30"),
        ("at 07:15", "2026-11-24 07:15"),
        ("at six thirty", "2026-11-23 18:30"),
        ("at 6.30", "2026-11-23 18:30"),
        ("at half past six", "2026-11-23 18:30"),
        ("half past six tomorrow", "2026-11-24 06:30"),
        ("at half past six tomorrow", "2026-11-24 06:30"),
        ("quarter to eight", "2026-11-23 19:45"),
        ("at a quarter past nine", "2026-11-23 21:15"),
        ("at ten to six", "2026-11-23 17:50"),
        ("twenty past five", "2026-11-23 17:20"),
        ("quarter to one", "2026-11-24 00:45"),
        ("at six oh five", "2026-11-23 18:05"),
        ("at noon", "2026-11-24 12:00"),
        ("at midnight", "2026-11-24 00:00"),
        ("half past midnight", "2026-11-24 00:30"),
        ("tonight at eleven", "2026-11-23 23:00"),
        ("at eleven tonight", "2026-11-23 23:00"),
        ("tonight at one", "2026-11-24 01:00"),
        ("at twelve tonight", "2026-11-24 00:00"),
        ("at 12 at night", "2026-11-24 00:00"),
        ("this evening at eight", "2026-11-23 20:00"),
        ("at 8 in the evening", "2026-11-23 20:00"),
        ("at eight tomorrow", "2026-11-24 08:00"),
        ("tomorrow at 3", "2026-11-24 15:00"),
        ("tomorrow evening at eight", "2026-11-24 20:00"),
        ("tomorrow morning at 6", "2026-11-24 06:00"),
        ("at seven in the morning", "2026-11-24 07:00"),
        ("the day after tomorrow at nine", "2026-11-25 09:00"),
        ("on friday at 7", "2026-11-27 07:00"),
        ("friday at 7 pm", "2026-11-27 19:00"),
        ("at nine on sunday", "2026-11-29 09:00"),
        ("next monday at eight", "2026-11-30 08:00"),
        ("on monday at 8", "2026-11-30 08:00"),
        ("on the 3rd of march at 8", "2027-03-03 08:00"),
        ("on december 24 at 18:00", "2026-12-24 18:00"),
        ("on the 29th of february at noon", "2028-02-29 12:00"),
        ("in twenty minutes", "2026-11-23 17:00"),
        ("in half an hour", "2026-11-23 17:10"),
        ("in an hour and a half", "2026-11-23 18:10"),
        ("in a quarter of an hour", "2026-11-23 16:55"),
        ("in 20min", "2026-11-23 17:00"),
        ("in a couple of hours", "2026-11-23 18:40"),
        ("ten minutes from now", "2026-11-23 16:50"),
        ("after 2 hours", "2026-11-23 18:40"),
        ("wake me at seven with Miles Davis", "2026-11-23 19:00"),
        ("stop the music at eleven please", "2026-11-23 23:00"),
        ("2026-11-24T06:30", "2026-11-24 06:30"),
        ("2026-11-24T05:30:00Z", "2026-11-24 06:30"),
    ],
)
def test_once(text: str, at: str) -> None:
    assert f"{upcoming(text).at:%Y-%m-%d %H:%M}" == at
    assert not upcoming(text).weekdays


@pytest.mark.parametrize(
    ("text", "clock", "days", "first"),
    [
        ("on weekdays at 6:45", "06:45", {0, 1, 2, 3, 4}, "2026-11-24"),
        ("every weekday at 6:30", "06:30", {0, 1, 2, 3, 4}, "2026-11-24"),
        ("every Sunday at nine", "09:00", {6}, "2026-11-29"),
        ("every day at 8 pm", "20:00", set(range(7)), "2026-11-23"),
        ("daily at noon", "12:00", set(range(7)), "2026-11-24"),
        ("every morning at seven", "07:00", set(range(7)), "2026-11-24"),
        ("every evening at seven", "19:00", set(range(7)), "2026-11-23"),
        ("on weekends at ten", "10:00", {5, 6}, "2026-11-28"),
        ("at ten on weekends", "10:00", {5, 6}, "2026-11-28"),
        ("every monday and friday at 7", "07:00", {0, 4}, "2026-11-27"),
        ("mondays, wednesdays and fridays at 6", "06:00", {0, 2, 4}, "2026-11-25"),
        ("monday to thursday at 7:10", "07:10", {0, 1, 2, 3}, "2026-11-24"),
        ("every day at midnight", "00:00", set(range(7)), "2026-11-24"),
        ("every friday at midnight", "00:00", {5}, "2026-11-28"),
    ],
)
def test_again_and_again(text: str, clock: str, days: set[int], first: str) -> None:
    found = upcoming(text)
    assert found.clock == time.fromisoformat(clock)
    assert found.weekdays == days
    assert f"{found.at:%Y-%m-%d %H:%M}" == f"{first} {clock}"


def test_who_wants_to_be_woken_means_the_morning_unless_it_is_a_nap() -> None:
    assert upcoming("at seven", NOW.replace(hour=14), waking=True).at.hour == 7
    assert upcoming("at seven", NOW.replace(hour=17), waking=True).at.hour == 19
    assert upcoming("at seven", NOW.replace(hour=22), waking=True).at.hour == 7


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tomorrow morning", "no_clock"),
        ("on friday", "no_clock"),
        ("every weekday", "no_clock"),
        ("2026-11-30", "no_clock"),
        ("today at 7 am", "past"),
        ("2026-11-23T10:00", "past"),
    ],
)
def test_what_is_unclear_is_said_so(text: str, why: str) -> None:
    found = future_time(text, NOW)
    assert isinstance(found, UnclearTime)
    assert found.why == why


@pytest.mark.parametrize(
    "text", ["", "banana bread", "yesterday", "play take five", "99999999999", "at 25:70", "\x00"]
)
def test_what_is_no_time_to_come_is_none(text: str) -> None:
    assert future_time(text, NOW) is None


def test_an_hour_left_out_in_spring_comes_an_hour_later() -> None:
    eve = datetime(2027, 3, 27, 22, 0, tzinfo=BERLIN)
    assert f"{upcoming('at 2:30 am', eve).at:%d %H:%M %z}" == "28 03:30 +0200"


def test_hours_from_now_are_true_hours_when_the_clock_changes() -> None:
    eve = datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN)  # at three it becomes two again
    at = upcoming("in two hours", eve).at
    assert at.astimezone(UTC) - eve.astimezone(UTC) == timedelta(hours=2)
    assert f"{at:%H:%M}" == "02:30"


def test_an_alarm_keeps_the_hands_of_the_clock_over_a_change() -> None:
    at = datetime(2027, 3, 26, 12, 0, tzinfo=BERLIN)
    rings = []
    for _ in range(4):
        at = next_ring(time(6, 45), {4, 5, 6, 0}, at)
        rings.append(f"{at:%a %H:%M %z}")
    assert rings == ["Sat 06:45 +0100", "Sun 06:45 +0200", "Mon 06:45 +0200", "Fri 06:45 +0200"]


def test_an_hour_that_comes_twice_rings_once_a_day() -> None:
    eve = datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN)
    first = next_ring(time(2, 30), (), eve)
    second = next_ring(time(2, 30), (), first, not_on=first.date())
    assert (second.date() - first.date()).days == 1
