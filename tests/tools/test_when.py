"""Words for past times."""

from datetime import datetime, timedelta, timezone

import pytest

from tools.when import parse_when, seconds_ago

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 22, 20, 30, tzinfo=timezone(timedelta(hours=1)))  # a Sunday


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("yesterday", "2026-11-21 00:00", "2026-11-22 00:00"),
        ("yesterday evening", "2026-11-21 17:00", "2026-11-22 00:00"),
        ("what did I play yesterday morning?", "2026-11-21 05:00", "2026-11-21 12:00"),
        ("last night", "2026-11-21 20:00", "2026-11-22 04:00"),
        ("on Tuesday", "2026-11-17 00:00", "2026-11-18 00:00"),
        ("last sunday", "2026-11-15 00:00", "2026-11-16 00:00"),
        ("tuesday night", "2026-11-17 20:00", "2026-11-18 04:00"),
        ("the day before yesterday", "2026-11-20 00:00", "2026-11-21 00:00"),
        ("two days ago", "2026-11-20 00:00", "2026-11-21 00:00"),
        ("last week", "2026-11-09 00:00", "2026-11-16 00:00"),
        ("last month", "2026-10-01 00:00", "2026-11-01 00:00"),
        ("last year", "2025-01-01 00:00", "2026-01-01 00:00"),
        ("this morning", "2026-11-22 05:00", "2026-11-22 12:00"),
    ],
)
def test_spans(words: str, start: str, end: str) -> None:
    span = parse_when(words, NOW)
    assert span is not None
    assert f"{span.start:%Y-%m-%d %H:%M}" == start
    assert f"{span.end:%Y-%m-%d %H:%M}" == end


@pytest.mark.parametrize("words", ["today", "this week", "the last hour", "past 3 hours"])
def test_a_span_that_goes_on_ends_now(words: str) -> None:
    span = parse_when(words, NOW)
    assert span is not None
    assert span.start < NOW < span.end <= NOW + timedelta(seconds=1)


def test_half_an_hour_ago_is_a_region() -> None:
    span = parse_when("half an hour ago", NOW)
    assert span is not None
    assert span.start < NOW - timedelta(minutes=30) < span.end < NOW


@pytest.mark.parametrize("words", ["", "take five", "play something", "tomorrow"])
def test_no_time_is_no_span(words: str) -> None:
    assert parse_when(words, NOW) is None


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
