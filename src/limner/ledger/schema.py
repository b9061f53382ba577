"""The version of a database's schema: an empty database gets all tables, an older one its migrations.

A database that is up to date costs two queries and no Alembic.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    insert,
    inspect,
    select,
)

from limner.ledger.tables import metadata

HEAD = "0001"
"""The newest revision in migrations/."""

_version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""As Alembic itself would make it."""


def bring_up(connection: Connection) -> None:
    """Bring the schema to HEAD, in the transaction that runs. Raises ConfigError for one that is newer."""
    found = _found(connection)
    if found is None:
        metadata.create_all(connection)
        _version.create(connection)
        connection.execute(insert(_version).values(version_num=HEAD))
    elif found != HEAD:
        # Alembic costs a start memory and time, and few starts need it.
        from limner.ledger.upgrade import upgrade_from

        upgrade_from(found, connection)


def _found(connection: Connection) -> str | None:
    """The revision; empty where all have been taken back, None where there was none ever."""
    if not inspect(connection).has_table(_version.name):
        return None
    return connection.scalar(select(_version.c.version_num)) or ""
