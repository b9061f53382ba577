"""How many pictures a key asks for in a minute: the one limit that is counted by time.

Counted in memory, or in Redis (or Valkey) by all servers together; while that does not answer, keys with such
a limit are refused. It knows keys and models by their ids only.
"""

from __future__ import annotations

import asyncio
import math
import time
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from limner.errors import ConfigError, RateLimitExceeded, Unavailable
from limner.keys import Key

if TYPE_CHECKING:
    from limits import RateLimitItem
    from limits.aio.strategies import MovingWindowRateLimiter
    from redis.asyncio import BlockingConnectionPool

MINUTE_S = 60
CLOCK_STEP_S = 1.0
REDIS_TIMEOUT_S = 2.0
REDIS_QUEUE_S = 10.0
REDIS_CONNECTIONS = 32
NAMESPACE = "limner"
REDIS_SCHEMES = ("redis://", "rediss://", "unix://")


class Rates:
    """Counts what is asked for. redis_url: where servers count together.

    Raises ConfigError for a redis_url that cannot be used.
    """

    def __init__(self, redis_url: str | None = None) -> None:
        if redis_url is not None:
            _judge(redis_url)
        self._redis_url = redis_url
        self._ahead_s = -math.inf
        self._opening = asyncio.Lock()
        self._limiter: MovingWindowRateLimiter | None = None
        self._pool: BlockingConnectionPool | None = None

    async def take(self, key: Key, model: str, pictures: int) -> None:
        """Count what a request asks for, all of it or nothing.

        Raises RateLimitExceeded with the seconds until it would pass if nothing else came; Unavailable.
        """
        most = key.limits.images_per_minute
        if most is None:
            return
        limiter = await self._open()
        if self._redis_url is None and self._clock_went_back():
            # What was counted would lie ahead, and shut the key out for as long as the clock went back.
            await limiter.storage.reset()
        # Here like below, for the package costs a tenth of a second, and most servers limit no rates.
        from limits import RateLimitItemPerSecond
        from limits.errors import StorageError

        window = RateLimitItemPerSecond(most, MINUTE_S, NAMESPACE)
        try:
            if await limiter.hit(window, key.id, model, cost=pictures):
                return
            wait_s = await self._wait_s(limiter, window, window.key_for(key.id, model), pictures)
        except StorageError as error:
            raise Unavailable from error
        raise RateLimitExceeded(_complaint(most, pictures), retry_after_s=wait_s)

    def _clock_went_back(self) -> bool:
        """Whether the time of day, by which the window moves, has been set back since the last time."""
        before_s, self._ahead_s = self._ahead_s, time.time() - time.monotonic()
        return self._ahead_s < before_s - CLOCK_STEP_S

    async def close(self) -> None:
        if self._pool is not None:
            await self._pool.aclose()

    async def _wait_s(
        self, limiter: MovingWindowRateLimiter, window: RateLimitItem, name: str, pictures: int
    ) -> int:
        """The seconds until so much has left the window that these pictures find room."""
        from limits.aio.storage import MovingWindowSupport

        storage = limiter.storage
        assert isinstance(storage, MovingWindowSupport)
        if pictures > window.amount:
            return MINUTE_S
        oldest_at, used = await storage.get_moving_window(name, window.amount, MINUTE_S)
        earliest = max(1, math.ceil(oldest_at + MINUTE_S - time.time()))
        latest = earliest if used + pictures <= window.amount + 1 else MINUTE_S
        while earliest < latest:
            middle = (earliest + latest) // 2
            _, still_there = await storage.get_moving_window(name, window.amount, MINUTE_S - middle)
            if still_there + pictures <= window.amount:
                latest = middle
            else:
                earliest = middle + 1
        return min(latest, MINUTE_S)

    async def _open(self) -> MovingWindowRateLimiter:
        async with self._opening:
            if self._limiter is None:
                await asyncio.to_thread(import_module, "limits.aio.strategies")
                self._limiter = self._in_memory() if self._redis_url is None else await self._in_redis()
            return self._limiter

    def _in_memory(self) -> MovingWindowRateLimiter:
        from limits.aio.storage import MemoryStorage
        from limits.aio.strategies import MovingWindowRateLimiter

        return MovingWindowRateLimiter(MemoryStorage())

    async def _in_redis(self) -> MovingWindowRateLimiter:
        await asyncio.to_thread(import_module, "redis.asyncio")
        from limits.aio.storage import RedisStorage
        from limits.aio.strategies import MovingWindowRateLimiter
        from redis.asyncio import BlockingConnectionPool

        assert self._redis_url is not None
        # One that waits: the usual pool refuses the connection after the last, and a crowd is no error.
        self._pool = BlockingConnectionPool.from_url(
            self._redis_url,
            max_connections=REDIS_CONNECTIONS,
            timeout=REDIS_QUEUE_S,
            socket_timeout=REDIS_TIMEOUT_S,
            socket_connect_timeout=REDIS_TIMEOUT_S,
        )
        storage = RedisStorage(
            "async+redis://",
            wrap_exceptions=True,
            implementation="redispy",
            connection_pool=self._pool,  # type: ignore[arg-type]  # documented, and left out of its types
        )
        return MovingWindowRateLimiter(storage)


def _judge(redis_url: str) -> None:
    """Raise ConfigError, without the URL, for it may hold a password."""
    if not redis_url.startswith(REDIS_SCHEMES):
        raise ConfigError(f"redis_url must begin with one of {', '.join(REDIS_SCHEMES)}")
    if find_spec("redis") is None:
        raise ConfigError("redis_url needs the package redis: pip install 'limner[redis]'")


def _complaint(most: int, pictures: int) -> str:
    base = f"The IPM (Images Per Minute) limit of the model, {most} for this API key, is exceeded"
    if pictures > most:
        return f"{base}: a request for {pictures} pictures can never pass; ask for fewer."
    return f"{base}."
