"""What accounts are still to be told, on disk.

The timed log of plays is the truth: what is to be told is taken from it, each play once for each
account. A listen is marked before it is sent; one that is still marked so after a kill or a broken
connection may have arrived, which the account is asked before it is told again.
"""

import time
from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, insert, literal, or_, select, update

from knowledge.database import Database
from knowledge.models import PlayEventKind
from knowledge.people.current import PersonId
from knowledge.schema import albums, play_events, tracks
from knowledge.schema_sources import completions, scrobbles
from knowledge.sources.scrobbling.models import (
    ENOUGH_S,
    SHORTEST_S,
    Listen,
    Pending,
    ScrobbleService,
)

_AT_ONCE = 500
_JUST_NOW_S = 90.0
_OLDEST_S = 14 * 86_400.0
"""Services turn down what is older, so it is given up."""


class Outbox:
    """What one account is to be told. Synchronous; safe to share between threads."""

    def __init__(
        self,
        database: Database,
        service: ScrobbleService,
        person: PersonId,
        *,
        since: float,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Look after one account.

        Args:
            database: the library.
            service: where the account is.
            person: whose plays it is told of.
            since: when it was connected, in seconds since the epoch; earlier plays stay here.
            clock: seconds since the epoch.
        """
        self._database = database
        self._service = service
        self._person = person
        self._since = since
        self._clock = clock
        self._mine = (scrobbles.c.service == service) & (scrobbles.c.person_id == person)

    def collect(self) -> int:
        """Take over what was listened to for long enough; returns how many plays that were."""
        half = tracks.c.duration_s / 2
        enough: ColumnElement[bool] = or_(
            play_events.c.played_s >= ENOUGH_S,
            and_(
                tracks.c.duration_s > SHORTEST_S,
                play_events.c.played_s >= case((half < ENOUGH_S, half), else_=ENOUGH_S),
            ),
        )
        long_enough = or_(tracks.c.duration_s > SHORTEST_S, tracks.c.duration_s <= 0)
        wanted = (
            self._plays()
            .outerjoin(scrobbles, and_(scrobbles.c.play_event_id == play_events.c.id, self._mine))
            .where(
                play_events.c.at >= max(self._since, self._clock() - _OLDEST_S),
                enough,
                long_enough,
                scrobbles.c.id.is_(None),
            )
            .order_by(play_events.c.at)
            .limit(_AT_ONCE)
        )
        with self._database.write() as connection:
            rows = connection.execute(wanted).all()
            if rows:
                connection.execute(insert(scrobbles), [self._row(row) for row in rows])
        return len(rows)

    def interrupted(self) -> tuple[Pending, ...]:
        """What was being sent when the program or the connection ended: nobody knows how."""
        return self._pending(scrobbles.c.state == "sending")

    def claim(self, most: int) -> tuple[Pending, ...]:
        """The oldest that wait, marked as being sent."""
        found = self._pending(scrobbles.c.state == "waiting", most)
        self._set([one.id for one in found], state="sending", attempts=scrobbles.c.attempts + 1)
        return found

    def sent(self, ids: Collection[int]) -> None:
        self._set(ids, state="sent", problem="")

    def refused(self, ids: Collection[int], problem: str) -> None:
        """The service turned these down for good."""
        self._set(ids, state="refused", problem=problem[:300])

    def give_back(self, ids: Collection[int]) -> None:
        """These did not arrive; they wait again."""
        self._set(ids, state="waiting")

    def counts(self) -> dict[str, int]:
        """How many listens are in each state."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(scrobbles.c.state, func.count())
                .where(self._mine)
                .group_by(scrobbles.c.state)
            )
            return {row[0]: row[1] for row in rows}

    def playing(self) -> tuple[int, Listen] | None:
        """The play that began last, within the last minutes, with its id in the log."""
        wanted = (
            self._plays()
            .where(play_events.c.at >= max(self._since, self._clock() - _JUST_NOW_S))
            .order_by(play_events.c.at.desc())
            .limit(1)
        )
        with self._database.read() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else (row.event_id, _listen(_what(row), row.at))

    def forget(self) -> None:
        """Drop what still waits: the account was taken away."""
        with self._database.write() as connection:
            connection.execute(
                scrobbles.delete().where(self._mine, scrobbles.c.state.in_(["waiting", "sending"]))
            )

    def _plays(self) -> Any:
        mbid = (
            select(completions.c.value)
            .where(
                completions.c.audio_hash == tracks.c.audio_hash,
                completions.c.source == "musicbrainz",
                completions.c.field == "mbid",
                completions.c.state == "offered",
            )
            .scalar_subquery()
        )
        return (
            select(
                play_events.c.id.label("event_id"),
                play_events.c.at,
                tracks.c.title,
                tracks.c.artist,
                tracks.c.duration_s,
                tracks.c.track_no,
                func.coalesce(albums.c.title, literal("")).label("album"),
                func.coalesce(mbid, literal("")).label("mbid"),
            )
            .select_from(play_events)
            .join(tracks, tracks.c.id == play_events.c.track_id)
            .outerjoin(albums, albums.c.id == tracks.c.album_id)
            .where(
                play_events.c.kind == PlayEventKind.PLAY.value,
                play_events.c.person_id == self._person,
            )
        )

    def _row(self, row: Any) -> dict[str, Any]:
        return {
            "service": self._service,
            "person_id": self._person,
            "play_event_id": row.event_id,
            "at": row.at,
            "what": _what(row),
            "state": "waiting",
            "attempts": 0,
            "problem": "",
            "changed_at": self._clock(),
        }

    def _pending(self, which: ColumnElement[bool], most: int = _AT_ONCE) -> tuple[Pending, ...]:
        wanted = select(scrobbles).where(self._mine, which).order_by(scrobbles.c.at).limit(most)
        with self._database.read() as connection:
            rows = connection.execute(wanted).all()
        return tuple(Pending(row.id, _listen(row.what, row.at)) for row in rows)

    def _set(self, ids: Collection[int], **values: Any) -> None:
        if ids:
            with self._database.write() as connection:
                connection.execute(
                    update(scrobbles)
                    .where(self._mine, scrobbles.c.id.in_(list(ids)))
                    .values(changed_at=self._clock(), **values)
                )


def _what(row: Any) -> dict[str, Any]:
    return {
        "title": row.title,
        "artist": row.artist,
        "album": row.album,
        "duration_s": row.duration_s,
        "track_no": row.track_no,
        "mbid": row.mbid,
    }


def _listen(what: dict[str, Any], at: float) -> Listen:
    return Listen(**what, at=int(at))


def told(pending: Sequence[Pending]) -> list[Listen]:
    """The listens alone."""
    return [one.listen for one in pending]
