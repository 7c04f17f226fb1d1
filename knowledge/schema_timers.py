"""The tables of sleep timers and alarms, and of what became of them.

A part of `knowledge.schema`.
"""

from sqlalchemy import JSON, Column, Float, Index, Integer, String, Table, Text

from knowledge.people.belonging import owner_column
from knowledge.schema_base import metadata

timers = Table(
    "timers",
    metadata,
    Column("id", Integer, primary_key=True),
    # "sleep" or "alarm".
    Column("kind", String(8), nullable=False),
    # When it is due, in Unix time; empty for a sleep timer that waits for the music.
    Column("at", Float),
    # What else it is, as `knowledge.timers.rows` writes it.
    Column("what", JSON, nullable=False),
    Column("created_at", Float, nullable=False),
    # The conversation in which it was set.
    Column("session_id", Text, nullable=False),
    owner_column(),
    # An id is never given to another timer: a page may still name it.
    sqlite_autoincrement=True,
)

# What became of them, so that a missed alarm can be told of when somebody is there again.
timer_news = Table(
    "timer_news",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("timer_id", Integer, nullable=False),
    # "rang", "missed", "failing" or "stopped".
    Column("kind", String(8), nullable=False),
    # When it was due, in Unix time; empty when it waited for the music.
    Column("due_at", Float),
    # What was to be played, and why it did not happen.
    Column("music", Text, nullable=False),
    Column("reason", Text, nullable=False),
    owner_column(),
    Index("ix_timer_news_at", "at"),
    sqlite_autoincrement=True,
)
