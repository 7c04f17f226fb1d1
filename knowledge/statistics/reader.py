"""Reads the statistics of listening: sums of listens, folded into local days."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo

from sqlalchemy import Connection

from knowledge.database import Database
from knowledge.models import TrackId
from knowledge.statistics.favourites import favourites
from knowledge.statistics.listens import PART_HOURS, Listens, Sum, beginning
from knowledge.statistics.local_time import LocalClock, day_of_hour, start_of
from knowledge.statistics.models import (
    HOURS_OF_WEEK,
    Day,
    Mood,
    MoodsOfHours,
    Statistics,
    Streak,
    Totals,
)

_THURSDAY = 3
"""Day of the week on 1 January 1970, Monday being 0."""


class ListeningStatistics:
    """Answers from Refrain's own log and from imported listens together. Synchronous."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def between(
        self,
        first: date | None,
        last: date,
        *,
        zone: tzinfo,
        moods: Mapping[TrackId, Mood] | None = None,
        most: int = 10,
    ) -> Statistics:
        """What was listened to from the day `first` to the day `last`, both inside.

        Args:
            first: None for the beginning of all that is known.
            last: usually today.
            zone: whose days and hours are meant.
            moods: the quarter of the emotional map that each analysed recording lies in.
            most: how many favourites of each kind.
        """
        with self._database.read() as connection:
            begun = _begun(connection, zone)
            since = first or min(begun or last, last)
            found = _listens(connection, zone, since, last)
            hours, tracks = found.by_hour(), found.by_track()
            foreign = list(found.foreign())
            days = _days(hours)
            return Statistics(
                first=since,
                last=last,
                begun=begun,
                totals=_totals(hours.values(), len(tracks)),
                before=_before(connection, first, last, zone),
                days=days,
                week=_week(hours),
                favourites=favourites(connection, tracks, foreign, most),
                moods=_moods(found, moods or {}),
                longest=max(_streaks(days), key=lambda one: one.days, default=Streak()),
                current=_current(days, last),
            )


def _listens(connection: Connection, zone: tzinfo, first: date, last: date) -> Listens:
    start_s, end_s = start_of(first, zone), start_of(last + timedelta(days=1), zone)
    return Listens(connection, LocalClock(zone, start_s, end_s), start_s, end_s)


def _begun(connection: Connection, zone: tzinfo) -> date | None:
    at = beginning(connection)
    return None if at is None else datetime.fromtimestamp(at, UTC).astimezone(zone).date()


def _totals(sums: Iterable[Sum], tracks: int) -> Totals:
    whole = Sum()
    for one in sums:
        whole.add(one)
    return Totals(
        plays=whole.plays,
        seconds=whole.seconds,
        imported_plays=whole.imported_plays,
        imported_s=whole.imported_s,
        estimated_s=whole.estimated_s,
        skips=whole.skips,
        tracks=tracks,
    )


def _before(connection: Connection, first: date | None, last: date, zone: tzinfo) -> Totals | None:
    if first is None:
        return None
    start = first - (last - first) - timedelta(days=1)
    found = _listens(connection, zone, start, first - timedelta(days=1))
    return _totals([found.all()], len(found.by_track()))


def _days(hours: Mapping[int, Sum]) -> tuple[Day, ...]:
    summed: dict[date, Sum] = {}
    for hour, one in hours.items():
        summed.setdefault(day_of_hour(hour), Sum()).add(one)
    return tuple(
        Day(day, one.seconds, one.imported_s, one.plays) for day, one in summed.items() if one.plays
    )


def _week(hours: Mapping[int, Sum]) -> tuple[float, ...]:
    week = [0.0] * HOURS_OF_WEEK
    for hour, one in hours.items():
        week[(hour + 24 * _THURSDAY) % HOURS_OF_WEEK] += one.seconds
    return tuple(week)


def _moods(found: Listens, moods: Mapping[TrackId, Mood]) -> tuple[MoodsOfHours, ...]:
    if not moods:
        return ()
    parts = [MoodsOfHours(hour, hour + PART_HOURS) for hour in range(0, 24, PART_HOURS)]
    for track_id, part, heard in found.by_track_and_part():
        mood = moods.get(track_id)
        if mood is not None:
            parts[part].plays[mood] = parts[part].plays.get(mood, 0) + heard
    return tuple(parts)


def _streaks(days: Iterable[Day]) -> list[Streak]:
    found: list[Streak] = []
    for one in days:
        last = found[-1] if found else Streak()
        if last.last is not None and one.day - last.last == timedelta(days=1):
            found[-1] = Streak(last.days + 1, last.first, one.day)
        else:
            found.append(Streak(1, one.day, one.day))
    return found


def _current(days: Iterable[Day], today: date) -> Streak:
    streaks = _streaks(days)
    if not streaks or streaks[-1].last is None or today - streaks[-1].last > timedelta(days=1):
        return Streak()
    return streaks[-1]
