"""What Alembic runs for each upgrade: the connection is given, its transaction is already open."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
