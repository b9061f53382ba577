"""Which database the settings mean."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from limner.config import Settings
from limner.ledger.database import Database
from limner.ledger.sqlite import SqliteDatabase

FILE_NAME = "limner.db"


def make_database(settings: Settings) -> Database:
    """The database of these settings, not open yet. Raises ConfigError for a database_url of another kind."""
    return SqliteDatabase(settings.data_dir / FILE_NAME)


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The database of these settings, open for the length of the block."""
    database = make_database(settings)
    await database.open()
    try:
        yield database
    finally:
        await database.close()
