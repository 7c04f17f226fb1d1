"""What belongs to which person: all that is there is the household's. Written out and frozen.

SQLite changes neither keys nor unique constraints of a table: such tables are copied there. The
new columns are plain `ALTER TABLE`, which keeps the numbers that were ever given away.
"""

import time
from typing import Any

import sqlalchemy as sa
from alembic import op

from knowledge.folding import fold

revision = "0008"
down_revision = "0007"

_SINCE = "taste.since."
_PERSON = "person_id INTEGER DEFAULT 1 NOT NULL REFERENCES people (id)"
_OWNED = (
    "play_events",
    "tunes",
    "heard",
    "clips",
    "imports",
    "imported_listens",
    "offers",
    "hums",
    "timers",
    "timer_news",
)
_COPIED = {
    "playlists": ("id", "name", "folded", "created_at", "person_id", "shared"),
    "ratings": ("person_id", "track_id", "liked", "at"),
    "sessions": ("person_id", "id", "changed_at", "state"),
    "taste_rules": (
        *("id", "at", "person_id", "kind", "subject", "value", "folded"),
        *("weight", "said"),
    ),
}


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":  # the household was added with its number
        op.execute("SELECT setval(pg_get_serial_sequence('people', 'id'), max(id)) FROM people")
    op.create_table(
        "person_settings",
        _person(),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("person_id", "key"),
    )
    for table in (*_OWNED, *_COPIED):
        op.execute(f"ALTER TABLE {table} ADD COLUMN {_PERSON}")
    op.execute(f"ALTER TABLE playlists ADD COLUMN shared BOOLEAN DEFAULT {_true()} NOT NULL")
    _people_by_name(connection)
    for table in ("imports", "offers"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN person")
    if connection.dialect.name == "sqlite":
        for table in _COPIED:
            _copy(connection, table)
    else:
        _alter()


def downgrade() -> None:
    raise NotImplementedError("What belongs to whom cannot be taken back without losing it.")


def _person() -> "sa.Column[int]":
    return sa.Column("person_id", sa.Integer(), server_default=sa.text("1"), nullable=False)


def _true() -> str:
    return "1" if op.get_bind().dialect.name == "sqlite" else "true"


def _people_by_name(connection: sa.Connection) -> None:
    """Make people of the names that taste, imports and offers were kept under."""
    given: dict[str, int] = {}
    for table in ("taste_rules", "imports", "offers"):
        names = connection.execute(
            sa.text(f"SELECT DISTINCT person FROM {table}")  # noqa: S608
        ).scalars()
        for name in list(names):
            connection.execute(
                sa.text(f"UPDATE {table} SET person_id = :id WHERE person = :name"),  # noqa: S608
                {"id": _id_of(connection, name, given), "name": name},
            )
    connection.execute(
        sa.text(
            "UPDATE imported_listens SET person_id = "
            "(SELECT i.person_id FROM imports i WHERE i.id = imported_listens.import_id)"
        )
    )
    settings = _table("settings", "key", "value")
    marks = sa.select(settings).where(settings.c.key.startswith(_SINCE, autoescape=True))
    for key, value in connection.execute(marks).all():
        connection.execute(
            _table("person_settings", "person_id", "key", "value")
            .insert()
            .values(
                person_id=_id_of(connection, key.removeprefix(_SINCE), given),
                key="taste.since",
                value=value,
            )
        )
        connection.execute(settings.delete().where(settings.c.key == key))
    smart = _table("smart_playlists", "playlist_id", "rule")
    for playlist_id, rule in connection.execute(sa.select(smart)).all():
        name = rule.pop("person", "") if isinstance(rule, dict) else ""
        if not isinstance(rule, dict):
            continue
        connection.execute(
            smart.update().where(smart.c.playlist_id == playlist_id).values(rule=rule)
        )
        if name:
            connection.execute(
                sa.text("UPDATE playlists SET person_id = :person WHERE id = :id"),
                {"person": _id_of(connection, str(name), given), "id": playlist_id},
            )


def _id_of(connection: sa.Connection, name: str, given: dict[str, int]) -> int:
    folded = fold(name) if name.strip() else ""
    if not folded:
        return 1
    if folded not in given:
        known = connection.execute(
            sa.text("SELECT id FROM people WHERE folded = :folded"), {"folded": folded}
        ).scalar()
        if known is None:
            people = _table("people", "name", "folded", "password_hash", "is_admin", "created_at")
            connection.execute(
                people.insert().values(
                    name=" ".join(name.split()),
                    folded=folded,
                    password_hash="",
                    is_admin=sa.false() if connection.dialect.name != "sqlite" else 0,
                    created_at=time.time(),
                )
            )
            known = connection.execute(
                sa.text("SELECT id FROM people WHERE folded = :folded"), {"folded": folded}
            ).scalar_one()
        given[folded] = int(known)
    return given[folded]


def _table(name: str, *columns: str) -> sa.TableClause:
    kinds: dict[str, Any] = {"value": sa.JSON(), "rule": sa.JSON()}
    return sa.table(name, *(sa.column(each, kinds.get(each)) for each in columns))


def _alter() -> None:
    """Change keys where the database can."""
    op.drop_constraint("playlists_folded_key", "playlists", type_="unique")
    op.create_unique_constraint(None, "playlists", ["person_id", "folded"])
    op.execute("ALTER TABLE playlists ALTER COLUMN shared DROP DEFAULT")
    op.drop_constraint("ratings_pkey", "ratings", type_="primary")
    op.create_primary_key(None, "ratings", ["person_id", "track_id"])
    op.drop_constraint("sessions_pkey", "sessions", type_="primary")
    op.create_primary_key(None, "sessions", ["person_id", "id"])
    op.execute("ALTER TABLE taste_rules DROP COLUMN person")  # with its unique constraint
    op.create_unique_constraint(None, "taste_rules", ["person_id", "subject", "folded"])


def _copy(connection: sa.Connection, name: str) -> None:
    """Make a table anew with other keys. Foreign keys are not enforced meanwhile."""
    sequence = {"name": name}
    last = None
    if name == "taste_rules":
        last = connection.execute(
            sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name"), sequence
        ).scalar()
    _create(name, f"new_{name}")
    columns = ", ".join(_COPIED[name])
    op.execute(f"INSERT INTO new_{name} ({columns}) SELECT {columns} FROM {name}")  # noqa: S608
    op.drop_table(name)
    op.rename_table(f"new_{name}", name)
    if last is not None:
        # An id is never given to another rule.
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), sequence)
        connection.execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
            {**sequence, "last": last},
        )


def _create(name: str, named: str) -> None:
    whose = sa.ForeignKeyConstraint(["person_id"], ["people.id"])
    if name == "playlists":
        op.create_table(
            named,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("folded", sa.Text(), nullable=False),
            sa.Column("created_at", sa.Float(), nullable=False),
            _person(),
            sa.Column("shared", sa.Boolean(), nullable=False),
            sa.PrimaryKeyConstraint("id"),
            sa.UniqueConstraint("person_id", "folded"),
            whose,
        )
    elif name == "ratings":
        op.create_table(
            named,
            _person(),
            sa.Column("track_id", sa.Integer(), nullable=False),
            sa.Column("liked", sa.Boolean(), nullable=False),
            sa.Column("at", sa.Float(), nullable=False),
            sa.PrimaryKeyConstraint("person_id", "track_id"),
            whose,
            sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], ondelete="CASCADE"),
        )
    elif name == "sessions":
        op.create_table(
            named,
            _person(),
            sa.Column("id", sa.Text(), nullable=False),
            sa.Column("changed_at", sa.Float(), nullable=False),
            sa.Column("state", sa.JSON(), nullable=False),
            sa.PrimaryKeyConstraint("person_id", "id"),
            whose,
        )
    else:
        op.create_table(
            named,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("at", sa.Float(), nullable=False),
            _person(),
            sa.Column("kind", sa.String(length=16), nullable=False),
            sa.Column("subject", sa.String(length=16), nullable=False),
            sa.Column("value", sa.Text(), nullable=False),
            sa.Column("folded", sa.Text(), nullable=False),
            sa.Column("weight", sa.Float(), nullable=False),
            sa.Column("said", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("id"),
            sa.UniqueConstraint("person_id", "subject", "folded"),
            whose,
            sqlite_autoincrement=True,
        )
