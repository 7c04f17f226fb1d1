"""Who there is: names, passwords, and who may change everything."""

import threading
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from knowledge.database import Database
from knowledge.folding import fold
from knowledge.people.current import HOUSEHOLD, PersonId
from knowledge.people.errors import NameRejected, NoSuchPerson
from knowledge.people.passwords import check_password, hash_password, verify
from knowledge.schema_auth import audit
from knowledge.schema_people import people

_LONGEST_NAME = 60
_MOST_PEOPLE = 200
_NUL = "\x00"
"""In no name; PostgreSQL refuses to be asked for it."""
_BELIEVED_S = 1.0
"""For so long what was read of everybody is believed: the command line changes it, too."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses this installation."""

    id: PersonId
    name: str
    """What they are called; "" is the household."""
    is_admin: bool
    """May change settings, people and devices."""
    has_password: bool
    """Whether they can log in by themselves."""
    created_at: float
    """Seconds since 1970."""


class Accounts:
    """The people of one library. Every call blocks: on the database, or on Argon2."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._known: dict[PersonId, Person] = {}
        self._known_at = float("-inf")

    def all(self) -> list[Person]:
        """Everybody but the household, in the order in which they came."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(people).where(people.c.id != HOUSEHOLD).order_by(people.c.id)
            ).all()
        return [_person(row) for row in rows]

    def by_name(self, name: str) -> Person | None:
        """Who is called that, however it is written; None when nobody is."""
        if not name.strip() or _NUL in name:
            return None
        with self._database.read() as connection:
            row = connection.execute(select(people).where(people.c.folded == fold(name))).first()
        return None if row is None else _person(row)

    def by_id(self, person: PersonId) -> Person:
        """Who has this id, the household included.

        Raises:
            NoSuchPerson: nobody has.
        """
        with self._database.read() as connection:
            return _person(_row(connection, person))

    def known(self) -> dict[PersonId, Person]:
        """Everybody with the household, as of a second ago at most: for what every request asks."""
        with self._lock:
            now = time.monotonic()
            if now - self._known_at > _BELIEVED_S:
                with self._database.read() as connection:
                    found = [_person(row) for row in connection.execute(select(people))]
                self._known = {one.id: one for one in found}
                self._known_at = now
            return self._known

    def login_needed(self) -> bool:
        """Whether somebody has a password: from then on browsers must log in."""
        return any(person.has_password for person in self.known().values())

    def add(self, name: str, *, password: str | None = None, admin: bool | None = None) -> Person:
        """Somebody new; the first one is an administrator unless told otherwise.

        Raises:
            NameRejected: it is taken, empty, or cannot be a name.
            PasswordRejected: it is too short or too easily guessed.
        """
        name = _clean(name)
        kept = ""
        if password is not None:
            check_password(password, name=name)
            kept = hash_password(password)
        with self._database.write() as connection:
            there = connection.scalar(select(func.count()).select_from(people)) or 0
            if there > _MOST_PEOPLE:
                raise NameRejected(f"There may be {_MOST_PEOPLE} people at most.")
            row = {
                "name": name,
                "folded": fold(name),
                "password_hash": kept,
                "is_admin": there == 1 if admin is None else admin,
                "created_at": self._clock(),
            }
            try:
                connection.execute(insert(people).values(row))
            except IntegrityError as error:
                raise NameRejected(f'Somebody is called "{name}" already.') from error
            found = connection.execute(select(people).where(people.c.folded == row["folded"]))
            person = _person(found.one())
        self.look_again()
        return person

    def rename(self, person: PersonId, name: str) -> Person:
        """Call somebody something else.

        Raises:
            NameRejected: it is taken, empty, or cannot be a name.
            NoSuchPerson: nobody has this id; the household has no name.
        """
        name = _clean(name)
        return self._change(person, name=name, folded=fold(name))

    def set_admin(self, person: PersonId, *, admin: bool) -> Person:
        """Let somebody change everything, or no more.

        Raises:
            NoSuchPerson: nobody has this id.
        """
        return self._change(person, is_admin=admin)

    def set_password(self, person: PersonId, password: str) -> Person:
        """Let somebody log in with this.

        Raises:
            PasswordRejected: it is too short or too easily guessed.
            NoSuchPerson: nobody has this id; the household logs in with the access token.
        """
        check_password(password, name=self.by_id(person).name)
        return self._change(person, password_hash=hash_password(password))

    def remove(self, person: PersonId) -> None:
        """Take somebody out with their logins, tokens and devices.

        What else belongs to them must be erased before (`knowledge.people.erasure`).

        Raises:
            NoSuchPerson: nobody has this id; the household stays.
            NameRejected: something still belongs to them.
        """
        with self._database.write() as connection:
            _row(connection, person)
            if person == HOUSEHOLD:
                raise NoSuchPerson("The household cannot be removed.")
            # What was done stays in the log; by whom is no longer told.
            connection.execute(
                update(audit).where(audit.c.person_id == person).values(who="", person_id=None)
            )
            try:
                connection.execute(delete(people).where(people.c.id == person))
            except IntegrityError as error:
                raise NameRejected(
                    "Something in the library still belongs to them. "
                    "Run: refrain erase --person NAME"
                ) from error
        self.look_again()

    def verify_password(self, name: str, password: str) -> Person | None:
        """Who logs in so; None when name and password do not belong together.

        An unknown name takes as long as a wrong password.
        """
        with self._database.read() as connection:
            row = connection.execute(
                select(people).where(
                    people.c.folded == fold(name[:_LONGEST_NAME].replace(_NUL, "?"))
                )
            ).first()
        right, renewed = verify(password, "" if row is None else row.password_hash)
        if row is None or not right:
            return None
        if renewed is not None:
            self._change(PersonId(row.id), password_hash=renewed)
        return _person(row)

    def _change(self, person: PersonId, **values: object) -> Person:
        if person == HOUSEHOLD:
            raise NoSuchPerson("The household has no name, no password and no other rights.")
        with self._database.write() as connection:
            _row(connection, person)
            try:
                connection.execute(update(people).where(people.c.id == person).values(**values))
            except IntegrityError as error:
                raise NameRejected("Somebody is called that already.") from error
            changed = _person(_row(connection, person))
        self.look_again()
        return changed

    def look_again(self) -> None:
        """Believe nothing that was read before: somebody else changed people."""
        with self._lock:
            self._known_at = float("-inf")


def _row(connection: Connection, person: PersonId) -> Row[tuple[object, ...]]:
    row = connection.execute(select(people).where(people.c.id == person)).first()
    if row is None:
        raise NoSuchPerson(f"There is nobody with the id {person}.")
    return row


def _person(row: Row[tuple[object, ...]]) -> Person:
    return Person(PersonId(row.id), row.name, row.is_admin, bool(row.password_hash), row.created_at)


def _clean(name: str) -> str:
    shown = unicodedata.normalize("NFC", " ".join(name.split()))
    if not shown or not any(sign.isalnum() for sign in shown):
        raise NameRejected("A name needs at least one letter.")
    if len(shown) > _LONGEST_NAME or not shown.isprintable():
        raise NameRejected(f"A name has {_LONGEST_NAME} printable characters at most.")
    return shown
