"""Which database the settings mean."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from limner.config import Settings
from limner.errors import ConfigError
from limner.ledger.database import Database
from limner.ledger.sqlite import SqliteDatabase

FILE_NAME = "limner.db"
POSTGRES_SCHEMES = ("postgresql://", "postgres://", "postgresql+asyncpg://")


def make_database(settings: Settings) -> Database:
    """The database of these settings, not open yet. Raises ConfigError for a database_url of another kind."""
    url = settings.database_url
    if url is None:
        return SqliteDatabase(settings.data_dir / FILE_NAME)
    if not url.startswith(POSTGRES_SCHEMES):
        raise ConfigError("database_url must begin with postgresql://")
    # Its driver costs memory and time that a server on SQLite need not spend.
    from limner.ledger.postgres import PostgresDatabase

    return PostgresDatabase(url)


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The database of these settings, open for the length of the block."""
    database = make_database(settings)
    await database.open()
    try:
        yield database
    finally:
        await database.close()
