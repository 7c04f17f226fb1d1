"""The tables of what other services know, and of what they are still to be told.

A part of `knowledge.schema`. Recordings are named by their audio hash, so that what is known of one
outlives new tags, a move, and a time without its file.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from knowledge.schema_base import metadata

# Answers of services, to ask no service twice; may be emptied at any time.
service_answers = Table(
    "service_answers",
    metadata,
    # Hash of the service and of everything that was asked.
    Column("key", String(64), primary_key=True),
    Column("service", String(32), nullable=False),
    Column("at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    # HTTP status: 200, or 404 for "there is no such thing".
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_service_answers_at", "at"),
)

# What a service says about a recording, beside what its tags say; never in place of it.
completions = Table(
    "completions",
    metadata,
    Column("audio_hash", String(64), primary_key=True),
    # "musicbrainz", "coverart", "acoustid" or "discogs".
    Column("source", String(16), primary_key=True),
    # "title", "artist", "album", "year", "cover", "label", "country", "mbid" and so on.
    Column("field", String(24), primary_key=True),
    Column("value", Text, nullable=False),
    # 0 to 1: how sure it is that the service speaks of this recording.
    Column("certainty", Float, nullable=False),
    # "offered" or "refused" (by the user: it is not shown and not used again).
    Column("state", String(16), nullable=False),
    Column("at", Float, nullable=False),
    Index("ix_completions_field", "field", "state"),
)

# Words of songs that a service gave. They are used where the user has none of their own.
fetched_lyrics = Table(
    "fetched_lyrics",
    metadata,
    Column("audio_hash", String(64), primary_key=True),
    Column("source", String(16), nullable=False),
    # "found", "none", "instrumental" or "refused".
    Column("state", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("synced", Boolean, nullable=False),
    Column("language", String(8), nullable=False),
    Column("at", Float, nullable=False),
)

# Plays that a service is to be told of, or was told of.
scrobbles = Table(
    "scrobbles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("service", String(16), nullable=False),
    Column("person_id", Integer, ForeignKey("people.id", ondelete="CASCADE"), nullable=False),
    Column(
        "play_event_id", Integer, ForeignKey("play_events.id", ondelete="CASCADE"), nullable=False
    ),
    # When it began to sound.
    Column("at", Float, nullable=False),
    # Names as they were then.
    Column("what", JSON, nullable=False),
    # "waiting", "sending", "sent" or "refused".
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("changed_at", Float, nullable=False),
    # The same play is never told twice to the same account.
    UniqueConstraint("service", "person_id", "play_event_id"),
    Index("ix_scrobbles_state", "service", "person_id", "state", "at"),
    sqlite_autoincrement=True,
)

# What listeners elsewhere play beside an artist or a recording.
outside_neighbours = Table(
    "outside_neighbours",
    metadata,
    # "artist" or "recording".
    Column("kind", String(16), primary_key=True),
    # Folded name of the artist, or "artist\ntitle", both folded.
    Column("of", Text, primary_key=True),
    # "listenbrainz" or "lastfm".
    Column("source", String(16), primary_key=True),
    Column("artist_folded", Text, primary_key=True),
    # Folded; empty for an artist.
    Column("title_folded", Text, primary_key=True),
    # How it is written there.
    Column("name", Text, nullable=False),
    # 0 to 1.
    Column("score", Float, nullable=False),
    Column("at", Float, nullable=False),
)

# When an artist or a recording was asked about, whatever came of it.
outside_asked = Table(
    "outside_asked",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("of", Text, primary_key=True),
    Column("source", String(16), primary_key=True),
    Column("at", Float, nullable=False),
)

stations = Table(
    "stations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),
    # Where the sound comes from, as the user gave it: a stream, or a playlist that names one.
    Column("url", Text, nullable=False),
    Column("homepage", Text, nullable=False, default=""),
    Column("added_at", Float, nullable=False),
    # An id is never given to another station: the queue and conversations remember ids.
    sqlite_autoincrement=True,
)
