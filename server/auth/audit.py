"""Who did what, when and from where: logins, people, devices and tokens. Never a secret."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import delete, func, insert, select

from knowledge.database import Database
from knowledge.people.current import HOUSEHOLD, PersonId
from knowledge.schema_auth import audit

KEPT_S: Final = 365 * 86_400
_MOST: Final = 50_000
_LONGEST: Final = 200
STRANGER: Final = "a stranger"
COMMAND_LINE: Final = "command line"
"""What stands for the address where somebody typed a command on this machine."""


class Action(StrEnum):
    """What was done."""

    LOGIN = "login"
    LOGIN_FAILED = "login_failed"
    LOGOUT = "logout"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  the name of an action
    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    PERSON_REMOVED = "person_removed"
    INVITED = "invited"
    INVITATION_USED = "invitation_used"
    APP_PASSWORD_MADE = "app_password_made"  # noqa: S105
    APP_PASSWORD_REVOKED = "app_password_revoked"  # noqa: S105
    CLIENT_ADDED = "client_added"
    CLIENT_REMOVED = "client_removed"
    ACCESS_GRANTED = "access_granted"
    ACCESS_REFUSED = "access_refused"
    ACCESS_REVOKED = "access_revoked"
    CODE_REPLAYED = "code_replayed"
    TOKEN_REPLAYED = "token_replayed"  # noqa: S105
    BROWSER_ENDED = "browser_ended"
    EXPORTED = "exported"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the log."""

    id: int
    at: float
    """Seconds since 1970."""
    who: str
    """The person's name then; "" for the household, and for people who left."""
    action: str
    what: str
    address: str
    client: str


class Audit:
    """The log. Every call blocks on the database."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def note(
        self,
        action: Action,
        what: str = "",
        *,
        person: PersonId | None = HOUSEHOLD,
        who: str = "",
        address: str = COMMAND_LINE,
        client: str = "",
    ) -> None:
        """Write one line; entries of more than a year ago go. Strangers are no `person`."""
        now = self._clock()
        row = {
            "at": now,
            "person_id": person,
            "who": _shown(who),
            "action": action.value,
            "what": _shown(what),
            "address": _shown(address),
            "client": _shown(client),
        }
        with self._database.write() as connection:
            connection.execute(insert(audit).values(row))
            newest = connection.scalar(select(func.max(audit.c.id))) or 0
            connection.execute(delete(audit).where(audit.c.id <= newest - _MOST))
            connection.execute(delete(audit).where(audit.c.at < now - KEPT_S))

    def entries(
        self, *, limit: int = 100, before: int | None = None, person: PersonId | None = None
    ) -> list[AuditEntry]:
        """The newest lines first; `before` an id for the next page, `person` for one person's."""
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(audit.c.id < before)
        if person is not None:
            query = query.where(audit.c.person_id == person)
        with self._database.read() as connection:
            return [
                AuditEntry(row.id, row.at, row.who, row.action, row.what, row.address, row.client)
                for row in connection.execute(query)
            ]


def _shown(text: str) -> str:
    """At most a line, without what would change how the log looks."""
    return "".join(one if one.isprintable() else " " for one in text[:_LONGEST])
