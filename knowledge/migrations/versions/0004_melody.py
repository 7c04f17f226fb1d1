"""The tunes of recordings, tunes that are written down, and what was hummed.

Written out and frozen.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_TABLES = ("hums", "written_tunes", "tune_files", "melodies")


def upgrade() -> None:
    op.create_table(
        "melodies",
        sa.Column("audio_hash", sa.String(length=64), nullable=False),
        sa.Column("analyser", sa.String(length=32), nullable=False),
        sa.Column("heard_at", sa.Float(), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("cpu_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("audio_hash"),
    )
    op.create_table(
        "tune_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("reader", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("path"),
    )
    op.create_table(
        "written_tunes",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("composer", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["tune_files.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("file_id", "position"),
    )
    op.create_index("ix_written_tunes_key", "written_tunes", ["key"])
    op.create_table(
        "hums",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("picked", sa.String(length=64), nullable=False),
        sa.Column("picked_at", sa.Float()),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_hums_picked", "hums", ["picked"])


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
