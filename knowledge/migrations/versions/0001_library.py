"""The first schema: library, jobs, queue, history, sessions, and the full-text index.

Written out and frozen: later changes are migrations of their own, and a test compares the sum of
all migrations with `knowledge.schema`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# One row per track, with its words folded; prefix indexes serve search-as-you-type.
_SEARCH = """
CREATE VIRTUAL TABLE track_search USING fts5(
    title, artists, album, genres, year,
    tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4'
)
"""
_TABLES = (
    "albums",
    "artists",
    "features",
    "files",
    "jobs",
    "play_events",
    "playlist_items",
    "playlists",
    "queue_states",
    "ratings",
    "segments",
    "sessions",
    "settings",
    "track_artists",
    "track_genres",
    "tracks",
)


def upgrade() -> None:
    op.create_table(
        "albums",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("artist_folded", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("is_compilation", sa.Boolean(), nullable=False),
        sa.Column("cover_id", sa.String(length=64)),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("folded", "artist_folded"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_albums_artist_folded", "albums", ["artist_folded"])
    op.create_table(
        "artists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("folded"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "features",
        sa.Column("audio_hash", sa.String(length=64), nullable=False),
        sa.Column("analyser", sa.String(length=32), nullable=False),
        sa.Column("loudness_lufs", sa.Float(), nullable=False),
        sa.Column("peak", sa.Float(), nullable=False),
        sa.Column("energy", sa.Float(), nullable=False),
        sa.Column("tempo_bpm", sa.Float()),
        sa.Column("tempo_confidence", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("audio_hash", "analyser"),
    )
    op.create_table(
        "jobs",
        sa.Column("audio_hash", sa.String(length=64), nullable=False),
        sa.Column("analyser", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("audio_hash", "analyser"),
    )
    op.create_index("ix_jobs_next", "jobs", ["analyser", "state", "attempts", "changed_at"])
    op.create_table(
        "playlists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("folded"),
    )
    op.create_table(
        "queue_states",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer()),
        sa.Column("shuffle", sa.Boolean(), nullable=False),
        sa.Column("repeat", sa.String(length=8), nullable=False),
        sa.Column("unshuffled", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("revision"),
    )
    op.create_table(
        "segments",
        sa.Column("audio_hash", sa.String(length=64), nullable=False),
        sa.Column("analyser", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start_s", sa.Float(), nullable=False),
        sa.Column("end_s", sa.Float(), nullable=False),
        sa.Column("loudness_db", sa.Float(), nullable=False),
        sa.Column("energy", sa.Float(), nullable=False),
        sa.Column("brightness_hz", sa.Float(), nullable=False),
        sa.Column("onset_rate_hz", sa.Float(), nullable=False),
        sa.Column("tempo_bpm", sa.Float()),
        sa.Column("tempo_confidence", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("audio_hash", "analyser", "position"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Float(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "tracks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audio_hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("artist_folded", sa.Text(), nullable=False),
        sa.Column("album_id", sa.Integer()),
        sa.Column("disc_no", sa.Integer()),
        sa.Column("track_no", sa.Integer()),
        sa.Column("year", sa.Integer()),
        sa.Column("moods", sa.JSON(), nullable=False),
        sa.Column("guessed", sa.JSON(), nullable=False),
        sa.Column("duration_s", sa.Float(), nullable=False),
        sa.Column("codec", sa.String(length=16), nullable=False),
        sa.Column("cover_id", sa.String(length=64)),
        sa.Column("added_at", sa.Float(), nullable=False),
        sa.Column("missing_since", sa.Float()),
        sa.ForeignKeyConstraint(["album_id"], ["albums.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("audio_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tracks_added", "tracks", ["added_at"])
    op.create_index("ix_tracks_album", "tracks", ["album_id", "disc_no", "track_no"])
    op.create_index("ix_tracks_artist", "tracks", ["artist_folded", "folded"])
    op.create_index("ix_tracks_folded", "tracks", ["folded"])
    op.create_table(
        "files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("track_id", sa.Integer()),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("audio_hash", sa.String(length=64)),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("path"),
    )
    op.create_index("ix_files_audio_hash", "files", ["audio_hash"])
    op.create_index("ix_files_track", "files", ["track_id"])
    op.create_table(
        "play_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("played_s", sa.Float(), nullable=False),
        sa.Column("player", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"],
            ["tracks.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_play_events_at", "play_events", ["at"])
    op.create_index("ix_play_events_track", "play_events", ["track_id"])
    op.create_table(
        "playlist_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("playlist_id", sa.Integer(), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["playlist_id"], ["playlists.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_playlist_items", "playlist_items", ["playlist_id", "position"])
    op.create_table(
        "ratings",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("liked", sa.Boolean(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("track_id"),
    )
    op.create_table(
        "track_artists",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["artist_id"], ["artists.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("track_id", "artist_id"),
    )
    op.create_index("ix_track_artists_artist", "track_artists", ["artist_id"])
    op.create_table(
        "track_genres",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("genre", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("track_id", "folded"),
    )
    op.create_index("ix_track_genres_folded", "track_genres", ["folded"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_SEARCH)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE track_search")
    op.execute("PRAGMA foreign_keys = OFF")
    for table in _TABLES:
        op.drop_table(table)
