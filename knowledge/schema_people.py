"""The tables of people.

A part of `knowledge.schema`.
"""

from sqlalchemy import Boolean, Column, Float, Integer, String, Table, Text

from knowledge.schema_base import metadata

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    # What they are called; the household (1) is called nothing.
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),
    # Argon2, with its parameters; empty for somebody who cannot log in.
    Column("password_hash", String(256), nullable=False, default=""),
    Column("is_admin", Boolean, nullable=False, default=False),
    Column("created_at", Float, nullable=False),
    # An id is never given to another person: history and tokens name it.
    sqlite_autoincrement=True,
)
