"""The ledger in a SQLite file: one writer whose commits many share, and readers beside it.

Write-ahead log with synchronous=FULL: what a write returned for survives a power cut, as far as the disk
keeps its word. Other processes may write too; each waits for the other up to BUSY_TIMEOUT_S.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, QueuePool, RowMapping, Select, create_engine
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import SQLAlchemyError

from limner.errors import ConfigError, InternalError, LimnerError, RowConflict, Unavailable
from limner.ledger.database import Change
from limner.ledger.group_commit import GroupCommit
from limner.ledger.schema import bring_up
from limner.ledger.statements import Preparer, Run
from limner.storage.secret_file import make_private_folder

BUSY_TIMEOUT_S = 5.0
READERS = 4


class SqliteDatabase:
    """A Database in one file, which open() makes with its folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._preparer = Preparer(dialect())
        self._writer = GroupCommit(self._transact)
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="ledger-writer")
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="ledger-reader")
        self._engine = _engine(path, READERS, "query_only = ON")
        self._connection: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Raises ConfigError when the file cannot be made or used."""
        make_private_folder(self._path.parent)
        loop = asyncio.get_running_loop()
        try:
            self._connection = await loop.run_in_executor(self._writing, self._prepare)
        except (sqlite3.Error, SQLAlchemyError, OSError) as error:
            raise ConfigError(f"{self._path} cannot be used as a database: {_reason(error)}") from error
        self._writer.start()

    async def write(self, *changes: Change) -> None:
        await self._writer.write([(*self._preparer.bind(change), False) for change in changes])

    def post(self, *changes: Change) -> None:
        self._writer.post([(*self._preparer.bind(change), False) for change in changes])

    async def execute(self, *changes: Change) -> tuple[int, ...]:
        return await self._writer.write([(*self._preparer.bind(change), True) for change in changes])

    async def read(self, query: Select[Any], values: Mapping[str, Any] | None = None) -> Sequence[RowMapping]:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._reading, self._read, query, values)
        except SQLAlchemyError as error:
            raise _mapped(error) from error

    async def close(self) -> None:
        await self._writer.close()
        if self._connection is not None:
            await asyncio.get_running_loop().run_in_executor(self._writing, self._connection.close)
        self._writing.shutdown()
        self._reading.shutdown()
        self._engine.dispose()

    def _prepare(self) -> sqlite3.Connection:
        engine = _engine(self._path, 1, "journal_mode = WAL")
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                bring_up(connection)
                connection.commit()
        finally:
            engine.dispose()
        return _connect(self._path, "synchronous = FULL")

    def _read(self, query: Select[Any], values: Mapping[str, Any] | None) -> Sequence[RowMapping]:
        with self._engine.connect() as connection:
            return connection.execute(query, dict(values or {})).mappings().all()

    async def _transact(self, runs: Sequence[Run]) -> list[int]:
        connection = self._connection
        assert connection is not None
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._writing, _commit, connection, runs)
        except (sqlite3.Error, OverflowError) as error:
            raise _mapped(error) from error


def _commit(connection: sqlite3.Connection, runs: Sequence[Run]) -> list[int]:
    counts: list[int] = []
    try:
        connection.execute("BEGIN IMMEDIATE")
        for run in runs:
            cursor = connection.executemany(run.sql, run.rows)
            if run.counted:
                counts.append(cursor.rowcount)
        connection.execute("COMMIT")
    except (sqlite3.Error, OverflowError):
        with suppress(sqlite3.Error):
            connection.rollback()
        raise
    return counts


def _connect(path: Path, *pragmas: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _engine(path: Path, pool_size: int, *pragmas: str) -> Engine:
    connect = partial(_connect, path, *pragmas)
    return create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=pool_size, max_overflow=0
    )


def _mapped(error: Exception) -> LimnerError:
    """What a driver's error means here."""
    driver = getattr(error, "orig", error)
    if isinstance(driver, sqlite3.IntegrityError):
        return RowConflict(str(driver))
    return Unavailable() if isinstance(driver, sqlite3.OperationalError) else InternalError()


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", error))
