"""Statistics of listening as they go over the wire."""

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict

from knowledge.statistics import Favourite, Statistics, Streak, Totals
from server.wire import cover_url

_OUT = ConfigDict(frozen=True)


class TotalsOut(BaseModel):
    model_config = _OUT
    plays: int
    seconds: float
    imported_plays: int
    imported_s: float
    estimated_s: float
    skips: int
    skipped_share: float
    tracks: int

    @classmethod
    def of(cls, totals: Totals) -> "TotalsOut":
        return cls(
            plays=totals.plays,
            seconds=round(totals.seconds, 1),
            imported_plays=totals.imported_plays,
            imported_s=round(totals.imported_s, 1),
            estimated_s=round(totals.estimated_s, 1),
            skips=totals.skips,
            skipped_share=round(totals.skipped_share, 4),
            tracks=totals.tracks,
        )


class DayOut(BaseModel):
    model_config = _OUT
    day: date
    seconds: float
    imported_s: float
    plays: int


class FavouriteOut(BaseModel):
    model_config = _OUT
    id: int | None
    name: str
    by: str
    cover_id: str | None
    cover_url: str | None
    plays: int
    seconds: float
    imported_plays: int


class FavouritesOut(BaseModel):
    model_config = _OUT
    tracks: tuple[FavouriteOut, ...]
    artists: tuple[FavouriteOut, ...]
    albums: tuple[FavouriteOut, ...]
    genres: tuple[FavouriteOut, ...]


class MoodsOut(BaseModel):
    model_config = _OUT
    hour: int
    until: int
    plays: dict[str, int]


class StreakOut(BaseModel):
    model_config = _OUT
    days: int
    first: date | None
    last: date | None

    @classmethod
    def of(cls, streak: Streak) -> "StreakOut":
        return cls(days=streak.days, first=streak.first, last=streak.last)


class StatisticsOut(BaseModel):
    """The listening of a range of days, both ends inside."""

    model_config = _OUT
    first: date
    last: date
    begun: date | None
    totals: TotalsOut
    before: TotalsOut | None
    """The same number of days just before."""
    days: tuple[DayOut, ...]
    """Only those with music."""
    week: tuple[float, ...]
    """Seconds by hour of the week, Monday midnight first."""
    favourites: FavouritesOut
    moods: tuple[MoodsOut, ...]
    longest: StreakOut
    current: StreakOut


def statistics_out(found: Statistics) -> StatisticsOut:
    return StatisticsOut(
        first=found.first,
        last=found.last,
        begun=found.begun,
        totals=TotalsOut.of(found.totals),
        before=None if found.before is None else TotalsOut.of(found.before),
        days=tuple(
            DayOut(
                day=one.day,
                seconds=round(one.seconds, 1),
                imported_s=round(one.imported_s, 1),
                plays=one.plays,
            )
            for one in found.days
        ),
        week=tuple(round(seconds, 1) for seconds in found.week),
        favourites=FavouritesOut(
            tracks=_favourites(found.favourites.tracks),
            artists=_favourites(found.favourites.artists),
            albums=_favourites(found.favourites.albums),
            genres=_favourites(found.favourites.genres),
        ),
        moods=tuple(
            MoodsOut(
                hour=part.hour,
                until=part.until,
                plays={mood.value: count for mood, count in part.plays.items()},
            )
            for part in found.moods
        ),
        longest=StreakOut.of(found.longest),
        current=StreakOut.of(found.current),
    )


def _favourites(found: Iterable[Favourite]) -> tuple[FavouriteOut, ...]:
    return tuple(
        FavouriteOut(
            id=one.id,
            name=one.name,
            by=one.by,
            cover_id=one.cover_id,
            cover_url=cover_url(one.cover_id),
            plays=one.plays,
            seconds=round(one.seconds, 1),
            imported_plays=one.imported_plays,
        )
        for one in found
    )
