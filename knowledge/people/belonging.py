"""What makes a row somebody's: a column with the person's id, filled in and asked for here.

Whoever adds a row that names nobody adds it for whom the code runs just now (`current_person`), and
a store asks with `mine` in one place of its own.
"""

from sqlalchemy import Column, ColumnElement, ForeignKey, Integer, Table, text

from knowledge.people.current import HOUSEHOLD, PersonId, current_person, device_person

OWNER = "person_id"
"""Name of the column that says whose a row is."""


def owner_column(*, primary_key: bool = False) -> "Column[int]":
    """The column of a table whose rows belong to people."""
    return Column(
        OWNER,
        Integer,
        ForeignKey("people.id"),
        primary_key=primary_key,
        nullable=False,
        default=current_person,
        # Rows that were there before there were people are the household's.
        server_default=text("1"),
    )


def mine(table: Table, person: PersonId | None = None) -> ColumnElement[bool]:
    """A condition: rows of `person`, by default of whom this code runs for."""
    whose = current_person() if person is None else person
    return table.c[OWNER] == whose


def own_key(session_id: str) -> str:
    """A key for what is held in memory of a conversation: the same id of two people differs."""
    return _key(current_person(), session_id)


def device_key(session_id: str) -> str:
    """The same for what belongs to a device: where it stands, what it hears.

    Who says "this is Anna" at a device of all speaks as herself, and still through that device.
    """
    return _key(device_person(), session_id)


def _key(person: PersonId, session_id: str) -> str:
    return session_id if person == HOUSEHOLD else f"{person}\0{session_id}"


def is_own(key: str) -> bool:
    """Whether `own_key` made this key for the person for whom this code runs."""
    whose, found, _ = key.partition("\0")
    return (whose if found else str(HOUSEHOLD)) == str(current_person())


def session_of(key: str) -> str:
    """The session id that `own_key` made a key of."""
    return key.partition("\0")[2] or key
