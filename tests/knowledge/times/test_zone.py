"""The zone of the machine, and true time across a change of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge.times import local_now, local_zone, shift, wall
from knowledge.times.zone import is_after

pytestmark = pytest.mark.unit
BERLIN = ZoneInfo("Europe/Berlin")


def test_the_zone_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert local_zone() == ZoneInfo("Asia/Kolkata")
    assert local_now().utcoffset() == timedelta(hours=5, minutes=30)


@pytest.mark.parametrize("name", ["", "No/Such_Place", "../../etc/passwd", "\x00"])
def test_a_zone_that_does_not_exist_is_no_error(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    if "\x00" not in name:  # an environment cannot hold it
        monkeypatch.setenv("TZ", name)
    assert local_now().utcoffset() is not None


def test_an_hour_is_an_hour_when_the_clock_goes_back() -> None:
    before = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    after = shift(before, timedelta(hours=1))
    assert (f"{after:%H:%M}", after.utcoffset()) == ("02:30", timedelta(hours=1))
    assert is_after(after, before)
    assert not is_after(before, after)


def test_a_time_that_is_left_out_comes_later_and_of_two_the_first_counts() -> None:
    assert f"{wall(date(2027, 3, 28), time(2, 30), BERLIN):%H:%M %z}" == "03:30 +0200"
    twice = wall(date(2026, 10, 25), time(2, 30), BERLIN)
    assert twice.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
