"""Recovery: jobs that nobody works on any more are taken up or closed, whoever left them.

At the start they are those of the last process; later those of other servers on the same database that
are not seen any more. Detached jobs run again, with the same seeds; what they had delivered is kept.
Of the others the client is gone: they are closed as interrupted, and an idempotent retry resumes them.
It knows no HTTP.
Not covered: a server that is cut off from the database but not dead; its jobs may be made twice, and
are billed once.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Sequence
from typing import cast

from limner.errors import RequestError, Unavailable
from limner.jobs import Cancelled, Failed, Job
from limner.ledger.records import JobRecord
from limner.keys import Key
from limner.records import restore
from limner.service import Service

log = logging.getLogger(__name__)
LOOK_EVERY_S = 1.0
BEAT_EVERY = 5
"""Looks."""
DEAD_AFTER_S = 30.0


class Recovery:
    """Tells the other servers that this one lives, and takes up what is left lying."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._store = service.job_log.store

    async def run(self) -> None:
        """Look after jobs until cancelled. A database that is gone is waited for."""
        for round_number in itertools.count():
            try:
                await self.cancel_where_asked()
                if round_number % BEAT_EVERY == 0:
                    await self.beat()
            except Unavailable as error:
                log.warning("the database does not answer: %s", error.__cause__ or error)
            await asyncio.sleep(LOOK_EVERY_S)

    async def cancel_where_asked(self) -> None:
        """Other servers pass on who wants a job of this one cancelled."""
        for job_id in await self._store.cancels_asked():
            if job_id in self._service.jobs:
                self._service.jobs[job_id].cancel()

    async def beat(self) -> None:
        """Say that we live, and take up what nobody works on."""
        service = self._service
        await self._store.beat(service.clock())
        if not service.stopping:
            known = tuple(service.jobs)
            for record in await self._store.adopt(service.clock(), DEAD_AFTER_S, known):
                await self._take_up(record)

    async def _take_up(self, record: JobRecord) -> None:
        service = self._service
        job = restore(record, await self._store.pictures(record.id))
        if record.cancel_asked or not record.detached:
            final = Cancelled("asked" if record.cancel_asked else "stopping")
            await service.job_log.ended(job, final, service.clock())
            await service.webhooks.ready(job.id)
            return
        try:
            await self._go_on(record, job)
        except Unavailable:
            raise
        except RequestError as error:
            await service.job_log.ended(job, Failed(error), service.clock())
            await service.webhooks.ready(job.id)

    async def _go_on(self, record: JobRecord, job: Job) -> None:
        """Raises RequestError when it cannot: a reference is lost, a model or engine no longer served."""
        service = self._service
        links = cast(Sequence[str | None], (record.request or {}).get("images", ()))
        images = await service.references.kept(record.id, links)
        left_s = None if record.deadline_at is None else max(1.0, record.deadline_at - service.clock())
        log.info("job %s goes on; %d pictures are there", job.id, job.usage.generated_images)
        await service.resume(job.resumed(images, detached=True), Key(record.key_id), left_s, forced=True)
