"""A row in every table of people, made from the schema alone, with a marker in all that is text."""

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, Integer, LargeBinary, String, Table, insert

from knowledge.database import Database
from knowledge.people.belonging import OWNER
from knowledge.people.current import PersonId
from knowledge.people.ownership import Rule, rule_of
from knowledge.schema import metadata

_WANTED = {Rule.OWN, Rule.THROUGH, Rule.LOG}


def fill(database: Database, person: PersonId, marker: str) -> dict[str, int]:
    """Add a row of `person` to every table that may hold one; how many tables got one."""
    made: dict[str, Any] = {}
    filled: dict[str, int] = {}
    with database.write() as connection:
        for table in metadata.sorted_tables:
            rule = rule_of(table)
            if table.name in {"tracks", "albums"} or rule in _WANTED:
                row = {
                    column.name: _value(table, column, person, marker, made)
                    for column in table.columns
                    if not _numbered(column)
                }
                key = connection.execute(insert(table).values(row)).inserted_primary_key
                made[table.name] = dict(
                    zip(table.primary_key.columns.keys(), key or (), strict=False)
                )
                if rule in _WANTED:
                    filled[table.name] = filled.get(table.name, 0) + 1
    return filled


def _numbered(column: "Column[Any]") -> bool:
    alone = len(column.table.primary_key.columns) == 1
    is_number = isinstance(column.type, Integer)
    return column.primary_key and alone and is_number and not column.foreign_keys


def _value(
    table: Table, column: "Column[Any]", person: PersonId, marker: str, made: dict[str, Any]
) -> Any:
    if column.name == OWNER:
        return int(person)
    for key in column.foreign_keys:
        parent = key.column.table.name
        return made[parent][key.column.name] if parent in made else None
    if table.name == "audit" and column.name == "action":
        return "login"
    # Names of music are the library's, and not of anybody.
    text = "song" if rule_of(table) is Rule.LIBRARY else marker
    match column.type:
        case Boolean():
            return False
        case JSON():
            return {"words": text}
        case LargeBinary():
            return text.encode()
        case Float() | Integer():
            return 1
        case String(length=length):
            return f"{text} {person} {column.name}"[: length or None]
        case _:
            raise TypeError(f"{table.name}.{column.name}")
