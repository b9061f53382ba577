"""The writing of what happens to jobs into the ledger, at the right moments.

A picture's row is durable before its event is told, a job's end before its last event: what a client has
heard of is never lost. It knows neither engines nor HTTP.
"""

from __future__ import annotations

import asyncio
from functools import partial

from limner.catalog import Card
from limner.errors import RequestError, Unavailable
from limner.jobs.events import Done, FinalEvent, PictureRefused, PictureStored
from limner.jobs.job import Job
from limner.jobs.records import end_row, refused_row, stored_row, to_error_row, to_row, without_base64
from limner.ledger.jobs import JobStore
from limner.ledger.records import EndRecord, JobRecord, PictureRecord

OPEN_AFTER_S = 0.25
PAUSES_S = (0.1, 0.4, 1.0, 1.5)
"""Before each further try to write down what has been worked for: a database may only be restarting."""
_MAX_MODEL = 256


class JobLog:
    """Writes down what happens to jobs; of a job that is done at once, everything in one write."""

    def __init__(self, store: JobStore) -> None:
        self.store = store
        self._unwritten: dict[str, JobRecord] = {}
        self._writing: dict[str, asyncio.Future[None]] = {}
        self._is_patient = True

    async def opened(self, job: Job, card: str, timeout_s: float, *, at_once: bool) -> None:
        """A job is admitted. at_once: return when that is durable; else it is written with whatever comes
        next of the job, or a little later."""
        record = JobRecord(
            id=job.id,
            key_id=job.key_id,
            model=job.request.model,
            card=card,
            engine=job.engine,
            state="queued",
            server=self.store.server_id,
            created_at=job.created_at,
            deadline_at=job.created_at + timeout_s,
            detached=job.detached,
            request=to_row(job),
        )
        if at_once:
            await self.store.add(record)
        else:
            self._unwritten[job.id] = record
            asyncio.get_running_loop().call_later(OPEN_AFTER_S, self._write_down, job.id)

    def refused_at_once(
        self, job_id: str, key_id: str, model: str, card: Card | None, error: RequestError, at: float
    ) -> None:
        """A request was refused before it was a job; the client need not wait for this row."""
        self.store.post_add(
            JobRecord(
                id=job_id,
                key_id=key_id,
                model=without_base64(model)[:_MAX_MODEL],
                card=card.id if card else "",
                engine="",
                state="refused",
                created_at=at,
                ended_at=at,
                error=to_error_row(error),
            )
        )

    def started(self, job: Job, at: float) -> None:
        """Worth a row only where somebody may read it elsewhere, or after a restart."""
        if job.detached:
            self.store.post_started(job.id, at)

    async def stored(
        self, job: Job, event: PictureStored, size_bytes: int, final: Done | None = None
    ) -> None:
        """A picture is in storage: when this has returned, it is billed. final: it was the last one."""
        picture = stored_row(job, event, size_bytes)
        await self._record(job, picture, None if final is None else end_row(job, final, final.at))

    async def refused(self, job: Job, event: PictureRefused) -> None:
        """A picture was refused or could not be made."""
        await self._record(job, refused_row(job, event), None)

    async def ended(self, job: Job, final: FinalEvent, at: float) -> None:
        """How the job ended, and what it delivered."""
        await self._record(job, None, end_row(job, final, at))

    async def _record(self, job: Job, picture: PictureRecord | None, end: EndRecord | None) -> None:
        """Tries again where the database does not answer; a row that was written after all stays as it is.

        Once that was in vain, nobody waits until a write succeeds.
        """
        for pause_s in PAUSES_S if self._is_patient else ():
            try:
                await self._record_once(job, picture, end)
            except Unavailable:
                await asyncio.sleep(pause_s)
            else:
                return
        self._is_patient = False
        try:
            await self._record_once(job, picture, end)
        except Unavailable:
            if end is not None:
                self._unwritten.pop(job.id, None)
            raise
        self._is_patient = True

    async def _record_once(self, job: Job, picture: PictureRecord | None, end: EndRecord | None) -> None:
        """One write, and with it the job's own row if that is not there yet."""
        if job.id in self._writing:
            await self._writing[job.id]
        opening = self._unwritten.pop(job.id, None)
        try:
            await self.store.record(job=opening, picture=picture, end=end)
        except BaseException:
            if opening is not None:
                self._unwritten[job.id] = opening
            raise

    def _write_down(self, job_id: str) -> None:
        """The job takes its time: others may want to read of it."""
        record = self._unwritten.pop(job_id, None)
        if record is not None:
            writing = asyncio.ensure_future(self.store.record(job=record))
            self._writing[job_id] = writing
            writing.add_done_callback(partial(self._written, record))

    def _written(self, record: JobRecord, writing: asyncio.Future[None]) -> None:
        del self._writing[record.id]
        if writing.cancelled() or writing.exception() is not None:
            self._unwritten[record.id] = record
