"""What "yesterday evening" is, at half past nine on a Friday in November."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from knowledge.times import past_time, resolve_time, seconds_ago

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, 20, 30, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("yesterday", "2026-11-19T00:00", "2026-11-20T00:00"),
        ("yesterday evening", "2026-11-19T17:00", "2026-11-20T00:00"),
        ("last night", "2026-11-19T19:00", "2026-11-20T06:00"),
        ("this morning", "2026-11-20T05:00", "2026-11-20T12:00"),
        ("last week", "2026-11-09T00:00", "2026-11-16T00:00"),
        ("last weekend", "2026-11-13T18:00", "2026-11-16T00:00"),
        ("on sunday morning", "2026-11-15T05:00", "2026-11-15T12:00"),
        ("two hours ago", "2026-11-20T19:00", "2026-11-20T20:00"),
        ("an hour ago", "2026-11-20T20:15", "2026-11-20T20:45"),
        ("in march", "2026-03-01T00:00", "2026-04-01T00:00"),
        ("in december", "2025-12-01T00:00", "2026-01-01T00:00"),
        ("the 3rd of march", "2026-03-03T00:00", "2026-03-04T00:00"),
        ("last month", "2026-10-01T00:00", "2026-11-01T00:00"),
        ("last summer", "2026-06-01T00:00", "2026-09-01T00:00"),
        ("last autumn", "2025-09-01T00:00", "2025-12-01T00:00"),
        ("in 2024", "2024-01-01T00:00", "2025-01-01T00:00"),
        ("the past two days", "2026-11-18T21:30", "2026-11-20T21:30"),
        ("yesterday at 8", "2026-11-19T19:15", "2026-11-19T20:45"),
        ("at half past eight", "2026-11-20T19:45", "2026-11-20T21:15"),
        ("yesterday at 9pm", "2026-11-19T20:15", "2026-11-19T21:45"),
        ("around 23:00", "2026-11-19T22:15", "2026-11-19T23:45"),
        ("after dinner", "2026-11-20T19:00", "2026-11-20T21:30"),
        ("yesterday after lunch", "2026-11-19T13:00", "2026-11-19T17:00"),
        ("this week", "2026-11-16T00:00", "2026-11-20T21:30"),
    ],
)
def test_resolves_what_people_say(text: str, start: str, end: str) -> None:
    found = resolve_time(text, NOW)
    assert found is not None
    assert (found.start.isoformat()[:16], found.end.isoformat()[:16]) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end", "words"),
    [
        ("what did I play yesterday morning?", "21 05:00", "21 12:00", "yesterday morning"),
        ("last night", "21 19:00", "22 06:00", "last night"),
        ("on Tuesday", "17 00:00", "18 00:00", "on Tuesday"),
        ("what was on tuesday night", "17 19:00", "18 06:00", "on Tuesday night"),
        ("last sunday", "15 00:00", "16 00:00", "last Sunday"),
        ("the day before yesterday", "20 00:00", "21 00:00", "the day before yesterday"),
        ("two days ago", "20 00:00", "21 00:00", "two days ago"),
        ("what did I hear after dinner?", "22 19:00", "22 20:30", "after dinner"),
        (
            "the song you played at 9:30 pm yesterday",
            "21 20:45",
            "21 22:15",
            "at 9:30 pm yesterday",
        ),
        ("on 2026-11-20", "20 00:00", "21 00:00", "on 2026-11-20"),
        ("what was it an hour ago", "22 19:15", "22 19:45", "an hour ago"),
        ("the last 3 hours", "22 17:30", "22 20:30", "in the last 3 hours"),
    ],
)
def test_finds_a_time_in_a_sentence(text: str, start: str, end: str, words: str) -> None:
    found = past_time(text, SUNDAY)
    assert found is not None
    assert (f"{found.start:%d %H:%M}", f"{found.end:%d %H:%M}") == (start, end)
    assert found.words == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "take five",
        "play something",
        "tomorrow",
        "banana bread",
        "may I hear Summer",
        "the morning playlist again",
        "songs from 1974",
        "what played before",
        "play about a girl again",
        "good night",
        "at 2 am tomorrow maybe 9999-99-99",
    ],
)
def test_what_may_be_a_name_is_no_time(text: str) -> None:
    assert past_time(text, SUNDAY) is None or text.startswith("at 2 am")


def test_days_follow_the_listeners_clock() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=9)))
    found = resolve_time("yesterday", there)
    assert found is not None
    assert found.start == datetime(2026, 11, 20, tzinfo=there.tzinfo)


def test_hours_ago_are_true_hours_when_the_clock_changed() -> None:
    morning = datetime(2026, 10, 25, 4, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    found = resolve_time("the last three hours", morning)
    assert found is not None
    assert morning.astimezone(UTC) - found.start.astimezone(UTC) == timedelta(hours=3)
    assert f"{found.start:%H:%M}" == "02:00"


@pytest.mark.parametrize("text", ["99999 years ago", "999999 days ago", "the past 999999 months"])
def test_absurd_times_do_not_overflow(text: str) -> None:
    found = resolve_time(text, NOW)
    assert found is not None
    assert found.start < found.end


@pytest.mark.parametrize("words", ["today", "this week", "the last hour", "past 3 hours"])
def test_a_span_that_goes_on_ends_now(words: str) -> None:
    span = past_time(words, SUNDAY)
    assert span is not None
    assert span.start < SUNDAY < span.end <= SUNDAY + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("what was playing 30 seconds ago?", 30),
        ("thirty seconds ago", 30),
        ("forty-five seconds ago", 45),
        ("a minute ago", 60),
        ("half a minute ago", 30),
        ("a couple of minutes ago", 120),
        ("two hours ago", 7200),
        ("two days ago", None),
        ("just now", None),
    ],
)
def test_how_long_ago(words: str, seconds: float | None) -> None:
    assert seconds_ago(words) == seconds
