"""What was heard, what could not be named, and fingerprint packs. Written out and frozen."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "tunes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("recording", sa.String(length=64), nullable=False),
        sa.Column("first_at", sa.Float(), nullable=False),
        sa.Column("last_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tunes_last", "tunes", ["last_at"])
    op.create_table(
        "heard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float(), nullable=False),
        sa.Column("track_id", sa.Integer()),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("recording", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("place_folded", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("certainty", sa.String(length=16), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("offset_s", sa.Float()),
        sa.Column("clip_s", sa.Float(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("tune_id", sa.Integer()),
        sa.Column("named_later", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["tune_id"], ["tunes.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_heard_at", "heard", ["at"])
    op.create_index("ix_heard_tune", "heard", ["tune_id"])
    op.create_table(
        "clips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("heard_id", sa.Integer()),
        sa.Column("tune_id", sa.Integer()),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("clip_s", sa.Float(), nullable=False),
        sa.Column("offset_s", sa.Float()),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("audio", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["heard_id"], ["heard.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tune_id"], ["tunes.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_clips_heard", "clips", ["heard_id"])
    op.create_index("ix_clips_tune", "clips", ["tune_id"])
    op.create_table(
        "clip_rejections",
        sa.Column("clip_id", sa.Integer(), nullable=False),
        sa.Column("recording", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["clip_id"], ["clips.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("clip_id", "recording"),
    )
    op.create_table(
        "packs",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("imported_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "pack_recordings",
        sa.Column("key", sa.String(length=48), nullable=False),
        sa.Column("pack_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("duration_s", sa.Float(), nullable=False),
        sa.Column("mbid", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["packs.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_pack_recordings_pack", "pack_recordings", ["pack_id"])


def downgrade() -> None:
    for table in ("pack_recordings", "packs", "clip_rejections", "clips", "heard", "tunes"):
        op.drop_table(table)
