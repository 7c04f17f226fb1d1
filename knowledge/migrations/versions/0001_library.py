"""The first schema: library, jobs, queue, history, sessions, and the full-text index."""

from alembic import op

from knowledge.schema import metadata

revision = "0001"
down_revision = None

# One row per track. `words` folds title, artists, album and genres; prefix indexes serve
# search-as-you-type.
_SEARCH = """
CREATE VIRTUAL TABLE track_search USING fts5(
    title, artists, album, genres, year,
    tokenize = "unicode61 remove_diacritics 2", prefix = '2 3 4'
)
"""


def upgrade() -> None:
    metadata.create_all(op.get_bind())
    op.execute(_SEARCH)


def downgrade() -> None:
    op.execute("DROP TABLE track_search")
    metadata.drop_all(op.get_bind())
