"""Links by which somebody becomes a person of this installation, or chooses a new password."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, delete, func, insert, select

from knowledge.database import Database
from knowledge.people.accounts import Accounts, Person
from knowledge.people.current import PersonId
from knowledge.schema_auth import invitations
from server.auth.secrets import digest, new_secret
from server.errors import BadRequest, NotFound

VALID_S: Final = 7 * 86_400
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Invitation:
    """One such link."""

    id: int
    name: str
    """For whom it is; "" lets them choose."""
    is_admin: bool
    person: PersonId | None
    """Whose password it sets anew; None makes a new person."""
    expires_at: float
    """Seconds since 1970."""


class Invitations:
    """The links that are open. Every call blocks on the database."""

    def __init__(
        self, database: Database, accounts: Accounts, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._clock = clock
        self._accepting = threading.Lock()

    def make(self, *, name: str = "", admin: bool = False) -> tuple[Invitation, str]:
        """A link for somebody new, and its secret, which is shown this once.

        Raises:
            BadRequest: the name cannot be one, or is taken; or too many links are open.
        """
        name = " ".join(name.split())
        if len(name) > 60 or (name and not name.isprintable()):
            raise BadRequest("A name has 60 printable characters at most.")
        if name and self._accounts.by_name(name) is not None:
            raise BadRequest(f'Somebody is called "{name}" already.')
        return self._make(name, admin=admin, person=None)

    def renew(self, person: Person) -> tuple[Invitation, str]:
        """A link by which somebody who is there chooses a new password."""
        return self._make(person.name, admin=person.is_admin, person=person.id)

    def of(self, secret: str) -> Invitation | None:
        """The invitation of a link; None when there is none, or its time is over."""
        with self._database.read() as connection:
            row = connection.execute(
                select(invitations).where(
                    and_(
                        invitations.c.token_hash == digest(secret),
                        invitations.c.expires_at > self._clock(),
                    )
                )
            ).first()
        if row is None:
            return None
        person = None if row.person_id is None else PersonId(row.person_id)
        return Invitation(row.id, row.name, row.is_admin, person, row.expires_at)

    def accept(self, secret: str, *, name: str, password: str) -> Person:
        """Become a person, or choose the new password. Hashes: takes a tenth of a second.

        Raises:
            NotFound: there is no such link any more.
            NameRejected: the name is taken or none.
            PasswordRejected: the password is too short or too easily guessed.
        """
        with self._accepting:  # a link that is sent twice at once is good once, too
            invitation = self.of(secret)
            if invitation is None:
                raise NotFound("This invitation was used already, or its time is over.")
            if invitation.person is not None:
                person = self._accounts.set_password(invitation.person, password)
            else:
                chosen = invitation.name or name
                admin = True if invitation.is_admin else None
                first = not self._accounts.all()
                person = self._accounts.add(chosen, password=password, admin=admin or first)
            self.revoke(invitation.id)
            return person

    def all(self) -> list[Invitation]:
        """Those that are open, the newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(invitations)
                .where(invitations.c.expires_at > self._clock())
                .order_by(invitations.c.id.desc())
            ).all()
        return [
            Invitation(row.id, row.name, row.is_admin, row.person_id, row.expires_at)
            for row in rows
        ]

    def revoke(self, which: int) -> None:
        """Close a link."""
        with self._database.write() as connection:
            connection.execute(delete(invitations).where(invitations.c.id == which))

    def _make(self, name: str, *, admin: bool, person: PersonId | None) -> tuple[Invitation, str]:
        secret, now = new_secret(), self._clock()
        row = {
            "token_hash": digest(secret),
            "name": name,
            "is_admin": admin,
            "person_id": person,
            "created_at": now,
            "expires_at": now + VALID_S,
        }
        with self._database.write() as connection:
            connection.execute(delete(invitations).where(invitations.c.expires_at <= now))
            open_ones = connection.scalar(select(func.count()).select_from(invitations)) or 0
            if open_ones >= _MOST:
                raise BadRequest(f"{_MOST} invitations are open; take one back first.")
            connection.execute(insert(invitations).values(row))
        made = self.of(secret)
        if made is None:  # only where the clock jumps
            raise NotFound("The invitation is gone already.")
        return made, secret
