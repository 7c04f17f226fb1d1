"""What people have of their own: settings, rules of taste, listening elsewhere, what was offered.

A part of `knowledge.schema`; the other belongings are beside what they are about.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from knowledge.people.belonging import owner_column
from knowledge.schema_base import metadata

# Small facts, such as since when listening is learned from.
person_settings = Table(
    "person_settings",
    metadata,
    owner_column(primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
)

# What a person said once and for all: never this, more of that.
taste_rules = Table(
    "taste_rules",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    owner_column(),
    # "never", "less" or "more".
    Column("kind", String(16), nullable=False),
    # "track", "artist", "album", "genre", "mood", "tag", "theme" or "language".
    Column("subject", String(16), nullable=False),
    Column("value", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("weight", Float, nullable=False),
    # The words of the person, to be shown.
    Column("said", Text, nullable=False),
    UniqueConstraint("person_id", "subject", "folded"),
    sqlite_autoincrement=True,
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    owner_column(),
    # "spotify", "listenbrainz" or "lastfm".
    Column("source", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("report", JSON, nullable=False),
    sqlite_autoincrement=True,
)

# Listening elsewhere, from the user's own exports; kept also where the library has no such track.
imported_listens = Table(
    "imported_listens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", Integer, ForeignKey("imports.id", ondelete="CASCADE"), nullable=False),
    Column("at", Float, nullable=False),
    Column("title", Text, nullable=False),
    Column("artist", Text, nullable=False),
    Column("album", Text, nullable=False),
    Column("played_s", Float),
    Column("skipped", Boolean),
    Column("track_id", Integer, ForeignKey("tracks.id", ondelete="SET NULL")),
    # Hash of person, time and names: the same listen is never counted twice.
    Column("key", String(64), nullable=False),
    owner_column(),
    UniqueConstraint("key"),
    Index("ix_imported_listens_at", "at"),
    Index("ix_imported_listens_track", "track_id"),
)

# What was offered, by which source, how likely that choice was, and why. Never changed.
offers = Table(
    "offers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    owner_column(),
    Column("session_id", Text, nullable=False),
    # Which offers were made together.
    Column("list_id", String(32), nullable=False),
    Column("track_id", Integer, ForeignKey("tracks.id"), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("source", String(16), nullable=False),
    # How likely the policy was to choose this source here; None outside the explored place.
    Column("propensity", Float),
    Column("policy", String(32), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("context", JSON, nullable=False),
    Index("ix_offers_at", "at"),
    Index("ix_offers_track", "track_id"),
    sqlite_autoincrement=True,
)
