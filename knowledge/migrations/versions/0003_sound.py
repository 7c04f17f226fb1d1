"""What music sounds like, why something was offered, what one likes, and imported listening.

Written out and frozen.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TABLES = (
    "offers",
    "imported_listens",
    "imports",
    "taste_rules",
    "smart_playlists",
    "cover_looks",
    "lyrics",
    "sound_segments",
    "sound_tracks",
)

# The words are folded and cut before they come here: see knowledge.lyrics.words.
_LYRICS_SEARCH = """
CREATE VIRTUAL TABLE lyrics_search USING fts5(words, tokenize = "unicode61 remove_diacritics 0")
"""


def upgrade() -> None:
    op.create_table(
        "sound_tracks",
        sa.Column("audio_hash", sa.String(length=64), nullable=False),
        sa.Column("analyser", sa.String(length=32), nullable=False),
        sa.Column("heard_at", sa.Float(), nullable=False),
        sa.Column("duration_s", sa.Float(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("axes", sa.LargeBinary(), nullable=False),
        sa.Column("tags", sa.LargeBinary(), nullable=False),
        sa.Column("embedding", sa.LargeBinary(), nullable=False),
        sa.Column("beats", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("audio_hash", "analyser"),
    )
    op.create_table(
        "sound_segments",
        sa.Column("audio_hash", sa.String(length=64), nullable=False),
        sa.Column("analyser", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start_s", sa.Float(), nullable=False),
        sa.Column("end_s", sa.Float(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("axes", sa.LargeBinary(), nullable=False),
        sa.Column("tags", sa.LargeBinary(), nullable=False),
        sa.Column("embedding", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("audio_hash", "analyser", "position"),
    )
    op.create_table(
        "lyrics",
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("synced", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("read_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("track_id"),
    )
    op.create_table(
        "cover_looks",
        sa.Column("cover_id", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=16), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("look", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("cover_id", "version"),
    )
    op.create_table(
        "smart_playlists",
        sa.Column("playlist_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("every_s", sa.Float(), nullable=False),
        sa.Column("refreshed_at", sa.Float()),
        sa.ForeignKeyConstraint(["playlist_id"], ["playlists.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("playlist_id"),
    )
    op.create_table(
        "taste_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person", "subject", "folded"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "imported_listens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("played_s", sa.Float()),
        sa.Column("skipped", sa.Boolean()),
        sa.Column("track_id", sa.Integer()),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_imported_listens_at", "imported_listens", ["at"])
    op.create_index("ix_imported_listens_track", "imported_listens", ["track_id"])
    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("list_id", sa.String(length=32), nullable=False),
        sa.Column("track_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("propensity", sa.Float()),
        sa.Column("policy", sa.String(length=32), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_offers_at", "offers", ["at"])
    op.create_index("ix_offers_track", "offers", ["track_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_LYRICS_SEARCH)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE lyrics_search")
    for table in _TABLES:
        op.drop_table(table)
