"""What Alembic runs: the revisions, on the connection and in the transaction that upgrade.py hands over."""

from __future__ import annotations

from alembic import context

from limner.ledger.tables import metadata

# SQLite alters a table by copying it, which is what a batch does.
context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
