"""What a person said once and for all: never this, less of that, more of the other."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from knowledge.database import Database
from knowledge.errors import NotInLibrary, TasteRejected
from knowledge.folding import fold
from knowledge.people.belonging import mine
from knowledge.people.current import HOUSEHOLD, PersonId, current_person
from knowledge.people.settings import PersonSettings, keep
from knowledge.schema_belongings import taste_rules

SAID = {"never": -1.0, "less": -0.6, "more": 0.6, "neutral": 0.0}
"""What may be said, and what it weighs. "never" is a hard rule; "neutral" takes back what was
learned from listening."""
SUBJECTS = ("track", "artist", "album", "genre", "mood", "tag", "theme", "language")
NOT_NOW, MOMENT = "not_now", "moment"
"""A track that is not wanted for some hours: kept like a rule, and gone by itself."""
NOT_NOW_S = 6 * 3600.0
MOST_RULES = 2_000
_LONGEST = 300
_SINCE = "taste.since"


@dataclass(frozen=True, slots=True)
class TasteRule:
    id: int
    at: datetime
    person: PersonId
    kind: str
    """A key of `SAID`, or `NOT_NOW`."""
    subject: str
    value: str
    """As it was named; a track by its number."""
    folded: str
    weight: float
    said: str
    """The words of the person."""


class TasteRules:
    """Reads and writes the rules of a person. Synchronous; each change is one transaction.

    What the household said holds for everybody, and only the household takes it back.
    """

    def __init__(
        self, database: Database, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._database = database
        self._settings = PersonSettings(database)
        self._clock = clock
        self._lock = threading.Lock()
        self._changes = 0

    @property
    def changes(self) -> int:
        """Grows with every change made through this object."""
        return self._changes

    def all(self) -> tuple[TasteRule, ...]:
        """The rules of a person and of the household, the newest last; without what is over."""
        wanted = select(taste_rules).where(mine(taste_rules) | mine(taste_rules, HOUSEHOLD))
        with self._database.read() as connection:
            rows = connection.execute(wanted.order_by(taste_rules.c.at, taste_rules.c.id)).all()
        over = self._clock().timestamp() - NOT_NOW_S
        return tuple(_rule(row) for row in rows if row.kind != NOT_NOW or row.at > over)

    def say(self, kind: str, subject: str, value: str, said: str = "") -> TasteRule:
        """Keep a rule; of the same subject and value the last word counts.

        Raises:
            TasteRejected: no such kind or subject, no value, or far too many rules.
        """
        value, said = " ".join(value.split()), " ".join(said.split())[:_LONGEST]
        if kind == NOT_NOW:
            subject = MOMENT
        elif kind not in SAID or subject not in SUBJECTS:
            raise TasteRejected(f'Nothing is known of "{kind}" for a "{subject}".')
        if not value or len(value) > _LONGEST:
            raise TasteRejected("A rule of taste needs the name of what it is about.")
        if subject in {"track", MOMENT} and not value.isdecimal():
            raise TasteRejected("A track is named by its number.")
        folded = value if subject in {"track", MOMENT} else fold(value)
        row = {
            "at": self._clock().timestamp(),
            "person_id": current_person(),
            "kind": kind,
            "subject": subject,
            "value": value,
            "folded": folded,
            "weight": SAID.get(kind, -1.0),
            "said": said,
        }
        added = upsert(taste_rules).values(**row)
        with self._lock, self._database.write() as connection:
            self._make_room(connection)
            connection.execute(
                added.on_conflict_do_update(
                    index_elements=["person_id", "subject", "folded"],
                    set_={key: row[key] for key in ("at", "kind", "value", "weight", "said")},
                )
            )
            wanted = select(taste_rules).where(
                mine(taste_rules),
                taste_rules.c.subject == subject,
                taste_rules.c.folded == folded,
            )
            kept = _rule(connection.execute(wanted).one())
            self._changes += 1
        return kept

    def forget(self, rule_id: int) -> None:
        """Take a rule back.

        Raises:
            NotInLibrary: there is no such rule.
        """
        with self._lock, self._database.write() as connection:
            this = mine(taste_rules) & (taste_rules.c.id == rule_id)
            gone = connection.execute(delete(taste_rules).where(this))
            if not gone.rowcount:
                raise NotInLibrary("There is no such rule of taste.")
            self._changes += 1

    def reset(self) -> None:
        """Forget the rules of a person, and what their listening up to now has shown.

        The log of what was played stays; it is only no longer learned from.
        """
        now = self._clock().timestamp()
        with self._lock, self._database.write() as connection:
            keep(connection, _SINCE, now)
            connection.execute(delete(taste_rules).where(mine(taste_rules)))
            self._changes += 1

    def since(self) -> float:
        """Unix time from which listening is learned from; 0 when it never was reset."""
        value = self._settings.get(_SINCE)
        return float(value) if isinstance(value, int | float) else 0.0

    def _make_room(self, connection: Connection) -> None:
        over = self._clock().timestamp() - NOT_NOW_S
        connection.execute(
            delete(taste_rules).where(taste_rules.c.kind == NOT_NOW, taste_rules.c.at <= over)
        )
        count = select(func.count()).where(mine(taste_rules))
        if connection.execute(count).scalar_one() >= MOST_RULES:
            raise TasteRejected(f"There is room for {MOST_RULES:,} rules of taste.")


def _rule(row: Any) -> TasteRule:
    return TasteRule(
        id=row.id,
        at=datetime.fromtimestamp(row.at, UTC),
        person=PersonId(row.person_id),
        kind=row.kind,
        subject=row.subject,
        value=row.value,
        folded=row.folded,
        weight=row.weight,
        said=row.said,
    )
