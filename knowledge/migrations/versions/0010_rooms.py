"""Queues of rooms that play something else than the rest of the house."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "room_queue_states",
        sa.Column("room", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("shuffle", sa.Boolean(), nullable=False),
        sa.Column("repeat", sa.String(length=8), nullable=False),
        sa.Column("unshuffled", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("room", "revision"),
    )


def downgrade() -> None:
    op.drop_table("room_queue_states")
