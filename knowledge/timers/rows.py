"""Timers as rows of the database, and back."""

from datetime import UTC, datetime, time, tzinfo
from typing import Any

from sqlalchemy import Row

from knowledge.people.current import PersonId
from knowledge.timers.models import (
    FADE_S,
    RAMP_S,
    Alarm,
    AlarmMusic,
    NewsKind,
    SleepTimer,
    SleepUntil,
    Timer,
    TimerNews,
)


def row_of(timer: Timer) -> dict[str, Any]:
    """The columns of a timer, without its id and when it was made."""
    at = None if timer.at is None else timer.at.timestamp()
    if isinstance(timer, SleepTimer):
        what: dict[str, Any] = {
            "until": str(timer.until),
            "songs": timer.songs,
            "item_id": timer.item_id,
            "fade_s": timer.fade_s,
            "room": timer.room,
        }
        return {
            "kind": "sleep",
            "at": at,
            "what": what,
            "session_id": timer.session_id,
            "person_id": timer.person,
        }
    what = {
        "clock": None if timer.clock is None else timer.clock.isoformat("minutes"),
        "weekdays": sorted(timer.weekdays),
        "label": timer.music.label,
        "named": dict(timer.music.named),
        "wish": timer.music.wish,
        "volume": timer.volume,
        "ramp_s": timer.ramp_s,
        "player": timer.player,
    }
    return {
        "kind": "alarm",
        "at": at,
        "what": what,
        "session_id": timer.session_id,
        "person_id": timer.person,
    }


def timer_of(row: Row[Any], zone: tzinfo | None) -> Timer | None:
    """The timer of a row, its time in `zone`; None when a newer version wrote it."""
    what = row.what
    try:
        at = None if row.at is None else datetime.fromtimestamp(row.at, UTC).astimezone(zone)
        if row.kind == "sleep":
            return SleepTimer(
                id=row.id,
                until=SleepUntil(what["until"]),
                at=at,
                songs=int(what["songs"]),
                item_id=str(what["item_id"]),
                fade_s=float(what.get("fade_s", FADE_S)),
                session_id=row.session_id,
                person=PersonId(row.person_id),
                room=str(what.get("room", "")),
            )
        if at is None:
            return None
        return Alarm(
            id=row.id,
            at=at,
            clock=time.fromisoformat(what["clock"]) if what["clock"] else None,
            weekdays=frozenset(int(day) % 7 for day in what["weekdays"]),
            music=AlarmMusic(str(what["label"]), dict(what["named"]), str(what["wish"])),
            volume=what["volume"],
            ramp_s=float(what.get("ramp_s", RAMP_S)),
            player=str(what["player"]),
            session_id=row.session_id,
            person=PersonId(row.person_id),
        )
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def news_of(row: Row[Any], zone: tzinfo | None) -> TimerNews:
    due = None if row.due_at is None else datetime.fromtimestamp(row.due_at, UTC).astimezone(zone)
    return TimerNews(
        id=row.id,
        at=datetime.fromtimestamp(row.at, UTC).astimezone(zone),
        timer_id=row.timer_id,
        kind=NewsKind(row.kind),
        due_at=due,
        music=row.music,
        reason=row.reason,
    )
