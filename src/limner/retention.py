"""What is no longer kept: pictures that are too old or too many, and what was asked for them.

Who sweeps when is not known here. Several servers may sweep the same store at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from limner.errors import InternalError, Unavailable
from limner.ledger.jobs import JobStore
from limner.ledger.records import PictureRecord
from limner.storage.base import Storage, reason

log = logging.getLogger(__name__)

LEFTOVER_MARGIN_S = 86400
"""How much longer than pictures files are kept that the ledger does not speak of."""
BATCH = 200
MAX_BATCHES = 50
"""Batches in one sweep; what is left after them has to wait for the next one."""
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did. leftovers: files that the ledger did not speak of. failed: pictures that the
    store did not delete, so that they are still to go."""

    pictures: int = 0
    bytes: int = 0
    prompts: int = 0
    leftovers: int = 0
    failed: int = 0


class Retention:
    """Deletes pictures older than retention_s, then the oldest beyond retention_bytes."""

    def __init__(
        self, jobs: JobStore, storage: Storage, retention_s: float, retention_bytes: int | None
    ) -> None:
        self._jobs = jobs
        self._storage = storage
        self._retention_s = retention_s
        self._retention_bytes = retention_bytes

    async def sweep(self, now: float) -> Swept:
        """One round at the Unix time now. What the store fails to delete stays in the ledger for the next
        round. Raises Unavailable when the database does not answer."""
        aged = await self._drop_aged(now)
        beyond = await self._drop_beyond(now)
        return Swept(
            pictures=aged.pictures + beyond.pictures,
            bytes=aged.bytes + beyond.bytes,
            prompts=await self._jobs.forget(now - self._retention_s),
            leftovers=await self._sweep_leftovers(now),
            failed=aged.failed + beyond.failed,
        )

    async def _drop_aged(self, now: float) -> _Dropped:
        total = _Dropped()
        for _ in range(MAX_BATCHES):
            oldest = await self._jobs.oldest_pictures(now - self._retention_s, BATCH)
            batch = await self._drop(oldest, now)
            total = total.plus(batch)
            if not batch.pictures or len(oldest) < BATCH:
                break
        return total

    async def _drop_beyond(self, now: float) -> _Dropped:
        total = _Dropped()
        if self._retention_bytes is None:
            return total
        over = await self._jobs.stored_bytes() - self._retention_bytes
        for _ in range(MAX_BATCHES):
            if total.bytes >= over:
                break
            oldest = await self._jobs.oldest_pictures(None, BATCH)
            batch = await self._drop(_first(oldest, over - total.bytes), now)
            total = total.plus(batch)
            if not batch.pictures:
                break
        return total

    async def _drop(self, pictures: Sequence[PictureRecord], now: float) -> _Dropped:
        """Delete pictures from the store, then say so in the ledger: a crash in between repeats it.

        A store that does not answer is not asked for the rest.
        """
        dropped = _Dropped()
        for start in range(0, len(pictures), _AT_ONCE):
            some = pictures[start : start + _AT_ONCE]
            errors = await asyncio.gather(*map(self._delete, some))
            gone = [picture for picture, error in zip(some, errors, strict=True) if error is None]
            await self._mark(gone, now)
            freed = sum(picture.bytes for picture in gone)
            dropped = dropped.plus(_Dropped(len(gone), freed, len(some) - len(gone)))
            if any(isinstance(error, Unavailable) for error in errors):
                break
        return dropped

    async def _delete(self, picture: PictureRecord) -> InternalError | None:
        assert picture.name is not None, f"{picture} is not stored"
        try:
            await self._storage.delete(picture.name)
        except InternalError as error:
            log.warning("%s cannot be deleted: %s", picture.name, reason(error))
            return error
        return None

    async def _mark(self, pictures: Sequence[PictureRecord], now: float) -> None:
        indexes: defaultdict[str, list[int]] = defaultdict(list)
        for picture in pictures:
            indexes[picture.job_id].append(picture.index)
        await asyncio.gather(*(self._jobs.mark_deleted(job, each, now) for job, each in indexes.items()))

    async def _sweep_leftovers(self, now: float) -> int:
        """What a crash left between the store and the ledger, and inputs that nobody took away."""
        try:
            return await self._storage.sweep(self._retention_s + LEFTOVER_MARGIN_S, now)
        except InternalError as error:
            log.warning("the store cannot be swept: %s", reason(error))
            return 0


@dataclass(frozen=True, slots=True)
class _Dropped:
    """Pictures that went, their bytes, and pictures that did not go."""

    pictures: int = 0
    bytes: int = 0
    failed: int = 0

    def plus(self, other: _Dropped) -> _Dropped:
        return _Dropped(self.pictures + other.pictures, self.bytes + other.bytes, self.failed + other.failed)


def _first(pictures: Sequence[PictureRecord], over: int) -> list[PictureRecord]:
    """The first pictures, as many as it takes to have so many bytes."""
    chosen: list[PictureRecord] = []
    for picture in pictures:
        if over <= 0:
            break
        chosen.append(picture)
        over -= picture.bytes
    return chosen
