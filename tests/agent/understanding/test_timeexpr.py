"""What "yesterday evening" is, at half past nine on a Friday in November."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from agent.understanding import resolve_time

NOW = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)


@pytest.mark.unit
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
        ("in 2024", "2024-01-01T00:00", "2025-01-01T00:00"),
        ("the past two days", "2026-11-18T21:30", "2026-11-20T21:30"),
        ("yesterday at 8", "2026-11-19T19:15", "2026-11-19T20:45"),
        ("this week", "2026-11-16T00:00", "2026-11-20T21:30"),
    ],
)
def test_resolves_what_people_say(text: str, start: str, end: str) -> None:
    found = resolve_time(text, NOW)
    assert found is not None
    assert (found.start.isoformat()[:16], found.end.isoformat()[:16]) == (start, end)


@pytest.mark.unit
def test_what_is_no_time_is_none() -> None:
    assert resolve_time("banana bread", NOW) is None


@pytest.mark.unit
def test_days_follow_the_listeners_clock() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=9)))
    found = resolve_time("yesterday", there)
    assert found is not None
    assert found.start == datetime(2026, 11, 20, tzinfo=there.tzinfo)


@pytest.mark.unit
@pytest.mark.parametrize("text", ["99999 years ago", "999999 days ago", "the past 999999 months"])
def test_absurd_times_do_not_overflow(text: str) -> None:
    found = resolve_time(text, NOW)
    assert found is not None
    assert found.start < found.end
