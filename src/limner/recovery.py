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

from limner.errors import InternalError, RequestError, RouteNotFound, Unavailable
from limner.jobs.events import Cancelled, Done, Failed, FinalEvent
from limner.jobs.job import Job
from limner.jobs.records import restore
from limner.keys import Key
from limner.ledger.records import JobRecord
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
        self._fetching: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Look after jobs until cancelled, and tell the service whether the ledger answers."""
        try:
            for round_number in itertools.count():
                await self._look(round_number % BEAT_EVERY == 0)
                await asyncio.sleep(LOOK_EVERY_S)
        finally:
            if self._fetching is not None:
                self._fetching.cancel()
                await asyncio.wait({self._fetching})

    async def _look(self, is_beat: bool) -> None:
        try:
            await self.cancel_where_asked()
            if is_beat or not self._service.ledger_answers:
                await self.beat()
            self._say(answers=True)
        except InternalError as error:
            self._say(answers=False, reason=error.__cause__ or error)

    def _say(self, *, answers: bool, reason: BaseException | None = None) -> None:
        if answers != self._service.ledger_answers:
            self._service.ledger_answers = answers
            if answers:
                log.info("the ledger answers again")
            else:
                log.error("no jobs are taken, for the ledger fails: %s", reason)

    async def cancel_where_asked(self) -> None:
        """Other servers pass on who wants a job of this one cancelled."""
        for job_id in await self._store.cancels_asked():
            if job_id in self._service.jobs:
                self._service.jobs[job_id].cancel()

    async def beat(self) -> None:
        """Say that we live, and take up what nobody works on."""
        service = self._service
        now = await self._store.now()
        await self._store.beat(now)
        if not service.stopping:
            # A view, not a copy: what is admitted while the database answers is known, too.
            known = service.jobs.keys()
            adopted = await self._store.adopt(now, DEAD_AFTER_S, known)
            await self._take_up_all([record for record in adopted if not _needs_storage(record)])
            rest = [record for record in adopted if _needs_storage(record)]
            if rest and (self._fetching is None or self._fetching.done()):
                # Beside the beats: a store may take long to fail, and others must see that we live.
                self._fetching = asyncio.create_task(self._take_up_all(rest), name="taking up jobs")

    async def _take_up_all(self, records: Sequence[JobRecord]) -> None:
        """Where the store or the ledger does not answer, the rest waits for a later beat."""
        for number, record in enumerate(records):
            if self._service.stopping:
                return
            try:
                await self._take_up(record)
            except InternalError as error:
                log.warning("%d jobs have to wait: %s", len(records) - number, error.__cause__ or error)
                return

    async def _take_up(self, record: JobRecord) -> None:
        job = restore(record, await self._store.pictures(record.id))
        if _is_complete(job):
            await self._close(record, job, Done(job.usage, job.time_at(self._service.clock())))
            return
        if record.cancel_asked or not record.detached:
            await self._close(record, job, Cancelled("asked" if record.cancel_asked else "stopping"))
            return
        try:
            await self._go_on(record, job)
        except Unavailable:
            raise
        except RequestError as error:
            await self._close(record, job, Failed(error))

    async def _close(self, record: JobRecord, job: Job, final: FinalEvent) -> None:
        """The job does not go on."""
        service = self._service
        await service.job_log.ended(job, final, job.time_at(service.clock()))
        kept = tuple(link or b"" for link in _links(record)) if record.detached else ()
        await service.closing.clear_away(job.id, kept)

    async def _go_on(self, record: JobRecord, job: Job) -> None:
        """Raises RequestError when it cannot: a reference is lost, a model or engine no longer served."""
        service = self._service
        try:
            images = await service.references.kept(record.id, _links(record))
        except RouteNotFound as error:
            raise InternalError("A reference of this job was lost before the job could go on.") from error
        left_s = None if record.deadline_at is None else max(1.0, record.deadline_at - service.clock())
        log.info("job %s goes on; %d pictures are there", job.id, job.usage.generated_images)
        await service.resume(job.resumed(images, detached=True), Key(record.key_id), left_s, adopted=True)


def _is_complete(job: Job) -> bool:
    """Whether only the end of the job was not written down."""
    return len(job.pictures) == job.request.count


def _needs_storage(record: JobRecord) -> bool:
    """Whether the job cannot go on without what the store keeps of it."""
    return record.detached and None in _links(record)


def _links(record: JobRecord) -> Sequence[str | None]:
    """A job's references, None for those that are kept in storage."""
    return cast(Sequence[str | None], (record.request or {}).get("images", ()))
