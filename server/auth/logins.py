"""Browsers in which somebody is logged in."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Row, and_, delete, insert, select, update

from knowledge.database import Database
from knowledge.people.accounts import Accounts, Person
from knowledge.people.current import PersonId
from knowledge.schema_auth import logins
from server.auth.secrets import digest, new_secret
from server.errors import NotFound

COOKIE: Final = "refrain_login"
VALID_S: Final = 90 * 86_400
"""A browser that is not used for so long has to log in again."""
_SEEN_EVERY_S: Final = 600.0
_BELIEVED_S: Final = 2.0
_REMEMBERED: Final = 500
_LONGEST_AGENT: Final = 120


@dataclass(frozen=True, slots=True)
class Login:
    """One browser."""

    id: int
    person: PersonId
    agent: str
    """What the browser calls itself."""
    address: str
    created_at: float
    """Seconds since 1970."""
    seen_at: float


class Logins:
    """The browsers that are logged in. Every call may block on the database."""

    def __init__(
        self, database: Database, accounts: Accounts, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._clock = clock
        self._lock = threading.Lock()
        self._believed: OrderedDict[str, tuple[float, PersonId]] = OrderedDict()

    def begin(self, person: Person, *, agent: str, address: str) -> str:
        """Log a browser in; what its cookie shall hold is returned."""
        secret, now = new_secret(), self._clock()
        row = {
            "token_hash": digest(secret),
            "person_id": person.id,
            "agent": "".join(one for one in agent[:_LONGEST_AGENT] if one.isprintable()),
            "address": address,
            "created_at": now,
            "seen_at": now,
            "expires_at": now + VALID_S,
        }
        with self._database.write() as connection:
            connection.execute(delete(logins).where(logins.c.expires_at < now))
            connection.execute(insert(logins).values(row))
        return secret

    def person_of(self, secret: str | None) -> Person | None:
        """Who is logged in where the cookie holds this; None when nobody is."""
        if not secret:
            return None
        known, token_hash = self._accounts.known(), digest(secret)
        with self._lock:
            read_at, person = self._believed.get(token_hash, (float("-inf"), PersonId(0)))
        if time.monotonic() - read_at <= _BELIEVED_S:
            return known.get(person)
        now = self._clock()
        with self._database.read() as connection:
            row = connection.execute(
                select(logins).where(
                    and_(logins.c.token_hash == token_hash, logins.c.expires_at > now)
                )
            ).first()
        if row is None:
            return None
        if now - row.seen_at > _SEEN_EVERY_S:
            with self._database.write() as connection:
                connection.execute(
                    update(logins)
                    .where(logins.c.id == row.id)
                    .values(seen_at=now, expires_at=now + VALID_S)
                )
        with self._lock:
            self._believed[token_hash] = (time.monotonic(), PersonId(row.person_id))
            while len(self._believed) > _REMEMBERED:
                self._believed.popitem(last=False)
        return known.get(PersonId(row.person_id))

    def of(self, person: PersonId) -> list[Login]:
        """The browsers of one person, the last seen first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(logins)
                .where(and_(logins.c.person_id == person, logins.c.expires_at > self._clock()))
                .order_by(logins.c.seen_at.desc())
            ).all()
        return [_login(row) for row in rows]

    def end(self, secret: str) -> None:
        """Log this browser out."""
        with self._database.write() as connection:
            connection.execute(delete(logins).where(logins.c.token_hash == digest(secret)))
        self._forget()

    def end_one(self, person: PersonId, which: int) -> None:
        """Log one browser of a person out.

        Raises:
            NotFound: they have none of that id.
        """
        condition = and_(logins.c.person_id == person, logins.c.id == which)
        with self._database.write() as connection:
            if not connection.execute(delete(logins).where(condition)).rowcount:
                raise NotFound("There is no such browser.")
        self._forget()

    def end_all(self, person: PersonId, *, but: str | None = None) -> None:
        """Log a person out everywhere, but for the browser with this secret."""
        others = logins.c.person_id == person
        if but is not None:
            others = and_(others, logins.c.token_hash != digest(but))
        with self._database.write() as connection:
            connection.execute(delete(logins).where(others))
        self._forget()

    def _forget(self) -> None:
        with self._lock:
            self._believed.clear()


def _login(row: "Row[tuple[object, ...]]") -> Login:
    return Login(
        row.id, PersonId(row.person_id), row.agent, row.address, row.created_at, row.seen_at
    )
