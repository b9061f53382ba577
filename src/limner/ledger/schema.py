"""The version of a database's schema: an empty database gets all tables, an older one its migrations.

A database that is up to date costs two queries and no Alembic.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, inspect, select

from limner.errors import ConfigError
from limner.ledger.tables import metadata

HEAD = "0001"
"""The newest revision in migrations/."""

_version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def bring_up(connection: Connection) -> None:
    """Bring the schema to HEAD, in the transaction that runs. Raises ConfigError for one that is newer."""
    found = _found(connection)
    if found == HEAD:
        return
    if found is None:
        metadata.create_all(connection)
        _version.create(connection)
        connection.execute(insert(_version).values(version_num=HEAD))
        return
    raise ConfigError(f"the database has schema {found}, which this version of Limner does not know")


def _found(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_version.name):
        return None
    return connection.scalar(select(_version.c.version_num))
