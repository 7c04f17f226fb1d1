"""The tables of tunes: of recordings, of written music, and of what was hummed.

A part of `knowledge.schema`.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from knowledge.people.belonging import owner_column
from knowledge.schema_base import metadata

# The tune of each recording; the lines are as `knowledge.melody.rows` packs them.
melodies = Table(
    "melodies",
    metadata,
    Column("audio_hash", String(64), primary_key=True),
    # Whoever found it; a recording has one row, that of the analyser that heard it last.
    Column("analyser", String(32), nullable=False),
    # Another value than last time: what is held in memory of this melody is out of date.
    Column("heard_at", Float, nullable=False),
    Column("lines", LargeBinary, nullable=False),
    # Processor seconds that finding it took.
    Column("cpu_s", Float, nullable=False),
)

# Files of notation in the music folders: MIDI, MusicXML, ABC.
tune_files = Table(
    "tune_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    # Name and version of what read it; another version reads it again.
    Column("reader", String(32), nullable=False),
    # "ok", "refused", or "other" for a file that is no notation; the reason is a sentence.
    Column("status", String(16), nullable=False),
    Column("reason", Text, nullable=False, default=""),
)

written_tunes = Table(
    "written_tunes",
    metadata,
    Column("file_id", Integer, ForeignKey("tune_files.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    # A hash of what it is: the same tune in two files has the same key.
    Column("key", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("composer", Text, nullable=False, default=""),
    Column("folded", Text, nullable=False),
    Column("lines", LargeBinary, nullable=False),
    Index("ix_written_tunes_key", "key"),
)

# What was hummed, as notes and never as sound, so that picking the right tune is learned.
hums = Table(
    "hums",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("session_id", Text, nullable=False, default=""),
    # "voice" or "whistle".
    Column("kind", String(16), nullable=False),
    Column("lines", LargeBinary, nullable=False),
    # The keys of the melodies that were likely, best first, each with its probability.
    Column("candidates", JSON, nullable=False),
    # The recording that it was, by its audio hash, as the user said; empty until then.
    Column("picked", String(64), nullable=False, default=""),
    Column("picked_at", Float),
    owner_column(),
    Index("ix_hums_picked", "picked"),
    # An id is never given to another hum: a page may still name it.
    sqlite_autoincrement=True,
)
