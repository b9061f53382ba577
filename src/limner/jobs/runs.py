"""A run: what a job holds while it is worked on, from admit to its end."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from limner.catalog import Card
from limner.jobs.admission import Place
from limner.jobs.events import Queued, Usage
from limner.jobs.job import Job
from limner.lanes import Lane
from limner.limits import Reservation

TELL_POSITION_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """A job with its place and its share of the key's limits.

    before: what it had delivered earlier. has_webhook: False only where nobody is to be told for certain.
    """

    job: Job
    card: Card
    lane: Lane
    place: Place
    reservation: Reservation
    timeout_s: float
    before: Usage
    has_webhook: bool = True

    def leave(self) -> None:
        """Give up the place; the key pays for what this run delivered."""
        self.place.leave()
        self.reservation.leave(self.job.usage.since(self.before))

    @asynccontextmanager
    async def slot(self) -> AsyncGenerator[None, None]:
        """A slot of the engine; until then the log tells how the job moves up in the queue."""
        telling = asyncio.create_task(self._tell_position()) if self.place.ahead else None
        began = time.perf_counter()
        try:
            async with self.place.slot():
                self.job.stage_s["admit"] = self.job.stage_s.get("admit", 0.0) + time.perf_counter() - began
                if telling is not None:
                    telling.cancel()
                yield
        finally:
            if telling is not None:
                telling.cancel()

    async def _tell_position(self) -> None:
        told = self.place.ahead
        while True:
            await asyncio.sleep(TELL_POSITION_EVERY_S)
            if self.place.ahead != told:
                told = self.place.ahead
                self.job.append(Queued(told))
