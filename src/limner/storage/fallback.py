"""A store with a folder behind it: what the store does not take is kept here, and found again.

Not covered: several servers, each of which has a folder of its own; nothing moves to the store later.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from limner.errors import InternalError, RouteNotFound
from limner.storage.base import Storage, StoredFile, reason

log = logging.getLogger(__name__)
PAUSE_S = 10.0
"""How long a store that has failed is left alone, so that not every picture waits for it."""


class FallbackStorage:
    """Storage in store; in folder what comes while the store fails. Reads look into the folder first."""

    def __init__(self, store: Storage, folder: Storage, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock
        self._failed_at: float | None = None

    async def put(self, name: str, data: bytes, media_type: str) -> None:
        if await self._is_taken(name, data, media_type):
            await self._folder.delete(name)
        else:
            await self._folder.put(name, data, media_type)

    async def _is_taken(self, name: str, data: bytes, media_type: str) -> bool:
        """Whether the store has it now."""
        if self._failed_at is not None and self._clock() - self._failed_at < PAUSE_S:
            return False
        try:
            await self._store.put(name, data, media_type)
        except InternalError as error:
            self._failed_at = self._clock()
            log.warning("the store fails, %s stays in the data folder: %s", name, reason(error))
            return False
        return True

    async def get(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        try:
            return await self._folder.get(name, start, stop)
        except RouteNotFound:
            return await self._store.get(name, start, stop)

    async def stat(self, name: str) -> StoredFile:
        try:
            return await self._folder.stat(name)
        except RouteNotFound:
            return await self._store.stat(name)

    async def delete(self, name: str) -> None:
        await self._folder.delete(name)
        await self._store.delete(name)

    async def sweep(self, older_than_s: float, now: float | None = None) -> int:
        swept = await self._folder.sweep(older_than_s, now)
        return swept + await self._store.sweep(older_than_s, now)

    async def link(self, name: str, ttl_s: int) -> str | None:
        """None for a picture in the folder."""
        try:
            await self._folder.stat(name)
        except RouteNotFound:
            return await self._store.link(name, ttl_s)
        return None
