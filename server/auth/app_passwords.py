"""Passwords for one app each: random, shown once, revocable, and never a person's own.

OpenSubsonic's apps send md5(password + salt) instead of the password
(https://opensubsonic.netlify.app/docs/api-reference/, "Authentication"), which cannot be checked
against a hash. So these are kept encrypted with the installation's key, and found by an HMAC.
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import Row, and_, delete, func, insert, select, update

from knowledge.database import Database
from knowledge.people.accounts import Accounts, Person
from knowledge.people.current import PersonId
from knowledge.schema_auth import app_passwords
from server.auth.identity import Identity, Permission
from server.auth.keys import InstallationKey
from server.auth.scopes import ORDINARY, scopes_of, text_of
from server.errors import BadRequest, NotFound

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

PREFIX: Final = "rap_"
_BYTES: Final = 18
_MOST: Final = 50
"""That many one person may have."""
_LONGEST_NAME: Final = 60
_USED_EVERY_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class AppPassword:
    """One such password, without its secret."""

    id: int
    person: PersonId
    name: str
    """The app that it is for."""
    permissions: frozenset[Permission]
    created_at: float
    """Seconds since 1970."""
    used_at: float | None


class AppPasswords:
    """The passwords of apps in one library. Every call blocks on the database."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        key: InstallationKey,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._clock = clock
        self._seal_key = key.derived("sealed app passwords")
        self._lookup_key = key.derived("found app passwords")

    def make(
        self, person: PersonId, name: str, *, permissions: frozenset[Permission] = ORDINARY
    ) -> tuple[AppPassword, str]:
        """A new password for an app, and the secret, which is shown this once.

        Raises:
            BadRequest: the app has no name, or there are too many already.
        """
        name = " ".join(name.split())
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            raise BadRequest(f"Name the app, in {_LONGEST_NAME} characters at most.")
        secret = PREFIX + secrets.token_urlsafe(_BYTES)
        row = {
            "person_id": person,
            "name": name,
            "lookup_hash": self._lookup_hash(secret),
            "sealed": self._fernet().encrypt(secret.encode()).decode("ascii"),
            "scopes": text_of(permissions),
            "created_at": self._clock(),
        }
        own = app_passwords.c.person_id == person
        with self._database.write() as connection:
            there = connection.scalar(select(func.count()).select_from(app_passwords).where(own))
            if (there or 0) >= _MOST:
                raise BadRequest(f"There may be {_MOST} at most; take one away first.")
            connection.execute(insert(app_passwords).values(row))
            found = connection.execute(
                select(app_passwords).where(app_passwords.c.lookup_hash == row["lookup_hash"])
            ).one()
        return _app_password(found), secret

    def of(self, person: PersonId) -> list[AppPassword]:
        """All of one person, the newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(app_passwords)
                .where(app_passwords.c.person_id == person)
                .order_by(app_passwords.c.id.desc())
            ).all()
        return [_app_password(row) for row in rows]

    def revoke(self, person: PersonId, which: int) -> AppPassword:
        """Take one away; it opens nothing from now on.

        Raises:
            NotFound: this person has none of that id.
        """
        condition = and_(app_passwords.c.person_id == person, app_passwords.c.id == which)
        with self._database.write() as connection:
            row = connection.execute(select(app_passwords).where(condition)).first()
            if row is None:
                raise NotFound("There is no such app password.")
            connection.execute(delete(app_passwords).where(condition))
        return _app_password(row)

    def identity_of(self, secret: str, *, name: str | None = None) -> Identity | None:
        """Who comes in with this; None when it is none, or not of the person so called."""
        if not secret.startswith(PREFIX):
            return None
        with self._database.read() as connection:
            row = connection.execute(
                select(app_passwords).where(
                    app_passwords.c.lookup_hash == self._lookup_hash(secret)
                )
            ).first()
        if row is None:
            return None
        if name is not None:
            person = self._accounts.by_name(name)
            if person is None or person.id != row.person_id:
                return None
        return self._come_in(row)

    def identity_by_token(self, name: str, token: str, salt: str) -> Identity | None:
        """Who comes in with Subsonic's `u`, `t` = md5(password + salt) in hex, and `s`."""
        person = self._accounts.by_name(name)
        if person is None or not salt:
            return None
        with self._database.read() as connection:
            rows = connection.execute(
                select(app_passwords).where(app_passwords.c.person_id == person.id)
            ).all()
        presented = token.lower().encode()
        for row in rows:
            said = self._opened(row.sealed) + salt
            # The protocol wants MD5; the password is random, so that nobody finds it by trying.
            right = hashlib.md5(said.encode(), usedforsecurity=False).hexdigest()
            if hmac.compare_digest(right.encode(), presented):
                return self._come_in(row)
        return None

    def _come_in(self, row: "Row[tuple[object, ...]]") -> Identity | None:
        person = self._accounts.known().get(PersonId(row.person_id))
        if person is None:
            return None
        now = self._clock()
        if row.used_at is None or now - row.used_at > _USED_EVERY_S:
            with self._database.write() as connection:
                connection.execute(
                    update(app_passwords).where(app_passwords.c.id == row.id).values(used_at=now)
                )
        return Identity(person.id, person.name, _allowed(row.scopes, person), client=row.name)

    def _lookup_hash(self, secret: str) -> str:
        return hmac.new(self._lookup_key, secret.encode(), hashlib.sha256).hexdigest()

    def _fernet(self) -> "Fernet":
        from cryptography.fernet import Fernet  # noqa: PLC0415  heavy; the command line has no need

        return Fernet(base64.urlsafe_b64encode(self._seal_key))

    def _opened(self, sealed: str) -> str:
        from cryptography.fernet import InvalidToken  # noqa: PLC0415

        try:
            return self._fernet().decrypt(sealed.encode("ascii")).decode()
        except InvalidToken:  # the key of the installation was lost: it opens nothing any more
            return secrets.token_urlsafe(_BYTES)


def _allowed(scopes: str, person: Person) -> frozenset[Permission]:
    asked = scopes_of(scopes)
    return asked if person.is_admin else asked - {Permission.ADMIN}


def _app_password(row: "Row[tuple[object, ...]]") -> AppPassword:
    return AppPassword(
        row.id,
        PersonId(row.person_id),
        row.name,
        scopes_of(row.scopes),
        row.created_at,
        row.used_at,
    )
