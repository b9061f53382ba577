"""The ledger in a SQLite file: one writer whose commits many share, and readers beside it.

Write-ahead log with synchronous=FULL: what a write returned for survives a power cut, as far as the disk
keeps its word. Other processes may write too; each waits for the other up to BUSY_TIMEOUT_S.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Engine, QueuePool, RowMapping, Select, create_engine
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import SQLAlchemyError

from limner.errors import ConfigError, InternalError, LimnerError, RowConflict, Unavailable
from limner.ledger.group_commit import GroupCommit
from limner.ledger.schema import bring_up
from limner.ledger.statements import Run
from limner.storage.secret_file import make_private_folder

P = ParamSpec("P")
R = TypeVar("R")

BUSY_TIMEOUT_S = 5.0
READERS = 4


class SqliteDatabase(GroupCommit):
    """A Database in one file, which open() makes with its folder."""

    def __init__(self, path: Path, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        super().__init__(dialect())
        self._path = path
        self._busy_timeout_s = busy_timeout_s
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="ledger-writer")
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="ledger-reader")
        self._engine = _engine(path, READERS, "query_only = ON")
        self._connection: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Raises ConfigError when the file cannot be made or used."""
        make_private_folder(self._path.parent)
        try:
            self._connection = await _in(self._writing, self._prepare)
        except (sqlite3.Error, SQLAlchemyError, OSError) as error:
            raise ConfigError(f"{self._path} cannot be used as a database: {_driver(error)}") from error
        self._start_writing()

    async def read(self, query: Select[Any], values: Mapping[str, Any] | None = None) -> Sequence[RowMapping]:
        if not self._is_open:
            raise Unavailable
        try:
            return await _in(self._reading, self._read, query, values)
        except SQLAlchemyError as error:
            raise _mapped(error) from error

    async def close(self) -> None:
        if self._connection is None:
            return
        await self._stop_writing()
        connection, self._connection = self._connection, None
        await _in(self._writing, connection.close)
        await asyncio.to_thread(self._reading.shutdown)
        self._writing.shutdown()
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
        return _connect(self._path, self._busy_timeout_s, "synchronous = FULL")

    def _read(self, query: Select[Any], values: Mapping[str, Any] | None) -> Sequence[RowMapping]:
        with self._engine.connect() as connection:
            return connection.execute(query, dict(values or {})).mappings().all()

    async def _transact(self, runs: Sequence[Run]) -> list[int]:
        assert self._connection is not None
        try:
            return await _in(self._writing, _commit, self._connection, runs)
        except (sqlite3.Error, OverflowError) as error:
            raise _mapped(error) from error


async def _in(executor: Executor, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    call = partial(function, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(executor, call)


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


def _connect(path: Path, busy_timeout_s: float, *pragmas: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=busy_timeout_s, isolation_level=None, check_same_thread=False)
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    return connection


def _engine(path: Path, pool_size: int, *pragmas: str) -> Engine:
    connect = partial(_connect, path, BUSY_TIMEOUT_S, *pragmas)
    return create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,
    )


def _driver(error: Exception) -> Exception:
    """What the driver said, without SQLAlchemy's words about it."""
    return getattr(error, "orig", None) or error


def _mapped(error: Exception) -> LimnerError:
    """What a driver's error means here: a full disk or a lock passes, a statement that is wrong does not."""
    cause = _driver(error)
    if isinstance(cause, sqlite3.IntegrityError):
        return RowConflict(str(cause))
    is_statement = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR
    passes = isinstance(cause, sqlite3.OperationalError) and not is_statement
    return Unavailable() if passes else InternalError()
