"""The ledger in PostgreSQL: one connection whose commits many writers share, and a small pool for reads.

A lost connection is Unavailable to whoever used it; the next write or read connects again. A write that
ended with Unavailable may have been committed: its answer was lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, Protocol

import asyncpg
from sqlalchemy import Result, RowMapping, Select, text
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.exc import DataError, DBAPIError, ProgrammingError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import create_async_engine

from limner.errors import ConfigError, InternalError, LimnerError, RowConflict, Unavailable
from limner.ledger.group_commit import GroupCommit
from limner.ledger.schema import bring_up
from limner.ledger.statements import Run, Values

CONNECT_TIMEOUT_S = 5.0
WRITE_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 15.0
READERS = 4
ATTEMPTS = 3
SCHEMA_LOCK = 0x6C696D6E6572
"""Any number that no other program takes for an advisory lock: "limner" in ASCII."""

_DRIVER_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
_PASSING = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.exceptions.InvalidTransactionStateError,
)
"""What may be over when the server is back, has room again, or is the primary once more."""


class _Connection(Protocol):
    """The part of asyncpg's connection that is used here."""

    async def execute(self, sql: str, *values: object, timeout: float) -> str: ...
    async def executemany(self, sql: str, rows: Sequence[Values], *, timeout: float) -> None: ...
    def transaction(self) -> AbstractAsyncContextManager[object]: ...
    def is_closed(self) -> bool: ...
    def terminate(self) -> None: ...
    async def close(self, *, timeout: float) -> None: ...


class PostgresDatabase(GroupCommit):
    """A Database behind a postgresql:// URL, whose parts mean what they mean to libpq."""

    def __init__(self, url: str, write_timeout_s: float = WRITE_TIMEOUT_S) -> None:
        super().__init__(dialect())  # type: ignore[no-untyped-call]
        self._url = url.replace("postgresql+asyncpg://", "postgresql://", 1)
        self._write_timeout_s = write_timeout_s
        self._connection: _Connection | None = None
        self._engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=self._connect,
            pool_size=READERS,
            max_overflow=0,
            pool_timeout=CONNECT_TIMEOUT_S,
            pool_pre_ping=True,
            hide_parameters=True,
        )

    async def open(self) -> None:
        """Raises ConfigError when the server cannot be reached, or does not let us in."""
        try:
            await self._bring_up()
        except (*_DRIVER_ERRORS, SQLAlchemyError, ValueError) as error:
            raise ConfigError(f"the database of database_url cannot be used{_reason(error)}") from None
        self._start_writing()

    async def _bring_up(self) -> None:
        """Two servers that start at once wait for each other here."""
        try:
            async with self._engine.begin() as connection:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": SCHEMA_LOCK})
                await connection.run_sync(bring_up)
        except BaseException:
            await self._engine.dispose()
            raise

    async def read(self, query: Select[Any], values: Mapping[str, Any] | None = None) -> Sequence[RowMapping]:
        if not self._is_open:
            raise Unavailable
        try:
            async with self._engine.connect() as connection:
                result: Result[Any] = await connection.execute(query, dict(values or {}))
                return result.mappings().all()
        except (SQLAlchemyError, OSError) as error:
            is_query = isinstance(error, (ProgrammingError, DataError))
            passing = isinstance(error, (OSError, DBAPIError, PoolTimeout)) and not is_query
            raise (Unavailable() if passing else InternalError()) from error

    async def close(self) -> None:
        await self._stop_writing()
        if self._connection is not None:
            # Where the server is gone there is nobody to say goodbye to.
            with suppress(*_DRIVER_ERRORS):
                await self._connection.close(timeout=CONNECT_TIMEOUT_S)
            self._connection = None
        await self._engine.dispose()

    async def _connect(self) -> _Connection:
        connection: _Connection = await asyncpg.connect(
            self._url, timeout=CONNECT_TIMEOUT_S, command_timeout=READ_TIMEOUT_S
        )
        return connection

    async def _transact(self, runs: Sequence[Run]) -> list[int]:
        try:
            return await self._retried(runs)
        except _DRIVER_ERRORS as error:
            mapped = _mapped(error)
            if isinstance(mapped, Unavailable) and self._connection is not None:
                self._connection.terminate()
                self._connection = None
            raise mapped from error

    async def _retried(self, runs: Sequence[Run]) -> list[int]:
        """Commit the runs; again where another server's writer locked the same rows the other way round."""
        if self._connection is None or self._connection.is_closed():
            self._connection = await self._connect()
        for _ in range(ATTEMPTS - 1):
            with suppress(asyncpg.exceptions.TransactionRollbackError):
                return await _commit(self._connection, runs, self._write_timeout_s)
        return await _commit(self._connection, runs, self._write_timeout_s)


async def _commit(connection: _Connection, runs: Sequence[Run], timeout_s: float) -> list[int]:
    if len(runs) == 1:
        # One statement, and all rows of one executemany, are a transaction without being told.
        return await _apply(connection, runs, timeout_s)
    async with connection.transaction():
        return await _apply(connection, runs, timeout_s)


async def _apply(connection: _Connection, runs: Sequence[Run], timeout_s: float) -> list[int]:
    counts: list[int] = []
    for run in runs:
        if run.counted:
            status = await connection.execute(run.sql, *run.rows[0], timeout=timeout_s)
            counts.append(int(status.rpartition(" ")[2]))
        else:
            await connection.executemany(run.sql, run.rows, timeout=timeout_s)
    return counts


def _reason(error: BaseException) -> str:
    """What the server or the network said. Not a parser's words: a password may stand in them."""
    adapted = getattr(error, "orig", None)
    driver = adapted.__cause__ if adapted is not None else error
    is_safe = isinstance(driver, (asyncpg.PostgresError, OSError))
    return f": {str(driver) or type(driver).__name__}" if is_safe else ""


def _mapped(error: Exception) -> LimnerError:
    """What a driver's error means here."""
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        return RowConflict(str(error.args[0]))
    is_bad_value = isinstance(error, ValueError)
    if isinstance(error, _PASSING) or not (is_bad_value or isinstance(error, asyncpg.PostgresError)):
        return Unavailable()
    return InternalError()
