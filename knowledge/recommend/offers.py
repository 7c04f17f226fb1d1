"""The log of what was offered: by which source, how likely that was, why, and what became of it.

Lines are only ever added. What became of an offer is read from the history: nobody has to say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from knowledge.database import Database
from knowledge.models import PlayEventKind, TrackId
from knowledge.people.belonging import mine
from knowledge.recommend.models import Reason
from knowledge.schema import play_events
from knowledge.schema_belongings import offers

POLICY = "terms/1"
"""Name and version of how offers are chosen: numbers of two versions are not comparable."""
_TAKEN_WITHIN_S = 6 * 3600.0
"""An offer that was taken was played within so many seconds."""
_OUTCOMES = 4_000
"""So many of the newest explored offers are learned from."""
_ACTIVITIES = 20_000
"""So many of the newest offers tell what one hears during an activity."""
_MOST_REASONS = 8
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """One place of a list."""

    track_id: TrackId
    source: str
    reasons: tuple[Reason, ...]
    propensity: float | None = None
    """How likely the policy was to choose this source here; None outside the explored place."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an offer in the explored place."""

    source: str
    propensity: float
    kept: bool
    """It was played and not skipped; False: skipped, or passed over for another of the list."""


class OffersLog:
    """Writes and reads what a person was offered. Synchronous; each call is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(
        self,
        list_id: str,
        offered: Sequence[Offer],
        *,
        at: datetime,
        session_id: str = "",
        context: dict[str, Any] | None = None,
    ) -> None:
        """Keep a list as it was offered, first place first."""
        if not offered:
            return
        rows = [
            {
                "at": at.timestamp(),
                "session_id": session_id[:_LONGEST],
                "list_id": list_id,
                "track_id": offer.track_id,
                "rank": rank,
                "source": offer.source[:16],
                "propensity": offer.propensity,
                "policy": POLICY,
                "reasons": [
                    [reason.kind, reason.words, round(reason.weight, 4)]
                    for reason in offer.reasons[:_MOST_REASONS]
                ],
                "context": context or {},
            }
            for rank, offer in enumerate(offered)
        ]
        with self._database.write() as connection:
            connection.execute(insert(offers), rows)

    def why(self, track_id: TrackId, *, list_id: str = "") -> tuple[Reason, ...]:
        """The reasons with which a track was offered last; () when it never was."""
        wanted = select(offers.c.reasons).where(mine(offers), offers.c.track_id == track_id)
        if list_id:
            wanted = wanted.where(offers.c.list_id == list_id)
        with self._database.read() as connection:
            found = connection.execute(wanted.order_by(offers.c.id.desc()).limit(1)).scalar()
        return tuple(
            Reason(str(kind), str(words), float(weight)) for kind, words, weight in found or ()
        )

    def explored_share(self) -> tuple[int, int]:
        """How many places were explored, of the last thousands that this person was offered."""
        newest = (
            select(offers.c.propensity)
            .where(mine(offers))
            .order_by(offers.c.id.desc())
            .limit(_OUTCOMES)
            .subquery()
        )
        counted = select(func.count(newest.c.propensity), func.count()).select_from(newest)
        with self._database.read() as connection:
            explored, total = connection.execute(counted).one()
        return int(explored), int(total)

    def taken(self) -> tuple[Taken, ...]:
        """What became of explored offers, oldest first; those nobody acted upon are left out."""
        explored = (
            select(offers)
            .where(mine(offers), offers.c.propensity.is_not(None), offers.c.policy == POLICY)
            .order_by(offers.c.id.desc())
            .limit(_OUTCOMES)
        )
        with self._database.read() as connection:
            rows = connection.execute(explored).all()
            if not rows:
                return ()
            in_list: dict[str, set[TrackId]] = {row.list_id: set() for row in rows}
            lists = select(offers.c.list_id, offers.c.track_id).where(
                mine(offers),
                offers.c.id >= min(row.id for row in rows) - 1_000,
                offers.c.list_id.in_(in_list),
            )
            for list_id, track_id in connection.execute(lists):
                in_list[list_id].add(track_id)
            first = min(row.at for row in rows)
            events = connection.execute(
                select(play_events.c.at, play_events.c.kind, play_events.c.track_id)
                .where(
                    mine(play_events),
                    play_events.c.at >= first,
                    play_events.c.kind.in_([PlayEventKind.PLAY.value, PlayEventKind.SKIP.value]),
                )
                .order_by(play_events.c.at, play_events.c.id)
            ).all()
        played = _Played(events)
        outcomes = []
        for row in reversed(rows):
            kept = played.became_of(row.track_id, in_list[row.list_id], row.at)
            if kept is not None:
                outcomes.append(Taken(row.source, row.propensity, kept))
        return tuple(outcomes)

    def heard_for(self, activity: str) -> tuple[TrackId, ...]:
        """What was offered for an activity and then heard to the end, each play once."""
        named = offers.c.context["activity"].as_string() == activity
        newest = select(func.max(offers.c.id) - _ACTIVITIES).scalar_subquery()
        wanted = (
            select(offers.c.track_id, func.count(func.distinct(play_events.c.id)))
            .join(
                play_events,
                (play_events.c.track_id == offers.c.track_id)
                & (play_events.c.at >= offers.c.at)
                & (play_events.c.at < offers.c.at + _TAKEN_WITHIN_S),
            )
            .where(
                offers.c.id > newest,
                named,
                mine(offers),
                mine(play_events),
                play_events.c.kind == PlayEventKind.PLAY.value,
                play_events.c.played_s >= 30.0,
            )
            .group_by(offers.c.track_id)
        )
        with self._database.read() as connection:
            rows = connection.execute(wanted).all()
        return tuple(track_id for track_id, count in rows for _ in range(min(count, 50)))

    @staticmethod
    def context(at: datetime, **given: str) -> dict[str, Any]:
        """What is kept of a situation with each offer: what was asked for, and when."""
        kept: dict[str, Any] = {key: value[:_LONGEST] for key, value in given.items() if value}
        kept["hour"] = at.hour
        kept["weekday"] = at.weekday()
        return kept


class _Played:
    """When tracks were played and skipped."""

    def __init__(self, events: Sequence[Any]) -> None:
        self._of: dict[TrackId, list[tuple[float, bool]]] = {}
        for event in events:
            skipped = event.kind == PlayEventKind.SKIP.value
            self._of.setdefault(event.track_id, []).append((event.at, skipped))

    def became_of(self, track_id: TrackId, others: set[TrackId], at: float) -> bool | None:
        """True: played and not skipped; False: skipped or passed over; None: nobody cared."""
        mine = self._after(track_id, at)
        if mine:
            return not any(mine)
        if any(self._after(other, at) for other in others):
            return False
        return None

    def _after(self, track_id: TrackId, at: float) -> list[bool]:
        return [
            skipped
            for when, skipped in self._of.get(track_id, ())
            if at <= when < at + _TAKEN_WITHIN_S
        ]
