"""Commits that many writers share: what is asked for while one commit runs goes into the next.

Knows no driver; a database is one by saying how runs of rows become durable.
"""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from sqlalchemy import Dialect

from limner.errors import InternalError, LimnerError, RowConflict, Unavailable
from limner.ledger.database import Change
from limner.ledger.statements import Bound, Preparer, Run, runs_of

log = logging.getLogger(__name__)
MOST_WRITES = 2048

Told: TypeAlias = "asyncio.Future[tuple[int, ...]]"


@dataclass(slots=True)
class _Write:
    """What one caller wants written, and whom to tell; told is None for what was posted."""

    changes: Sequence[Bound]
    told: Told | None
    counted: bool = False

    def fail(self, error: LimnerError) -> None:
        if self.told is None:
            log.error("a change was not recorded: %s", error, exc_info=error)
        elif not self.told.done():
            self.told.set_exception(error)

    def succeed(self, counts: tuple[int, ...]) -> None:
        if self.told is not None and not self.told.done():
            self.told.set_result(counts)


class GroupCommit(ABC):
    """The writing half of a Database: takes writes in their order, commits as many at a time as have come."""

    def __init__(self, dialect: Dialect) -> None:
        self._preparer = Preparer(dialect)
        self._waiting: deque[_Write] = deque()
        self._wake = asyncio.Event()
        self._is_open = False
        self._task: asyncio.Task[None] | None = None

    @abstractmethod
    async def _transact(self, runs: Sequence[Run]) -> list[int]:
        """Commit all of the runs, or none; return how many rows each counted one touched.

        Raises Unavailable when nothing can be written now, RowConflict or InternalError when one of
        the rows cannot be.
        """

    async def write(self, *changes: Change) -> None:
        told: Told = asyncio.get_running_loop().create_future()
        self._put(changes, told)
        await told

    async def execute(self, *changes: Change) -> tuple[int, ...]:
        told: Told = asyncio.get_running_loop().create_future()
        self._put(changes, told, counted=True)
        return await told

    def post(self, *changes: Change) -> None:
        self._put(changes, None)

    def _put(self, changes: Sequence[Change], told: Told | None, counted: bool = False) -> None:
        write = _Write([self._preparer.bind(change, counted) for change in changes], told, counted)
        if self._is_open:
            self._waiting.append(write)
            self._wake.set()
        else:
            write.fail(Unavailable())

    def _start_writing(self) -> None:
        self._is_open = True
        self._task = asyncio.create_task(self._run(), name="ledger writer")

    async def _stop_writing(self) -> None:
        """Commit what has come, then take no more."""
        self._is_open = False
        self._wake.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        batch: list[_Write] = []
        try:
            while self._is_open or self._waiting:
                await self._wake.wait()
                self._wake.clear()
                while self._waiting:
                    batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_WRITES))]
                    await self._commit(batch)
                    batch = []
        finally:
            # After a bug, or a cancel in mid-commit, nobody may wait for ever.
            self._is_open = False
            for write in (*batch, *self._waiting):
                write.fail(Unavailable())

    async def _commit(self, batch: Sequence[_Write]) -> None:
        """Commit a batch; where a row of it cannot be written, halves of it, down to the culprit."""
        try:
            counts = await self._transact(runs_of([each for write in batch for each in write.changes]))
        except Unavailable as error:
            log.error("the database cannot be written: %s", error.__cause__ or error)
            for write in batch:
                write.fail(_again(error))
        except (RowConflict, InternalError) as error:
            if len(batch) == 1:
                batch[0].fail(error)
                return
            half = len(batch) // 2
            await self._commit(batch[:half])
            await self._commit(batch[half:])
        else:
            _tell(batch, iter(counts))


def _tell(batch: Sequence[_Write], counts: Iterator[int]) -> None:
    for write in batch:
        write.succeed(tuple(islice(counts, len(write.changes))) if write.counted else ())


def _again(error: Unavailable) -> Unavailable:
    """The same error for one more writer: an exception that is raised twice mixes its tracebacks."""
    copy = Unavailable(error.message, retry_after_s=error.retry_after_s or 1)
    copy.__cause__ = error.__cause__
    return copy
