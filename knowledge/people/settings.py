"""What a person allows. Everything is off until they say otherwise."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Connection, insert, select, update

from knowledge.database import Database
from knowledge.people.belonging import mine
from knowledge.people.current import PersonId, current_person
from knowledge.schema_belongings import person_settings

_KEY = "allows"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What one person allows."""

    on_shared_devices: bool = False
    """Who says "this is Anna" where nobody is logged in is Anna there."""
    listening_helps_others: bool = False
    """What they listen to may help to choose music for the others at home."""


class PersonSettings:
    """Reads and writes what people set. Synchronous; each call is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def allowed(self, person: PersonId | None = None) -> Allowed:
        """What a person allows, by default the one for whom this code runs."""
        kept = self.get(_KEY, person)
        known = {each.name for each in fields(Allowed)}
        given = kept if isinstance(kept, dict) else {}
        return Allowed(**{name: bool(value) for name, value in given.items() if name in known})

    def allow(self, allowed: Allowed) -> None:
        """Keep what the person for whom this code runs allows."""
        self.put(_KEY, asdict(allowed))

    def get(self, key: str, person: PersonId | None = None) -> Any:
        """A small fact; None when there is none."""
        wanted = mine(person_settings, person) & (person_settings.c.key == key)
        with self._database.read() as connection:
            return connection.execute(select(person_settings.c.value).where(wanted)).scalar()

    def put(self, key: str, value: Any) -> None:
        """Keep a small fact of the person for whom this code runs."""
        with self._database.write() as connection:
            keep(connection, key, value)

    def helpers(self) -> frozenset[PersonId]:
        """Those whose listening may help to choose for others."""
        wanted = select(person_settings.c.person_id, person_settings.c.value).where(
            person_settings.c.key == _KEY
        )
        with self._database.read() as connection:
            rows = connection.execute(wanted).all()
        return frozenset(
            PersonId(person)
            for person, value in rows
            if isinstance(value, dict) and value.get("listening_helps_others") is True
        )


def keep(connection: Connection, key: str, value: Any) -> None:
    """Keep a small fact of the person for whom this code runs, within a transaction."""
    this = mine(person_settings) & (person_settings.c.key == key)
    if not connection.execute(update(person_settings).where(this).values(value=value)).rowcount:
        row = {"person_id": current_person(), "key": key, "value": value}
        connection.execute(insert(person_settings).values(row))
