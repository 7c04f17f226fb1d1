"""Opening a library, and the schema that its migrations make."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DatabaseError

from knowledge.database import Database
from knowledge.errors import DatabaseUnusable
from knowledge.schema import metadata

_DEFINITIONS = text(
    "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL "
    "AND name NOT LIKE '%_search%' AND name NOT IN ('alembic_version', 'sqlite_sequence')"
)


def definitions(connection: Connection) -> dict[str, list[str]]:
    """Return each table and index as its parts, whatever their order and spacing."""
    rows = connection.execute(_DEFINITIONS)
    return {
        row.name: sorted(
            part.strip(" )")
            for written in " ".join(row.sql.replace('"', "").split()).split(", ")
            for part in _apart(written.strip(" )"))
        )
        for row in rows
    }


def _apart(column: str) -> list[str]:
    """Take a reference out of the column that it was added with."""
    name, added, refers_to = column.partition(" REFERENCES ")
    if not added or name.startswith("FOREIGN KEY"):
        return [column]
    return [name, f"FOREIGN KEY({name.split()[0]}) REFERENCES {refers_to}"]


@pytest.mark.integration
def test_migrations_make_the_schema(tmp_path: Path) -> None:
    database = Database.at(tmp_path / "library.db")
    plain = create_engine("sqlite://")
    with database.read() as migrated, plain.connect() as wanted:
        metadata.create_all(wanted)
        assert definitions(migrated) == definitions(wanted)
        context = MigrationContext.configure(migrated)
        changes = compare_metadata(context, metadata)
    assert [change for change in changes if "_search" not in str(change)] == []
    plain.dispose()
    database.close()


@pytest.mark.integration
def test_a_library_can_be_opened_again(tmp_path: Path) -> None:
    for _ in range(2):
        database = Database.at(tmp_path / "folder" / "library.db")
        with database.read() as connection:
            mode = connection.execute(text("PRAGMA journal_mode")).scalar()
            assert mode == "wal"
        database.close()


@pytest.mark.integration
def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    database = Database.at(tmp_path / "library.db")
    insert = text("INSERT INTO settings (key, value) VALUES ('a', '1')")

    def half_a_change() -> None:
        with database.write() as connection:
            connection.execute(insert)
            connection.execute(text("INSERT INTO no_such_table VALUES (1)"))

    with pytest.raises(DatabaseError):
        half_a_change()
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM settings")).scalar() == 0
    database.close()


@pytest.mark.integration
def test_what_is_no_library_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("I am not a database. " * 500)
    with pytest.raises(DatabaseUnusable, match="--data"):
        Database.at(tmp_path / "text.db")
    newer = sqlite3.connect(tmp_path / "newer.db")
    newer.execute("CREATE TABLE alembic_version (version_num TEXT)")
    newer.execute("INSERT INTO alembic_version VALUES ('9999')")
    newer.commit()
    newer.close()
    with pytest.raises(DatabaseUnusable):
        Database.at(tmp_path / "newer.db")
