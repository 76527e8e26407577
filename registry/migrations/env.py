"""Run by Alembic only: hands it the connection that registry.migrations opened, and our tables to compare with."""

from alembic import context

from registry import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.RunRow.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
