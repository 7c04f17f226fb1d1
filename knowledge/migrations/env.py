"""Alembic's entry point: migrations run on the connection that `Database` hands over."""

from alembic import context

from knowledge.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
