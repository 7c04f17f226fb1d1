"""The time zone of this machine, and arithmetic that its changes of the clock do not upset.

Adding to a time with a `ZoneInfo` moves the hands of the clock: an hour later by the clock may be
two hours or none later in truth, when the clock is changed in between. `shift` adds true time,
`wall` finds the moment at which the clock shows something.
"""

import os
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LOCALTIME = Path("/etc/localtime")
_DATABASE = "zoneinfo/"


def local_zone() -> tzinfo:
    """The zone of `TZ` or of `/etc/localtime`; without either, today's distance to UTC."""
    name = os.environ.get("TZ", "").lstrip(":")
    try:
        if name:
            return ZoneInfo(name)
        target = str(_LOCALTIME.resolve(strict=True))
        if _DATABASE in target:
            return ZoneInfo(target.rpartition(_DATABASE)[2].removeprefix("posix/"))
        with _LOCALTIME.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return datetime.now().astimezone().tzinfo or UTC


def local_now() -> datetime:
    """The time here, with its zone: "yesterday evening" is meant in local time."""
    return datetime.now(local_zone())


def shift(moment: datetime, by: timedelta) -> datetime:
    """The moment that is truly `by` later, in the zone of `moment`."""
    return (moment.astimezone(UTC) + by).astimezone(moment.tzinfo)


def wall(day: date, clock: time, zone: tzinfo | None) -> datetime:
    """When the clock of `zone` shows `clock` on `day`.

    A time that is left out when the clock goes forward comes as much later; of one that comes
    twice the first is meant.
    """
    return datetime.combine(day, clock, zone).astimezone(UTC).astimezone(zone)


def is_after(one: datetime, other: datetime) -> bool:
    """Whether `one` truly comes after `other`, also in the hour that comes twice."""
    return one.astimezone(UTC) > other.astimezone(UTC)
