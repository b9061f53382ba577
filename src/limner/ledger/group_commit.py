"""Commits that many writers share: what is asked for while one commit runs goes into the next.

Knows no driver; it is given a function that makes runs of rows durable, all or nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from limner.errors import InternalError, LimnerError, RowConflict, Unavailable
from limner.ledger.statements import Prepared, Run, Values, runs_of

log = logging.getLogger(__name__)
MOST_WRITES = 2048

Transact: TypeAlias = Callable[[Sequence[Run]], Awaitable[list[int]]]
"""Commits all of the runs, or none; returns how many rows each counted one touched. Raises Unavailable
when nothing can be written now, RowConflict or InternalError when one of the rows cannot be."""


@dataclass(slots=True)
class _Write:
    changes: Sequence[tuple[Prepared, Values, bool]]
    told: asyncio.Future[tuple[int, ...]] | None

    def fail(self, error: LimnerError) -> None:
        if self.told is None:
            log.error("a change was not recorded: %s", error, exc_info=error)
        elif not self.told.done():
            self.told.set_exception(error)

    def succeed(self, counts: tuple[int, ...]) -> None:
        if self.told is not None and not self.told.done():
            self.told.set_result(counts)


class GroupCommit:
    """Takes writes in their order and commits as many at a time as have come."""

    def __init__(self, transact: Transact) -> None:
        self._transact = transact
        self._waiting: deque[_Write] = deque()
        self._wake = asyncio.Event()
        self._is_open = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._is_open = True
        self._task = asyncio.create_task(self._run(), name="ledger writer")

    async def write(self, changes: Sequence[tuple[Prepared, Values, bool]]) -> tuple[int, ...]:
        """Return when the changes are durable: the counts of the counted ones."""
        told: asyncio.Future[tuple[int, ...]] = asyncio.get_running_loop().create_future()
        self._put(_Write(changes, told))
        return await told

    def post(self, changes: Sequence[tuple[Prepared, Values, bool]]) -> None:
        """write() without waiting; a failure is logged."""
        self._put(_Write(changes, None))

    def _put(self, write: _Write) -> None:
        if not self._is_open:
            write.fail(Unavailable())
            return
        self._waiting.append(write)
        self._wake.set()

    async def close(self) -> None:
        """Commit what has come, then take no more."""
        self._is_open = False
        self._wake.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while self._is_open or self._waiting:
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                batch = list(islice(self._waiting, MOST_WRITES))
                for _ in batch:
                    self._waiting.popleft()
                await self._commit(batch)

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
        counted = sum(1 for *_, is_counted in write.changes if is_counted)
        write.succeed(tuple(islice(counts, counted)))


def _again(error: Unavailable) -> Unavailable:
    """The same error for one more writer: an exception that is raised twice mixes its tracebacks."""
    copy = Unavailable(error.message, retry_after_s=error.retry_after_s or 1)
    copy.__cause__ = error.__cause__
    return copy
