"""Idempotency: the same key and body within 24 hours are one job, however often they are sent.

A job that failed for our reasons, or met an overloaded engine, or was cancelled runs again, under its own id,
and what it had delivered is not made again.
It knows neither HTTP nor how a job is made.
Not covered: twins whose first one is refused before it is a job; each of them is refused by itself.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from limner.errors import IdempotencyConflict, TooManyRequests
from limner.jobs.events import Cancelled, Done, Failed, PictureRefused
from limner.jobs.job import Job
from limner.ledger.idempotency import CLAIM_TTL_S, Claims
from limner.types import Ask

BEING_MADE_S = 10.0
LOOK_AGAIN_S = 0.05


@dataclass
class _Turn:
    """Requests of one key and Idempotency-Key come one after another, on this server."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Once:
    """Finds the job that answers a repeated request, or has one made.

    find: the job of an id, None where there is none (any more).
    """

    def __init__(
        self,
        claims: Claims,
        find: Callable[[str, str], Awaitable[Job | None]],
        clock: Callable[[], float],
    ) -> None:
        self._claims = claims
        self._find = find
        self._clock = clock
        self._turns: dict[tuple[str, str], _Turn] = {}

    async def job_for(
        self,
        key_id: str,
        idempotency_key: str,
        ask: Ask,
        job_id: str,
        make: Callable[[], Awaitable[Job]],
        again: Callable[[Job], Awaitable[Job]],
    ) -> Job:
        """The first request's job; again() of it when it failed or was cancelled; or what make() gives, which
        has the id job_id.

        Raises IdempotencyConflict, and what make() and again() raise.
        """
        body_digest = await asyncio.to_thread(digest_of, ask)
        async with self._turn(key_id, idempotency_key):
            while True:
                first, old_job_id = await self._first(key_id, idempotency_key, body_digest)
                if first is not None:
                    if first.is_stopping:
                        await first.wait()
                    return first if _binds(first) else await again(first)
                if await self._claim(key_id, idempotency_key, body_digest, job_id, old_job_id):
                    break
            try:
                return await make()
            except BaseException:
                await self._claims.release(key_id, idempotency_key, job_id)
                raise

    async def forget_old(self) -> None:
        """Forget what no request can repeat any more."""
        await self._claims.forget(self._clock() - CLAIM_TTL_S)

    async def _first(
        self, key_id: str, idempotency_key: str, body_digest: str
    ) -> tuple[Job | None, str | None]:
        """The job that the books name, and its id, also when there is no such job (any more)."""
        while True:
            claim = await self._claims.find(key_id, idempotency_key, not_before=self._clock() - CLAIM_TTL_S)
            if claim is None:
                return None, None
            if claim.body_digest != body_digest:
                raise IdempotencyConflict
            job = await self._find(claim.job_id, key_id)
            if job is not None:
                return job, claim.job_id
            if abs(self._clock() - claim.created_at) >= BEING_MADE_S:
                return None, claim.job_id
            # Another server, whose clock may be ahead, is about to write the job down.
            await asyncio.sleep(LOOK_AGAIN_S)

    async def _claim(
        self, key_id: str, idempotency_key: str, body_digest: str, job_id: str, old_job_id: str | None
    ) -> bool:
        now = self._clock()
        if old_job_id is None:
            return await self._claims.claim(key_id, idempotency_key, body_digest, job_id, now)
        return await self._claims.replace(key_id, idempotency_key, old_job_id, job_id, body_digest, now)

    @asynccontextmanager
    async def _turn(self, key_id: str, idempotency_key: str) -> AsyncGenerator[None, None]:
        turn = self._turns.setdefault((key_id, idempotency_key), _Turn())
        turn.waiting += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.waiting -= 1
            if not turn.waiting:
                del self._turns[key_id, idempotency_key]


def _binds(job: Job) -> bool:
    """Whether a repeated request gets this job's answer, be it only a refusal."""
    final = job.final
    if isinstance(final, Cancelled):
        return False
    errors = [final.error] if isinstance(final, Failed) else []
    if isinstance(final, Done) and not final.usage.generated_images:
        errors += [event.error for event in job.pictures[-1:] if isinstance(event, PictureRefused)]
    return not any(error.status >= 500 or error.status == TooManyRequests.status for error in errors)


def digest_of(ask: Ask) -> str:
    """SHA-256, in hex, of what was asked, whatever its JSON or form looked like."""
    total = hashlib.sha256(json.dumps(ask.sent, sort_keys=True).encode("utf-8", "surrogatepass"))
    for image in ask.images:
        data = image if isinstance(image, bytes) else image.encode("utf-8", "surrogatepass")
        total.update(hashlib.sha256(data).digest())
    return total.hexdigest()
