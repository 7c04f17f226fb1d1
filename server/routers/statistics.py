"""What was listened to, in numbers."""

from datetime import date, datetime, tzinfo
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import APIRouter, Query

from knowledge.models import TrackId
from knowledge.statistics import ListeningStatistics, Mood
from server.errors import BadRequest
from server.routers.services import Use
from server.services import Services
from server.statistics_wire import StatisticsOut, statistics_out

router = APIRouter(prefix="/api", tags=["statistics"])
_EARLIEST, _LATEST = date(1971, 1, 1), date(2200, 1, 1)


@router.get("/statistics")
def statistics(
    services: Use,
    since: Annotated[date | None, Query(alias="from", description="first day; else all")] = None,
    to: Annotated[date | None, Query(description="last day; else today")] = None,
    zone: Annotated[str, Query(max_length=64, description="such as Europe/Berlin")] = "",
    most: Annotated[int, Query(ge=1, le=100, description="favourites of each kind")] = 10,
) -> StatisticsOut:
    """Hours, favourites, streaks and moods of a range of days, imported listens included."""
    clock = _zone(zone)
    last = to or datetime.now(clock).date()
    if since is not None and since > last:
        raise BadRequest("The range ends before it begins.", next_step="Swap the two days.")
    if not all(_EARLIEST <= day <= _LATEST for day in (since or last, last)):
        raise BadRequest("Nobody listened then.", next_step="Choose days after 1971.")
    found = ListeningStatistics(services.database).between(
        since, last, zone=clock, moods=_moods(services), most=most
    )
    return statistics_out(found)


def _zone(name: str) -> tzinfo:
    """The zone of that name; the server's own when it is not known here."""
    try:
        if name:
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass  # a browser may know newer names than this machine
    return datetime.now().astimezone().tzinfo or ZoneInfo("UTC")


def _moods(services: Services) -> dict[TrackId, Mood]:
    """In which quarter of the emotional map each analysed recording lies."""
    points = services.sounding.map_of(None, paths=False)
    return {point.track_id: Mood.at(point.valence, point.arousal) for point in points}
