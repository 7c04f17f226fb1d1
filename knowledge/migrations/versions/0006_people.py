"""People; the first is the household, to which everything belongs until somebody else is there."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    people = op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.String(length=256), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("folded"),
        sqlite_autoincrement=True,
    )
    op.bulk_insert(
        people,
        [
            {
                "id": 1,
                "name": "",
                "folded": "",
                "password_hash": "",
                "is_admin": True,
                "created_at": 0.0,
            }
        ],
    )


def downgrade() -> None:
    op.drop_table("people")
