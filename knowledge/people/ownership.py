"""Which rows of which table belong to a person. Export and erasure both go by it, and by it alone.

Most of it is read off the schema: a table with a person's id in it is theirs, and so is what would
go with such a row. Everything else must be named here; a test fails for a table of which nobody
said whose it is.
"""

from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, MetaData, Table, or_, select

from knowledge.people.belonging import OWNER
from knowledge.people.current import PersonId


class Rule(StrEnum):
    """How a table stands to people."""

    LIBRARY = "library"
    """It holds nothing of anybody."""
    OWN = "own"
    """It names the person."""
    THROUGH = "through"
    """Its rows go with rows of another table that are somebody's."""
    PERSON = "person"
    """The people themselves."""
    LOG = "log"
    """It stays, and no longer tells who it was."""
    QUEUE = "queue"
    """It is the household's; who wanted an item stands in the item."""


LIBRARY = frozenset(
    {
        *("artists", "albums", "tracks", "track_artists", "track_genres", "files", "lyrics"),
        *("segments", "features", "jobs", "sound_tracks", "sound_segments", "cover_looks"),
        *("packs", "pack_recordings", "melodies", "tune_files", "written_tunes", "settings"),
        *("completions", "fetched_lyrics", "service_answers"),
        *("outside_neighbours", "outside_asked", "stations"),
    }
)
"""Tables of music, and settings of the installation."""
SPECIAL = {
    "people": Rule.PERSON,
    "audit": Rule.LOG,
    "queue_states": Rule.QUEUE,
    "room_queue_states": Rule.QUEUE,
}


class NobodySaid(LookupError):
    """A table of which it is not known whose its rows are."""


def rule_of(table: Table) -> Rule:
    """How a table stands to people.

    Raises:
        NobodySaid: it must be named in `LIBRARY`, or name a person.
    """
    if table.name in SPECIAL:
        return SPECIAL[table.name]
    if table.name in LIBRARY:
        return Rule.LIBRARY
    if OWNER in table.c:
        return Rule.OWN
    if _parents(table):
        return Rule.THROUGH
    raise NobodySaid(
        f'Whose are the rows of "{table.name}"? Give it an owner_column(), or add it to LIBRARY in '
        "knowledge/people/ownership.py when nothing in it is about a person."
    )


def queues(metadata: MetaData) -> tuple[Table, ...]:
    """The tables with states of a queue."""
    return tuple(one for one in metadata.sorted_tables if rule_of(one) is Rule.QUEUE)


def belonging(metadata: MetaData) -> tuple[Table, ...]:
    """The tables with rows of people, each after those that it refers to; not the people."""
    wanted = {Rule.OWN, Rule.THROUGH, Rule.LOG}
    return tuple(table for table in metadata.sorted_tables if rule_of(table) in wanted)


def rows_of(table: Table, person: PersonId) -> ColumnElement[bool]:
    """A condition: the rows of `table` that belong to a person."""
    if rule_of(table) is Rule.PERSON:
        return table.c.id == person
    if OWNER in table.c:
        return table.c[OWNER] == person
    conditions = [
        column.in_(select(parent_key).where(rows_of(parent_key.table, person)))
        for column, parent_key in _parents(table)
    ]
    return or_(*conditions)


def _parents(table: Table) -> list[tuple["Column[Any]", "Column[Any]"]]:
    """Columns that refer to what is somebody's, and that their rows go with."""
    found: list[tuple[Column[Any], Column[Any]]] = []
    for key in table.foreign_keys:
        parent = key.column.table
        owned = parent.name not in LIBRARY and parent is not table
        if key.ondelete == "CASCADE" and owned and rule_of(parent) in {Rule.OWN, Rule.THROUGH}:
            found.append((key.parent, key.column))
    return found
